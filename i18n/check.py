"""Checks the words of the project: translations, glossary, upstream's replacements.

Usage: python i18n/check.py [folder of the repository]

Needs polib and nothing of Odoo. Whether the .po files hold every source text is
checked by the test `jamaa_base/tests/test_translations.py`, which has a database.
"""

import csv
import importlib.util
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import polib

HERE = Path(__file__).resolve().parent
LANGUAGES = ("ar", "fr")
NEEDS_REVIEW = "needs review"

_PLACEHOLDER = re.compile(r"%\(\w+\)[\d.]*[sdif]|%[sdif]|%%|\{\{.*?\}\}|\$\{.*?\}|\{\w*\}", re.DOTALL)
_TAG = re.compile(r"</?([a-zA-Z][\w.-]*)")
# The name of a printed file is an expression: a text only for Odoo's exporter.
_EXPRESSION = re.compile(r"'[^']*' % [\w.()]+")
_BREAKABLE = re.compile(r"\S [?!:;»]|« ")
_LATIN = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ0-9_.-]*")
_ARABIC = re.compile(r"[\u0620-\u064a]")
_TIFINAGH = re.compile(r"[\u2d30-\u2d7f]")


@cache
def _vocabulary():
    """Return jamaa_base's rules, which are plain Python, without importing Odoo."""
    path = HERE.parent / "addons/jamaa_base/tools/vocabulary.py"
    spec = importlib.util.spec_from_file_location("jamaa_vocabulary", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _table(name):
    with (HERE / name).open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


@cache
def _glossary():
    """Return {English term: {language: accepted translations}}."""
    return {
        row["english"]: {"ar": row["arabic"].split("|"), "fr": row["french"].split("|")}
        for row in _table("glossary.csv")
    }


@cache
def _latin_allowed():
    return {row["word"] for row in _table("latin_allowed.csv")}


def _bare(lang, text):
    """Return a term without its article and its capital."""
    text = text.strip().rstrip(":").strip()
    if lang == "ar":
        return text.removeprefix("ال")
    return re.sub(r"^(?:les? |la |l['’])", "", text, flags=re.IGNORECASE).lower()


def placeholders(text):
    """Return what a program puts into a text, and its markup, as counts."""
    return Counter(_PLACEHOLDER.findall(text)), Counter(_TAG.findall(text))


def check_pair(lang, source, text):
    """Yield what is wrong with one translation.

    :param lang: ``ar``, ``fr`` or ``zgh``
    :param source: the English text
    :param text: its translation
    """
    if source == text and _EXPRESSION.fullmatch(source):
        return
    names, tags = placeholders(source)
    said_names, said_tags = placeholders(text)
    if names != said_names:
        yield f"placeholders differ: {sorted(names)} / {sorted(said_names)}"
    if tags != said_tags:
        yield f"markup differs: {sorted(tags)} / {sorted(said_tags)}"
    if source[:1].isspace() != text[:1].isspace() or source[-1:].isspace() != text[-1:].isspace():
        yield "spaces at the ends differ"
    if lang == "zgh":
        if not _TIFINAGH.search(text):
            yield "no Tifinagh letter"
        return
    if words := _vocabulary().forbidden_words(lang, text):
        yield f"not a town hall's words: {', '.join(words)}"
    accepted = _glossary().get(source.strip(), {}).get(lang)
    if accepted and _bare(lang, text) not in [_bare(lang, term) for term in accepted]:
        yield f"the glossary says {' / '.join(accepted)}"
    if lang == "fr" and source != text and _BREAKABLE.search(_vocabulary().readable(text)):
        yield "a no-break space goes before ? ! : ; » and after «"
    if lang == "ar":
        yield from _check_arabic(source, text)


def _check_arabic(source, text):
    shown = _vocabulary().readable(_PLACEHOLDER.sub(" ", text))
    latin = [word for word in _LATIN.findall(shown) if word.strip(".-_") not in _latin_allowed()]
    if latin:
        yield f"Latin letters: {', '.join(latin)}"
    readable_source = _LATIN.findall(_vocabulary().readable(_PLACEHOLDER.sub(" ", source)))
    if any(word not in _latin_allowed() for word in readable_source) and not _ARABIC.search(text):
        yield "no Arabic letter"


def check_file(path, lang, module):
    """Yield what is wrong with one .po file, each with its place."""
    po = polib.pofile(str(path))
    counts = Counter(entry.msgid for entry in po if not entry.obsolete)
    for entry in po:
        place = f"{path}:{entry.linenum}: {entry.msgid[:60]!r}: "
        if entry.obsolete:
            yield place + "obsolete entry"
            continue
        if counts[entry.msgid] > 1:
            yield place + "twice in the file"
        if entry.fuzzy:
            yield place + "fuzzy"
        if module and f"module: {module}" not in entry.comment and f"modules: {module}" not in entry.comment:
            yield place + f"no « #. module: {module} »"
        if not entry.msgstr:
            # Amazigh is given where somebody is sure of it, and only there
            if lang != "zgh":
                yield place + "not translated"
            continue
        if lang == "zgh" and NEEDS_REVIEW not in entry.tcomment:
            yield place + f"no « # {NEEDS_REVIEW} »"
        for problem in check_pair(lang, entry.msgid, entry.msgstr):
            yield place + problem


def check_addon(addon):
    """Yield what is wrong with the translations of one addon."""
    folder = addon / "i18n"
    if not folder.is_dir():
        return
    for lang in LANGUAGES:
        path = folder / f"{lang}.po"
        if path.exists():
            yield from check_file(path, lang, addon.name)
        else:
            yield f"{path}: missing"
    for path in folder.glob("*.pot"):
        yield f"{path}: a template beside the .po drops what it does not hold; it is not kept"
    if (path := folder / "zgh.po").exists():
        yield from check_file(path, "zgh", addon.name)


def check_upstream(folder):
    """Yield what is wrong with our texts for upstream's modules."""
    for path in sorted(folder.glob("*/*.po")):
        module = None if path.stem == "any" else path.stem
        yield from check_file(path, path.parent.name, module)


def check_glossary():
    """Yield what is wrong with the glossary and the lists beside it."""
    rows = _table("glossary.csv")
    for term, count in Counter(row["english"].lower() for row in rows).items():
        if count > 1:
            yield f"glossary.csv: {term!r} twice"
    for row in rows:
        for lang, column in (("ar", "arabic"), ("fr", "french")):
            if not row[column]:
                yield f"glossary.csv: {row['english']!r} has no {column}"
            if words := _vocabulary().forbidden_words(lang, row[column].replace("|", " | ")):
                yield f"glossary.csv: {row['english']!r}: {', '.join(words)}"
        if not row["source"]:
            yield f"glossary.csv: {row['english']!r} has no source"
    for row in _table("latin_allowed.csv"):
        if not row["reason"]:
            yield f"latin_allowed.csv: {row['word']!r} has no reason"


def check(repository):
    """Return all problems of a repository, as lines."""
    addons = sorted(path for path in (repository / "addons").iterdir() if path.name.startswith("jamaa_"))
    problems = [*check_glossary(), *check_upstream(repository / "addons/jamaa_base/i18n_upstream")]
    for addon in addons:
        problems += check_addon(addon)
    return [line.replace(f"{repository}/", "") for line in problems]


def main(arguments):
    """Print the problems; return 1 when there are any."""
    repository = Path(arguments[0]).resolve() if arguments else HERE.parent
    problems = check(repository)
    for line in problems:
        print(line)
    print(f"i18n: {len(problems)} problems" if problems else "i18n: no problem")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
