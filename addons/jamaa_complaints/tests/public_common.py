"""What the tests of the public pages share: a commune, a citizen's browser."""

import io
import re
import time
from unittest.mock import patch

from PIL import Image

from odoo.tests import HttpCase

from odoo.addons.jamaa_base.tools import form_token, proof_of_work

GOOD = {
    "kind": "complaint",
    "facts": "The street lamp before the school has been out for a month.",
    "place": "Main street, beside the school",
    "name": "Complainant 1",
    "phone": "06 12 34 56 78",
    "email": "complainant1@example.com",
    "answer_by": "email",
}
#: Little work, so that tests spend their time on something else.
BITS = 4


def picture(colour="red", size=(64, 48), image_format="JPEG", exif=False):
    """Return a small photo, with camera data where asked."""
    image = Image.new("RGB", size, colour)
    options = {}
    if exif:
        data = Image.Exif()
        data[0x010F] = "SECRET-CAMERA"
        data[0x8825] = {1: "N", 2: (33.0, 53.0, 0.0)}
        options["exif"] = data
    output = io.BytesIO()
    image.save(output, image_format, **options)
    return output.getvalue()


class PublicComplaintCase(HttpCase):
    """A commune with its unit and a service, and a citizen who has no account."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].sudo().set_param("jamaa_base.proof_bits", str(BITS))
        cls.commune = cls.make_commune("commune-essai-1")
        cls.category = cls.env["helpdesk.ticket.category"].create(
            {"name": "Lighting (test)", "for_cases": True, "company_id": False}
        )
        cls.service = cls.env["helpdesk.ticket.team"].create(
            {
                "name": "Service 1",
                "company_id": cls.commune.id,
                "case_role": "service",
                "show_in_portal": False,
            }
        )
        cls.good = {**GOOD, "category": str(cls.category.id)}

    @classmethod
    def make_commune(cls, slug):
        return cls.env["res.company"].create(
            {
                "name": slug,
                "name_ar": "التجريبية",
                "name_fr": "Essai",
                "is_commune": True,
                "commune_slug": slug,
                "commune_code": slug,
            }
        )

    def page_url(self, page="complaint", lang="fr"):
        return f"/c/{self.commune.commune_slug}/{lang}/{page}"

    def fresh_form(self, lang="fr"):
        """Open the form and return the fields that prove it."""
        return self.guard_of(self.url_open(self.page_url(lang=lang)).text)

    def guard_of(self, html):
        """Return token and solved work of the form on a page."""
        token = re.search(r'name="form_token" value="([^"]+)"', html)[1]
        key = token.split(".")[3]
        return {"form_token": token, "form_proof": proof_of_work.solve(key, BITS)}

    def old_form(self, age):
        """Return the proof of a form that was opened ``age`` seconds ago."""
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret")
        token = form_token.issue(secret.encode(), "complaint", str(self.commune.id), time.time() - age, BITS)
        key = token.split(".")[3]
        return {"form_token": token, "form_proof": proof_of_work.solve(key, BITS)}

    def send(self, guard, files=None, lang="fr", redirects=True, **changes):
        """Send the form; a field set to None is left out."""
        data = {**self.good, **guard, **changes}
        data = {name: value for name, value in data.items() if value is not None}
        # Without a file the browser still sends a multipart form.
        return self.url_open(
            self.page_url(lang=lang),
            data=data,
            files=files or {"photo_1": ("", b"")},
            allow_redirects=redirects,
            timeout=60,
        )

    def photos(self, *contents):
        """Return the file fields of the form."""
        return {
            f"photo_{slot}": (f"IMG_{slot}.jpg", content, "image/jpeg")
            for slot, content in enumerate(contents, start=1)
        }

    def cases(self):
        return self.env["helpdesk.ticket"].search([("company_id", "=", self.commune.id), ("kind", "!=", False)])

    def lodge(self, photos=(), lang="fr_MA", **changes):
        """Make a case without a browser."""
        return self.env["helpdesk.ticket"]._lodge(
            self.commune,
            {
                "kind": "complaint",
                "subject": "Lamp",
                "facts": GOOD["facts"],
                "place_text": GOOD["place"],
                "category_id": self.category.id,
                **changes,
            },
            identity={"name": "Complainant 1", "email": "complainant1@example.com"},
            photos=[(content, "image/jpeg") for content in photos],
            lang=lang,
        )

    def answer(self, case, text="The lamp was repaired on Monday."):
        """Bring a case to its answer without the desk's steps, which have their tests."""
        case.sudo().write({"answer": text, "service_id": self.service.id})
        case.sudo().write({"answer_state": "sent", "answered_on": case._commune_today()})
        case._add_milestone("sent")

    def no_mail_leaves(self):
        """Fail when anything is sent inside the request."""
        return patch(
            "odoo.addons.base.models.ir_mail_server.IrMail_Server.send_email",
            side_effect=AssertionError("a mail was sent inside the request"),
        )
