"""A site of ``here``, a programme with three communes, and one login for each kind of reader."""

from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user

from .common import CommuneCase

SECRET = "zebra crossing"


class ShareCase(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.far = cls._make_commune("far", name_ar="البعيد", name_fr="Loin")
        cls.left = cls._make_commune("left", name_ar="الراحل", name_fr="Partie")
        cls.other_company = cls.env["res.company"].create({"name": "Other programme", "is_programme": True})
        Programme = cls.env["jamaa.programme"]
        cls.programme = Programme.create({"name": "P", "company_id": cls.programme_company.id})
        cls.other_programme = Programme.create({"name": "Q", "company_id": cls.other_company.id})
        Member = cls.env["jamaa.programme.member"]
        cls.members = {
            company: Member.create({"programme_id": cls.programme.id, "company_id": company.id})
            for company in (cls.here, cls.there, cls.far)
        }
        cls.members[cls.left] = Member.create(
            {"programme_id": cls.programme.id, "company_id": cls.left.id, "date_to": cls._day(-1)}
        )
        cls.site = cls.env["jamaa.site"].create(
            {"name": "Annex", "company_id": cls.here.id, "kind": "annex", "commune_role": SECRET, "step_free": True}
        )
        cls._make_holder(cls.director, cls.director_user)
        cls.team = cls._make_user("s_team", "jamaa_base.group_programme_team", cls.programme_company)
        cls.other_team = cls._make_user("s_other_team", "jamaa_base.group_programme_team", cls.other_company)
        cls.peer = cls._make_user("s_peer", "jamaa_base.group_director", cls.there)
        cls.not_named = cls._make_user("s_not_named", "jamaa_base.group_director", cls.far)
        cls.gone = cls._make_user("s_gone", "jamaa_base.group_director", cls.left)
        cls.council = cls._make_user("s_council", "jamaa_base.group_council_member")
        cls.portal = new_test_user(cls.env, login="s_portal", groups="base.group_portal")
        cls.public = cls.env.ref("base.public_user")

    @classmethod
    def _publish(cls, audience="programme", user=None, source=None, **kwargs):
        source = (source or cls.site).with_user(user or cls.director_user)
        values = {
            "kind": source._share_kind(),
            "title": "A copy",
            "payload": source._share_payloads(),
            "audience": audience,
            "programme": cls.programme,
            **kwargs,
        }
        return source.env["jamaa.share"]._publish(source, **values).sudo()

    @classmethod
    def _expire(cls, share):
        """As if the last day had been yesterday: nobody can write that through Odoo."""
        yesterday = fields.Date.today() - timedelta(days=2)
        cls.env.cr.execute("UPDATE jamaa_share SET until = %s WHERE id = %s", [yesterday, share.id])
        share.invalidate_recordset()

    @classmethod
    def _content(cls, share):
        return cls.env["jamaa.share.content"].sudo().search([("share_id", "=", share.id)])
