"""Entry at the counter."""

import base64
import io

from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import FACTS, IDENTITY, ComplaintCase


@tagged("post_install", "-at_install")
class TestCounter(ComplaintCase):
    def _wizard(self, user, **vals):
        return (
            self.env["jamaa.complaint.counter"]
            .with_user(user)
            .with_context(allowed_company_ids=user.company_ids.ids)
            .create({"company_id": self.here.id, "facts": FACTS, **IDENTITY, **vals})
        )

    def test_at_most_five_required_fields(self):
        form = Form(self.env["jamaa.complaint.counter"].with_user(self.receptionist).with_company(self.here))
        required = [
            name for name, node in form._view["fields"].items() if node.get("required") and name != "company_id"
        ]
        to_fill = [name for name in required if not form[name]]
        self.assertLessEqual(len(required) + 1, 5)  # and the name, for complaints
        self.assertEqual(to_fill, ["facts"])
        form.facts = FACTS
        form.name = "Somebody"
        wizard = form.save()
        wizard.action_lodge()
        self.assertEqual(wizard.state, "done")
        self.assertTrue(wizard.case_number)

    def test_identity_leaves_the_form(self):
        wizard = self._wizard(self.receptionist, category_id=self.category.id)
        wizard.action_lodge()
        case = wizard.case_id.sudo()
        self.assertEqual(case.complainant_id.name, IDENTITY["name"])
        self.assertEqual(case.channel_id, self.env.ref("jamaa_complaints.channel_counter"))
        self.env.flush_all()
        self.env.cr.execute("SELECT * FROM jamaa_complaint_counter WHERE id = %s", (wizard.id,))
        row = str(self.env.cr.dictfetchall())
        for value in (*IDENTITY.values(), FACTS):
            self.assertNotIn(value, row)

    def test_photos_are_cleaned(self):
        output = io.BytesIO()
        exif = Image.Exif()
        exif[0x010F] = "Phone of Zineb"
        Image.new("RGB", (30, 30)).save(output, "JPEG", exif=exif)
        file = (
            self.env["ir.attachment"]
            .with_user(self.receptionist)
            .create({"name": "IMG_Zineb.jpg", "datas": base64.b64encode(output.getvalue())})
        )
        wizard = self._wizard(self.receptionist, photo_ids=[(6, 0, file.ids)])
        wizard.action_lodge()
        photo = wizard.case_id.sudo().photo_ids
        self.assertEqual(photo.name, "photo-1.jpg")
        self.assertNotIn(b"Zineb", photo.raw)
        self.assertFalse(file.exists())

    def test_a_wrong_file_is_refused_in_words(self):
        file = (
            self.env["ir.attachment"]
            .with_user(self.receptionist)
            .create({"name": "notes.txt", "raw": b"not a picture"})
        )
        with self.assertRaisesRegex(UserError, "notes.txt"):
            self._wizard(self.receptionist, photo_ids=[(6, 0, file.ids)]).action_lodge()

    def test_who_enters(self):
        self._wizard(self.officer).action_lodge()
        for user in (self.agent, self.council_member, self.portal_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._wizard(user).action_lodge()
        with self.assertRaises(AccessError):
            self._wizard(self.receptionist, company_id=self.there.id).action_lodge()
