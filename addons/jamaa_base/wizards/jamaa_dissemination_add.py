"""Choose the functions a document goes to, by kind and theme."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class JamaaDisseminationAdd(models.TransientModel):
    """Add functions to a sending.

    A commune chooses among its own; the programme among its member communes, whose functions
    it does not read: it learns how many there are of a kind, and their names once added.
    """

    _name = "jamaa.dissemination.add"
    _description = "Add Functions to a Sending"

    dissemination_id = fields.Many2one("jamaa.dissemination", required=True, ondelete="cascade")
    allowed_company_ids = fields.Many2many("res.company", compute="_compute_allowed_company_ids")
    company_ids = fields.Many2many(
        "res.company",
        string="Communes",
        compute="_compute_company_ids",
        store=True,
        readonly=False,
        domain="[('id', 'in', allowed_company_ids)]",
    )
    code = fields.Selection(selection="_selection_code", string="Kind of function", default="reference_person")
    theme_id = fields.Many2one("jamaa.theme")
    found_count = fields.Integer("Functions found", compute="_compute_found_count")

    @api.model
    def _selection_code(self):
        return self.env["jamaa.function"]._fields["code"]._description_selection(self.env)

    @api.depends("dissemination_id")
    def _compute_allowed_company_ids(self):
        for wizard in self:
            sender = wizard.dissemination_id.company_id
            if sender.is_commune:
                wizard.allowed_company_ids = sender
            else:
                members = self.env["jamaa.programme.member"].search(
                    [
                        ("programme_id.company_id", "=", sender.id),
                        "|",
                        ("date_to", "=", False),
                        ("date_to", ">=", "today"),
                    ]
                )
                wizard.allowed_company_ids = members.company_id

    @api.depends("dissemination_id")
    def _compute_company_ids(self):
        for wizard in self:
            wizard.company_ids = wizard.allowed_company_ids

    @api.depends("company_ids", "code", "theme_id", "dissemination_id")
    def _compute_found_count(self):
        for wizard in self:
            wizard.found_count = len(wizard._functions())

    def _functions(self):
        """The functions meant, in communes the sender may write to."""
        self.ensure_one()
        communes = self.company_ids & self.allowed_company_ids
        domain = [("company_id", "in", communes.ids)]
        if self.code:
            domain.append(("code", "=", self.code))
        if self.theme_id:
            domain.append(("theme_id", "=", self.theme_id.id))
        # sudo: jamaa.function - the programme addresses functions of its members without reading them
        return self.env["jamaa.function"].sudo().search(domain)

    def action_add(self):
        """Add what was found; who is there already stays."""
        self.ensure_one()
        sending = self.dissemination_id
        sending.check_access("write")
        if sending.state != "draft":
            raise UserError(self.env._("This was sent: make another sending for more functions."))
        functions = self._functions()
        if not functions:
            raise UserError(self.env._("No function of this kind was found in these communes."))
        # sudo: jamaa.dissemination.recipient - see _functions; the communes were checked there
        rows = sending.sudo().recipient_ids
        new = functions - rows.function_id
        rows.create([{"dissemination_id": sending.id, "function_id": function.id} for function in new])
        return {"type": "ir.actions.act_window_close"}
