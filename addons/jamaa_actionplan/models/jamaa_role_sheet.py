from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: What a line of a sheet says of the function.
KINDS = [("task", "Does"), ("decides", "Decides"), ("prepares", "Prepares"), ("informed", "Is informed of")]


class JamaaRoleSheet(models.Model):
    """What a function is there for, what it decides, prepares and is told, and to whom it accounts; in versions.

    One person proposes a version, another puts it in force; the version before is kept as it was.
    """

    _name = "jamaa.role.sheet"
    _inherit = ["jamaa.step.mixin", "mail.thread"]
    _description = "Role Sheet"
    _order = "function_id, number desc"
    _check_company_auto = True
    _step_fields = frozenset(
        {"state", "number", "proposed_by_id", "confirmed_by_id", "confirmed_alone", "in_force_from", "in_force_to"}
    )

    function_id = fields.Many2one("jamaa.function", required=True, index=True, check_company=True, ondelete="restrict")
    company_id = fields.Many2one(related="function_id.company_id", string="Commune", store=True, index=True)
    department_id = fields.Many2one(related="function_id.department_id", string="Service", store=True)
    number = fields.Integer("Version", readonly=True, copy=False)
    mission = fields.Text(required=True, translate=True, help="Why the commune has this function, in two sentences.")
    line_ids = fields.One2many("jamaa.role.sheet.line", "sheet_id", "What it does", copy=True)
    accounts_to_id = fields.Many2one(
        "jamaa.function",
        "Accounts to",
        check_company=True,
        compute="_compute_accounts_to_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        help="Not the function that replaces it, but the one that asks for the account.",
    )
    accounts_when = fields.Char(
        "When and how", translate=True, help="For example: each month, one page; each year, at the review."
    )
    replaced_by = fields.Char("Replaced when away by", translate=True)
    proposed_by_id = fields.Many2one("res.users", "Proposed by", readonly=True, copy=False)
    confirmed_by_id = fields.Many2one("res.users", "Put in force by", readonly=True, copy=False)
    confirmed_alone = fields.Boolean("Put in force alone", readonly=True, copy=False)
    in_force_from = fields.Date("In force from", readonly=True, copy=False)
    in_force_to = fields.Date("In force until", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "In preparation"),
            ("proposed", "To be re-read"),
            ("in_force", "In force"),
            ("replaced", "Replaced"),
        ],
        "Status",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )

    _number_uniq = models.Constraint("UNIQUE(function_id, number)", "This function has this version already.")
    _in_force_uniq = models.UniqueIndex(
        "(function_id) WHERE state = 'in_force'", "A function has one role sheet in force."
    )

    @api.depends("function_id.name", "number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for sheet in self:
            sheet.display_name = self.env._(
                "%(function)s, version %(number)s", function=sheet.function_id.name or "", number=sheet.number
            )

    @api.depends("function_id")
    def _compute_accounts_to_id(self):
        for sheet in self:
            sheet.accounts_to_id = sheet.accounts_to_id or sheet.function_id.parent_id

    @api.constrains("accounts_to_id", "function_id")
    def _check_accounts(self):
        if any(sheet.accounts_to_id == sheet.function_id for sheet in self):
            raise ValidationError(self.env._("A function does not account to itself."))

    @api.model_create_multi
    def create(self, vals_list):
        sheets = super().create(vals_list)
        for sheet in sheets:
            last = self._read_group([("function_id", "=", sheet.function_id.id)], [], ["number:max"])[0][0]
            sheet._step({"number": (last or 0) + 1})
        return sheets

    def write(self, vals):
        if vals.keys() - self._step_fields:
            self._check_loose()
        return super().write(vals)

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        self._check_loose()
        return super()._update_field_translations(field_name, translations, digest=digest, source_lang=source_lang)

    def _check_loose(self):
        """Raise when a version that was put in force would change."""
        if any(sheet.state in ("in_force", "replaced") for sheet in self):
            raise UserError(self.env._("A version in force stays as it is. Begin a new version."))

    def action_propose(self):
        """Hand the version to a second person to re-read."""
        self.check_access("write")
        for sheet in self:
            if sheet.state != "draft":
                raise UserError(self.env._("Only a version in preparation is proposed."))
            if not sheet.line_ids:
                raise UserError(self.env._("Write at least one task first."))
        self._step({"state": "proposed", "proposed_by_id": self.env.uid})

    def action_back(self):
        """Back to preparation."""
        self.check_access("write")
        if any(sheet.state != "proposed" for sheet in self):
            raise UserError(self.env._("Only a version to be re-read goes back."))
        self._step({"state": "draft"})

    def action_confirm(self):
        """Put the version in force; the one before it is replaced.

        :raise UserError: for who proposed it, outside small communes
        """
        self.check_access("write")
        today = fields.Date.context_today(self)
        for sheet in self:
            if sheet.state != "proposed":
                raise UserError(self.env._("Only a version to be re-read is put in force."))
            alone = sheet._check_second_person(sheet.proposed_by_id)
            before = self.search([("function_id", "=", sheet.function_id.id), ("state", "=", "in_force")])
            before._step({"state": "replaced", "in_force_to": today})
            before.flush_recordset()
            sheet._step(
                {
                    "state": "in_force",
                    "confirmed_by_id": self.env.uid,
                    "confirmed_alone": alone,
                    "in_force_from": today,
                }
            )

    def action_new_version(self):
        """Begin a new version from this one.

        :return: its window
        """
        self.ensure_one()
        if self.search_count([("function_id", "=", self.function_id.id), ("state", "in", ("draft", "proposed"))]):
            raise UserError(self.env._("A new version of this sheet is in preparation already."))
        return self.copy()._get_records_action()


class JamaaRoleSheetLine(models.Model):
    """One task of a function, or one thing it decides, prepares or is told."""

    _name = "jamaa.role.sheet.line"
    _description = "Line of a Role Sheet"
    _order = "sheet_id, kind desc, sequence, id"

    sheet_id = fields.Many2one("jamaa.role.sheet", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="sheet_id.company_id", string="Commune", store=True, index=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(KINDS, required=True, default="task")
    name = fields.Char("What", required=True, translate=True)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.sheet_id._check_loose()
        return lines

    def write(self, vals):
        self.sheet_id._check_loose()
        return super().write(vals)

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        self.sheet_id._check_loose()
        return super()._update_field_translations(field_name, translations, digest=digest, source_lang=source_lang)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_force(self):
        self.sheet_id._check_loose()


class JamaaFunction(models.Model):
    _inherit = "jamaa.function"

    role_sheet_ids = fields.One2many("jamaa.role.sheet", "function_id", "Role sheets")

    def action_open_role_sheets(self):
        """Open the role sheet of this function, with its versions."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_actionplan.jamaa_role_sheet_action")
        return {
            **action,
            "domain": [("function_id", "=", self.id)],
            "context": {"default_function_id": self.id},
        }
