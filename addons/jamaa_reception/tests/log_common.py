"""A commune with desks, people and visits counted."""

from .common import ReceptionCase


class LogCase(ReceptionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedure = cls._published()
        cls.supervisor = cls._make_user("t_supervisor", "jamaa_base.group_site_supervisor")
        cls.far_agent = cls._make_user("t_far_agent", "jamaa_base.group_reception_agent", company=cls.there)
        cls.far_site = cls.env["jamaa.site"].create({"name": "Far", "company_id": cls.there.id})
        cls.of_annex = cls._employee(cls.supervisor, cls.annex)
        cls.kind = cls.env.ref("jamaa_reception.desk_kind_civil_status")
        cls.signature = cls.env.ref("jamaa_reception.reception_act_signature")
        cls.court = cls.env.ref("jamaa_reception.reception_body_court")
        cls.tachelhit = cls.env.ref("jamaa_base.skill_tachelhit")
        cls.desk = cls._desk("Desk 1")
        cls.Visit = cls.env["jamaa.reception.visit"]

    @classmethod
    def _employee(cls, user=None, site=None):
        return cls.env["hr.employee"].create(
            {
                "name": "Agent",
                "company_id": cls.here.id,
                "user_id": user.id if user else False,
                "site_id": site.id if site else False,
            }
        )

    @classmethod
    def _knows(cls, employee, skill):
        return cls.env["hr.employee.skill"].create(
            {
                "employee_id": employee.id,
                "skill_id": skill.id,
                "skill_type_id": skill.skill_type_id.id,
                "skill_level_id": skill.skill_type_id.skill_level_ids[1].id,
                "valid_from": cls._day(-100),
            }
        )

    @classmethod
    def _desk(cls, name, site=None, **vals):
        values = {"name": name, "site_id": (site or cls.annex).id, "company_id": cls.here.id, "kind_id": cls.kind.id}
        return cls.env["jamaa.desk"].create({**values, "procedure_ids": cls.procedure.ids, **vals})

    @classmethod
    def _visit(cls, offset=0, **vals):
        values = {"company_id": cls.here.id, "site_id": cls.annex.id, "date": cls._day(offset), "what": "act"}
        if vals.get("what", "act") == "act":
            values["act_id"] = cls.signature.id
        return cls.env["jamaa.reception.visit"].create({**values, **vals})

    def _as(self, user, records):
        return records.with_user(user).with_company(user.company_id)

    def _log(self, user=None):
        return self._as(user or self.agent, self.env["jamaa.reception.log"])
