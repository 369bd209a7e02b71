"""Error pages under ``/c/`` that speak the language of the address."""

from werkzeug.exceptions import HTTPException

from odoo.exceptions import AccessDenied, AccessError, MissingError
from odoo.http import request

from ..tools.public_lang import PUBLIC_LANGS, best_language
from . import public_page


def _status(exception):
    """Return the HTTP status for an exception.

    What is forbidden looks like what does not exist.
    """
    if isinstance(exception, HTTPException):
        return 404 if exception.code == 403 else exception.code
    if isinstance(exception, (AccessDenied, AccessError, MissingError)):
        return 404
    return 500


def _texts(env, status):
    """Return title and advice for a status, in the environment's language."""
    if status == 404:
        return env._("This page does not exist"), env._(
            "The address may be incomplete. Type it again as it stands on your paper, or "
            "scan the QR code, or start from the first page."
        )
    if status == 413:
        return env._("What you sent is too large"), env._(
            "Go back with your browser's back button: what you typed is still there. "
            "Then send fewer photos or smaller ones, at most 10 MB each."
        )
    if status == 429:
        return env._("Too many requests"), env._("Wait a few minutes, then try again.")
    if status < 500:
        return env._("This could not be read"), env._(
            "Go back with your browser's back button: what you typed is still there. Then send it again."
        )
    return env._("Something went wrong on our side"), env._(
        "It is not your fault. Go back with your browser's back button: what you typed is "
        "still there. Try again in a few minutes, or come to the reception desk."
    )


def error_response(exception):
    """Answer a failed public request with a page of ours.

    :param Exception exception: what was raised
    :return: a response
    """
    request.env.cr.rollback()
    if not request.env.uid:
        request.env["ir.http"]._auth_method_public()
    request.session.can_save = False  # an error sets no cookie either
    parts = request.httprequest.path.split("/")
    lang = PUBLIC_LANGS.get(parts[3] if len(parts) > 3 else "")
    active = public_page.active_langs()
    if lang not in active:
        header = request.httprequest.headers.get("Accept-Language")
        lang = PUBLIC_LANGS[best_language(header)]
        lang = lang if lang in active else active[0]
    env = public_page.public_env(lang)
    company = None
    if len(parts) > 2 and parts[2]:
        company = env["res.company"]._commune_by_slug(parts[2][:64]) or None
    status = _status(exception)
    title, advice = _texts(env, status)
    response = public_page.page_response(
        "jamaa_base.public_error",
        {"error_title": title, "error_advice": advice, "status_code": status},
        company,
        lang.code,
        private=True,
        status=status,
    )
    request.env["ir.http"]._post_dispatch(response)
    return response
