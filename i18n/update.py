"""Bring the .po files of the project up to date with the source texts.

Run it in Odoo's shell, on a database that holds the addons as they are now:

    ./jamaa shell < i18n/update.py

Texts are exported by Odoo's own exporter. What is translated stays; a new text
that upstream or another addon of the project already says is filled in; the
rest stays empty and is reported. A text that is gone is dropped.
"""

import io
from pathlib import Path

import polib

from odoo.modules import Manifest
from odoo.tools.translate import get_po_paths, trans_export

from odoo.addons.jamaa_base.tools import upstream_words, vocabulary

WIDTH = 78


def export(env, module):
    """Return the source texts of a module, as Odoo's exporter writes them."""
    buffer = io.BytesIO()
    trans_export(None, [module], buffer, "po", env)
    text = buffer.getvalue().decode()
    return polib.pofile(text, wrapwidth=WIDTH) if text else polib.POFile()


def upstream_memory(env, code):
    """Return {source: text} of what upstream says, in a commune's words."""
    memory = {}
    for module in sorted(env["ir.module.module"]._upstream_modules_in_use()):
        for path in get_po_paths(module, code):
            for entry in polib.pofile(path):
                if entry.msgstr and not entry.obsolete:
                    said = upstream_words.say(module, code, entry.msgid, entry.msgstr)
                    memory.setdefault(entry.msgid, said)
        memory |= upstream_words._own_file(module, code)
    return memory | upstream_words._own_file("any", code)


def own_memory(modules, lang):
    """Return {source: text} of what the project's addons say."""
    memory = {}
    for module in modules:
        path = folder(module) / f"{lang}.po"
        if path.exists():
            memory |= {entry.msgid: entry.msgstr for entry in polib.pofile(str(path)) if entry.msgstr}
    return memory


def folder(module):
    """Return the folder of a module's translations."""
    return Path(Manifest.for_addon(module).path) / "i18n"


def update(module, template, lang, memories):
    """Write one .po file.

    :return: the number of texts without translation
    """
    path = folder(module) / f"{lang}.po"
    old = {}
    if path.exists():
        old = {entry.msgid: entry for entry in polib.pofile(str(path)) if not entry.obsolete}
    new = polib.POFile(wrapwidth=WIDTH)
    new.metadata = {
        "Project-Id-Version": "Jamaa",
        "Language": lang,
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for source in sorted(template, key=lambda entry: entry.msgid):
        known = old.get(source.msgid)
        said = (known and known.msgstr) or next((m[source.msgid] for m in memories if m.get(source.msgid)), "")
        if lang == "zgh" and not said:  # only what somebody is sure of
            continue
        new.append(
            polib.POEntry(
                msgid=source.msgid,
                msgstr=said,
                comment=source.comment,
                tcomment=known.tcomment if known else "",
                occurrences=source.occurrences,
            )
        )
    path.parent.mkdir(exist_ok=True)
    new.save(str(path))
    return sum(not entry.msgstr for entry in new)


def main(env):
    """Update all addons of the project that are installed."""
    names = env["ir.module.module"].search([("state", "=", "installed")], order="name").mapped("name")
    modules = [name for name in names if not upstream_words.is_upstream(name)]
    templates = {module: export(env, module) for module in modules}
    for code, lang in vocabulary.LANGUAGES.items():
        memories = [own_memory(modules, lang), upstream_memory(env, code)]
        for module, template in templates.items():
            if template:
                missing = update(module, template, lang, memories)
                print(f"{module} {lang}: {len(template)} texts, {missing} without translation")
    for module, template in templates.items():
        if template and (folder(module) / "zgh.po").exists():
            update(module, template, "zgh", [])


if "env" in globals():
    main(env)  # noqa: F821 - the shell's own
