from .common import PlanCase


class DecisionCase(PlanCase):
    """People who decide and people who do not; a vice-president with a delegation for the theme of the plan."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.secretary = cls._make_user("t_secretary", "jamaa_base.group_committee_secretary")
        cls.member = cls._make_user("t_member", "jamaa_base.group_council_member")
        cls.seat = cls._make_function("council_member")
        cls.member_holder = cls._make_holder(cls.seat, cls.member)
        cls.vice_holder = cls._make_holder(cls.vice_president, cls.vice_user)
        cls.act_kind = cls.env.ref("jamaa_actionplan.act_kind_plan_decision")
        cls.other_theme = cls.env.ref("jamaa_base.theme_communication")
        cls.delegation = cls._make_delegation(
            kind="powers",
            act_kind_ids=[(6, 0, cls.act_kind.ids)],
            theme_ids=[(6, 0, cls.theme.ids)],
            to_function_id=cls.vice_president.id,
        )

    @classmethod
    def _ask(cls, level="president", user=None, **vals):
        """Ask for a decision as a planner."""
        decisions = cls.env["jamaa.decision"].with_user(user or cls.planner)
        decision = decisions.create({"name": "Question", "plan_id": cls.plan.id, "level": level, **vals})
        decision.action_ask()
        return decision.sudo()
