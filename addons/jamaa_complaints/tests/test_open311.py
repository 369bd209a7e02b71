"""Open311 GeoReport v2: what programs read, what applications with a key may send."""

import json
import logging
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged

from ..controllers import open311_format
from ..tools import open311_query
from .common import ComplaintCase
from .public_common import PublicComplaintCase

TEXT = "A lamp had been out for weeks. The commune replaced it."
#: What the specification lists, in its order.
SERVICE = ("service_code", "service_name", "description", "metadata", "type", "keywords", "group")
ATTRIBUTE = ("variable", "code", "datatype", "required", "datatype_description", "order", "description", "values")
REQUEST = (
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
    "agency_responsible", "service_notice", "requested_datetime", "updated_datetime", "expected_datetime",
    "address", "address_id", "zipcode", "lat", "long", "media_url",
)  # fmt: skip
CREATED = ("service_request_id", "service_notice", "account_id")
ERROR = ("code", "description")
DISCOVERY = ("changeset", "contact", "key_service", "endpoints")
ENDPOINT = ("specification", "url", "changeset", "type", "formats")


def from_xml(element, name=None):
    """The values of an XML answer as texts: what JSON says, read by the same convention."""
    name = name or element.tag
    if name in open311_format.ITEMS:
        return [from_xml(child) for child in element]
    if len(element):
        return {child.tag: from_xml(child) for child in element}
    return element.text


