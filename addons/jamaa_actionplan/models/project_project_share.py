"""What a copy of a plan says, inside the programme and in public: no person's name."""

from odoo import fields, models
from odoo.exceptions import UserError


class ProjectProject(models.Model):
    _name = "project.project"
    _inherit = ["project.project", "jamaa.shareable"]

    publication_ids = fields.One2many("jamaa.plan.publication", "plan_id", "Published copies")
    publication_count = fields.Integer("Copies", compute="_compute_publication_count")

    def _compute_publication_count(self):
        counts = dict(
            self.env["jamaa.plan.publication"]._read_group([("plan_id", "in", self.ids)], ["plan_id"], ["__count"])
        )
        for plan in self:
            plan.publication_count = counts.get(plan, 0)

    # ---------- the copy ----------

    def _plan_copy(self):
        """What a copy of this plan says, in the language of the context: texts, dates as text and counts.

        :return: dict of ``title``, ``theme``, ``objective``, ``expected``, ``sponsor`` (a function), ``state``,
            ``from``, ``to``, ``results`` (dicts of ``level``, ``name``, ``actions``), ``done``, ``total``
        """
        self.ensure_one()
        day = fields.Date.to_string
        levels = dict(self.env["jamaa.plan.result"]._fields["level"]._description_selection(self.env))
        states = dict(self._fields["plan_state"]._description_selection(self.env))
        actions = self.tasks.sorted(lambda action: (action.sequence, action.id))
        counted = actions.filtered(lambda action: action.state != "1_canceled")
        groups = [
            (
                levels[result.level],
                result.name,
                actions.filtered(lambda action, result=result: action.result_id == result),
            )
            for result in self.result_ids
        ]
        loose = actions.filtered(lambda action: not action.result_id)
        if loose:
            groups.append(("", self.env._("Other actions"), loose))
        # sudo: jamaa.function - the title of a function, which is no secret
        sponsor = self.sponsor_function_id.sudo().name
        return {
            "title": self.name,
            "theme": self.theme_id.name or "",
            "objective": self.objective or "",
            "expected": self.expected_results or "",
            "sponsor": sponsor or "",
            "state": self.plan_state,
            "state_words": states[self.plan_state],
            "from": day(self.date_start) or "",
            "to": day(self.date) or "",
            "results": [
                {"level": level, "name": name, "actions": [action._action_copy() for action in served]}
                for level, name, served in groups
            ],
            "done": len(counted.filtered(lambda action: action.state == "1_done")),
            "total": len(counted),
        }

    def _plan_copies(self):
        """The copy in each language of this database."""
        codes = [code for code, _name in self.env["res.lang"].get_installed()]
        return {code: self.with_context(lang=code)._plan_copy() for code in codes}

    def _check_no_person_named(self):
        """Raise when what would go out names somebody of the plan.

        :raise UserError: says which words to change
        """
        # sudo: res.users - names are compared with what would go out, nothing else is read
        plan = self.sudo()
        people = plan.user_id | plan.tasks.owner_id | plan.tasks.deputy_id
        texts = [plan.name, plan.objective, plan.expected_results, *plan.result_ids.mapped("name")]
        for action in plan.tasks:
            texts += [action.name, action.deliverable]
        words = " ".join(filter(None, texts)).casefold()
        named = [name for name in people.mapped("name") if name and len(name) > 3 and name.casefold() in words]
        if named:
            raise UserError(
                self.env._(
                    "The plan names %(people)s. Write the function instead: no person is named in what goes out.",
                    people=", ".join(named),
                )
            )

    # ---------- sharing with the programme ----------

    def _share_kind(self):
        return "plan"

    def _share_publisher(self):
        """Who shares a plan; whatever the door, drafts, other projects and copies that name somebody stay inside."""
        self._check_may_go_out()
        return self.company_id._plan_publisher()

    def _check_may_go_out(self):
        """Raise unless this is a decided plan that names no person.

        :raise UserError: says what is wrong
        """
        self.ensure_one()
        if not self.is_plan or self.plan_state == "draft":
            raise UserError(self.env._("Only a decided plan is published."))
        self._check_no_person_named()

    def _share_extra(self):
        return {"theme_id": self.theme_id.id}

    def _share_payload(self):
        """The copy as sections of the library."""
        copy = self._plan_copy()
        head = [
            (self.env._("Theme"), copy["theme"]),
            (self.env._("Sponsor"), copy["sponsor"]),
            (self.env._("Status"), copy["state_words"]),
            (self.env._("From"), copy["from"]),
            (self.env._("To"), copy["to"]),
            (self.env._("Actions done"), f"{copy['done']} / {copy['total']}"),
        ]
        sections = [
            {
                "heading": copy["title"],
                "paragraphs": [*copy["objective"].splitlines(), *copy["expected"].splitlines()],
                "table": {"rows": [[label, value] for label, value in head if value]},
            }
        ]
        columns = [self.env._("Action"), self.env._("Deliverable"), self.env._("Due on"), self.env._("Where it stands")]
        for result in copy["results"]:
            section = {"heading": ": ".join(filter(None, [result["level"], result["name"]]))}
            if result["actions"]:
                rows = [[one["name"], one["deliverable"], one["due"], one["words"]] for one in result["actions"]]
                section["table"] = {"head": columns, "rows": rows}
            sections.append(section)
        return {"sections": sections}

    # ---------- buttons ----------

    def action_publish_plan(self):
        """Button: publish a copy, or share it with the programme, after seeing it."""
        self.ensure_one()
        self.check_access("read")
        self.company_id._plan_publisher()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_actionplan.jamaa_plan_publish_action")
        return {**action, "context": {"default_plan_id": self.id}}

    def action_share(self):
        """A plan is shared where it is published, with the same preview."""
        return self.action_publish_plan() if self.is_plan else super().action_share()

    def action_open_publications(self):
        """Button: all copies of this plan."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_actionplan.jamaa_plan_publication_action")
        return {**action, "domain": [("plan_id", "=", self.id)], "context": {}}


class ProjectTask(models.Model):
    _inherit = "project.task"

    def _action_copy(self):
        """What a copy says of one action."""
        day = fields.Date.to_string
        late = self.is_late
        kind = "done" if self.state == "1_done" else "dropped" if self.state == "1_canceled" else "late" if late else ""
        kind = kind or (self.stage_id.action_stage or "planned")
        words = {
            "planned": self.env._("Planned"),
            "running": self.env._("Under way"),
            "late": self.env._("Late"),
            "done": self.env._("Done"),
            "dropped": self.env._("Given up"),
        }
        return {
            "name": self.name,
            "deliverable": self.deliverable or "",
            "start": day(self.start_on) or "",
            "due": day(self.due_on) or "",
            "state": kind,
            "words": words[kind],
        }
