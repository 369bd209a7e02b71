"""What a citizen typed into the complaint form: read, cleaned, judged.

No database and no request here: the same rules serve the public page, its tests
and any other way in. A field that is wrong gets an error *code*; the words that
tell the citizen what to do belong to the page.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from odoo.addons.jamaa_base.tools.text import clean_text

KINDS = ("complaint", "remark", "proposal", "report")
SEXES = ("f", "m")
#: How the citizen wants to hear from the commune.
ANSWER_WAYS = ("page", "email", "phone", "post")
#: What each way of answering cannot do without.
NEEDED_BY_WAY = {"email": "email", "phone": "phone", "post": "address"}
#: Longest text kept per field, in characters.
LIMITS = {
    "facts": 5000,
    "place": 250,
    "name": 120,
    "phone": 30,
    "email": 254,
    "address": 300,
    "national_id": 20,
}
#: Fewer characters than this say nothing that could be looked into.
SHORTEST_FACTS = 10
#: What is shown again after an error, however long: nothing typed is lost.
SHOWN_AGAIN = 200_000

_EMAIL = re.compile(r"[^@\s<>\"(),:;\\]+@[^@\s<>\"(),:;\\]+\.[^@\s<>\"(),:;\\.]{2,}")
_PHONE = re.compile(r"\+?\d{8,15}")
_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


@dataclass(frozen=True)
class Choices:
    """What the commune's form offers.

    :ivar categories: ids of the subjects one may choose
    :ivar sites: ids of the places where citizens are received
    :ivar languages: codes of the languages an answer can be in
    :ivar national_id_for: kinds whose regime demands the national id
    :ivar quarters: ids of the quarters and douars of the commune
    """

    categories: Collection[int]
    sites: Collection[int] = ()
    languages: Collection[str] = ()
    national_id_for: Collection[str] = ()
    quarters: Collection[int] = ()


@dataclass
class Intake:
    """One reading of the form.

    :ivar typed: the text as typed (cleaned of control characters), by field
    :ivar values: what may be stored, by field; meaningless while there are errors
    :ivar errors: error code by field, in the order of the page
    """

    typed: dict[str, str] = field(default_factory=dict)
    values: dict[str, object] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def normal_phone(text: str) -> str | None:
    """Return a phone number as +212…, or None where it cannot be one.

    Spaces, dots, dashes and brackets are how people write; Moroccan numbers may
    start with 0, 212 or 00212.
    """
    digits = re.sub(r"[\s.\-()/]", "", text.translate(_ARABIC_DIGITS))
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if re.fullmatch(r"0\d{9}", digits):
        digits = "+212" + digits[1:]
    elif re.fullmatch(r"212\d{9}", digits):
        digits = "+" + digits
    return digits if _PHONE.fullmatch(digits) else None


def _choice(intake: Intake, name: str, allowed: Collection, required: bool, cast=str):
    """Read a field whose value is one of ``allowed``."""
    raw = intake.typed[name]
    if not raw:
        if required:
            intake.errors[name] = "required"
        return
    try:
        value = cast(raw)
    except ValueError:
        value = None
    if value is None or value not in allowed:
        intake.errors[name] = "unknown_choice"
    else:
        intake.values[name] = value


def _identity(intake: Intake, kind: str | None, choices: Choices):
    """Read who speaks; only a complaint has to be in somebody's name.

    The model complaint of decree 2-17-265 (art. 7) names its author; a report may
    be anonymous, and remarks and proposals lose nothing by being so.
    """
    values, typed, errors = intake.values, intake.typed, intake.errors
    for name in ("name", "address", "national_id"):
        values[name] = typed[name]
    if typed["phone"]:
        values["phone"] = normal_phone(typed["phone"])
        if not values["phone"]:
            errors.setdefault("phone", "bad_phone")
    if typed["email"]:
        values["email"] = typed["email"].lower()
        if not _EMAIL.fullmatch(typed["email"]):
            errors.setdefault("email", "bad_email")
    if kind == "complaint":
        if not typed["name"]:
            errors.setdefault("name", "name_required")
        if not (typed["phone"] or typed["email"] or typed["address"]):
            errors.setdefault("phone", "contact_required")
    if kind in choices.national_id_for and not typed["national_id"]:
        errors.setdefault("national_id", "required")
    needed = NEEDED_BY_WAY.get(values.get("answer_by"))
    if needed and not typed[needed]:
        errors.setdefault(needed, "needed_to_answer")


def _pin(intake: Intake):
    """Read the pin a script may have set; one that is no place is dropped, not refused.

    Whoever has a script sees the pin before sending; the others never see these fields
    and could not correct them.
    """
    try:
        latitude, longitude = (round(float(intake.typed[name]), 6) for name in ("latitude", "longitude"))
    except ValueError:
        return
    # Not a number fails every comparison.
    if latitude and longitude and abs(latitude) <= 90 and abs(longitude) <= 180:
        intake.values.update(latitude=latitude, longitude=longitude)


def read(post: Mapping[str, str], choices: Choices) -> Intake:
    """Read a submitted form.

    :param post: the fields as sent; unknown ones are ignored, missing ones empty
    :param choices: what the commune offers
    :return: typed text, clean values and the error code of each wrong field
    """
    intake = Intake()
    names = ("kind", "category", "facts", "place", "site", "answer_by", "lang", "sex")
    names = (*names, "quarter", "latitude", "longitude", "names_person")
    for name in (*names, "name", "phone", "email", "address", "national_id"):
        raw = post.get(name)
        intake.typed[name] = clean_text(raw, SHOWN_AGAIN, multiline=name == "facts")

    _choice(intake, "kind", KINDS, required=True)
    _choice(intake, "category", choices.categories, required=True, cast=int)
    facts = intake.typed["facts"]
    if not facts:
        intake.errors["facts"] = "required"
    elif len(facts) < SHORTEST_FACTS:
        intake.errors["facts"] = "too_short"
    _choice(intake, "site", choices.sites, required=False, cast=int)
    _choice(intake, "quarter", choices.quarters, required=False, cast=int)
    _pin(intake)
    _choice(intake, "answer_by", ANSWER_WAYS, required=False)
    _choice(intake, "lang", choices.languages, required=False)
    _choice(intake, "sex", SEXES, required=False)
    _choice(intake, "names_person", ("yes", "no"), required=False)
    for name, limit in LIMITS.items():
        if len(intake.typed[name]) > limit:
            intake.errors[name] = "too_long"
    intake.values["facts"] = facts
    intake.values["place"] = intake.typed["place"]
    # a box: ticked or not, whatever its value
    intake.typed["consent_referral"] = "1" if post.get("consent_referral") else ""
    intake.values["consent_referral"] = bool(intake.typed["consent_referral"])
    intake.values.setdefault("answer_by", "page")
    _identity(intake, intake.values.get("kind"), choices)
    return intake


def subject_line(facts: str, limit: int = 60) -> str:
    """Return the first words of the facts, as the title officers see in lists."""
    line = " ".join(facts.split())
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0] + "…"
