"""Upstream's screens in the words of a town hall, in ``ar_MA`` and ``fr_MA``.

Two sources, the first wins:

- ``i18n_upstream/<ar|fr>/<module>.po``: texts of our own for an upstream
  module, where it has none or where a rule would say it badly (``any.po``:
  for whatever module holds the same source text);
- the substitutions of :mod:`.vocabulary` over upstream's own translation.

What is in the database is changed only where it still is, word for word, what
upstream ships: what somebody typed stays. English stays upstream's.
"""

import threading
from collections import defaultdict
from functools import cache
from pathlib import Path

import polib
from psycopg2.extras import Json

from odoo.modules import Manifest
from odoo.modules.registry import Registry
from odoo.tools import SQL, file_open, file_path
from odoo.tools.translate import (
    PYTHON_TRANSLATION_COMMENT,
    CodeTranslations,
    TranslationImporter,
    get_po_paths,
    translation_file_reader,
)

from .vocabulary import LANGUAGES, town_hall

# The language of public pages that is not complete yet, and the one that stands in for it.
AMAZIGH, STAND_IN = "zgh", "fr_MA"

OWN = Path(__file__).resolve().parent.parent / "i18n_upstream"


def is_upstream(module):
    """Tell whether a module is not one of this project."""
    return not module.startswith("jamaa_") and module != "jamaa"


@cache
def _own_file(module, lang):
    """Return our own texts for a module: {source: text}, without occurrences."""
    path = OWN / LANGUAGES[lang] / f"{module}.po"
    if not path.exists():
        return {}
    return {
        entry.msgid: entry.msgstr
        for entry in polib.pofile(str(path))
        if entry.msgstr and not entry.obsolete and not entry.fuzzy
    }


def say(module, lang, source, text):
    """Return what a commune reads for an upstream text.

    :param module: technical name of the upstream module
    :param lang: ``ar_MA`` or ``fr_MA``
    :param source: the English text
    :param text: upstream's translation, empty when it has none
    :return: the text to show, empty when there is none
    """
    own = _own_file(module, lang).get(source) or _own_file("any", lang).get(source)
    return own or (town_hall(LANGUAGES[lang], text) if text else "")


def _paths(module, lang):
    """Yield upstream's files for a language, or its template when it has none."""
    paths = list(get_po_paths(module, lang))
    if not paths:
        try:
            paths = [file_path(f"{module}/i18n/{module}.pot")]
        except FileNotFoundError:
            return
    yield from paths


# -- what is written in code --------------------------------------------------


@cache
def code_words(module, lang, comment):
    """Return the texts of a module's code in the words of a commune.

    Read once per process, as upstream does.

    :param comment: ``odoo-python`` or ``odoo-javascript``
    :return: {source: text}, shared: never to be changed
    """
    upstream = {}
    for path in _paths(module, lang):
        with file_open(path, mode="rb") as source:
            upstream |= CodeTranslations._read_code_translations_file(source, lambda row: comment in row["comments"])
    said = {source: say(module, lang, source, text) for source, text in upstream.items()}
    return {source: text for source, text in said.items() if text}


@cache
def _amazigh_words(module):
    """Return the project's own texts in Amazigh, in French where there is none yet."""
    comment = PYTHON_TRANSLATION_COMMENT
    texts = {}
    for lang in (STAND_IN, AMAZIGH):
        texts |= CodeTranslations._get_code_translations(
            module, lang, lambda row: row["value"] and comment in row["comments"]
        )
    return texts


def _has_town_hall():
    """Tell whether the database of this thread has jamaa_base.

    Code translations are the process's, not a database's: another database of
    the same server keeps upstream's words.
    """
    name = getattr(threading.current_thread(), "dbname", None)
    registries = Registry.registries
    # a thread that serves no database yet is judged by those that are loaded
    loaded = [registries.get(name)] if name else list(registries.values())
    return any(registry and "jamaa_base" in registry._init_modules for registry in loaded)


def put_words_over_code():
    """Make ``_()`` answer in the words of a commune.

    ``CodeTranslations`` reads a module's own files only and offers no hook, so
    its reader is wrapped, once per process. JavaScript needs no such thing:
    see ``ir.http``.
    """
    upstream = CodeTranslations.get_python_translations
    if hasattr(upstream, "without_town_hall"):
        return

    def get_python_translations(self, module_name, lang):
        if lang == AMAZIGH and not is_upstream(module_name):
            return _amazigh_words(module_name)
        if lang in LANGUAGES and is_upstream(module_name) and _has_town_hall():
            return code_words(module_name, lang, PYTHON_TRANSLATION_COMMENT)
        return upstream(self, module_name, lang)

    get_python_translations.without_town_hall = upstream
    CodeTranslations.get_python_translations = get_python_translations


# -- what is in the database --------------------------------------------------


def _rows(module, lang):
    """Return the texts a module keeps in the database.

    :return: {(model, field): {(module, xmlid, source): upstream's text}}
    """
    rows = defaultdict(dict)
    own = OWN / LANGUAGES[lang] / f"{module}.po"
    paths = [*_paths(module, lang), *([str(own)] if own.exists() else [])]
    for path in paths:
        ours = path == str(own)
        with open(path, "rb") as source:
            for row in translation_file_reader(source, fileformat="po", module=module):
                if row["type"] not in ("model", "model_terms") or not row["src"]:
                    continue
                place = rows[row["imd_model"], row["name"].split(",")[1]]
                key = (row["module"], row["imd_name"], row["src"])
                if ours:
                    place.setdefault(key, "")
                elif row["value"] or key not in place:
                    place[key] = row["value"]
    return rows


