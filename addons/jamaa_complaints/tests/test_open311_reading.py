"""Open311 GeoReport v2: what programs read of published cases."""

import json
import logging
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from lxml import etree

from odoo.tests import TransactionCase, tagged

from ..controllers import open311_format
from ..tools import open311_query
from .open311_common import (
    ATTRIBUTE,
    DISCOVERY,
    ENDPOINT,
    ERROR,
    REQUEST,
    SERVICE,
    TEXT,
    Open311Case,
    as_texts,
    from_xml,
)


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
