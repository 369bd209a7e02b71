"""The guard of public forms: token, proof of work or question, rate, once only."""

import hashlib
import hmac as hmac_lib
import time

from odoo.http import request
from odoo.tools.misc import consteq

from ..tools import form_token, proof_of_work
from ..tools.public_code import western_digits

HOUR = 3600
# Forms an hour from one address. Many people may share one (mobile networks, the hall of
# the commune), so the first is wide; without the proof of work it is narrow.
SENT_PER_ADDRESS = 60
SENT_PER_ADDRESS_UNPROVEN = 10


class FormState:
    """What came back with a public form, and whether it may be taken.

    ``problem`` is None or one of: ``invalid`` (not our form), ``expired`` (open too long),
    ``proof`` (neither the proof of work nor the answer to the question), ``busy`` (too many
    from this address). ``sent`` is the record an earlier arrival of the same form became.
    """

    def __init__(self, company, purpose):
        self.company = company
        self.purpose = purpose
        self.problem = None
        self.key = None
        self.proven = False
        self.sent = None

    def claim(self):
        """Take the form, once. Call it when everything typed is valid.

        :return: the ``jamaa.form.submission``, on which ``_done(record)`` is to be called;
            when its ``_record()`` is set another request was faster
        """
        env = self.company.env
        scope = "form.sent" if self.proven else "form.sent.unproven"
        env["jamaa.throttle"]._note(scope, throttle_address())
        return env["jamaa.form.submission"]._claim(self.key, self.company)


def throttle_address():
    """Return the visitor's address for counting.

    Of IPv6 only the network half counts: a household changes the other half at will.
    """
    address = request.httprequest.remote_addr or ""
    if ":" in address and "." not in address:
        address = ":".join(address.split(":")[:4])
    return address


def _secret(env):
    # sudo: ir.config_parameter - the database secret signs the forms
    return env["ir.config_parameter"].sudo().get_param("database.secret").encode()


def proof_bits(env):
    """Return how much proof of work forms ask (parameter ``jamaa_base.proof_bits``)."""
    # sudo: ir.config_parameter - a number the administrator may change
    value = env["ir.config_parameter"].sudo().get_param("jamaa_base.proof_bits")
    try:
        # Without the parameter the value is False, which counts as no number: not as 0.
        return min(max(int(value or ""), 0), proof_of_work.MAX_BITS)
    except ValueError:
        return proof_of_work.DEFAULT_BITS


def _question(secret, key):
    """Return the two small numbers of the question that goes with a form key."""
    digest = hmac_lib.new(secret, f"question:{key}".encode(), hashlib.sha256).digest()
    return digest[0] % 8 + 2, digest[1] % 8 + 2


def new_form(company, purpose, ask=False):
    """Return what the template ``public_form_guard`` needs, as ``form``.

    :param company: the commune in superuser mode, its environment in the page's language
    :param str purpose: which form
    :param bool ask: show the question even where JavaScript runs
    """
    env = company.env
    secret = _secret(env)
    bits = proof_bits(env)
    token = form_token.issue(secret, purpose, str(company.id), time.time(), bits)
    content = form_token.read(secret, token, purpose, str(company.id), time.time())
    words = [
        env._("zero"), env._("one"), env._("two"), env._("three"), env._("four"),
        env._("five"), env._("six"), env._("seven"), env._("eight"), env._("nine"),
    ]  # fmt: skip
    left, right = _question(secret, content.key)
    return {
        "token": token,
        "key": content.key,
        "bits": bits,
        "ask": ask,
        "question": env._(
            "How much is %(left)s plus %(right)s? Write it in figures.",
            left=words[left],
            right=words[right],
        ),
    }


def read_form(company, purpose, post):
    """Check the guard of a posted form; nothing is written.

    :param company: the commune in superuser mode
    :param str purpose: which form
    :param dict post: the posted fields, possibly junk
    :rtype: FormState
    """
    state = FormState(company, purpose)
    secret = _secret(company.env)
    try:
        content = form_token.read(secret, post.get("form_token"), purpose, str(company.id), time.time())
    except form_token.FormTokenProblem as problem:
        state.problem = problem.code
        return state
    state.key = content.key
    # sudo: jamaa.form.submission - the signed key proves that it is this visitor's form
    taken = company.env["jamaa.form.submission"].sudo().search([("key", "=", content.key)])
    state.sent = taken._record() if taken else None
    if state.sent:
        return state
    state.proven = proof_of_work.is_solved(content.key, post.get("form_proof"), content.bits)
    if not state.proven:
        answer = post.get("form_answer")
        answer = western_digits(answer).strip() if isinstance(answer, str) else ""
        if not (answer.isascii() and consteq(answer[:4], str(sum(_question(secret, content.key))))):
            state.problem = "proof"
            return state
    count = company.env["jamaa.throttle"]._count
    scope, limit = (
        ("form.sent", SENT_PER_ADDRESS) if state.proven else ("form.sent.unproven", SENT_PER_ADDRESS_UNPROVEN)
    )
    if count(scope, throttle_address(), HOUR) >= limit:
        state.problem = "busy"
    return state


def problem_text(env, problem):
    """Return the sentence for a form that was not taken, in the environment's language."""
    return {
        "invalid": env._("This page was not complete. Read your text once more and send it again."),
        "expired": env._("The page stayed open for a long time. Your text is still here: send it again."),
        "proof": env._(
            "Please answer the small question at the end of the page, then send again. "
            "Your text is still here; add your photos once more."
        ),
        "busy": env._(
            "Many forms came from this connection in the last hour. Your text is still here: "
            "wait a little and send it again, or come to the reception desk."
        ),
    }.get(problem, "")
