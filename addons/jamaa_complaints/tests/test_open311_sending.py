"""Open311 GeoReport v2: what applications with a key may send."""

import json
import logging
from datetime import datetime, timedelta
from unittest.mock import patch

from lxml import etree

from odoo.tests import tagged

from .open311_common import (
    CREATED,
    ERROR,
    Open311Case,
)


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
                self.assertEqual(sorted(one["description"].partition(":")[0].strip() for one in errors), sorted(fields))
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
