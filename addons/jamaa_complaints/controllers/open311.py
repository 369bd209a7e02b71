"""Open311 GeoReport v2: services, published cases, and requests of applications with a key.

What of the specification is there and what differs: ``docs/open311.md``.
"""

import re
from datetime import UTC, datetime

from werkzeug.exceptions import HTTPException

from odoo import fields, http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.jamaa_base.controllers import public_page
from odoo.addons.jamaa_base.controllers.public import PublicController
from odoo.addons.jamaa_base.controllers.public_form import throttle_address
from odoo.addons.jamaa_base.controllers.public_home import GET, POST

from ..tools import intake_form, open311_intake, open311_query
from . import open311_format, open311_words

BASE = "/c/<slug>/open311/v2"
SEND = {**POST, "max_content_length": 64 * 1024}
OTHER_METHODS = {
    **GET,
    "methods": ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
    "csrf": False,
}
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
_RESOURCE = re.compile(r"(discovery|services|requests|services/[^/]+|requests/[^/]+)\.(json|xml)")
#: Seconds in which the same words by the same key are the same request.
SAME_WITHIN = 600
HOUR = 3600
#: Wrong keys an hour from one address; more are not even counted.
WRONG_KEYS = 30


class Problem(Exception):
    """Why a request is refused.

    :ivar status: of HTTP
    :ivar errors: list of code and sentence; empty for the sentence of the status
    """

    def __init__(self, status, errors=()):
        super().__init__(status)
        self.status = status
        self.errors = list(errors)


def respond(root, value, ending, status=200):
    """Make the answer to a program."""
    body = open311_format.write(root, value, ending)
    response = request.make_response(
        body, [("Content-Type", open311_format.CONTENT_TYPES[ending]), ("Vary", "Accept-Language")], status=status
    )
    # never kept by a cache between: withdrawn is withdrawn at once
    return public_page.set_headers(response, private=True)


def refuse(env, problem, ending):
    """Answer with the specification's list of errors."""
    errors = problem.errors or [(problem.status, open311_words.refusal(env, problem.status))]
    value = [{"code": code, "description": words} for code, words in errors]
    response = respond("errors", value, ending, problem.status)
    if problem.status == 405:
        response.headers["Allow"] = "GET, POST" if "/requests." in request.httprequest.path else "GET"
    if problem.status == 429:
        response.headers["Retry-After"] = str(HOUR)
    return response


def error_response(exception):
    """Answer what failed outside our routes, or unexpectedly inside, in the specification's form."""
    request.env.cr.rollback()
    if not request.env.uid:
        request.env["ir.http"]._auth_method_public()
    request.session.can_save = False
    ending = "json" if request.httprequest.path.endswith(".json") else "xml"
    status = exception.code if isinstance(exception, HTTPException) else 500
    env = public_page.public_env(Open311()._jamaa_best_lang())
    # The specification: 400 for whatever is neither a key nor something that is not there.
    problem = Problem(400 if status == 413 else status, [(status, open311_words.refusal(env, status))])
    response = refuse(env, problem, ending)
    request.env["ir.http"]._post_dispatch(response)
    return response


