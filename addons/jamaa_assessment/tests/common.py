from odoo.addons.jamaa_base.tests.common import CommuneCase


def _both(words):
    return {"ar": f"{words} بالعربية", "fr": f"{words} en français"}


def item(key, **changes):
    """Return an item of the exchange format, with six anchors."""
    return {"key": key, "text": _both(key), "anchors": [_both(f"{key} {level}") for level in range(6)], **changes}


#: Two criteria, three items with a level (one may not apply), one duty of the law; three is the most without evidence.
SAMPLE = {
    "format": "jamaa-assessment-grid/1",
    "code": "test-grid",
    "name": _both("Test"),
    "subject": "commune",
    "evidence_cap": 3,
    "criteria": [
        {"key": "first", "name": _both("First"), "items": [item("one"), item("two", weight=3, may_not_apply=True)]},
        {
            "key": "second",
            "name": _both("Second"),
            "items": [item("three"), item("duty", kind="gate", anchors=[], legal=_both("55-19"))],
        },
    ],
}


class AssessmentCase(CommuneCase):
    """A commune with a facilitator, a small grid and people who answer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.facilitator = cls._make_user("t_facilitator", "jamaa_base.group_facilitator")
        cls.agent = cls._make_user("t_agent", "jamaa_base.group_reception_agent")
        cls.member = cls._make_user("t_member", "jamaa_base.group_council_member")
        cls.head = cls._make_user("t_head", "jamaa_base.group_service_head")
        cls.outsider = cls._make_user("t_outsider", "jamaa_base.group_service_agent")
        cls.facilitator_there = cls._make_user("t_facilitator_there", "jamaa_base.group_facilitator", cls.there)
        cls.team = cls._make_user("t_team", "jamaa_base.group_programme_team", cls.programme_company)
        cls.grid = cls._grid()
        cls.version = cls.grid.version_id
        cls.items = {one.key: one for one in cls.version.item_ids}

    @classmethod
    def _grid(cls, company=None, publish=True, **changes):
        grid = cls.env["jamaa.assessment.grid"]._import_grid(
            {**SAMPLE, **changes}, cls.env["res.company"] if company is None else company
        )
        if publish:
            grid.draft_version_id.action_publish()
        return grid

    @classmethod
    def _round(cls, users=(), paper=0, start=True, **vals):
        """Make a round of ``here`` with a seat for each user and some on paper."""
        seats = [{"user_id": user.id, "role": "staff"} for user in users]
        seats += [{"label": f"Citizens' panel {number}", "role": "citizen"} for number in range(1, paper + 1)]
        one = cls.env["jamaa.assessment.round"].create(
            {
                "name": "Round",
                "company_id": cls.here.id,
                "version_id": cls.version.id,
                "rater_ids": [(0, 0, seat) for seat in seats],
                **vals,
            }
        )
        if start:
            one.action_start()
        return one

    @classmethod
    def _seat(cls, one, user):
        return one.rater_ids.filtered(lambda rater: rater.user_id == user).with_user(user)

    def _answer(self, seat, finish=True, **answers):
        """Answer as the seat's own user."""
        for key, answer in answers.items():
            seat.answer(self.items[key].id, answer)
        if finish:
            seat.action_finish()

    def _agreed(self, one, **changes):
        """Close the individual answers of a round and agree on what is open; return the lines by key."""
        one.with_user(self.facilitator).action_open_consensus()
        lines = {line.item_id.key: line.with_user(self.facilitator) for line in one.consensus_ids}
        for key, vals in changes.items():
            lines[key].write(vals)
        return lines