def _changes(env, modules, lang):
    """Return what to write: {(model, field): {(module, xmlid): {source: (from, to)}}}."""
    changes = defaultdict(lambda: defaultdict(dict))
    for module in modules:
        if not is_upstream(module) or not Manifest.for_addon(module, display_warning=False):
            continue
        for (model, field_name), texts in _rows(module, lang).items():
            field = env[model]._fields.get(field_name) if model in env else None
            if not field or not field.store or not field.translate or env[model]._abstract:
                continue
            for (owner, name, source), text in texts.items():
                said = say(module, lang, source, text)
                if said and said != text:
                    changes[model, field_name][owner, name][source] = (text, said)
    return changes


def put_words(env, modules, langs, overwrite=False, undo=False):
    """Write the words of a commune over upstream's in the database.

    :param modules: names of modules; those of the project are passed over
    :param langs: language codes; others than ``ar_MA`` and ``fr_MA`` are
        passed over
    :param overwrite: write also over what somebody changed
    :param undo: put upstream's words back, over ours only
    :return: the number of texts written
    """
    count = 0
    env.flush_all()
    for lang in set(langs) & set(LANGUAGES):
        for (model, field_name), records in _changes(env, modules, lang).items():
            if callable(env[model]._fields[field_name].translate):
                count += _write_terms(env, model, field_name, lang, records, overwrite, undo)
            else:
                count += _write_texts(env, model, field_name, lang, records, overwrite, undo)
    if count:
        env.invalidate_all()
        env.registry.clear_all_caches()
    return count


def stand_in_for_amazigh(env, modules):
    """Write the project's French where a text has no Amazigh yet: nobody reads English here."""
    importer = TranslationImporter(env.cr, verbose=False)
    for module in modules:
        if not is_upstream(module):
            for path in get_po_paths(module, STAND_IN):
                importer.load_file(path, AMAZIGH)
    importer.save(overwrite=False)


def _write_texts(env, model, field_name, lang, records, overwrite, undo):
    """Write whole texts (labels, names, menus …)."""
    rows = [
        (owner, name, source, said if undo else text, text if undo else said)
        for (owner, name), texts in records.items()
        for source, (text, said) in texts.items()
    ]
    env.cr.execute(
        SQL(
            """
            UPDATE %(table)s AS m
               SET %(field)s = CASE
                        WHEN t.new_text = '' THEN %(column)s - %(lang)s::text
                        ELSE %(column)s || jsonb_build_object(%(lang)s::text, t.new_text)
                   END
              FROM (VALUES %(rows)s) AS t(module, name, source, old_text, new_text)
              JOIN ir_model_data imd
                ON imd.model = %(model)s AND imd.module = t.module AND imd.name = t.name
             WHERE imd.res_id = m.id
               AND COALESCE(%(column)s->>%(lang)s, '') != t.new_text
               AND (%(column)s->>%(lang)s = t.old_text
                    OR (t.old_text = '' AND %(column)s->>'en_US' = t.source
                        AND COALESCE(%(column)s->>%(lang)s, t.source) = t.source)
                    OR (%(overwrite)s AND NOT imd.noupdate))
            """,
            table=SQL.identifier(env[model]._table),
            field=SQL.identifier(field_name),
            column=SQL.identifier("m", field_name),
            rows=SQL(", ").join(SQL("%s", row) for row in rows),
            lang=lang,
            model=model,
            overwrite=overwrite and not undo,
        )
    )
    return env.cr.rowcount


def _write_terms(env, model, field_name, lang, records, overwrite, undo):
    """Write the terms of views, templates and other marked-up texts."""
    field = env[model]._fields[field_name]
    column = SQL.identifier("m", field_name)
    found = env.execute_query(
        SQL(
            """
            SELECT m.id, imd.module, imd.name, %s, imd.noupdate
              FROM %s AS m
              JOIN ir_model_data imd ON imd.model = %s AND imd.res_id = m.id
             WHERE (imd.module, imd.name) IN %s
            """,
            column,
            SQL.identifier(env[model]._table),
            model,
            tuple(records),
        )
    )
    updates = []
    for record_id, owner, name, values, noupdate in found:
        # a translation that waits for its confirmation is somebody's work
        if not values or not values.get("en_US") or f"_{lang}" in values:
            continue
        source = values["en_US"]
        terms = {
            term: texts[lang]
            for term, texts in field.get_translation_dictionary(source, {lang: values.get(lang) or source}).items()
        }
        force = overwrite and not undo and not noupdate
        wanted = dict(terms)
        for term, (text, said) in records[owner, name].items():
            old, new = (said, text or term) if undo else (text or term, said)
            if terms.get(term) == old or (force and term in terms):
                wanted[term] = new
        if wanted != terms:
            said = Json({lang: field.translate(wanted.get, source)})
            updates.append(SQL("(%s, %s::jsonb)", record_id, said))
    if updates:
        env.cr.execute(
            SQL(
                "UPDATE %s AS m SET %s = %s || t.value FROM (VALUES %s) AS t(id, value) WHERE m.id = t.id",
                SQL.identifier(env[model]._table),
                SQL.identifier(field_name),
                column,
                SQL(", ").join(updates),
            )
        )
    return len(updates)
