"""Two communes, a programme and one login per role, made for the tests alone."""

from datetime import date, timedelta

from odoo.tests import TransactionCase, new_test_user


class CommuneCase(TransactionCase):
    """Common ground: commune ``here``, commune ``there``, and the programme's company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "no_reset_password": True})
        cls.today = date.today()
        cls.programme_company = cls.env.ref("base.main_company")
        cls.here = cls._make_commune("here", name_ar="الهنا", name_fr="Ici")
        cls.there = cls._make_commune("there", name_ar="الهناك", name_fr="Là-bas")
        cls.hamlet = cls._make_commune("hamlet", name_ar="الدوار", name_fr="Hameau", profile="small")
        cls.president = cls._make_function("president")
        cls.vice_president = cls._make_function("vice_president")
        cls.director = cls._make_function("director")
        cls.president_user = cls._make_user("t_president", "jamaa_base.group_president")
        cls.vice_user = cls._make_user("t_vice", "jamaa_base.group_president")
        cls.director_user = cls._make_user("t_director", "jamaa_base.group_director")
        cls.admin_user = cls._make_user("t_admin", "jamaa_base.group_administrator")
        cls.clerk = cls._make_user("t_clerk", "jamaa_base.group_registry_clerk")
        cls.clerk_there = cls._make_user("t_clerk_there", "jamaa_base.group_registry_clerk", company=cls.there)
        cls.president_holder = cls._make_holder(cls.president, cls.president_user)
        cls.answer = cls.env.ref("jamaa_base.act_kind_complaint_answer")
        cls.letter = cls.env.ref("jamaa_base.act_kind_outgoing_letter")

    @classmethod
    def _make_commune(cls, slug, **vals):
        values = {"name": slug.title(), "is_commune": True, "commune_slug": f"test-{slug}", "commune_code": f"T-{slug}"}
        return cls.env["res.company"].create({**values, **vals})

    @classmethod
    def _make_user(cls, login, groups, company=None):
        company = company or cls.here
        return new_test_user(
            cls.env, login=login, groups=groups, company_id=company.id, company_ids=[(6, 0, company.ids)]
        )

    @classmethod
    def _make_function(cls, code, company=None, **vals):
        company = company or cls.here
        return cls.env["jamaa.function"].create({"name": code, "code": code, "company_id": company.id, **vals})

    @classmethod
    def _make_holder(cls, function, user=None, **vals):
        partner = user.partner_id if user else cls.env["res.partner"].create({"name": "Holder"})
        values = {"function_id": function.id, "partner_id": partner.id, "date_from": cls._day(-100)}
        return cls.env["jamaa.function.holder"].create({**values, **vals})

    @classmethod
    def _make_delegation(cls, **vals):
        values = {
            "name": "Answers",
            "company_id": cls.here.id,
            "from_function_id": cls.president.id,
            "act_kind_ids": [(6, 0, cls.answer.ids)],
            "act_number": "12/2026",
            "act_date": cls._day(-20),
            "date_from": cls._day(-10),
            "date_to": cls._day(10),
        }
        return cls.env["jamaa.delegation"].create({**values, **vals})

    @classmethod
    def _day(cls, offset):
        return cls.today + timedelta(days=offset)

    def _may(self, user, code="complaint_answer", offset=0, company=None):
        return self.env["jamaa.function"]._may_sign(user, company or self.here, code, self._day(offset))
