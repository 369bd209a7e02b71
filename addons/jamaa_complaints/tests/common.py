"""Two communes with a complaint unit, services and one login per role."""

import io

from PIL import Image

from odoo.fields import Command

from odoo.addons.jamaa_base.tests.common import CommuneCase
from odoo.addons.jamaa_base.tools.uploads import clean_image

IDENTITY = {
    "name": "Zineb Essaidi",
    "phone": "+212612345678",
    "email": "zineb.essaidi@example.org",
    "address": "12 rue des Orangers",
    "national_id": "ZX998877",
}
FACTS = "The lamp before number 12 has been out for three weeks."


def picture(side=40):
    """A harmless photo, as the public form hands it over."""
    output = io.BytesIO()
    Image.new("RGB", (side, side), "#a3472b").save(output, "JPEG")
    return clean_image(output.getvalue())


class ComplaintCase(CommuneCase):
    """Common ground: a case about lighting in commune `here`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Ticket = cls.env["helpdesk.ticket"]
        role = "jamaa_base.group_{}".format
        cls.officer = cls._make_user("t_officer", role("complaint_officer"))
        cls.officer_there = cls._make_user("t_officer_there", role("complaint_officer"), company=cls.there)
        cls.agent = cls._make_user("t_agent", role("service_agent"))
        cls.colleague = cls._make_user("t_colleague", role("service_agent"))
        cls.head = cls._make_user("t_head", role("service_head"))
        cls.other_agent = cls._make_user("t_other_agent", role("service_agent"))
        cls.receptionist = cls._make_user("t_reception", role("reception_agent"))
        cls.council_member = cls._make_user("t_council", role("council_member"))
        cls.auditor = cls._make_user("t_auditor", role("auditor"))
        cls.programme_user = cls._make_user("t_programme", role("programme_team"), company=cls.programme_company)
        cls.portal_user = cls._make_user("t_portal", "base.group_portal")
        cls.unit = cls.here._complaint_unit()
        cls.unit.user_ids = cls.officer
        cls.lighting = cls._make_service("Lighting", cls.agent | cls.colleague, cls.head)
        cls.roads = cls._make_service("Roads", cls.other_agent)
        cls.category = cls.env.ref("jamaa_complaints.category_lighting")
        cls.site = cls.env["jamaa.site"].create({"name": "Annex", "company_id": cls.here.id})
        cls.env["jamaa.complaint.route"].create(
            {
                "company_id": cls.here.id,
                "category_id": cls.category.id,
                "service_id": cls.lighting.id,
            }
        )
        cls.case = cls._lodge(photos=[picture(), picture(60)])

    @classmethod
    def _make_service(cls, name, members, head=None, company=None):
        return cls.env["helpdesk.ticket.team"].create(
            {
                "name": name,
                "company_id": (company or cls.here).id,
                "case_role": "service",
                "show_in_portal": False,
                "user_ids": [Command.set(members.ids)],
                "user_id": head.id if head else False,
            }
        )

    @classmethod
    def _lodge(cls, company=None, identity=None, photos=(), channel="web", **vals):
        values = {
            "kind": "complaint",
            "subject": "Lamp out",
            "facts": FACTS,
            "place_text": "Rue des Orangers",
            "category_id": cls.category.id,
        }
        return cls.Ticket._lodge(
            company or cls.here,
            {**values, **vals},
            IDENTITY if identity is None else identity,
            photos,
            channel,
            "fr_MA",
        )

    def _as(self, user, record=None):
        """The case (or a record) as a user sees it, without anything read before."""
        record = record if record is not None else self.case
        self.env.invalidate_all()
        return record.with_user(user).sudo(False).with_context(allowed_company_ids=user.company_ids.ids)

    def _to_approval(self, case=None):
        """Lead a case to the point where its answer waits for approval."""
        case = case if case is not None else self.case
        self._as(self.officer, case).action_assign_proposed()
        self._as(self.agent, case).write({"answer": "The lamp is replaced on Monday.", "outcome": "solved"})
        self._as(self.agent, case).action_submit()
