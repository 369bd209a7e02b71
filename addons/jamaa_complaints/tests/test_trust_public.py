"""What of a case everybody may read: by default nothing, and then only what was released."""

import io

from PIL import Image

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..tools.blackout import blackout
from ..tools.naming import reasons
from .common import FACTS, IDENTITY, ComplaintCase, picture
from .public_common import PublicComplaintCase

TEXT = "A lamp had been out for weeks. The commune replaced it."


@tagged("post_install", "-at_install")
class TestNaming(ComplaintCase):
    def test_what_tells_a_person(self):
        for text, found in (
            ("Call me on 06 12 34 56 78", {"phone", "number"}),
            ("اتصلوا بي على ٠٦١٢٣٤٥٦٧٨", {"phone", "number"}),
            ("write to zineb@example.org", {"email"}),
            ("my card is ZX998877", {"number"}),
            ("Mrs ÉSSAIDI said so", {"name"}),
            ("at 12 rue des orangers", {"secret"}),
        ):
            with self.subTest(text=text):
                seen = reasons(text, [IDENTITY["name"]], [IDENTITY["address"]])
                self.assertTrue(found & seen, seen)
        self.assertFalse(reasons(TEXT, [IDENTITY["name"]], [IDENTITY["address"]]))


class PublicationCase(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_holder(cls.director, cls.director_user)
        cls.here.write({"publication_function_id": cls.director.id, "publication_act": "Decision 7/2026"})
        cls.case.sudo().write({"service_id": cls.lighting.id, "answer": "Done"})
        cls.case.sudo().write({"answer_state": "sent", "answered_on": cls.today})
        cls.rows = cls.env["jamaa.complaint.publication"]
        cls.good = {
            "case_id": cls.case.id,
            "title_fr": "A lamp",
            "text_fr": TEXT,
            "quarter": "Hay Salam",
            "consent_on": cls.today,
            "consent_how": "By phone",
            "no_name_checked": True,
        }
        cls.env.flush_all()

    def _write(self, user=None, **vals):
        self.env.invalidate_all()
        return self.rows.with_user(user or self.officer).create({**self.good, **vals})

    def _public(self):
        self.env.invalidate_all()
        return self.rows._public_rows(self.here)


@tagged("post_install", "-at_install")
class TestPublication(PublicationCase):
    def test_released_by_the_function_and_withdrawn_in_one_click(self):
        row = self._write()
        self.assertFalse(self._public(), "a draft is nobody's")
        for user in (self.officer, self.president_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                row.with_user(user).action_release()
        row.with_user(self.director_user).action_release()
        self.assertEqual(self._public(), row)
        self.assertEqual((row.released_by_id, row.released_as_id), (self.director_user, self.director))
        with self.assertRaises(UserError):
            row.with_user(self.officer).write({"text_fr": "Other words"})
        row.with_user(self.officer).action_withdraw()
        self.assertFalse(self._public())
        self.assertTrue(row.withdrawn_on and row.released_on)
        with self.assertRaises(UserError):
            row.with_user(self.officer).unlink()
        kinds = self.env["jamaa.register.entry"].search([("res_model", "=", row._name)]).mapped("kind_code")
        self.assertEqual(sorted(kinds), ["case_published", "case_unpublished"])

    def test_without_a_function_nothing_is_published(self):
        self.here.publication_function_id = False
        with self.assertRaises(AccessError):
            self._write().with_user(self.director_user).action_release()
        with self.assertRaises(ValidationError):
            self.here.write({"publication_function_id": self.director.id, "publication_act": False})

    def test_state_is_not_typed(self):
        row = self._write(state="released", released_by_id=self.director_user.id)
        self.assertEqual(row.state, "draft")
        with self.assertRaises(UserError):
            row.with_user(self.officer).write({"state": "released"})

    def test_two_persons(self):
        with self.assertRaises(UserError):
            self._write(self.director_user).with_user(self.director_user).action_release()

    def test_what_is_refused(self):
        for vals in (
            {"text_fr": f"{TEXT} Mrs Essaidi is glad."},
            {"text_fr": f"{TEXT} Call 0612345678."},
            {"quarter": "12 rue des Orangers"},
            {"text_fr": f"{TEXT} Case {self.case.case_number}."},
            {"text_fr": FACTS},
            {"text_fr": False},
            {"title_ar": "مصباح"},
            {"consent_on": False},
            {"consent_how": " "},
            {"no_name_checked": False},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self._write(**vals).with_user(self.director_user).action_release()

    def test_a_case_that_is_not_for_everybody(self):
        row = self._write()
        self.case.sudo().write({"confidentiality": "restricted"})
        with self.assertRaises(UserError):
            row.with_user(self.director_user).action_release()
        self.case.sudo().write({"confidentiality": "normal"})
        row.with_user(self.director_user).action_release()
        self.case.sudo().write({"confidentiality": "sensitive"})
        self.assertFalse(self._public(), "closed to many since: nobody reads it any more")
        self.assertFalse(self.rows.with_user(self.officer).search([("id", "=", row.id)]))

    def test_who_does_not_see_it(self):
        row = self._write()
        for user in (self.agent, self.officer_there, self.auditor, self.portal_user, self.council_member):
            with self.subTest(user=user.login):
                self.assertFalse(self._as(user, row).has_access("read"))
        self.case.sudo().write({"locked_user_ids": [(4, self.officer.id)]})
        self.assertFalse(self._as(self.officer, row).has_access("read"))
        with self.assertRaises(AccessError):
            self._write(self.officer)

    def test_a_photo_is_blacked_out_in_a_new_file(self):
        row = self._write()
        photo = self.case.sudo().photo_ids[:1]
        wizards = self.env["jamaa.complaint.blackout"].with_user(self.officer)
        with self.assertRaises(UserError):
            wizards.create({"publication_id": row.id, "photo_id": photo.id}).action_add()
        wizard = wizards.create(
            {
                "publication_id": row.id,
                "photo_id": photo.id,
                "line_ids": [(0, 0, {"left": 0, "top": 0, "width": 50, "height": 50})],
            }
        )
        wizard.action_add()
        made = row.sudo().photo_ids
        self.assertTrue(made and made != photo)
        with Image.open(io.BytesIO(made.raw)) as burnt:
            self.assertLess(max(burnt.convert("RGB").getpixel((5, 5))), 40)
            self.assertGreater(max(burnt.convert("RGB").getpixel((burnt.width - 4, burnt.height - 4))), 90)
        foreign = self._lodge(photos=[picture()]).sudo().photo_ids
        with self.assertRaises(UserError):
            wizards.create({"publication_id": row.id, "photo_id": foreign.id, "nothing_to_hide": True}).action_add()

    def test_nothing_is_left_under_the_black(self):
        output = io.BytesIO()
        image = Image.new("RGB", (100, 100), "white")
        exif = Image.Exif()
        exif[0x010F] = "SECRET-CAMERA"
        image.save(output, "JPEG", exif=exif)
        burnt = blackout(output.getvalue(), [(0, 0, 100, 100)])
        self.assertNotIn(b"SECRET-CAMERA", burnt.data)
        with Image.open(io.BytesIO(burnt.data)) as picture_:
            self.assertLess(max(high for _low, high in picture_.convert("RGB").getextrema()), 20)


@tagged("post_install", "-at_install")
class TestPublicTrust(PublicComplaintCase):
    def test_the_form_asks_whether_a_report_names_somebody(self):
        self.assertIn("names_person", self.url_open(self.page_url()).text)
        report = {"kind": "report", "name": None, "phone": None, "email": None, "answer_by": "page"}
        self.send(self.fresh_form(), **report, names_person="yes")
        self.assertEqual(self.cases().mapped("confidentiality"), ["sensitive"])
        answer = self.send(self.fresh_form(), **report, names_person="maybe", redirects=False)
        self.assertEqual(answer.status_code, 422)
        self.send(self.fresh_form(), **report)
        self.assertEqual(sorted(self.cases().mapped("confidentiality")), ["normal", "sensitive"])

    def test_where_corruption_is_reported(self):
        case = self.lodge(kind="report")
        path = f"case/{case.access_token}"
        self.assertNotIn("Essai line 1", self.url_open(self.page_url()).text)
        self.commune.corruption_where = "Essai line 1"
        self.assertIn("Essai line 1", self.url_open(self.page_url()).text)
        self.assertIn("Essai line 1", self.url_open(self.page_url(path)).text)
        other = self.lodge()
        self.assertNotIn("Essai line 1", self.url_open(self.page_url(f"case/{other.access_token}")).text)

    def test_the_page_of_published_cases(self):
        page = self.url_open(self.page_url("complaints/published"))
        self.assertEqual(page.status_code, 200)
        case = self.lodge(photos=[b"x"])
        row = self.env["jamaa.complaint.publication"].create(
            {"case_id": case.id, "title_fr": "<b>Lamp</b>", "text_fr": TEXT}
        )
        file = self.env["ir.attachment"].create(
            {"name": "p.png", "raw": b"PNG", "mimetype": "image/png", "res_model": row._name, "res_id": row.id}
        )
        row.sudo().write({"photo_ids": [(4, file.id)]})
        photo = self.page_url(f"complaints/published/{row.id}/photo/1")
        self.assertNotIn(TEXT, self.url_open(self.page_url("complaints/published")).text)
        self.assertEqual(self.url_open(photo).status_code, 404)
        row.sudo().write({"state": "released"})
        text = self.url_open(self.page_url("complaints/published")).text
        self.assertIn(TEXT, text)
        self.assertIn("&lt;b&gt;Lamp", text)
        self.assertNotIn(case.case_number, text)
        self.assertIn(TEXT, self.url_open(self.page_url("complaints/published", "ar")).text)
        self.assertEqual(self.url_open(photo).content, b"PNG")
        self.assertEqual(self.url_open(self.page_url(f"complaints/published/{row.id}/photo/2")).status_code, 404)
        row.sudo().action_withdraw()
        self.assertNotIn(TEXT, self.url_open(self.page_url("complaints/published")).text)
        self.assertEqual(self.url_open(photo).status_code, 404)
