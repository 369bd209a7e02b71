"""The exit: three faces on a tablet or a telephone, no login, no name."""

from werkzeug.exceptions import NotFound

from odoo import http

from ..tools.text import clean_text
from .public import PublicController
from .public_form import throttle_address
from .public_home import GET, POST

FACES = (
    # value, mouth drawn in a 48 × 48 picture
    (3, "M14 29c5 7 15 7 20 0"),
    (2, "M15 32h18"),
    (1, "M14 35c5-7 15-7 20 0"),
)
WORDS_LIMIT = 1000


#: Taps an hour from one address on the pages of records; one may serve a whole quarter.
TAPS_PER_HOUR = 60


def take_answer(record, value, comment):
    """Take one tap, or words after it, from the page of a record.

    :param record: what the page is about, with ``_record_satisfaction``
    :param str value: the face that was tapped, possibly junk
    :param comment: the words, None where the form had no box for them
    :return: what becomes of it, a code for the page
    """
    face = int(value) if value in ("1", "2", "3") else None
    words = None if comment is None else clean_text(comment, WORDS_LIMIT)
    if face is None and words is None:
        return "no_value"
    if not record.env["jamaa.throttle"]._allow("satisfaction", throttle_address(), TAPS_PER_HOUR, 3600):
        return "busy"
    return record._record_satisfaction(face, words)


def faces(labels):
    """Return the three faces for the template ``public_faces``.

    :param dict labels: words by value
    """
    return [{"value": value, "mouth": mouth, "words": labels[value]} for value, mouth in FACES]


class SatisfactionExit(PublicController):
    """Everything under the address of a point; the token in it is the right."""

    def _point(self, slug, lang, token):
        company, code = self._jamaa_context(slug, lang)
        point = company.env["jamaa.satisfaction.point"]._by_token(company, token)
        if not point:
            raise NotFound()
        return company, code, point

    @http.route("/c/<slug>/<lang>/exit/<token>", **GET)
    def exit(self, slug, lang, token, said=None, ticket=None, **_query):
        """Three faces; after a tap thanks, and room for words."""
        company, code, point = self._point(slug, lang, token)
        env = point.env
        labels = {3: env._("Good"), 2: env._("So-so"), 1: env._("Not good")}
        values = {
            "path": point._public_path(lang),
            "site": point.site_id.name,
            "tablet": point.kind == "tablet",
            "faces": faces(labels),
            "chosen": None,
            "said": said if said in ("thanks", "words") else None,
            "ticket": ticket if said == "thanks" and ticket and len(ticket) < 64 else None,
        }
        return self._jamaa_render("jamaa_base.public_exit", values, company, code, private=True)

    @http.route("/c/<slug>/<lang>/exit/<token>/tap", **POST)
    def tap(self, slug, lang, token, **post):
        """One tap, or words after it. There is no session to ride on, so no forgery token."""
        _company, _code, point = self._point(slug, lang, token)
        path = point._public_path(lang)
        if "words" in post:
            taken = point._add_words(self._jamaa_text(post, "ticket"), clean_text(post["words"], WORDS_LIMIT))
            return self._jamaa_redirect(f"{path}?said=words" if taken else path)
        value = self._jamaa_text(post, "value")
        ticket = point._tap(int(value) if value in ("1", "2", "3") else 0, throttle_address())
        return self._jamaa_redirect(f"{path}?said=thanks&ticket={ticket}" if ticket else path)
