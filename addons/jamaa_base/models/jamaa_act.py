"""From a text to a signed act: visas inside, a signature by hand, a number, a scan."""

import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

STATES = [
    ("draft", "Being written"),
    ("visas", "With those who read it"),
    ("to_sign", "To sign"),
    ("signed", "Signed, scan missing"),
    ("filed", "Signed and filed"),
    ("void", "Void"),
]
# Whoever answers for the acts of a commune, keeps them or looks into them reads all of them.
READERS = ("director", "president", "registry_clerk", "auditor")
# What its author may change, while it is being written.
WRITABLE = {"title", "kind_id", "addressee", "document", "document_name", "company_id"}
# Written by the client itself, or by Odoo's own buttons.
HARMLESS = {"message_follower_ids", "message_ids", "activity_ids", "message_main_attachment_id"}
WORK = "mail.mail_activity_data_todo"


class JamaaAct(models.Model):
    """A document that is signed in the name of the commune (organic law 113-14, arts. 94 and 103).

    Approval in the tool is an internal visa. A *signed* act was printed, signed by hand and
    stamped by whoever may (``jamaa.function``: the president, or a delegation on record that
    covers this kind of act on that day), got its number at that moment, and is filed once its
    scan is there. Or it carries an electronic signature made outside, whose file is kept
    unchanged and shown as such; its validity is not checked here. Nothing clicked or drawn is
    called a signature.
    """

    _name = "jamaa.act"
    _inherit = ["mail.thread", "mail.activity.mixin", "jamaa.open.mixin"]
    _description = "Act to be signed"
    _order = "id desc"
    _rec_name = "title"
    _rec_names_search = ["title", "number"]
    _check_company_auto = True

    # What
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    kind_id = fields.Many2one("jamaa.act.kind", "Kind of act", required=True, index=True, ondelete="restrict")
    title = fields.Char("Subject", required=True, index="trigram", tracking=True)
    addressee = fields.Char("To", help="For a letter: to whom. It stands in the book of outgoing mail.")
    document = fields.Binary("Text (PDF)", attachment=True, copy=False)
    document_name = fields.Char(copy=False)
    document_digest = fields.Char(
        "Fingerprint of the text", readonly=True, copy=False, help="SHA-256 of what was read."
    )
    res_model = fields.Char("Kind of record", readonly=True, copy=False)
    res_id = fields.Many2oneReference("Record", model_field="res_model", readonly=True, copy=False)
    author_id = fields.Many2one(
        "res.users", "Written by", readonly=True, required=True, default=lambda self: self.env.user, copy=False
    )

    # The way
    state = fields.Selection(STATES, "Status", required=True, default="draft", readonly=True, copy=False, tracking=True)
    visa_round = fields.Integer(default=0, readonly=True, copy=False)
    visa_ids = fields.One2many("jamaa.act.visa", "act_id", "Visas", readonly=True, copy=False)
    next_function_id = fields.Many2one("jamaa.function", "Now with", compute="_compute_next", store=True)
    reviewed_alone = fields.Boolean(compute="_compute_next", store=True)
    waits_for_me = fields.Boolean("Waits for me", compute="_compute_waits_for_me", search="_search_waits_for_me")

    # The signature
    signature_kind = fields.Selection(
        [("hand", "By hand, on paper"), ("external", "Electronic, made outside")],
        "Signature",
        readonly=True,
        copy=False,
    )
    signed_on = fields.Date("Signed on", readonly=True, copy=False, tracking=True)
    signer_id = fields.Many2one(
        "jamaa.function.holder", "Signed by", readonly=True, copy=False, check_company=True, index="btree_not_null"
    )
    signed_under = fields.Reference(
        [("jamaa.function.holder", "Function held"), ("jamaa.delegation", "Delegation")],
        "Under",
        readonly=True,
        copy=False,
    )
    signed_capacity = fields.Char("As", readonly=True, copy=False)
    recorded_by_id = fields.Many2one("res.users", "Recorded by", readonly=True, copy=False)
    stamped = fields.Boolean("Stamped", readonly=True, copy=False)
    number = fields.Char(readonly=True, copy=False, index="trigram")
    year = fields.Integer(readonly=True, copy=False)
    mail_entry_id = fields.Many2one(
        "jamaa.mail.entry", "In the book of outgoing mail", readonly=True, copy=False, index="btree_not_null"
    )
    scan = fields.Binary("Scan of the signed act", attachment=True, readonly=True, copy=False)
    scan_name = fields.Char(readonly=True, copy=False)
    scan_digest = fields.Char("Fingerprint of the scan", readonly=True, copy=False)
    void_reason = fields.Char(readonly=True, copy=False)

    _number_uniq = models.UniqueIndex(
        "(company_id, kind_id, year, number) WHERE number IS NOT NULL",
        "Another act of this kind has this number in this year.",
    )
    _state_idx = models.Index("(company_id, state, id DESC)")
    _record_idx = models.Index("(res_model, res_id)")

    # ---------- computes ----------

    @api.depends("state", "visa_ids.state", "visa_ids.round", "visa_ids.reviewed_alone", "visa_ids.reread_by_id")
    def _compute_next(self):
        for act in self:
            now = act.visa_ids.filtered(lambda visa, act=act: visa.round == act.visa_round)
            waiting = now.filtered(lambda visa: visa.state == "waiting").sorted(lambda visa: (visa.sequence, visa.id))
            act.next_function_id = waiting[:1].function_id if act.state == "visas" else False
            act.reviewed_alone = any(visa.reviewed_alone and not visa.reread_by_id for visa in now)

    @api.model
    def _domain_open_to_me(self):
        """Acts the user may read inside the own communes, looked up when asked."""
        user = self.env["res.users"].browse(self.env.uid)
        if any(user.has_group(f"jamaa_base.group_{role}") for role in READERS):
            return Domain.TRUE
        mine = self.env["jamaa.function"]._held_by(user, self._today())
        domain = Domain("author_id", "=", user.id) | Domain("visa_ids.function_id", "in", mine.ids)
        if user.has_group("jamaa_base.group_signatory"):
            domain |= Domain("state", "in", ("to_sign", "signed", "filed"))
        return domain

    @api.depends_context("uid")
    @api.depends("state", "next_function_id")
    def _compute_waits_for_me(self):
        user = self.env.user
        mine = self.env["jamaa.function"]._held_by(user, self._today())
        for act in self:
            act.waits_for_me = (act.state == "visas" and act.next_function_id in mine) or (
                act.state == "to_sign" and bool(act._right_of(user))
            )

    def _search_waits_for_me(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        user, today = self.env.user, self._today()
        mine = self.env["jamaa.function"]._held_by(user, today)
        domain = Domain("state", "=", "visas") & Domain("next_function_id", "in", mine.ids)
        may_sign = self.env["jamaa.function"]._may_sign
        for company in self.env.companies:
            # sudo: jamaa.act.kind - codes, to ask which of them the user may sign
            kinds = self.env["jamaa.act.kind"].sudo().search([("active", "=", True)])
            kinds = kinds.filtered(lambda kind, company=company: may_sign(user, company, kind.code, today))
            domain |= (
                Domain("state", "=", "to_sign")
                & Domain("company_id", "=", company.id)
                & Domain("kind_id", "in", kinds.ids)
            )
        return domain

    @api.model
    def _today(self):
        return fields.Date.context_today(self.with_context(tz="Africa/Casablanca"))

    def _right_of(self, user):
        """What allows a user to sign this act today; empty when nothing does."""
        self.ensure_one()
        return self.env["jamaa.function"]._may_sign(user, self.company_id, self.kind_id.code, self._today())

    # ---------- rules ----------

    @api.constrains("company_id")
    def _check_commune(self):
        if any(not act.company_id.is_commune for act in self):
            raise ValidationError(self.env._("Acts are signed in the name of a commune."))

    @api.constrains("document")
    def _check_document(self):
        for act in self:
            if act.document and not base64.b64decode(act.document).startswith(b"%PDF-"):
                raise ValidationError(self.env._("The text of an act is a PDF: print it to PDF first."))

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [{name: vals[name] for name in WRITABLE & vals.keys()} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        """The text rests from the first visa on; all else follows the buttons.

        :raise UserError: the act left its author's hands
        """
        if not self.env.su:
            if vals.keys() - WRITABLE - HARMLESS:
                raise UserError(self.env._("The way of an act follows its buttons."))
            if WRITABLE & vals.keys() and any(act.state != "draft" for act in self):
                raise UserError(self.env._("The text rests while it is read: send it back to change it."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(act.state != "draft" or act.visa_round for act in self):
            raise UserError(self.env._("An act that was shown to others is made void, not deleted."))

    @api.model
    def _prepare(self, company, act_kind_code, title, record=None, report_ref=None, **more):
        """Begin an act for a record of another room.

        :param company: the commune
        :param str act_kind_code: code of a ``jamaa.act.kind``
        :param str title: subject, one line
        :param record: what it is about
        :param str report_ref: name of a report that makes its text from ``record``
        :param more: further values, such as ``addressee``
        :return: the act, in the hands of the present user
        """
        kind = self.env["jamaa.act.kind"].search([("code", "=", act_kind_code)], limit=1)
        if not kind:
            raise ValueError(f"« {act_kind_code} » is no kind of act.")
        values = {"company_id": company.id, "kind_id": kind.id, "title": title, **more}
        if record:
            values |= {"res_model": record._name, "res_id": record.id}
        if record and report_ref:
            content, _kind = self.env["ir.actions.report"]._render_qweb_pdf(report_ref, record.ids)
            values |= {"document": base64.b64encode(content), "document_name": f"{kind.code}.pdf"}
        # sudo: jamaa.act - the room that prepares it checked who may
        return self.sudo().create(values).sudo(self.env.su)

    # ---------- visas ----------

    def action_submit(self):
        """Button: the text is ready; those on the way read it, or it goes to be signed."""
        self.check_access("write")
        for act in self:
            if act.state != "draft":
                raise UserError(self.env._("This act is on its way already."))
            if not act.document:
                raise UserError(self.env._("Add the text as a PDF first."))
            path = self.env["jamaa.act.path"].search(
                [("company_id", "=", act.company_id.id), ("kind_id", "=", act.kind_id.id)]
            )
            number = act.visa_round + 1
            # sudo: jamaa.act, jamaa.act.visa - the way follows the buttons, checked above
            act.sudo().write(
                {
                    "visa_round": number,
                    "document_digest": hashlib.sha256(base64.b64decode(act.document)).hexdigest(),
                    "state": "visas" if path else "to_sign",
                    # sudo: jamaa.act - the steps are copied, so that a later change of the way leaves this act alone
                    "visa_ids": [
                        fields.Command.create({"round": number, "sequence": rank, "function_id": step.function_id.id})
                        for rank, step in enumerate(path)
                    ],
                }
            )
            act._give_work()

    def _my_visa(self):
        """The visa that waits and that the present user may give; with the user's mandate."""
        self.ensure_one()
        # sudo: jamaa.act.visa - the state of the way, whoever asks
        waiting = self.sudo().visa_ids.filtered(
            lambda visa: visa.state == "waiting" and visa.function_id == self.next_function_id
        )[:1]
        # sudo: jamaa.function - who holds it today
        mandate = (
            self.sudo()
            .next_function_id._holders_on(self._today())
            .filtered(lambda row: row.user_id == self.env.user)[:1]
        )
        if self.state != "visas" or not waiting or not mandate:
            raise UserError(self.env._("This act does not wait for a visa of yours."))
        return waiting, mandate

    def action_give_visa(self):
        """Button: the function read the text and lets it go on. It signs nothing.

        :raise UserError: not this user's turn, or the author's own text in a standard commune
        """
        self.check_access("read")
        for act in self:
            visa, mandate = act._my_visa()
            alone = act.author_id == self.env.user
            if alone and act.company_id.profile != "small":
                raise UserError(self.env._("Another person than its author gives the visa."))
            visa.write(
                {
                    "state": "given",
                    "user_id": self.env.uid,
                    "capacity": mandate.display_name,
                    "date": fields.Datetime.now(),
                    "reviewed_alone": alone,
                }
            )
            act._end_work()
            # sudo: jamaa.act - the way follows the visas
            if not act.sudo().next_function_id:
                act.sudo().state = "to_sign"
            act._enter_in_register("act_visa", function=visa.function_id.id, alone=alone)
            act._give_work()

    def _send_back(self, reason):
        """Send the text back to its author: by the one whose visa waits, or by whoever would sign."""
        self.check_access("read")
        for act in self:
            if act.state == "visas":
                visa, mandate = act._my_visa()
                visa.write(
                    {
                        "state": "returned",
                        "user_id": self.env.uid,
                        "capacity": mandate.display_name,
                        "date": fields.Datetime.now(),
                        "note": reason,
                    }
                )
            elif not (act.state == "to_sign" and (act._right_of(self.env.user) or act._keeps_acts())):
                raise UserError(self.env._("This act cannot be sent back by you now."))
            act._end_work()
            # sudo: jamaa.act, jamaa.act.visa - the way follows the buttons, checked above
            act.sudo().visa_ids.filtered(lambda visa: visa.state == "waiting").write({"state": "dropped"})
            # sudo: jamaa.act - as above
            act.sudo().state = "draft"
            act.sudo().message_post(body=self.env._("Sent back: %(reason)s", reason=reason))

    def action_reread(self):
        """Button: a second person read what was reviewed alone; the mark goes."""
        self.check_access("read")
        for act in self:
            # sudo: jamaa.act.visa - the marks, whoever asks
            alone = act.sudo().visa_ids.filtered(lambda visa: visa.reviewed_alone and not visa.reread_by_id)
            if self.env.user in alone.user_id or not act._keeps_acts():
                raise UserError(self.env._("Somebody else re-reads what one person reviewed alone."))
            alone.write({"reread_by_id": self.env.uid})

    def _keeps_acts(self):
        """Whether the present user keeps the acts of the commune or answers for them."""
        return any(self.env.user.has_group(f"jamaa_base.group_{role}") for role in READERS[:3])

    # ---------- work and register ----------

    def _give_work(self):
        """Tell whoever has to read or sign it now."""
        self.ensure_one()
        # sudo: jamaa.function - who holds it today
        function = self.sudo().next_function_id or self.sudo().company_id._function("president")
        if self.state == "visas":
            words = self.env._("Visa: %(title)s", title=self.title)
        else:
            words = self.env._("To sign: %(title)s", title=self.title)
        for user in function._holders_on(self._today()).user_id[:1]:
            # sudo: mail.activity - the act gives work to functions of its commune
            self.sudo().activity_schedule(WORK, summary=words, user_id=user.id)

    def _end_work(self):
        # sudo: mail.activity - what waited is done
        self.sudo().activity_unlink([WORK])

    def _enter_in_register(self, kind, **more):
        facts = {
            "act": self.id,
            "kind": self.kind_id.code,
            "number": self.number or None,
            "text": self.document_digest or None,
            **more,
        }
        self.env["jamaa.register.entry"]._enter(self.company_id, kind, facts, self)
