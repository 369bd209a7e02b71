"""A signed, expiring token for public forms that work without cookies.

Odoo's own anti-forgery token lives in the session, so it needs a cookie and dies with it;
a citizen whose phone refuses cookies, or who leaves the page open over lunch, would lose
what he wrote. This token carries all it needs: when it was made, how much proof of work it
asks, and a random key which is also the idempotency key of the submission.

Pure functions: the secret and the clock are given by the caller.
"""

import base64
import hashlib
import hmac
import secrets
from typing import NamedTuple

MAX_AGE = 24 * 3600  # seconds; past that the page is shown again with its text
_PREFIX = "1"


class FormToken(NamedTuple):
    """What a genuine token says.

    :param str key: random, 22 URL-safe characters, unique per form shown
    :param int issued: seconds since 1970
    :param int bits: proof of work asked, in leading zero bits
    """

    key: str
    issued: int
    bits: int


class FormTokenProblem(ValueError):
    """A token that is not accepted; ``code`` is ``invalid`` or ``expired``."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def _signature(secret, purpose, scope, body):
    message = "\x1f".join(("jamaa-form", purpose, scope, body))
    digest = hmac.new(secret, message.encode(), hashlib.sha256).digest()[:16]
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def issue(secret, purpose, scope, now, bits=0):
    """Make a token.

    :param bytes secret: the database's secret
    :param str purpose: which form, so that one form's token does not open another
    :param str scope: which commune
    :param int now: seconds since 1970
    :param int bits: proof of work to ask
    :return: an URL-safe string
    """
    body = f"{_PREFIX}.{int(now):x}.{int(bits)}.{secrets.token_urlsafe(16)}"
    return f"{body}.{_signature(secret, purpose, scope, body)}"


def read(secret, token, purpose, scope, now, max_age=MAX_AGE):
    """Check a token and return what it says.

    :param bytes secret: the database's secret
    :param str token: what the form sent back, possibly junk
    :param str purpose: the form it must be of
    :param str scope: the commune it must be of
    :param int now: seconds since 1970
    :param int max_age: how long it is good for, in seconds
    :rtype: FormToken
    :raise FormTokenProblem: ``invalid`` (not ours, or altered) or ``expired``
    """
    if not isinstance(token, str) or len(token) > 120 or not token.isascii():
        raise FormTokenProblem("invalid")
    body, _dot, signature = token.rpartition(".")
    if not hmac.compare_digest(signature, _signature(secret, purpose, scope, body)):
        raise FormTokenProblem("invalid")
    _version, issued, bits, key = body.split(".")
    content = FormToken(key, int(issued, 16), int(bits))
    if now - content.issued > max_age:
        raise FormTokenProblem("expired")
    return content
