"""A committee or cell for follow-up and coordination, founded by an act, for a time."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

WORK = "mail.mail_activity_data_todo"
#: Days before the end of a mandate on which it is told.
NOTICE_DAYS = 30
BATCH = 100
#: What the buttons and the tool write.
MOVED = {"state", "act_id", "noticed_on"}


class JamaaBody(models.Model):
    """Made official by an administrative decision: members, tasks, powers and mandate.

    It is no permanent committee of the council (organic law 113-14, art. 25): it follows plans up and coordinates;
    what it cannot decide it asks of who may.
    """

    _name = "jamaa.body"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Follow-up and Coordination Body"
    _order = "state, name, id"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [("committee", "Committee"), ("cell", "Cell"), ("core", "Core team")], required=True, default="committee"
    )
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    theme_id = fields.Many2one("jamaa.theme", ondelete="restrict", index="btree_not_null")
    plan_ids = fields.Many2many(
        "project.project",
        "jamaa_body_plan_rel",
        "body_id",
        "plan_id",
        "Plans it follows",
        domain="[('is_plan', '=', True), ('company_id', '=', company_id)]",
    )

    # What the act says
    purpose = fields.Text(
        default=lambda self: self.env._(
            "Follow up the action plans of the commune and coordinate the services that carry them out."
        )
    )
    tasks = fields.Text(
        "Tasks",
        help="One on each line: each becomes a point of the act.",
        default=lambda self: self.env._(
            "Follow the progress of actions and look at the indicators\n"
            "Clear obstacles, or raise them to who decides\n"
            "Coordinate the services and the partners\n"
            "Prepare the evaluation of the plans and spread what was learnt"
        ),
    )
    powers = fields.Text(
        default=lambda self: self.env._(
            "Ask services for the information it needs\n"
            "Invite whoever can help, without a vote\n"
            "Propose decisions to the president, the bureau and the council"
        ),
        help="One on each line. A body of the administration proposes; it does not take the place of who decides.",
    )
    rhythm = fields.Selection(
        [("month", "Each month"), ("two_months", "Every two months"), ("quarter", "Each quarter")],
        "Meets",
        required=True,
        default="month",
    )
    mandate_from = fields.Date("Mandate from", tracking=True)
    mandate_to = fields.Date("Mandate until", tracking=True, help="Last day, included.")
    act_id = fields.Many2one("jamaa.act", "Act in the tool", readonly=True, copy=False, index="btree_not_null")
    act_number = fields.Char("Number of the act", copy=False, tracking=True)
    act_date = fields.Date("Date of the act", copy=False, tracking=True)
    act_scan = fields.Binary("Scan of the act", attachment=True, copy=False)
    act_scan_name = fields.Char(copy=False)

    # How it works
    member_ids = fields.One2many("jamaa.body.member", "body_id", "Members", copy=True)
    quorum_percent = fields.Integer(
        "Quorum (%)", default=50, required=True, help="More than this share of the members must be there."
    )
    represented_counts = fields.Boolean(
        "Who is represented counts", default=True, help="A member whose alternate came counts as being there."
    )
    convocation_days = fields.Integer("Convoked days before", default=5, required=True)
    minutes_days = fields.Integer("Minutes spread within (days)", default=10, required=True)
    state = fields.Selection(
        [("draft", "In preparation"), ("active", "In office"), ("ended", "Mandate ended")],
        "Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    noticed_on = fields.Date("End told on", readonly=True, copy=False)
    meeting_ids = fields.One2many("jamaa.body.meeting", "body_id", "Meetings")
    meeting_count = fields.Integer("Number of meetings", compute="_compute_meeting_count")

    _quorum_share = models.Constraint(
        "CHECK(quorum_percent >= 0 AND quorum_percent < 100)", "A quorum is a share from 0 to 99 percent."
    )
    _delays = models.Constraint("CHECK(convocation_days >= 0 AND minutes_days > 0)", "Delays are numbers of days.")
    _mandate_order = models.Constraint("CHECK(mandate_to >= mandate_from)", "A mandate does not end before it begins.")
    _mandate_idx = models.Index("(mandate_to) WHERE state = 'active'")

    @api.depends("meeting_ids")
    def _compute_meeting_count(self):
        counts = dict(
            self.env["jamaa.body.meeting"]._read_group([("body_id", "in", self.ids)], ["body_id"], ["__count"])
        )
        for body in self:
            body.meeting_count = counts.get(body, 0)

    @api.constrains("company_id", "plan_ids")
    def _check_commune(self):
        for body in self:
            if not body.company_id.is_commune:
                raise ValidationError(self.env._("Bodies belong to communes."))
            # sudo: project.project - their commune is compared, nothing of them is shown
            plans = body.sudo().plan_ids
            if plans.company_id - body.company_id or not all(plans.mapped("is_plan")):
                raise ValidationError(self.env._("A body follows action plans of its own commune."))

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [{name: value for name, value in vals.items() if name not in MOVED} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if MOVED & vals.keys() and not self.env.su:
            raise UserError(self.env._("A body is founded and ended by its buttons."))
        if "company_id" in vals and any(body.company_id.id != vals["company_id"] for body in self):
            raise UserError(self.env._("A body stays with its commune."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_founded(self):
        if any(body.state != "draft" for body in self):
            raise UserError(self.env._("A body that was founded stays on record. End its mandate instead."))

    # ---------- the act ----------

    def _lines(self, name):
        """The points of the act, one for each line of a text."""
        self.ensure_one()
        return [line.strip(" -•\t") for line in (self[name] or "").splitlines() if line.strip(" -•\t")]

    def _members_on(self, day):
        """Members whose mandate holds on a day, the chair first."""
        ranks = {"chair": 0, "secretary": 1, "member": 2}
        return self.member_ids._filtered_on(day).sorted(lambda row: (ranks[row.role], row.id))

    def _act_members(self):
        """Members whom the act appoints: those of its first day, or of today when it began before."""
        today = fields.Date.context_today(self)
        return self._members_on(max(self.mandate_from or today, today))

    def _act_sentences(self):
        """Whole sentences of the act, in the language of the environment, by article."""
        self.ensure_one()
        rhythm = dict(self._fields["rhythm"]._description_selection(self.env))[self.rhythm]
        return {
            "founding": self.env._(
                "A body for follow-up and coordination named “%(body)s” is founded in the administration of the commune. "
                "It is no permanent committee of the council.",
                body=self.name,
            ),
            "meetings": self.env._(
                "Rhythm of the meetings: %(rhythm)s. The chair convokes the members %(before)s days before, with the "
                "agenda. The body proposes validly when more than %(quorum)s %% of its members are there. Its minutes "
                "are spread within %(minutes)s days.",
                rhythm=rhythm,
                before=self.convocation_days,
                quorum=self.quorum_percent,
                minutes=self.minutes_days,
            ),
            "mandate": self.env._(
                "The mandate holds from %(start)s until %(end)s. At its end the body hands its papers over to the director of services.",
                start=format_date(self.env, self.mandate_from),
                end=format_date(self.env, self.mandate_to),
            ),
        }

    def _check_ready_to_found(self):
        """Raise unless members, chair, tasks, powers and mandate are said."""
        for body in self:
            if not (body.mandate_from and body.mandate_to):
                raise UserError(self.env._("Say from when until when the mandate of the body holds."))
            if not (body._lines("tasks") and body._lines("powers")):
                raise UserError(self.env._("Write down the tasks and the powers of the body first."))
            members = body._act_members()
            if len(members) < 2 or "chair" not in members.mapped("role"):
                raise UserError(self.env._("Appoint a chair and at least one more member first."))

    def action_prepare_act(self):
        """Button: make the founding act from the template, for visas and signature.

        :return: the window of the act
        """
        self.ensure_one()
        self.check_access("write")
        self._check_ready_to_found()
        # sudo: jamaa.act - the one that may stand already, whoever wrote it
        if self.sudo().act_id and self.sudo().act_id.state != "void":
            raise UserError(self.env._("The act is on its way already: open it."))
        act = self.env["jamaa.act"]._prepare(
            self.company_id,
            "order",
            self.env._("Founding of “%(body)s”", body=self.name),
            self,
            "jamaa_actionplan.body_act_report",
        )
        # sudo: jamaa.body - the button writes the link, after the check above
        self.sudo().act_id = act
        return self.action_open_act()

    def action_open_act(self):
        """Open the founding act."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_window", "res_model": "jamaa.act", "res_id": self.act_id.id,
                "view_mode": "form", "views": [(False, "form")]}  # fmt: skip

    def action_found(self):
        """Button: the act is signed, the body is in office.

        :raise UserError: no signed act: neither in the tool, nor typed with number and date
        """
        self.check_access("write")
        self._check_ready_to_found()
        for body in self:
            if body.state != "draft":
                raise UserError(self.env._("This body was founded already."))
            # sudo: jamaa.act - number and day of the signature, whoever may read the act
            act = body.sudo().act_id
            vals = {"state": "active"}
            if act.state in ("signed", "filed"):
                vals |= {"act_number": act.number, "act_date": act.signed_on}
            elif not (body.act_number and body.act_date):
                raise UserError(
                    self.env._("A body is founded by a signed act: prepare it here, or type its number and its date.")
                )
            # sudo: jamaa.body - the status follows the buttons, checked above
            body.sudo().write(vals)

    # ---------- the end of a mandate ----------

    def action_end(self):
        """Button: end the mandate; what is open is handed over."""
        self.check_access("write")
        if any(body.state != "active" for body in self):
            raise UserError(self.env._("Only a body in office ends."))
        self._end()

    def _end(self):
        # sudo: jamaa.body - the status follows the button and the calendar
        self.sudo().write({"state": "ended"})
        for body in self:
            body._hand_over()

    def _hand_over(self):
        """What a mandate that ended leaves behind: a task for who goes on. Other rooms add their handover file here."""
        self.ensure_one()
        self._tell(self.env._("Mandate ended, to be handed over or renewed: %(body)s", body=self.name))

    def _tell(self, words):
        """Give work to the secretary of the body, else its chair, else the director of services."""
        today = fields.Date.context_today(self)
        # sudo: jamaa.function - who holds it today
        members = self.sudo()._members_on(min(self.mandate_to or today, today))
        ranks = ("secretary", "chair")
        functions = [members.filtered(lambda row, rank=rank: row.role == rank).function_id for rank in ranks]
        functions.append(self.sudo().company_id._function("director"))  # sudo: jamaa.function - as above
        users = [user for function in functions for user in function._holders_on(today).user_id]
        if users:
            # sudo: mail.activity - the tool gives work to functions of its commune
            self.sudo().activity_schedule(WORK, summary=words, user_id=users[0].id)

    @api.model
    def _cron_mandates(self):
        """Each day: mandates that end soon are told once, those that ended are closed."""
        today = fields.Date.context_today(self)
        soon = [
            ("state", "=", "active"),
            ("noticed_on", "=", False),
            ("mandate_to", "<=", today + timedelta(NOTICE_DAYS)),
        ]
        over = [("state", "=", "active"), ("mandate_to", "<", today)]
        for domain, work in ((soon, self._notice), (over, self._close)):
            remaining = self.search_count(domain)
            while bodies := self.search(domain, limit=BATCH, order="id"):
                work(bodies)
                remaining -= len(bodies)
                if not self.env["ir.cron"]._commit_progress(len(bodies), remaining=max(remaining, 0)):
                    return

    @api.model
    def _notice(self, bodies):
        for body in bodies:
            body._tell(self.env._("The mandate of “%(body)s” ends on %(day)s.", body=body.name, day=body.mandate_to))
        bodies.write({"noticed_on": fields.Date.context_today(self)})

    @api.model
    def _close(self, bodies):
        bodies._end()

    # ---------- windows ----------

    def action_open_meetings(self):
        """Open the meetings of this body."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_actionplan.jamaa_body_meeting_action")
        return {**action, "domain": [("body_id", "=", self.id)], "context": {"default_body_id": self.id}}
