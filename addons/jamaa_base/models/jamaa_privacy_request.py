"""What a person asks about the own data: to see them, to have them put right or erased."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools.sql import escape_psql

SEARCHED = ("email", "phone", "national_id", "name")
# What may be put right; the name itself is what a document shows.
CORRECTED = ("name", "email", "phone", "address")


class JamaaPrivacyRequest(models.Model):
    """A request under law 09-08 (access, rectification, erasure, opposition).

    The identity is checked at the counter, on sight of a document: that it was checked is
    recorded, not the document. What the commune holds is then looked for in the vault by what
    the person gives; the search leaves a line in the register. What the person gave goes when
    the request is closed.
    """

    _name = "jamaa.privacy.request"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Request about own data"
    _order = "id desc"
    _rec_name = "reference"

    reference = fields.Char("Number", readonly=True, copy=False)
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(
        [
            ("access", "To see the own data"),
            ("rectification", "To have them put right"),
            ("erasure", "To have them erased"),
            ("opposition", "To object to their use"),
        ],
        "What is asked",
        required=True,
        default="access",
    )
    received_on = fields.Date(required=True, default=fields.Date.context_today)
    details = fields.Text("In the person's words")
    due_date = fields.Date(
        "To be answered by",
        compute="_compute_due_date",
        store=True,
        help="What the commune undertakes: no jurist has confirmed a legal time here.",
    )
    state = fields.Selection(
        [("received", "Received"), ("checked", "Identity checked"), ("done", "Granted"), ("refused", "Refused")],
        "Status",
        default="received",
        required=True,
        readonly=True,
        tracking=True,
    )
    checked_by_id = fields.Many2one("res.users", "Identity checked by", readonly=True)
    checked_on = fields.Datetime(readonly=True)
    # what the person gives to be found by; closed to everybody, emptied at the end
    search_email = fields.Char("E-mail", groups="jamaa_base.group_data_protection")
    search_phone = fields.Char("Telephone", groups="jamaa_base.group_data_protection")
    search_national_id = fields.Char("National identity card", groups="jamaa_base.group_data_protection")
    search_name = fields.Char("Name", groups="jamaa_base.group_data_protection")
    # what it should say instead; closed and emptied like the words above
    new_name = fields.Char("Name, put right", groups="jamaa_base.group_data_protection")
    new_email = fields.Char("E-mail, put right", groups="jamaa_base.group_data_protection")
    new_phone = fields.Char("Telephone, put right", groups="jamaa_base.group_data_protection")
    new_address = fields.Char("Address, put right", groups="jamaa_base.group_data_protection")
    searched_on = fields.Datetime(readonly=True)
    found_ids = fields.Many2many(
        "jamaa.complainant", relation="jamaa_privacy_request_found_rel", string="Found in the vault", readonly=True
    )
    found_count = fields.Integer("Found", compute="_compute_found_count")
    refusal_reason = fields.Text("Why it is refused", readonly=True)

    _reference_uniq = models.UniqueIndex("(company_id, reference)")

    #: Days that the commune undertakes; the law's own time is for a jurist to confirm.
    ANSWER_DAYS = 30

    @api.depends("received_on")
    def _compute_due_date(self):
        for request in self:
            request.due_date = request.received_on and fields.Date.add(request.received_on, days=self.ANSWER_DAYS)

    @api.depends("found_ids")
    def _compute_found_count(self):
        for request in self:
            # sudo: jamaa.complainant - a count for who treats the request
            request.found_count = len(request.sudo().found_ids)

    @api.constrains("received_on")
    def _check_received_on(self):
        if any(request.received_on > fields.Date.context_today(request) for request in self):
            raise ValidationError(self.env._("A request is entered once it is there."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            for name in (
                "state",
                "checked_by_id",
                "checked_on",
                "searched_on",
                "found_ids",
                "refusal_reason",
                "reference",
            ):
                vals.pop(name, None)
        requests = super().create(vals_list)
        for request in requests:
            # sudo: jamaa.privacy.request - the number is the tool's own
            request.sudo().reference = f"DP-{request.received_on.year}-{request.id:05d}"
        return requests

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A request stays on record; its answer closes it."))

    def _check_state(self, *states):
        self.check_access("write")
        for request in self:
            if request.state not in states:
                raise UserError(self.env._("This step is not open for request %(number)s.", number=request.reference))

    def action_check_identity(self):
        """Button: the person showed a document that says who he or she is."""
        self._check_state("received")
        # sudo: jamaa.privacy.request - checked just above
        self.sudo().write({"state": "checked", "checked_by_id": self.env.uid, "checked_on": fields.Datetime.now()})

    def action_search(self):
        """Button: look in the vault for what the person gave. Exact matches only.

        A row is the person's when an e-mail, a telephone or a card's number agrees and nothing
        given contradicts it: others bear the same name, and the dossier must not be theirs.
        """
        self._check_state("checked")
        for request in self:
            given = {name: (request[f"search_{name}"] or "").strip() for name in SEARCHED}
            used = [name for name in SEARCHED if given[name]]
            if not used:
                raise UserError(self.env._("Type at least one thing that the person gave."))
            if used == ["name"]:
                raise UserError(self.env._("Others may bear this name: type an e-mail, a telephone or a card too."))
            same = {name: Domain(name, "=ilike", escape_psql(given[name])) for name in used}
            # sudo: jamaa.complainant - the vault is searched for the person's own sake, on record
            found = self.env["jamaa.complainant"].sudo()
            found = found.search(
                Domain("company_id", "=", request.company_id.id)
                & Domain("erased_on", "=", False)
                & Domain.OR(same[name] for name in used if name != "name")
                & Domain.AND(same[name] | Domain(name, "in", [False, ""]) for name in used)
            )
            # sudo: jamaa.privacy.request - checked just above
            request.sudo().write({"found_ids": [fields.Command.set(found.ids)], "searched_on": fields.Datetime.now()})
            self.env["jamaa.register.entry"]._enter(
                request.company_id,
                "person_searched",
                {"request": request.reference, "by": " ".join(used), "found": len(found)},
                request,
            )

    def _dossier(self):
        """What the commune holds of the person, for the person: a list of (where, what) pairs of texts."""
        self.ensure_one()
        rows = []
        # sudo: jamaa.complainant - the dossier is the person's own; printing it was checked
        for person in self.sudo().found_ids:
            rows.append((self.env._("Identity %(number)s", number=person.reference), ""))
            rows += [
                (person._fields[name]._description_string(self.env), person[name])
                for name in ("name", "national_id", "phone", "email", "address")
                if person[name]
            ]
            # sudo: the record of an identity - its number alone, for the person
            case = person.res_model and self.env[person.res_model].sudo().browse(person.res_id).exists()
            if case:
                rows.append((self.env._("It belongs to"), case.display_name))
        return rows

    def action_print_dossier(self):
        """Button: the paper for the person. Printing it is put on the register."""
        self._check_state("checked", "done")
        self.ensure_one()
        self.env["jamaa.register.entry"]._enter(
            self.company_id, "dossier_printed", {"request": self.reference, "found": self.found_count}, self
        )
        return self.env.ref("jamaa_base.report_privacy_dossier").report_action(self)

    def action_grant(self):
        """Button: what was asked is done; an erasure erases now what nothing holds.

        :raise UserError: something found must still be kept
        """
        self._check_state("checked")
        for request in self:
            if not request.searched_on:
                raise UserError(self.env._("Look in the vault first."))
            # sudo: jamaa.complainant - erasure is a duty of the commune, checked above
            found = request.sudo().found_ids
            if request.kind == "rectification":
                right = {name: request[f"new_{name}"] for name in CORRECTED if request[f"new_{name}"]}
                if not found or not right:
                    raise UserError(self.env._("Type what it should say instead."))
                found.write(right)
            if request.kind == "erasure":
                kept = found - self.env["jamaa.retention.hold"]._without_held(found)
                open_ones = found.filtered(lambda person: person._is_needed())
                if kept or open_ones:
                    raise UserError(
                        self.env._(
                            "%(numbers)s cannot be erased yet: the case is open or on hold. Refuse with the reason, or wait.",
                            numbers=", ".join((kept | open_ones).mapped("reference")),
                        )
                    )
                found._erase()
            request._close("done")

    def _refuse(self, reason):
        """Refuse with reasons (law 03-01: a refusal says why)."""
        self._check_state("received", "checked")
        for request in self:
            # sudo: jamaa.privacy.request - checked just above
            request.sudo().refusal_reason = reason
            request._close("refused")

    def action_refuse(self):
        """Button: refuse, with the reason."""
        self._check_state("received", "checked")
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_base.jamaa_privacy_refuse_action")
        return {**action, "context": {"default_request_id": self.id}}

    def _close(self, state):
        self.ensure_one()
        # sudo: jamaa.privacy.request - the caller checked; what the person gave is not needed any more
        self.sudo().write(
            {
                "state": state,
                **{f"search_{name}": False for name in SEARCHED},
                **{f"new_{name}": False for name in CORRECTED},
            }
        )
        self.env["jamaa.register.entry"]._enter(
            self.company_id,
            "privacy_request_closed",
            {"request": self.reference, "kind": self.kind, "result": state},
            self,
        )

    def write(self, vals):
        """Result and found rows follow the buttons.

        :raise UserError: they are written by hand
        """
        if (
            not self.env.su
            and {"state", "checked_by_id", "checked_on", "searched_on", "found_ids", "refusal_reason", "reference"}
            & vals.keys()
        ):
            raise UserError(self.env._("The status follows the buttons."))
        return super().write(vals)
