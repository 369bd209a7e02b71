"""The sentences of Open311: errors, attributes of a service, the notice after sending."""

from ..tools.open311_intake import DESCRIPTION_LIMIT, OUTER_NAMES
from . import form_words


def refusal(env, status):
    """Return the sentence of an error that concerns a request as a whole.

    :param int status: of HTTP
    """
    if status == 403:
        return env._("This api_key is missing or not valid. Ask the commune for one.")
    if status == 404:
        return env._("There is nothing at this address.")
    if status == 405:
        return env._("This address does not take requests of this kind.")
    if status == 413:
        return env._("What was sent is too large.")
    if status == 429:
        return env._("Too many requests. Wait an hour, then send again.")
    if status < 500:
        return env._("This request could not be read. Check its address and its form.")
    return env._("Something went wrong on the side of the commune. Send it again later.")


def field_problem(env, name, code, length):
    """Return what is wrong with one field of a service request, by the specification's name.

    :param str name: the field of the public form
    :param str code: see :func:`..tools.open311_intake.read`
    :param int length: characters sent
    """
    if code == "no_place":
        problem = env._("Say where it is: lat and long, or address_string, or address_id.")
    elif code == "bad_place":
        problem = env._("Send both lat and long, as decimal degrees of a place on the earth.")
    elif name == "facts" and code == "too_long":
        problem = env._(
            "The text is too long: %(length)s characters, the limit is %(limit)s.",
            length=length,
            limit=DESCRIPTION_LIMIT,
        )
    else:
        problem = form_words.field_error(env, name, code, length)
    return env._("%(field)s: %(problem)s", field=OUTER_NAMES.get(name, name), problem=problem)


def attributes(env):
    """Return the further fields of every service, as its definition lists them."""
    return [
        {
            "variable": True,
            "code": "kind",
            "datatype": "singlevaluelist",
            "required": False,
            "datatype_description": env._("Without it, it is a report. A complaint needs a name."),
            "order": 1,
            "description": env._("What you want to send"),
            "values": [{"key": code, "name": name} for code, name, _words in form_words.kinds(env)],
        },
        {
            "variable": True,
            "code": "names_person",
            "datatype": "singlevaluelist",
            "required": False,
            "datatype_description": env._("Such a report is read by few."),
            "order": 2,
            "description": env._("Does the report name a person?"),
            "values": [{"key": "yes", "name": env._("Yes")}, {"key": "no", "name": env._("No")}],
        },
    ]


def notice(env, media_url):
    """Return the notice that goes with a new request.

    :param media_url: what was sent as address of a picture, which nobody opens
    """
    if media_url:
        return env._(
            "The commune received it. The picture was not taken: addresses of pictures are not opened here. "
            "Where an e-mail address was given, a receipt with the code to follow it goes there. It can be read "
            "here only if the commune publishes it."
        )
    return env._(
        "The commune received it. Where an e-mail address was given, a receipt with the code to follow it goes "
        "there. It can be read here only if the commune publishes it."
    )


def key_service(env, writing):
    """Return how one gets a key.

    :param bool writing: whether requests are taken at all
    """
    if writing:
        return env._("Ask the commune in writing for a key. It is given to applications, by name.")
    return env._("No key is given: requests can be read here, not sent.")
