from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import email_normalize

from .jamaa_dissemination import RECEIVED

OPEN = ("to_send", "sent", "bounced", "vacant")
# What a sender chooses while preparing; everything else is a fact the tool records.
CHOSEN = {"dissemination_id", "function_id", "channel"}
# Who files signed slips.
CLERKS = (
    "jamaa_base.group_registry_clerk,jamaa_base.group_reference_person,jamaa_base.group_administrator,"
    "jamaa_base.group_director,jamaa_base.group_programme_team"
)


class JamaaDisseminationRecipient(models.Model):
    """One function a document is sent to: who holds it, how it was reached, what was received.

    The sender and the commune of the function both read it; nothing else of the commune
    opens by that, names and address are plain copies.
    """

    _name = "jamaa.dissemination.recipient"
    _inherit = ["mail.thread", "mail.activity.mixin", "jamaa.public.reference"]
    _description = "Recipient of a Document"
    _order = "dissemination_id desc, company_id, id"
    _public_page = "document"

    # What
    dissemination_id = fields.Many2one("jamaa.dissemination", "Sending", required=True, index=True, ondelete="cascade")
    sender_company_id = fields.Many2one(related="dissemination_id.company_id", string="Sent by", store=True, index=True)
    sending_state = fields.Selection(related="dissemination_id.state", string="Status of the sending", store=True)
    version_state = fields.Selection(related="dissemination_id.version_state", string="Version is", store=True)
    title = fields.Char("Document", related="dissemination_id.version_id.document_id.name")
    version_number = fields.Integer("Version", related="dissemination_id.version_id.number", aggregator=None)
    summary = fields.Text(related="dissemination_id.version_id.summary")
    message = fields.Text(related="dissemination_id.message")
    file_ar = fields.Binary("File in Arabic", related="dissemination_id.version_id.file_ar")
    file_ar_name = fields.Char(related="dissemination_id.version_id.file_ar_name")
    file_fr = fields.Binary("File in French", related="dissemination_id.version_id.file_fr")
    file_fr_name = fields.Char(related="dissemination_id.version_id.file_fr_name")
    date_due = fields.Date("Expected by", related="dissemination_id.date_due", store=True)

    # To whom
    function_id = fields.Many2one("jamaa.function", required=True, index=True, ondelete="restrict")
    function_name = fields.Char("For the function", related="function_id.name")
    function_code = fields.Selection(related="function_id.code", string="Kind of function", store=True)
    company_id = fields.Many2one(related="function_id.company_id", string="Commune", store=True, index=True)
    holder_id = fields.Many2one("jamaa.function.holder", "Holder", readonly=True, index="btree_not_null")
    stand_in_id = fields.Many2one("jamaa.function.holder", "Stand-in", readonly=True, index="btree_not_null")
    user_id = fields.Many2one(related="holder_id.user_id", string="Login of the holder", store=True, index=True)
    stand_in_user_id = fields.Many2one(
        related="stand_in_id.user_id", string="Login of the stand-in", store=True, index=True
    )
    holder_name = fields.Char("Person", readonly=True)
    by_stand_in = fields.Boolean("Through the stand-in", readonly=True)
    address = fields.Char("E-mail", readonly=True)
    stand_in_address = fields.Char("E-mail of the stand-in", readonly=True)
    channel = fields.Selection(
        [("email", "E-mail"), ("tool", "In the tool"), ("token", "Link handed over"), ("paper", "Paper slip")],
        compute="_compute_channel",
        store=True,
        readonly=False,
        precompute=True,
    )

    # What became of it
    state = fields.Selection(
        [
            ("to_send", "To send"),
            ("sent", "Sent"),
            ("bounced", "Came back"),
            ("vacant", "Vacant"),
            ("received", "Received"),
            ("paper", "Received on paper"),
        ],
        string="Status",
        default="to_send",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    sent_on = fields.Datetime(readonly=True, copy=False)
    bounce_reason = fields.Char("Why it came back", readonly=True, copy=False)
    received_on = fields.Datetime(readonly=True, copy=False)
    received_quality = fields.Selection(
        [("holder", "Holder"), ("stand_in", "Stand-in"), ("secretariat", "Secretariat")],
        "Received as",
        readonly=True,
        copy=False,
    )
    received_via = fields.Selection(
        [("link", "By the link of the function"), ("tool", "In the tool"), ("paper", "On paper")],
        "How",
        readonly=True,
        copy=False,
    )
    received_by_id = fields.Many2one("res.users", "Recorded by", readonly=True, copy=False)
    scan = fields.Binary("Signed slip", attachment=True, readonly=True, copy=False)
    scan_name = fields.Char(readonly=True, copy=False)
    overdue = fields.Boolean(compute="_compute_overdue", search="_search_overdue")
    may_receive = fields.Boolean(compute="_compute_may")
    may_record = fields.Boolean(compute="_compute_may")
    may_send = fields.Boolean(compute="_compute_may")

    # Reminders
    reminder_count = fields.Integer("Reminders sent", readonly=True, copy=False)
    next_reminder_on = fields.Date(readonly=True, copy=False)
    unanswered = fields.Boolean("All reminders sent", readonly=True, copy=False)

    _function_uniq = models.Constraint("UNIQUE(dissemination_id, function_id)", "This function is already addressed.")
    _reminder_idx = models.Index("(next_reminder_on) WHERE state = 'sent'")

    @api.depends("function_id", "dissemination_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.function_name or ""

    @api.depends("function_id")
    def _compute_channel(self):
        for row in self:
            # sudo: jamaa.function - the programme learns only by which way the function is reached
            function = row.function_id.sudo()
            login = function.current_holder_id.user_id
            row.channel = "email" if function.contact_email else "tool" if login else "paper"

    def _compute_overdue(self):
        today = fields.Date.context_today(self)
        for row in self:
            row.overdue = bool(row.state in OPEN and row.date_due and row.date_due < today)

    def _search_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = Domain("state", "in", OPEN) & Domain("date_due", "<", fields.Date.context_today(self))
        return late if True in value else ~late

    @api.depends_context("uid")
    @api.depends("state", "sending_state", "version_state")
    def _compute_may(self):
        clerk = self.env.user.has_groups(CLERKS)
        for row in self:
            live = row._receivable()
            row.may_receive = live and self.env.user in (row.user_id | row.stand_in_user_id)
            row.may_record = live and clerk
            row.may_send = live and row.sender_company_id in self.env.companies and row.has_access("write")

    def _state_label(self):
        """The status in the reader's language."""
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    def _code_label(self):
        """The kind of function in the reader's language."""
        return dict(self._fields["function_code"]._description_selection(self.env)).get(self.function_code, "")

    # ---------- choosing ----------

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        self.check_access("create")
        vals_list = [{name: vals[name] for name in CHOSEN & vals.keys()} for vals in vals_list]
        sendings = self.env["jamaa.dissemination"].browse({vals.get("dissemination_id") for vals in vals_list})
        sendings.check_access("write")
        if any(sending.state != "draft" for sending in sendings):
            raise UserError(self.env._("This was sent: make another sending for more functions."))
        # The programme reads no function: its choice goes through the window for member communes.
        self.env["jamaa.function"].browse({vals.get("function_id") for vals in vals_list}).check_access("read")
        # sudo: jamaa.dissemination.recipient - the link is nobody's to write; the choice was checked above
        return super(JamaaDisseminationRecipient, self.sudo()).create(vals_list).sudo(False)

    def write(self, vals):
        if not self.env.su and set(vals) - CHOSEN - {"activity_ids", "message_follower_ids"}:
            raise UserError(self.env._("Sending and receipt are recorded by their buttons, never typed."))
        if CHOSEN & vals.keys() and not self.env.su:
            self._check_choice()
        result = super().write(vals)
        if "function_id" in vals:
            self._check_choice()
        return result

    def _check_choice(self):
        """Recipients are chosen before sending, among functions the user may read.

        The programme reads no function: its choice goes through the window that allows
        member communes only.
        """
        if self.env.su:
            return
        if any(row.sending_state != "draft" for row in self):
            raise UserError(self.env._("This was sent: make another sending for more functions."))
        self.function_id.check_access("read")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sent(self):
        if any(row.sending_state != "draft" for row in self):
            raise UserError(self.env._("Who it was sent to stays on record."))

    # ---------- who is in office ----------

    def _resolve(self):
        """Look up who is in office; a function that nobody holds becomes vacant and surfaces.

        :return: the rows whose person or address changed
        """
        # sudo: jamaa.function, jamaa.function.holder - names and address only are copied here
        rows = self.sudo().filtered(lambda row: row.state in OPEN)
        today = fields.Date.context_today(self)
        people = rows.function_id._holders_on(today)
        changed = rows.browse()
        for row in rows:
            mine = people.filtered(lambda person, row=row: person.function_id == row.function_id)
            holder = mine.filtered(lambda person: person.role == "holder")[:1]
            stand_in = mine.filtered(lambda person: person.role == "stand_in")[:1]
            function = row.function_id
            by_stand_in = not holder and bool(stand_in)
            address = (function.stand_in_email if by_stand_in else False) or function.contact_email
            vals = {
                "holder_id": holder.id,
                "stand_in_id": stand_in.id,
                "holder_name": (holder or stand_in).partner_id.name or False,
                "by_stand_in": by_stand_in,
                "address": email_normalize(address or "") or address,
                "stand_in_address": function.stand_in_email,
            }
            now = {name: row[name].id if name.endswith("_id") else row[name] for name in vals}
            if now != vals:
                row.write(vals)
                changed |= row
            if not holder and not stand_in:
                if row.state != "vacant":
                    row.write({"state": "vacant", "next_reminder_on": False})
                    row._surface(row.env._("Nobody holds this function: a document waits."))
            elif row.state == "vacant":
                row.write({"state": "to_send"})
                row.activity_ids.unlink()
        return changed

    @api.model
    def _on_people_changed(self, functions):
        """A mandate or an address changed: what waits is sent to whoever is in office now."""
        # sudo: jamaa.dissemination.recipient - whoever records a mandate need not see the sendings
        rows = self.sudo().search(
            [
                ("function_id", "in", functions.ids),
                ("state", "in", OPEN),
                ("sending_state", "=", "sent"),
                ("version_state", "=", "sent"),
            ]
        )
        for row in rows._resolve():
            # The former holder keeps the old mail: that link ends with the mandate.
            row._renew_link()
            if row.state != "vacant":
                row.activity_ids.unlink()
                row._dispatch()

    def _surface(self, summary):
        """Tell who can mend it: the director of the commune, else its administrators."""
        # sudo: res.users - the one who mends is looked up, whoever sends
        row = self.sudo()
        director = row.company_id._function("director").current_holder_id.user_id
        group = row.env.ref("jamaa_base.group_administrator")
        users = director or group.all_user_ids.filtered(
            lambda user: row.company_id == user.company_id and user.id != SUPERUSER_ID
        )
        for user in users[:3]:
            row.with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_todo", user_id=user.id, summary=summary
            )

    # ---------- receipt ----------

    def _receivable(self):
        self.ensure_one()
        return self.state in OPEN and self.sending_state == "sent" and self.version_state == "sent"

    def _receive(self, via, quality, on=None, user=None, scan=None, scan_name=None):
        """Record the receipt, once.

        Two taps at the same moment: the database lets one write, the server runs the other
        again, and it finds what the first recorded.

        :param str via: ``link``, ``tool`` or ``paper``
        :param str quality: ``holder``, ``stand_in`` or ``secretariat``
        :return: whether it was recorded now; False when it was already
        """
        self.ensure_one()
        # sudo: jamaa.dissemination.recipient - facts are the tool's to record
        row = self.sudo()
        if row.state in RECEIVED:
            return False
        row.write(
            {
                "state": "paper" if via == "paper" else "received",
                "received_on": on or fields.Datetime.now(),
                "received_via": via,
                "received_quality": quality,
                "received_by_id": user.id if user else False,
                "next_reminder_on": False,
                "unanswered": False,
                **({"scan": scan, "scan_name": scan_name} if scan else {}),
            }
        )
        row.activity_ids.unlink()
        row.dissemination_id._enter_in_register(
            row.company_id,
            "document_received",
            {
                "version": row.version_number,
                "function": row.function_id.code,
                "quality": quality,
                "via": via,
                "received_on": fields.Datetime.to_string(row.received_on),
            },
        )
        return True

    def action_receive(self):
        """One click by the holder or the stand-in of the function."""
        self.check_access("read")
        for row in self:
            if self.env.user not in (row.user_id | row.stand_in_user_id):
                raise AccessError(self.env._("Only the holder or the stand-in of the function confirms receipt here."))
            if row.state in OPEN and not row._receivable():
                raise UserError(self.env._("This sending was closed, replaced or withdrawn."))
            row._receive("tool", "holder" if self.env.user == row.user_id else "stand_in", user=self.env.user)

    def action_record_paper(self):
        """Open the window for a signed slip."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Receipt on paper"),
            "res_model": "jamaa.dissemination.paper",
            "view_mode": "form",
            "target": "new",
            "context": {"default_recipient_id": self.id},
        }

    def action_send_again(self):
        """After an address was mended: look up who is in office and send again."""
        self.check_access("write")
        rows = self.filtered(lambda row: row.state in OPEN and row._receivable())
        rows._resolve()
        # sudo: mail.activity - what was to mend is mended
        rows.filtered(lambda row: row.state != "vacant").sudo().activity_ids.unlink()
        rows._dispatch()
