"""A service request of GeoReport v2, read by the rules of the public form.

No database and no request here, as in :mod:`.intake_form`. The names are those of the
specification outside, those of the form inside.
"""

import hashlib
import json

from . import intake_form

#: The specification's longest description, in characters.
DESCRIPTION_LIMIT = 4000
#: What the specification has no field for and our services define as attributes.
ATTRIBUTES = ("kind", "names_person")
#: What an issue reported by an application is, unless it says otherwise.
DEFAULT_KIND = "report"
#: The specification's name of each field of the form.
OUTER_NAMES = {
    "category": "service_code",
    "facts": "description",
    "place": "address_string",
    "quarter": "address_id",
    "latitude": "lat",
    "longitude": "long",
    "name": "first_name",
    "phone": "phone",
    "email": "email",
    **{name: f"attribute[{name}]" for name in ATTRIBUTES},
}


def read(sent, choices):
    """Read what was sent.

    :param sent: mapping of the fields, without the key; unknown ones are ignored
    :param choices: :class:`.intake_form.Choices` of the commune
    :return: :class:`.intake_form.Intake`; besides the form's error codes there may be
        ``no_place`` (the specification demands one) and ``bad_place``
    """
    form = {inner: sent.get(outer) for inner, outer in OUTER_NAMES.items()}
    form["kind"] = form["kind"] or DEFAULT_KIND
    form["name"] = " ".join(part for part in (sent.get("first_name"), sent.get("last_name")) if part)
    intake = intake_form.read(form, choices)
    typed = intake.typed
    if (typed["latitude"] or typed["longitude"]) and "latitude" not in intake.values:
        # The public form drops a pin that is none; here nobody saw a map, and it is all there is.
        intake.errors["latitude"] = "bad_place"
    elif not (typed["latitude"] or typed["place"] or typed["quarter"]):
        intake.errors["place"] = "no_place"
    if len(typed["facts"]) > DESCRIPTION_LIMIT:
        intake.errors["facts"] = "too_long"
    return intake


def fingerprint(key_id, intake):
    """Return the SHA-256 of what one key sent, to know the same when it comes again."""
    return hashlib.sha256(json.dumps([key_id, sorted(intake.typed.items())]).encode()).hexdigest()
