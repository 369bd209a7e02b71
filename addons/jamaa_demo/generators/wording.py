"""Records whose words are written in Arabic, French and English at once."""

LANGS = {"ar": "ar_MA", "fr": "fr_MA"}


def words(en, fr, ar):
    """One text in the three languages of the demo data."""
    return {"en": en, "fr": fr, "ar": ar}


def create(env, model, values):
    """Create a record; a value made by :func:`words` is stored in each language.

    :param dict values: as for ``create``; translated fields may hold :func:`words`
    :return: the record
    """
    plain = {name: value["en"] if isinstance(value, dict) else value for name, value in values.items()}
    record = env[model].with_context(lang="en_US").create(plain)
    for name, value in values.items():
        if isinstance(value, dict):
            translate(record, name, value)
    return record


def translate(record, name, value):
    """Store the Arabic and French of one field, in the languages that are active."""
    active = {code for code, _label in record.env["res.lang"].get_installed()}
    terms = {code: value[short] for short, code in LANGS.items() if code in active}
    record.update_field_translations(name, terms)


def say(records, name, value):
    """Store one text of :func:`words` on many records, one query a language."""
    if not records:
        return
    active = {code for code, _label in records.env["res.lang"].get_installed()}
    for short, code in {"en": "en_US", **LANGS}.items():
        if code in active:
            records.with_context(lang=code).write({name: value[short]})
