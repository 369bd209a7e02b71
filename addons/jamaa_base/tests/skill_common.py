"""A site of commune ``here`` with people who know things."""

from .common import CommuneCase


class SkillCase(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.site = cls.env["jamaa.site"].create({"name": "Annexe", "company_id": cls.here.id})
        cls.tachelhit = cls.env.ref("jamaa_base.skill_tachelhit")
        cls.levels = [cls.env.ref(f"jamaa_base.skill_level_languages_{rank}") for rank in (1, 2, 3, 4)]

    @classmethod
    def _employee(cls, company=None, **vals):
        company = company or cls.here
        return cls.env["hr.employee"].create({"name": "Agent", "company_id": company.id, **vals})

    @classmethod
    def _skill(cls, employee, skill=None, level=2, start=-100, end=None):
        skill = skill or cls.tachelhit
        return cls.env["hr.employee.skill"].create(
            {
                "employee_id": employee.id,
                "skill_id": skill.id,
                "skill_type_id": skill.skill_type_id.id,
                "skill_level_id": skill.skill_type_id.skill_level_ids[level - 1].id,
                "valid_from": cls._day(start),
                "valid_to": end is not None and cls._day(end),
            }
        )

    @classmethod
    def _need(cls, **vals):
        values = {"skill_id": cls.tachelhit.id, "company_id": cls.here.id, "date_from": cls._day(-10)}
        if not {"function_id", "site_id", "department_id"} & vals.keys():
            values["site_id"] = cls.site.id
        return cls.env["jamaa.skill.requirement"].create({**values, **vals})