def as_texts(value):
    """JSON values as the texts XML holds; line ends and blanks as they are."""
    if isinstance(value, dict):
        return {name: as_texts(one) for name, one in value.items()}
    if isinstance(value, list):
        return [as_texts(one) for one in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value in (None, "") else str(value)


@tagged("post_install", "-at_install")
class TestOpen311Writer(TransactionCase):
    def test_what_xml_cannot_hold_is_left_out_of_both(self):
        value = [{"code": 400, "description": "a\0b\x0bc\ud800d￾ <x>&amp; ]]> é ب"}]
        both = [open311_format.write("errors", value, ending) for ending in ("xml", "json")]
        tree = etree.fromstring(both[0])
        self.assertEqual(tree.findtext("error/description"), "abcd <x>&amp; ]]> é ب")
        self.assertEqual(json.loads(both[1])[0]["description"], "abcd <x>&amp; ]]> é ب")
        self.assertTrue(both[0].startswith(b"<?xml version='1.0' encoding='utf-8'?>"))

    def test_moments(self):
        for text in ("2026-01-31T00:00:00Z", "2026-01-31T00:00+01:00", "2026-01-31T00:00:00 01:00"):
            self.assertTrue(open311_query.moment(text).tzinfo, text)
        for text in ("2026-01-31", "2026-01-31T00:00:00", "0001-01-01T00:00:00Z", "yesterday", "2026-13-01T00:00:00Z"):
            with self.subTest(text=text), self.assertRaises(ValueError):
                open311_query.moment(text)
        self.assertIsNone(open311_query.moment(" "))

    def test_spans_and_months(self):
        day = open311_query.first_moment("2026-03")
        ninety = timedelta(days=90)
        self.assertEqual(open311_query.span(None, None, day), (day - ninety, day))
        self.assertEqual(open311_query.span(None, day, day + ninety), (day - ninety, day))
        self.assertEqual(open311_query.span(day, None, day), (day, day + ninety))
        for end in (day - timedelta(seconds=1), day + ninety + timedelta(seconds=1)):
            with self.assertRaises(ValueError):
                open311_query.span(day, end, day)
        self.assertEqual(open311_query.months(day, day), ("2026-03", "2026-03"))
        self.assertEqual(open311_query.months(day + timedelta(seconds=1), day + ninety), ("2026-04", "2026-05"))


class Open311Case(PublicComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commune.write({"open311_read": True, "open311_write": True})
        cls.category.case_hint = "Lamps, poles"
        cls.quarter = cls.env["jamaa.quarter"].create({"name_ar": "حي", "name_fr": "Hay", "company_id": cls.commune.id})
        cls.key = cls.env["jamaa.open311.key"].create({"name": "Street app", "company_id": cls.commune.id})
        cls.secret = cls.key._make_secret()
        cls.report = {
            "api_key": cls.secret,
            "service_code": str(cls.category.id),
            "address_string": "Main street, beside the school",
            "description": "The street lamp has been out for a month.",
        }

    def ask(self, path, slug=None, status=200, method=None, **options):
        """Ask for something, as JSON; the answer must have the right type and status."""
        headers = {"Accept-Language": "fr", **options.pop("headers", {})}
        url = f"/c/{slug or self.commune.commune_slug}/open311/v2/{path}"
        answer = self.url_open(url, headers=headers, method=method, **options)
        self.assertEqual(answer.status_code, status, answer.text[:500])
        ending = "json" if path.partition("?")[0].endswith(".json") else "xml"
        self.assertEqual(answer.headers["Content-Type"], open311_format.CONTENT_TYPES[ending])
        self.assertNotIn("Set-Cookie", answer.headers)
        return answer

    def get(self, path, **options):
        return self.ask(path, **options).json()

    def post(self, status=200, ending="json", slug=None, headers=None, **changes):
        data = {name: value for name, value in {**self.report, **changes}.items() if value is not None}
        return self.ask(f"requests.{ending}", status=status, data=data, slug=slug, headers=headers or {})

    def publish(self, case=None, state="released", **vals):
        """A publication without the desk's steps, which have their tests."""
        case = case or self.lodge(latitude=33.5, longitude=-7.5)
        row = self.env["jamaa.complaint.publication"].create(
            {
                "case_id": case.id,
                "title_fr": "A lamp",
                "text_fr": TEXT,
                "quarter": "Hay Salam",
                **vals,
            }
        )
        # the month is counted while it is a draft; it is released on another day
        row.flush_recordset()
        row.sudo().write({"state": state, "released_on": datetime(2026, 11, 3, 10, 0, 5)})
        return row

    def ids(self, path="requests.json"):
        return [one["service_request_id"] for one in self.get(path)]


@tagged("post_install", "-at_install")
class TestOpen311Reading(Open311Case):
    def test_the_services_are_those_of_the_form(self):
        services = self.get("services.json")
        self.assertEqual({tuple(one) for one in services}, {SERVICE})
        mine = next(one for one in services if one["service_code"] == str(self.category.id))
        self.assertEqual(
            mine,
            {
                "service_code": str(self.category.id),
                "service_name": "Lighting (test)",
                "description": "Lamps, poles",
                "metadata": True,
                "type": "realtime",
                "keywords": "Lamps, poles",
                "group": None,
            },
        )
        other = self.make_commune("commune-essai-2")
        self.category.company_id = other
        self.assertNotIn(mine["service_code"], [one["service_code"] for one in self.get("services.json")])
        self.ask(f"services/{self.category.id}.json", status=404)

    def test_the_definition_of_a_service(self):
        definition = self.get(f"services/{self.category.id}.json")
        self.assertEqual(list(definition), ["service_code", "attributes"])
        self.assertEqual({tuple(one) for one in definition["attributes"]}, {ATTRIBUTE})
        self.assertEqual([one["order"] for one in definition["attributes"]], [1, 2])
        self.ask("services/999999999.xml", status=404)
        self.ask("services/nothing.json", status=404)

    def test_discovery(self):
        found = self.get("discovery.json")
        self.assertEqual(tuple(found), DISCOVERY)
        self.assertEqual([tuple(one) for one in found["endpoints"]], [ENDPOINT])
        self.assertEqual(found["endpoints"][0]["formats"], ["text/xml", "application/json"])
        self.assertTrue(found["endpoints"][0]["url"].endswith("/c/commune-essai-1/open311/v2"))

    def test_a_published_case_and_nothing_of_the_case(self):
        row = self.publish()
        case = row.case_id
        # what only the desk knows
        case.sudo().write({"answer": "SECRET-ANSWER"})
        case.message_post(body="SECRET-NOTE")
        told = self.get("requests.json")
        self.assertEqual([tuple(one) for one in told], [REQUEST])
        updated = datetime.fromisoformat(told[0]["updated_datetime"])
        self.assertEqual(updated, datetime(2026, 11, 3, 10, 0, 5, tzinfo=UTC))
        self.assertEqual(
            told[0],
            {
                "service_request_id": row.public_number,
                "status": "open",
                "status_notes": None,
                "service_name": "Lighting (test)",
                "service_code": str(self.category.id),
                "description": f"A lamp\n\n{TEXT}",
                "agency_responsible": "Commune d’Essai",
                "service_notice": None,
                "requested_datetime": open311_query.first_moment(row.month).isoformat(),
                "updated_datetime": updated.isoformat(),
                "expected_datetime": None,
                "address": "Hay Salam",
                "address_id": None,
                "zipcode": None,
                "lat": None,
                "long": None,
                "media_url": None,
            },
        )
        self.assertEqual(self.get(f"requests/{row.public_number}.json"), told)
        for ending in ("json", "xml"):
            whole = self.ask(f"requests.{ending}").text
            for secret in (
                "SECRET", "Complainant", "complainant1@example.com", "Main street", case.facts, "33.5",
                case.case_number, case.public_code, case.access_token,
            ):  # fmt: skip
                self.assertNotIn(secret, whole)
        self.assertNotIn(row.public_number, (case.case_number, case.public_code, str(row.id), str(case.id)))
        self.assertRegex(row.public_number, r"^\d{10}$")
        case.sudo().stage_id = self.env["helpdesk.ticket.stage"].search([("closed", "=", True)], limit=1)
        self.assertEqual(self.get("requests.json")[0]["status"], "closed")

    def test_only_what_is_released_now(self):
        row = self.publish(state="draft")
        number = row.public_number
        for state, seen in (("draft", False), ("released", True), ("withdrawn", False)):
            with self.subTest(state=state):
                row.sudo().write({"state": state})
                self.assertEqual(self.ids(), [number] if seen else [])
                self.assertEqual(self.ids(f"requests.json?service_request_id={number}"), [number] if seen else [])
                self.ask(f"requests/{number}.json", status=200 if seen else 404)
        row.sudo().write({"state": "released"})
        row.case_id.sudo().write({"confidentiality": "restricted"})
        self.assertFalse(self.ids())
        self.ask(f"requests/{number}.json", status=404)

    def test_a_case_that_is_not_published_is_not_there(self):
        case = self.lodge()
        for number in (case.case_number, case.public_code, case.id):
            self.ask(f"requests/{number}.json", status=404)

    def test_of_the_own_commune(self):
        other = self.make_commune("commune-essai-2")
        other.write({"open311_read": True})
        row = self.publish()
        self.assertFalse(self.get("requests.json", slug="commune-essai-2"))
        self.ask(f"requests/{row.public_number}.json", slug="commune-essai-2", status=404)
        self.assertFalse(self.get(f"requests.json?service_request_id={row.public_number}", slug="commune-essai-2"))

    def test_off_looks_like_unknown(self):
        row = self.publish()
        paths = ("discovery.json", "services.json", "requests.json", f"requests/{row.public_number}.json")
        unknown = self.ask("requests.json", slug="no-such-commune", status=404).text
        self.commune.open311_read = False
        for path in paths[2:]:
            self.assertEqual(self.ask(path, status=404).text, unknown)
        self.ask("services.json")
        self.commune.open311_write = False
        for path in paths:
            self.assertEqual(self.ask(path, status=404).text, unknown)

    def test_off_by_default(self):
        fresh = self.make_commune("commune-essai-3")
        self.assertFalse(fresh.open311_read or fresh.open311_write)

    def test_what_is_asked_for(self):
        rows = [self.publish() for _rank in range(3)]
        first, second, third = rows
        other = self.env["helpdesk.ticket.category"].create({"name": "Roads (test)", "for_cases": True})
        second.case_id.sudo().write({"category_id": other.id})
        third.case_id.sudo().stage_id = self.env["helpdesk.ticket.stage"].search([("closed", "=", True)], limit=1)
        months = [open311_query.first_moment(first.month)]
        for _rank in range(2):
            months.append(open311_query.first_moment((months[-1] - timedelta(days=1)).strftime("%Y-%m")))
        for row, month in zip(rows, months, strict=True):
            self.env.cr.execute(
                "UPDATE jamaa_complaint_publication SET month = %s WHERE id = %s", [month.strftime("%Y-%m"), row.id]
            )
        self.env.invalidate_all()
        numbers = [row.public_number for row in rows]
        stamp = [(month.astimezone(UTC) - timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%SZ") for month in months]
        late = (months[0].astimezone(UTC) + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
        for query, expected in (
            (f"start_date={stamp[2].replace('Z', '%2B02:00')}&end_date={late}", numbers),
            (f"start_date={stamp[1]}&end_date={late}", numbers[:2]),
            (f"start_date={stamp[2]}&end_date={stamp[0]}", numbers[1:]),
            (f"end_date={late}&status=open", numbers[:2]),
            (f"end_date={late}&status=closed", numbers[2:]),
            (f"end_date={late}&status=closed,open&service_code=", numbers),
            (f"end_date={late}&service_code={other.id}", numbers[1:2]),
            (f"end_date={late}&service_code={other.id},{self.category.id}", numbers),
            (f"service_request_id={numbers[2]},nothing,{numbers[0]}&status=open", [numbers[0], numbers[2]]),
            ("start_date=2001-01-01T00:00:00Z", []),
        ):
            with self.subTest(query=query):
                self.assertEqual(self.ids(f"requests.json?{query}"), expected)

    def test_what_cannot_be_asked_for(self):
        for query, count in (
            ("status=shut", 1),
            ("service_code=x", 1),
            ("start_date=2026-01-01", 1),
            ("start_date=junk&end_date=junk&status=junk", 3),
            ("start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z", 1),
            ("start_date=2026-06-01T00:00:00Z&end_date=2026-05-01T00:00:00Z", 1),
            ("service_request_id=" + ",".join(map(str, range(1001))), 1),
        ):
            with self.subTest(query=query[:60]):
                errors = self.get(f"requests.json?{query}", status=400)
                self.assertEqual([tuple(one) for one in errors], [ERROR] * count)
                self.assertEqual({one["code"] for one in errors}, {400})

    def test_at_most_a_thousand(self):
        rows = [self.publish() for _rank in range(3)]
        with patch("odoo.addons.jamaa_complaints.models.jamaa_complaint_publication_open311.MOST", 2):
            self.assertEqual(self.ids(), [rows[2].public_number, rows[1].public_number])

    def test_jurisdiction(self):
        self.get("services.json?jurisdiction_id=commune-essai-1")
        self.get("services.json?jurisdiction_id=")
        errors = self.get("services.json?jurisdiction_id=elsewhere", status=404)
        self.assertEqual([one["code"] for one in errors], [404])
        self.post(status=404, jurisdiction_id="elsewhere")

    def test_what_is_not_there(self):
        for path in ("services.html", "services", "requests.csv", "nothing.json", "tokens/1.xml", "", "a/b/c.json"):
            with self.subTest(path=path):
                answer = self.ask(path, status=404)
                if not path.endswith("json"):
                    self.assertEqual(etree.fromstring(answer.content).findtext("error/code"), "404")
        for method, path in (
            ("POST", "services.json"), ("PUT", "requests.json"), ("DELETE", "requests/1.xml"), ("PATCH", "discovery.xml"),
        ):  # fmt: skip
            with self.subTest(method=method):
                allowed = self.ask(path, method=method, status=405, data={}).headers["Allow"]
                self.assertEqual(allowed, "GET, POST" if path == "requests.json" else "GET")

    def test_json_and_xml_hold_the_same(self):
        row = self.publish(title_fr="<b>Lamp</b> & é ]]>", title_ar="مصباح", text_ar="نص")
        row.sudo().photo_ids = self.env["ir.attachment"].create({"name": "p.png", "raw": b"PNG"})
        for path, root in (
            ("discovery", "discovery"),
            ("services", "services"),
            (f"services/{self.category.id}", "service_definition"),
            ("requests", "service_requests"),
            (f"requests/{row.public_number}", "service_requests"),
        ):
            for lang in ("ar", "fr"):
                with self.subTest(path=path, lang=lang):
                    headers = {"Accept-Language": lang}
                    tree = etree.fromstring(self.ask(f"{path}.xml", headers=headers).content)
                    self.assertEqual(tree.tag, root)
                    self.assertEqual(from_xml(tree), as_texts(self.get(f"{path}.json", headers=headers)))
        photo = self.get("requests.json")[0]["media_url"]
        self.assertTrue(photo.startswith("http"))
        self.assertEqual(self.url_open(photo).content, b"PNG")
        arabic = self.get("requests.json", headers={"Accept-Language": "ar"})[0]
        self.assertEqual(arabic["description"], "مصباح\n\nنص")

    def test_queries(self):
        def count():
            self.url_open(f"/c/{self.commune.commune_slug}/open311/v2/requests.json")
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertTrue(self.ids())
            return self.env.cr.sql_log_count - before

        self.publish()
        count()
        few = count()
        for _rank in range(30):
            self.publish()
        self.assertEqual(count(), few)
        self.assertLessEqual(few, 30)
        logging.getLogger(__name__).info("Open311: %s queries for a list of requests", few)

    def test_two_texts_of_one_case(self):
        number = self.post().json()[0]["service_request_id"]
        case = self.cases()
        first = self.publish(case)
        self.assertEqual(first.public_number, number)
        first.sudo().write({"state": "withdrawn"})
        second = self.publish(case)
        self.assertEqual(self.ids(f"requests.json?service_request_id={number}"), [number])
        self.assertEqual(second.public_number, number)


@tagged("post_install", "-at_install")
class TestOpen311Sending(Open311Case):
    def test_a_request_becomes_a_case(self):
        identity = {"first_name": "Zineb", "last_name": "Essaidi", "email": "Z@example.org", "phone": "0612345678"}
        with self.no_mail_leaves():
            told = self.post(
                **identity,
                address_id=str(self.quarter.id),
                lat="33.589886",
                long="-7.603869",
                device_id="D1",
                account_id="A1",
                media_url="http://127.0.0.1:9/photo.jpg",
            ).json()
        self.assertEqual([tuple(one) for one in told], [CREATED])
        case = self.cases()
        self.assertEqual(len(case), 1)
        self.assertEqual(case.kind, "report")
        self.assertEqual(case.facts, self.report["description"])
        self.assertEqual(case.place_text, self.report["address_string"])
        self.assertEqual((case.latitude, case.longitude), (33.589886, -7.603869))
        self.assertEqual(case.quarter_id, self.quarter)
        self.assertEqual(case.category_id, self.category)
        self.assertEqual(case.channel_id, self.env.ref("jamaa_complaints.channel_open311"))
        self.assertEqual(case.open311_application, "Street app")
        self.assertEqual(case.public_lang, "fr_MA")
        self.assertEqual(case.legal_receipt_date, case._commune_today())
        self.assertEqual(case.reply_by, "email")
        person = case.complainant_id
        self.assertEqual((person.name, person.email, person.phone), ("Zineb Essaidi", "z@example.org", "+212612345678"))
        self.assertFalse(case.partner_id or case.partner_name or case.partner_email)
        self.assertFalse(case.photo_ids)
        entry = self.env["jamaa.register.entry"].search(
            [("company_id", "=", self.commune.id), ("kind_code", "=", "case_received")]
        )
        self.assertEqual(len(entry), 1)
        self.assertTrue(entry.facts.count(case.case_number))
        number = told[0]["service_request_id"]
        self.assertEqual(number, case.open311_number)
        self.assertNotIn(number, (case.case_number, case.public_code, str(case.id)))
        whole = json.dumps(told)
        for secret in (case.case_number, case.public_code, case.access_token, case._public_pin()):
            self.assertNotIn(secret, whole)
        self.ask(f"requests/{number}.json", status=404)
        self.assertEqual(self.publish(case).public_number, number)
        self.ask(f"requests/{number}.json")

    def test_without_a_name_and_as_xml(self):
        tree = etree.fromstring(self.post(ending="xml").content)
        self.assertEqual(tree.tag, "service_requests")
        self.assertEqual([child.tag for child in tree[0]], list(CREATED))
        case = self.cases()
        self.assertTrue(case.is_anonymous)
        self.assertFalse(case.complainant_id)
        self.assertEqual(case.reply_by, "page")

    def test_attributes(self):
        self.post(**{"attribute[names_person]": "yes"})
        self.assertEqual(self.cases().confidentiality, "sensitive")
        self.post(status=400, **{"attribute[kind]": "complaint"})
        self.post(status=400, **{"attribute[kind]": "wish"})
        self.post(**{"attribute[kind]": "complaint"}, first_name="Zineb", phone="0612345678")
        self.assertEqual(sorted(self.cases().mapped("kind")), ["complaint", "report"])

    def test_keys(self):
        other = self.make_commune("commune-essai-2")
        foreign = self.env["jamaa.open311.key"].create({"name": "Elsewhere", "company_id": other.id})
        texts = set()
        for key in (None, "", "wrong", "x" * 5000, self.key.sudo().digest, foreign._make_secret()):
            with self.subTest(key=str(key)[:10]):
                answer = self.post(status=403, api_key=key)
                self.assertEqual([tuple(one) for one in answer.json()], [ERROR])
                texts.add(answer.text)
        self.key.active = False
        texts.add(self.post(status=403).text)
        self.assertEqual(len(texts), 1, "wrong and revoked look the same")
        self.key.active = True
        secret = self.key._make_secret()
        self.post(status=403)
        self.assertFalse(self.cases())
        self.post(api_key=secret)
        self.assertEqual(self.key.last_used_on, self.cases()._commune_today())

    def test_a_key_in_the_address_is_not_read(self):
        self.ask(f"requests.json?api_key={self.secret}", status=403, data={**self.report, "api_key": ""})

    def test_writing_off_looks_like_unknown(self):
        unknown = self.post(status=404, slug="no-such-commune").text
        self.commune.open311_write = False
        self.assertEqual(self.post(status=404).text, unknown)
        self.assertFalse(self.cases())

    def test_so_many_an_hour(self):
        self.key.hour_limit = 2
        self.post()
        self.post(description="Another lamp is out as well.")
        answer = self.post(status=429, description="A third lamp is out as well.")
        self.assertEqual(answer.headers["Retry-After"], "3600")
        self.assertEqual(len(self.cases()), 2)

    def test_so_many_wrong_keys_an_hour(self):
        with patch("odoo.addons.jamaa_complaints.controllers.open311.WRONG_KEYS", 2):
            for status in (403, 403, 429):
                self.post(status=status, api_key="wrong")
            self.post()

    def test_sent_twice(self):
        first, again = self.post().json(), self.post().json()
        self.assertEqual(first, again)
        self.assertEqual(len(self.cases()), 1)
        self.post(description="Another lamp is out as well.")
        self.assertEqual(len(self.cases()), 2)
        other = self.env["jamaa.open311.key"].create({"name": "Other", "company_id": self.commune.id})
        self.post(api_key=other._make_secret())
        self.assertEqual(len(self.cases()), 3, "the same words by another key are another request")

    def test_the_same_words_later(self):
        """Within ten minutes they are the same request, over the turn of a slot too; then a new one."""
        self.post()
        rows = self.env["jamaa.form.submission"].search([("company_id", "=", self.commune.id)])
        key, _dot, slot = rows.key.rpartition(".")
        rows.write({"key": f"{key}.{int(slot) - 1}", "at": datetime.now() - timedelta(seconds=500)})
        self.post()
        self.assertEqual(len(self.cases()), 1)
        rows.at = datetime.now() - timedelta(seconds=700)
        self.post()
        self.assertEqual(len(self.cases()), 2)

    def test_bad_requests(self):
        for changes, fields in (
            ({"service_code": None}, ["service_code"]),
            ({"description": None}, ["description"]),
            ({"description": "x" * 4001}, ["description"]),
            ({"description": "\0\x0b \u202e"}, ["description"]),
            ({"address_string": None}, ["address_string"]),
            ({"address_string": "x" * 251}, ["address_string"]),
            ({"lat": "33.5"}, ["lat"]),
            ({"lat": "91", "long": "1"}, ["lat"]),
            ({"lat": "nan", "long": "inf"}, ["lat"]),
            ({"lat": "0", "long": "0"}, ["lat"]),
            ({"address_id": "999999999"}, ["address_id"]),
            ({"address_id": "x"}, ["address_id"]),
            ({"email": "not an address"}, ["email"]),
            ({"phone": "12"}, ["phone"]),
            ({"first_name": "x" * 200}, ["first_name"]),
            ({"service_code": "", "description": ""}, ["service_code", "description"]),
        ):
            with self.subTest(changes=str(changes)[:60]):
                errors = self.post(status=400, **changes).json()
                self.assertEqual(sorted(one["description"].partition(":")[0] for one in errors), sorted(fields))
                self.assertEqual({one["code"] for one in errors}, {400})
        for code in ("999999999", "x", "1" * 5000):
            self.assertEqual(self.post(status=404, service_code=code).json()[0]["code"], 404)
        self.assertFalse(self.cases())

    def test_a_place_of_another_commune(self):
        other = self.make_commune("commune-essai-2")
        quarter = self.env["jamaa.quarter"].create({"name_ar": "حي", "name_fr": "Hay", "company_id": other.id})
        self.post(status=400, address_id=str(quarter.id))

    def test_what_is_no_form(self):
        url = f"/c/{self.commune.commune_slug}/open311/v2/requests.xml"
        body = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'
        for kind in ("text/xml", "application/json", "text/plain"):
            answer = self.url_open(url, data=body, headers={"Content-Type": kind})
            self.assertEqual(answer.status_code, 400)
            self.assertNotIn("root:", answer.text)
        answer = self.url_open(url, data=self.report, files={"photo": ("p.jpg", b"x")})
        self.assertEqual(answer.status_code, 400)
        answer = self.ask("requests.json", status=400, data={**self.report, "description": "x" * 70_000})
        self.assertEqual(answer.json()[0]["code"], 413)
        self.assertFalse(self.cases())

    def test_odd_words_are_kept_as_words(self):
        words = "<script>alert(1)</script> &x; ]]> {{7*7}}\0\x0b été مصباح"
        self.post(description=words)
        self.assertEqual(self.cases().facts, "<script>alert(1)</script> &x; ]]> {{7*7}} été مصباح")

    def test_without_a_unit(self):
        self.commune._complaint_unit().active = False
        self.post(status=400)
        self.assertFalse(self.cases())
        self.assertFalse(self.env["jamaa.form.submission"].search([("company_id", "=", self.commune.id)]))

    def test_an_error_of_ours(self):
        with (
            patch.object(type(self.env["helpdesk.ticket"]), "_lodge", side_effect=RuntimeError("SECRET")),
            self.assertLogs("odoo.http", "ERROR") as logs,
        ):
            answer = self.post(status=500)
        self.assertEqual([tuple(one) for one in answer.json()], [ERROR])
        self.assertNotIn("SECRET", answer.text)
        self.assertNotIn(self.secret, "".join(logs.output))

    def test_the_log_never_holds_a_key(self):
        with self.assertLogs(level="DEBUG") as logs:
            self.post()
            self.post(status=403, api_key="WRONG-KEY-WRONG-KEY")
            self.post(status=400, description="")
        whole = "".join(logs.output)
        self.assertNotIn(self.secret, whole)
        self.assertNotIn("WRONG-KEY-WRONG-KEY", whole)

    def test_queries_of_sending(self):
        self.post()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.post(description="Another lamp is out as well.", email="z@example.org")
        count = self.env.cr.sql_log_count - before
        self.assertLessEqual(count, 60)
        logging.getLogger(__name__).info("Open311: %s queries to lodge", count)


@tagged("post_install", "-at_install")
class TestOpen311Keys(ComplaintCase):
    def _keys(self, user):
        return self.env["jamaa.open311.key"].with_user(user)

    def test_who_keeps_them(self):
        for user in (self.officer, self.agent, self.auditor, self.council_member, self.portal_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._keys(user).create({"name": "App", "company_id": self.here.id})
        key = self._keys(self.admin_user).create({"name": "App", "company_id": self.here.id})
        for act in (lambda mine: mine.write({"name": "Mine"}), lambda mine: mine.action_make_secret()):
            with self.assertRaises(AccessError):
                act(key.with_user(self.officer))
        head = self.env["jamaa.function"].search(
            [("company_id", "=", self.here.id), ("code", "=", "complaint_head")], limit=1
        )
        self._make_holder(head, self.officer)
        key.with_user(self.officer).write({"name": "Ours"})
        self.assertTrue(self._keys(self.officer).create({"name": "App 2", "company_id": self.here.id}))
        self.assertFalse(self._keys(self.officer_there).search([("id", "=", key.id)]))
        with self.assertRaises(AccessError):
            self._keys(self.officer).create({"name": "App", "company_id": self.there.id})
        with self.assertRaises(AccessError):
            key.with_user(self.admin_user).unlink()

    def test_the_secret_is_shown_once_and_kept_nowhere(self):
        key = self._keys(self.admin_user).create({"name": "App", "company_id": self.here.id, "digest": "x"})
        self.assertFalse(key.sudo().digest)
        action = key.action_make_secret()
        secret = action["context"]["default_secret"]
        self.assertRegex(secret, r"^[0-9a-f]{64}$")
        self.assertEqual(key.given_by_id, self.admin_user)
        self.assertEqual(self.env["jamaa.open311.key"]._by_secret(self.here, secret), key)
        self.assertFalse(self.env["jamaa.open311.key"]._by_secret(self.there, secret))
        with self.assertRaises(AccessError):
            key.read(["digest"])
        key.write({"digest": "0" * 64, "last_used_on": self.today, "company_id": self.there.id})
        self.assertEqual((key.company_id, key.last_used_on), (self.here, False))
        self.assertTrue(self.env["jamaa.open311.key"]._by_secret(self.here, secret))
        row = key.sudo().read(load=None)[0]
        self.assertNotIn(secret, str(row))
        window = self.env["jamaa.open311.secret"].with_user(self.admin_user).with_context(default_secret=secret)
        shown = window.onchange({}, [], {"secret": {}})
        self.assertEqual(shown["value"]["secret"], secret)

    def test_what_was_told_never_changes(self):
        values = {"open311_number": "1234567890", "open311_application": "App"}
        case = self._lodge(**values).sudo()
        self.assertEqual(case.open311_application, "App")
        for name in values:
            with self.subTest(name=name), self.assertRaises(UserError):
                case.write({name: "other"})
