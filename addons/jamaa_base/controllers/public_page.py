"""How a public page is made: its shared values, its headers, its files.

Public pages use neither Odoo's frontend bundle nor its session: commune and language stand
in the address, nothing is remembered about the visitor, no cookie is set.
"""

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from odoo.http import request
from odoo.tools.misc import file_path

from ..models.res_company_public import PRIMARY
from ..tools.bidi import isolate
from ..tools.contrast import darker
from ..tools.public_lang import PUBLIC_LANGS, by_code

STATIC = "jamaa_base/static/src/public/"
TIMEZONE = "Africa/Casablanca"


@lru_cache(maxsize=16)
def _fingerprint(path, _changed):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()[:10]


def static_url(name):
    """Return the address of one of our static files, new whenever its content is.

    :param str name: file name under ``static/src/public``, or a path ``<addon>/static/…``
    """
    relative = name if "/" in name else STATIC + name
    path = Path(file_path(relative))
    return f"/{relative}?v={_fingerprint(str(path), path.stat().st_mtime_ns)}"


def active_langs():
    """Return the public languages that are switched on in this database."""
    get_data = request.env["res.lang"]._get_data
    langs = [lang for lang in PUBLIC_LANGS.values() if get_data(code=lang.code)]
    return langs or [PUBLIC_LANGS["ar"]]


def public_env(lang):
    """Return the environment public pages are made in.

    Superuser, because the visitor has no rights at all: the controller hands plain values
    to the template. No company is set: the public user belongs to none of the communes.

    :param lang: a :class:`~..tools.public_lang.PublicLang`
    """
    # sudo: all - public pages look up by token or slug and show plain values
    return request.env(su=True, context={"lang": lang.code, "tz": TIMEZONE})


def commune_values(company, lang):
    """Return what the layout shows of a commune, as plain values.

    :param company: the commune in superuser mode, or None on pages of no commune
    :param lang: a :class:`~..tools.public_lang.PublicLang`
    """
    if not company:
        return None
    return {
        "name": company._commune_title(lang.code),
        "slug": company.commune_slug,
        "url": company._public_url(lang.url),
        "is_demo": bool(company.is_demo),
        "phone": company.contact_phone or "",
        "hours": company.contact_hours or "",
        "color": company.public_color or PRIMARY,
        "officials_hidden": company._officials_hidden(),
    }


def _colour_style(commune):
    """Return the one inline style, the commune's colour, and its hash for the policy."""
    if not commune or commune["color"] == PRIMARY:
        return None, None
    color = commune["color"]
    style = f":root{{--primary:{color};--primary-pressed:{darker(color)}}}"
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return Markup("<style>%s</style>") % Markup(style), f"'sha256-{digest}'"


def language_links(path, lang):
    """Return the switch between languages for a page.

    :param str path: of the page, ``/c/<commune>/<lang>/…``; None when it has no twins
    :param lang: the current one
    """
    links = []
    parts = path.split("/") if path else []
    for other in active_langs():
        if len(parts) > 3 and parts[1] == "c":
            url = "/".join(parts[:3] + [other.url] + parts[4:])
        else:
            url = f"?lang={other.url}"
        links.append(
            {
                "url": url,
                "name": other.name,
                "html": other.html,
                "direction": other.direction,
                "current": other.url == lang.url,
            }
        )
    return links


def page_response(template, values, company, lang, *, private=False, status=200, max_age=None):
    """Render a template of the public shell and answer with it.

    :param str template: its external id
    :param dict values: plain values; recordsets don't belong here
    :param company: the commune in superuser mode, or None
    :param lang: public language, by URL code or ``res.lang`` code
    :param bool private: the page shows something of one person (token pages): no cache
        keeps it, no search engine lists it
    :param int status: HTTP status
    :param int max_age: seconds any cache may keep the page; None for pages with a form
    """
    lang = by_code(lang)
    commune = commune_values(company, lang)
    style, style_hash = _colour_style(commune)
    path = request.httprequest.path
    page = {
        "errors": {},
        "typed": {},
        "commune": commune,
        "lang": lang,
        # A form that was refused stands at the address it was sent to, which has a GET twin.
        "languages": language_links(path, lang) if status in (200, 422, 429) else [],
        "private": private,
        "colour_style": style,
        "static_url": static_url,
        # for free text: numbers and Latin words inside Arabic lines keep their order
        "isolate": isolate,
        "url": lambda page="": company._public_url(lang.url, page) if company else "/c",
        **values,
    }
    qweb = public_env(lang)["ir.qweb"].with_context(minimal_qcontext=True)
    html = Markup("<!DOCTYPE html>\n") + qweb._render(template, page)
    response = request.make_response(html, status=status)
    set_headers(response, private=private, style_hash=style_hash, max_age=max_age)
    if max_age is not None and status == 200:
        response.add_etag()
        response.make_conditional(request.httprequest)
    return response


def set_headers(response, *, private=False, style_hash=None, max_age=None):
    """Give a public answer its security and caching headers.

    :param response: the response
    :param bool private: see :func:`page_response`
    :param str style_hash: of the one allowed inline style
    :param int max_age: see :func:`page_response`
    """
    headers = response.headers
    headers["Content-Security-Policy"] = (
        "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; "
        "script-src 'self'; connect-src 'self'; font-src 'self'; media-src 'self'; "
        "worker-src 'self'; manifest-src 'self'; img-src 'self' data:; "
        f"style-src 'self'{' ' + style_hash if style_hash else ''}"
    )
    # The address of a token page is a key: no other site may learn it.
    headers["Referrer-Policy"] = "no-referrer"
    headers["X-Frame-Options"] = "DENY"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Permissions-Policy"] = "camera=(self), geolocation=(self), microphone=()"
    if private:
        headers["Cache-Control"] = "no-store"
        headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    elif max_age is not None:
        headers["Cache-Control"] = f"public, max-age={max_age}"
    else:
        # Not "no-store": with it browsers forget what was typed when one goes back.
        headers["Cache-Control"] = "private, no-cache"
    return response
