from unittest.mock import patch

from .common import PlanCase


class PeopleCase(PlanCase):
    """A plan whose agent works in one service; a second service with somebody who knows Tachelhit, and heads."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        service = cls.env["hr.department"]
        cls.roads = service.create({"name": "Roads", "company_id": cls.here.id})
        cls.parks = service.create({"name": "Parks", "company_id": cls.here.id})
        cls.agent_file = cls._employee(name="Agent One", user_id=cls.agent.id, department_id=cls.roads.id)
        cls.knower = cls._employee(name="Knower Two", department_id=cls.parks.id)
        cls.parks_head = cls._make_user("t_parks_head", "jamaa_base.group_service_head")
        cls.parks_head_file = cls._employee(name="Head", user_id=cls.parks_head.id, department_id=cls.parks.id)
        cls.roads_head = cls._make_user("t_roads_head", "jamaa_base.group_service_head")
        cls._employee(name="Other head", user_id=cls.roads_head.id, department_id=cls.roads.id)
        cls.skill = cls.env.ref("jamaa_base.skill_tachelhit")
        cls.plan.user_id = cls.planner

    @classmethod
    def _employee(cls, company=None, **vals):
        return cls.env["hr.employee"].create({"name": "Agent", "company_id": (company or cls.here).id, **vals})

    def _run_cron(self, model):
        with patch.object(self.env.registry["ir.cron"], "_commit_progress", return_value=60):
            self.env[model]._cron_remind()

    @classmethod
    def _learns(cls, employee, level=2, start=-100, end=None):
        return cls.env["hr.employee.skill"].create(
            {
                "employee_id": employee.id,
                "skill_id": cls.skill.id,
                "skill_type_id": cls.skill.skill_type_id.id,
                "skill_level_id": cls.skill.skill_type_id.skill_level_ids[level - 1].id,
                "valid_from": cls._day(start),
                "valid_to": end is not None and cls._day(end),
            }
        )

    @classmethod
    def _need(cls, **vals):
        values = {"skill_id": cls.skill.id, "company_id": cls.here.id, "date_from": cls._day(-10)}
        if not {"plan_id", "action_id"} & vals.keys():
            values["plan_id"] = cls.plan.id
        return cls.env["jamaa.skill.requirement"].create({**values, **vals})

    @classmethod
    def _loan_vals(cls, **vals):
        return {
            "plan_id": cls.plan.id,
            "skill_id": cls.skill.id,
            "department_id": cls.parks.id,
            "date_from": cls._day(-1),
            "date_to": cls._day(60),
            **vals,
        }

    @classmethod
    def _ask(cls, user=None, **vals):
        return cls.env["jamaa.skill.loan"].with_user(user or cls.planner).create(cls._loan_vals(**vals))
