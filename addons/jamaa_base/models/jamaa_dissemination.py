from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

RECEIVED = ("received", "paper")
DUE_DAYS = 15


class JamaaDissemination(models.Model):
    """A version of a document sent to functions, and who received it.

    A function is the address, so a document reaches whoever is in office. Coverage counts
    receipts, never openings: mail scanners open links, people say that they received.
    """

    _name = "jamaa.dissemination"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Sending of a Document"
    _order = "id desc"
    _rec_names_search = ["version_id.document_id.name"]

    version_id = fields.Many2one("jamaa.document.version", "Document", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="version_id.company_id", string="Sent by", store=True, index=True)
    sender_is_commune = fields.Boolean(related="company_id.is_commune")
    version_state = fields.Selection(related="version_id.state", string="Status of the version", store=True)
    message = fields.Text("Message to the readers", translate=True)
    date_due = fields.Date(
        "Receipt expected by",
        default=lambda self: fields.Date.context_today(self) + timedelta(days=DUE_DAYS),
    )
    reminder_days = fields.Char(
        "Reminders after (days)",
        default=lambda self: self.env.company.reminder_days,
        help="Days after sending, such as 3, 7, 14. Each number is one reminder; they stop on receipt.",
    )
    state = fields.Selection(
        [("draft", "In preparation"), ("sent", "Sent"), ("closed", "Closed")],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    sent_on = fields.Datetime(readonly=True, copy=False)
    recipient_ids = fields.One2many("jamaa.dissemination.recipient", "dissemination_id", "Sent to")

    # Coverage
    recipient_count = fields.Integer("Addressed", compute="_compute_coverage")
    received_count = fields.Integer("Received", compute="_compute_coverage")
    to_mend_count = fields.Integer("To mend", compute="_compute_coverage")
    paper_count = fields.Integer("On paper", compute="_compute_coverage")
    coverage = fields.Float("Coverage (%)", compute="_compute_coverage")

    @api.depends("version_id", "sent_on")
    def _compute_display_name(self):
        for sending in self:
            sending.display_name = sending.version_id.display_name or self.env._("New sending")

    @api.depends("recipient_ids.state", "recipient_ids.channel")
    def _compute_coverage(self):
        groups = self.env["jamaa.dissemination.recipient"]._read_group(
            [("dissemination_id", "in", self.ids)], ["dissemination_id", "state", "channel"], ["__count"]
        )
        for sending in self:
            rows = [row for row in groups if row[0] == sending._origin]
            sending.recipient_count = sum(row[3] for row in rows)
            sending.received_count = sum(row[3] for row in rows if row[1] in RECEIVED)
            sending.to_mend_count = sum(row[3] for row in rows if row[1] in ("bounced", "vacant"))
            sending.paper_count = sum(row[3] for row in rows if row[2] == "paper")
            sending.coverage = 100 * sending.received_count / (sending.recipient_count or 1)

    @api.constrains("reminder_days")
    def _check_reminder_days(self):
        for sending in self:
            sending._reminder_list()

    def _reminder_list(self):
        """The days after sending on which to remind, in order.

        :raise ValidationError: not numbers, or too many
        """
        try:
            days = sorted({int(part) for part in (self.reminder_days or "").split(",") if part.strip()})
        except ValueError:
            days = [0]
        if len(days) > 5 or any(not 1 <= day <= 365 for day in days):
            raise ValidationError(self.env._("Write the reminders as numbers of days, such as 3, 7, 14: at most five."))
        return days

    def write(self, vals):
        if "state" in vals and not self.env.su:
            raise UserError(self.env._("A sending goes out and is closed by its buttons."))
        if {"version_id", "message"} & vals.keys() and any(sending.state != "draft" for sending in self):
            raise UserError(self.env._("This was sent: what the readers got is not changed."))
        return super().write(vals)

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        if field_name == "message" and any(sending.state != "draft" for sending in self):
            raise UserError(self.env._("This was sent: what the readers got is not changed."))
        return super()._update_field_translations(field_name, translations, digest=digest, source_lang=source_lang)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{**vals, "state": "draft"} for vals in vals_list])

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        if any(sending.state != "draft" for sending in self):
            raise UserError(self.env._("A sending that went out stays on record: close it instead."))

    # ---------- going out ----------

    def action_send(self):
        """Freeze the version, find who is in office, queue the mails; nothing leaves inside the request."""
        self.check_access("write")
        for sending in self:
            if sending.state != "draft":
                raise UserError(self.env._("This was sent already."))
            if not sending.recipient_ids:
                raise UserError(self.env._("Add the functions it goes to first."))
            if sending.version_id.state not in ("draft", "sent"):
                raise UserError(self.env._("This version was replaced or withdrawn: choose the current one."))
            sending.version_id._freeze()
            # sudo: jamaa.dissemination - the state is the tool's to set, after the checks above
            sending.sudo().write({"state": "sent", "sent_on": fields.Datetime.now()})
            sending.recipient_ids._resolve()
            sending.recipient_ids._dispatch()
            sending._enter_in_register(
                sending.company_id,
                "document_sent",
                {
                    "version": sending.version_id.number,
                    "recipients": len(sending.recipient_ids),
                    "digest": sending.version_id.digest,
                },
            )

    def action_close(self):
        """End the sending: no more reminders, the links show no file."""
        self.check_access("write")
        # sudo: jamaa.dissemination - the state is the tool's to set, after the check above
        self.sudo().filtered(lambda sending: sending.state == "sent").write({"state": "closed"})

    def _enter_in_register(self, company, kind, facts):
        """Write a fact of this sending into the tamper-evident register."""
        self.ensure_one()
        return self.env["jamaa.register.entry"]._enter(company, kind, facts, subject=self)

    # ---------- windows ----------

    def action_add(self):
        """Open the choice of functions."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Add functions"),
            "res_model": "jamaa.dissemination.add",
            "view_mode": "form",
            "target": "new",
            "context": {"default_dissemination_id": self.id},
        }

    def action_open_recipients(self):
        """Open who it was sent to."""
        return self._action_recipients()

    def action_open_to_mend(self):
        """Open the recipients it could not reach."""
        return self._action_recipients(search_default_to_mend=1)

    def _action_recipients(self, **context):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_base.jamaa_dissemination_recipient_action")
        return {**action, "domain": [("dissemination_id", "=", self.id)], "context": context}

    def _coverage_by(self, name):
        """Rows of the coverage table: label, received, addressed, percent.

        :param str name: ``company_id`` or ``function_code``
        """
        self.ensure_one()
        rows = {}
        for recipient in self.recipient_ids:
            key = recipient[name]
            label = key._commune_name() if name == "company_id" else recipient._code_label()
            row = rows.setdefault(label, [0, 0])
            row[0] += recipient.state in RECEIVED
            row[1] += 1
        return [(label, got, of, round(100 * got / of)) for label, (got, of) in sorted(rows.items())]
