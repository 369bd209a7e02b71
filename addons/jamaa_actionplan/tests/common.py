from odoo.addons.jamaa_base.tests.common import CommuneCase


class PlanCase(CommuneCase):
    """Commune ``here`` with people who plan, one who carries actions out, and a small plan."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.planner = cls._make_user("t_planner", "jamaa_base.group_reference_person")
        cls.agent = cls._make_user("t_agent", "jamaa_base.group_service_agent")
        cls.deputy = cls._make_user("t_deputy", "jamaa_base.group_service_agent")
        cls.onlooker = cls._make_user("t_onlooker", "jamaa_base.group_service_agent")
        cls.planner_there = cls._make_user("t_planner_there", "jamaa_base.group_reference_person", cls.there)
        cls.team = cls._make_user("t_team", "jamaa_base.group_programme_team", cls.programme_company)
        cls.portal = cls._make_user("t_portal", "base.group_portal")
        cls.theme = cls.env.ref("jamaa_base.theme_reception")
        cls.plan = cls._make_plan()
        cls.result = cls.plan.result_ids
        cls.action = cls._make_action()

    @classmethod
    def _make_plan(cls, company=None, **vals):
        """Make a plan with one result, in preparation."""
        values = {
            "is_plan": True,
            "name": "Reception",
            "company_id": (company or cls.here).id,
            "theme_id": cls.theme.id,
            "objective": "Citizens are received well",
            "result_ids": [(0, 0, {"name": "Short waits", "level": "output"})],
        }
        return cls.env["project.project"].create({**values, **vals})

    @classmethod
    def _make_action(cls, plan=None, **vals):
        """Make an action that says all it must say; what is None is left out."""
        plan = plan or cls.plan
        values = {
            "project_id": plan.id,
            "name": "Open a desk",
            "owner_id": cls.agent.id,
            "deputy_id": cls.deputy.id,
            "due_on": cls._day(30),
            "deliverable": "A desk in service",
            "result_id": plan.result_ids[:1].id,
        }
        values = {name: value for name, value in {**values, **vals}.items() if value is not None}
        return cls.env["project.task"].create(values)

    @classmethod
    def _start(cls, plan=None):
        plan = plan or cls.plan
        plan.action_decide()
        plan.action_start()