class Open311(PublicController):
    """The names of its methods are its own: the server makes one class of all controllers of public pages."""

    @http.route(f"{BASE}/discovery.<ending>", **GET)
    def open311_discovery(self, slug, ending, **query):
        """Tell what is offered here, and how one gets a key."""
        return self._open311_answer(slug, ending, "discovery", query, self._open311_discovery)

    @http.route(f"{BASE}/services.<ending>", **GET)
    def open311_services(self, slug, ending, **query):
        """List the subjects of the public form."""
        return self._open311_answer(slug, ending, "services", query, self._open311_services)

    @http.route(f"{BASE}/services/<code>.<ending>", **GET)
    def open311_service(self, slug, code, ending, **query):
        """List the further fields of one subject."""
        return self._open311_answer(slug, ending, "service_definition", query, self._open311_service, code)

    @http.route(f"{BASE}/requests.<ending>", **GET)
    def open311_requests(self, slug, ending, **query):
        """List published cases."""
        return self._open311_answer(slug, ending, "service_requests", query, self._open311_requests)

    @http.route(f"{BASE}/requests/<number>.<ending>", **GET)
    def open311_request_of(self, slug, number, ending, **query):
        """Tell one published case."""
        return self._open311_answer(slug, ending, "service_requests", query, self._open311_request, number)

    @http.route(f"{BASE}/requests.<ending>", **SEND)
    def open311_send(self, slug, ending, **_post):
        """Lodge a case for an application with a key.

        The body alone is read: what stands in an address ends up in the logs of servers.
        """
        return self._open311_answer(slug, ending, "service_requests", request.httprequest.form, self._open311_send)

    @http.route(f"{BASE}/<path:rest>", **OTHER_METHODS)
    def open311_elsewhere(self, slug, rest, **_query):
        """Refuse what no other route takes, in the form of the specification."""
        ending = rest.rpartition(".")[2]
        known = _RESOURCE.fullmatch(rest) and request.httprequest.method not in ("GET", "HEAD")
        return self._open311_answer(slug, ending, "errors", {}, self._open311_elsewhere, known)

    # ------------------------------------------------------------------
    # Frame
    # ------------------------------------------------------------------

    def _open311_answer(self, slug, ending, root, sent, make, *args):
        """Answer with what a method makes, or with its problem.

        :param str slug: the commune in the address
        :param str ending: of the address
        :param str root: name of the root element
        :param sent: mapping of what was sent
        :param make: called with the commune, what was sent and ``args``
        """
        lang = self._jamaa_best_lang()
        env = public_page.public_env(lang)
        known = ending in open311_format.CONTENT_TYPES
        ending = ending if known else "xml"
        try:
            company = env["res.company"]._commune_by_slug(slug)
            if not (known and company and (company.open311_read or company.open311_write)):
                raise Problem(404)
            wanted = self._jamaa_text(sent, "jurisdiction_id")
            if wanted and wanted != company.commune_slug:
                raise Problem(404, [(404, env._("There is no such jurisdiction_id here."))])
            return respond(root, make(company, sent, *args), ending)
        except Problem as problem:
            return refuse(env, problem, ending)

    def _open311_elsewhere(self, _company, _sent, known):
        raise Problem(405 if known else 404)

    # ------------------------------------------------------------------
    # Services
    # ------------------------------------------------------------------

    def _open311_categories(self, company):
        return company.env["helpdesk.ticket.category"]._offered_to_citizens(company)

    def _open311_services(self, company, _sent):
        return self._open311_categories(company)._open311_values()

    def _open311_service(self, company, _sent, code):
        if code not in map(str, self._open311_categories(company).ids):
            raise Problem(404, [(404, company.env._("There is no such service_code here."))])
        return {"service_code": code, "attributes": open311_words.attributes(company.env)}

    def _open311_discovery(self, company, _sent):
        env = company.env
        changed = max(self._open311_categories(company).mapped("write_date"), default=company.create_date)
        changeset = changed.strftime("%Y-%m-%d %H:%M")
        contact = [company._commune_title(env.lang), company.contact_phone, company.email, company.contact_hours]
        return {
            "changeset": changeset,
            "contact": " · ".join(filter(None, contact)),
            "key_service": open311_words.key_service(env, company.open311_write),
            "endpoints": [
                {
                    "specification": SPECIFICATION,
                    "url": f"{company.get_base_url()}/c/{company.commune_slug}/open311/v2",
                    "changeset": changeset,
                    "type": "test" if company.is_demo else "production",
                    "formats": ["text/xml", "application/json"],
                }
            ],
        }

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    def _open311_requests(self, company, query):
        if not company.open311_read:
            raise Problem(404)
        rows = company.env["jamaa.complaint.publication"]
        return rows._open311_rows(company, **self._open311_criteria(company.env, query))._open311_values(
            self._open311_lang_of(company)
        )

    def _open311_request(self, company, _query, number):
        if not company.open311_read:
            raise Problem(404)
        rows = company.env["jamaa.complaint.publication"]._open311_rows(company, numbers=[number])
        if not rows:
            raise Problem(404, [(404, company.env._("There is no such service_request_id here."))])
        return rows._open311_values(self._open311_lang_of(company))

    def _open311_lang_of(self, company):
        return self._jamaa_lang(company.env.lang).url

    def _open311_criteria(self, env, query):
        """Read what is asked for.

        :raise Problem: with a sentence for each argument that cannot be read
        """
        errors = []
        text = {name: self._jamaa_text(query, name) for name in ("service_request_id", "service_code", "status")}
        try:
            numbers = open311_query.codes(text["service_request_id"])
            if numbers:
                return {"numbers": numbers}
            categories = open311_query.codes(text["service_code"])
        except ValueError:
            raise Problem(400, [(400, env._("Ask for a thousand at most."))]) from None
        if not all(re.fullmatch("[0-9]{1,9}", code) for code in categories):
            errors.append((400, env._("There is no such service_code here.")))
        statuses = open311_query.codes(text["status"])
        if not set(statuses) <= set(open311_query.STATUSES):
            errors.append((400, env._("The status is open or closed.")))
        moments = {}
        for name in ("start_date", "end_date"):
            try:
                moments[name] = open311_query.moment(query.get(name))
            except ValueError:
                words = env._("%(field)s: write it as 2026-01-31T00:00:00Z, with the time zone.", field=name)
                errors.append((400, words))
        if errors:
            raise Problem(400, errors)
        try:
            span = open311_query.span(moments["start_date"], moments["end_date"], datetime.now(UTC))
        except ValueError:
            words = env._("From start_date to end_date there are ninety days at most.")
            raise Problem(400, [(400, words)]) from None
        return {
            "months": open311_query.months(*span),
            "categories": [int(code) for code in categories],
            "status": statuses[0] if len(statuses) == 1 else None,
        }

    # ------------------------------------------------------------------
    # Sending
    # ------------------------------------------------------------------

    def _open311_send(self, company, form):
        env = company.env
        if not company.open311_write:
            raise Problem(404)
        if request.httprequest.mimetype != "application/x-www-form-urlencoded":
            raise Problem(400, [(400, env._("Send the request as application/x-www-form-urlencoded."))])
        key = self._open311_key(company, form)
        if not env["jamaa.throttle"]._allow("open311.key", key.id, key.hour_limit, HOUR):
            raise Problem(429)
        key._note_use()
        intake = open311_intake.read(form, self._open311_choices(company, form))
        if intake.errors:
            raise self._open311_problem_of(env, intake)
        submission = self._open311_claim(company, open311_intake.fingerprint(key.id, intake))
        case = submission._record()
        if not case:
            try:
                with env.cr.savepoint():
                    case = self._open311_lodge(company, key, intake)
                    submission._done(case)
            except UserError as error:
                submission.unlink()
                raise Problem(400, [(400, error.args[0])]) from None
        return [
            {
                "service_request_id": case.open311_number,
                "service_notice": open311_words.notice(env, self._jamaa_text(form, "media_url")),
                "account_id": None,
            }
        ]

    def _open311_key(self, company, form):
        """Return the key that was sent.

        :raise Problem: none, a wrong one, another commune's or an archived one, all alike; too many of them
        """
        key = company.env["jamaa.open311.key"]._by_secret(company, form.get("api_key"))
        if key:
            return key
        if not company.env["jamaa.throttle"]._allow("open311.wrong", throttle_address(), WRONG_KEYS, HOUR):
            raise Problem(429)
        raise Problem(403)

    def _open311_choices(self, company, form):
        quarters = company.env["jamaa.quarter"]
        if form.get("address_id"):
            quarters = quarters.search([("company_id", "=", company.id)])
        return intake_form.Choices(
            categories=set(self._open311_categories(company).ids),
            quarters=set(quarters.ids),
            national_id_for=company._national_id_kinds(),
        )

    def _open311_problem_of(self, env, intake):
        """Return the problem with a sentence for each wrong field; an unknown service is not found."""
        unknown = intake.errors.get("category") == "unknown_choice"
        return Problem(
            404 if unknown else 400,
            [
                (
                    404 if unknown and name == "category" else 400,
                    open311_words.field_problem(env, name, code, len(intake.typed.get(name, ""))),
                )
                for name, code in intake.errors.items()
            ],
        )

    def _open311_claim(self, company, fingerprint):
        """Take these words once, or find what they became within the last minutes."""
        submissions = company.env["jamaa.form.submission"]
        now = fields.Datetime.now()
        slot = int(now.replace(tzinfo=UTC).timestamp()) // SAME_WITHIN
        # sudo: jamaa.form.submission - nobody has rights on it; the fingerprint holds the key
        before = submissions.sudo().search([("key", "=", f"open311.{fingerprint}.{slot - 1}")])
        if before and (now - before.at).total_seconds() < SAME_WITHIN and before._record():
            return before
        return submissions._claim(f"open311.{fingerprint}.{slot}", company)

    def _open311_lodge(self, company, key, intake):
        """Make the case by the one way in."""
        env = company.env
        values = intake.values
        return env["helpdesk.ticket"]._lodge(
            company,
            {
                "kind": values["kind"],
                "subject": intake_form.subject_line(values["facts"]),
                "facts": values["facts"],
                "place_text": values["place"],
                "quarter_id": values.get("quarter"),
                "latitude": values.get("latitude"),
                "longitude": values.get("longitude"),
                "category_id": values["category"],
                "names_person": values.get("names_person"),
                "open311_number": env["jamaa.complaint.publication"]._new_public_number(),
                "open311_application": key.name,
            },
            identity={name: values[name] for name in ("name", "phone", "email") if values.get(name)},
            channel="open311",
            lang=env.lang,
        )
