"""The words of the complaint form: choices, explanations, errors.

They are gathered here because the page, its error summary and its tests say the
same things; every sentence is whole, so that it can be translated as one.
"""

from ..tools.intake_form import LIMITS, SHORTEST_FACTS

#: Fields from the top of the page to its end, as errors are listed.
PAGE_ORDER = (
    "kind",
    "names_person",
    "category",
    "facts",
    "quarter",
    "place",
    "site",
    "photo_1",
    "photo_2",
    "name",
    "sex",
    "phone",
    "email",
    "address",
    "national_id",
    "answer_by",
    "lang",
)


def kinds(env):
    """Return ``(code, name, explanation)`` of each kind, in plain words."""
    return [
        (
            "complaint",
            env._("Complaint"),
            env._("Something was done wrong to you, or was not done. You will get an answer in your name."),
        ),
        ("remark", env._("Remark"), env._("You noticed something the commune should know.")),
        ("proposal", env._("Proposal"), env._("You have an idea to make something better.")),
        (
            "report",
            env._("Report"),
            env._("You point out a danger or a fault. You may do so without giving your name."),
        ),
    ]


def answer_ways(env):
    """Return ``(code, words)`` of each way to be answered."""
    return [
        ("page", env._("I will look with my code and PIN")),
        ("email", env._("By e-mail")),
        ("phone", env._("By phone")),
        ("post", env._("By letter to my address")),
    ]


def field_error(env, name, code, length=0):
    """Return what to do about a wrong field.

    :param str name: the field
    :param str code: from :mod:`..tools.intake_form`
    :param int length: characters typed, for texts that are too long
    """
    by_field = {
        ("kind", "required"): env._("Choose what you want to send."),
        ("category", "required"): env._("Choose what it is about."),
        ("facts", "required"): env._("Write what happened."),
        ("national_id", "required"): env._("Write your national identity number: this kind of complaint needs it."),
        ("facts", "too_short"): env._("Write a little more: at least %(least)s characters.", least=SHORTEST_FACTS),
    }
    if (name, code) in by_field:
        return by_field[name, code]
    if code == "too_long":
        return env._(
            "The text is too long: %(length)s characters, the limit is %(limit)s. Shorten it; nothing was lost.",
            length=length,
            limit=LIMITS[name],
        )
    return {
        "unknown_choice": env._("This choice is no longer offered. Choose again."),
        "name_required": env._("Write your name: a complaint is answered by name. Without a name, choose “Report”."),
        "contact_required": env._("Give a phone number, an e-mail address or a postal address."),
        "bad_phone": env._("Check the phone number, for example 06 12 34 56 78."),
        "bad_email": env._("Check the e-mail address, for example name@example.com."),
        "needed_to_answer": env._("Fill this in, or choose another way to be answered."),
    }[code]


def photo_error(env, code, size=0, limit=0):
    """Return what to do about a photo that was not taken.

    :param str code: of :class:`jamaa_base.tools.uploads.UploadProblem`
    :param float size: of the file, in megabytes
    :param int limit: the largest size taken, in megabytes
    """
    words = {
        "too_large": env._(
            "The photo is too large: %(size)s MB, the limit is %(limit)s MB. Choose a smaller one, or take it again with a lower quality.",
            size=size,
            limit=limit,
        ),
        "too_many_pixels": env._("The photo has too many pixels. Take it again with a lower quality."),
        "heic": env._(
            "This phone keeps photos in a format we cannot open (HEIC). Choose “Most compatible” in "
            "the camera settings, or send a screenshot of the photo."
        ),
        "gone": env._("This photo was kept for a few hours and is gone now. Choose it again."),
        "again": env._("Choose this photo again, please: it could not be kept."),
        "damaged": env._("The photo is damaged and cannot be opened. Choose it again, or take another one."),
    }
    return words.get(code) or env._("This file is not a photo. Choose a JPEG, PNG or WebP picture.")


def photo_too_large(env, limit):
    """Return what the page's script says of a file it could not make smaller."""
    return env._("This photo is too large: the limit is %(limit)s MB. Choose a smaller one.", limit=limit)


def all_errors(env, intake, photos):
    """Return the sentence for each wrong field, in the order of the page."""
    errors = {
        name: field_error(env, name, code, len(intake.typed.get(name, ""))) for name, code in intake.errors.items()
    }
    for photo in photos:
        if photo.error:
            errors[f"photo_{photo.slot}"] = photo.words(env)
    return {name: errors[name] for name in PAGE_ORDER if name in errors}


def form_problem(env, code, words):
    """Return the sentence about the form as a whole.

    :param str code: of the guard, or None
    :param str words: the shell's own sentence for it
    """
    if code == "proof":
        # The shell says that photos are to be added again; here they are kept.
        return env._(
            "One more step, because your browser could not do it for you: answer the small "
            "question at the end of the page, then send again. What you wrote is still here."
        )
    return words
