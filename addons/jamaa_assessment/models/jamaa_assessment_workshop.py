"""A workshop in which communes write a shared grid together."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from .jamaa_assessment_grid import SUBJECTS


class JamaaAssessmentWorkshop(models.Model):
    """Communes of a programme work on the next version of a shared grid.

    It is led by a company: the programme's own, or one of its communes. Who takes part is each commune that is in
    the programme today, and the programme's team; they sign with the name of the commune, not of a person. The
    lead alone lets a proposal into the version in preparation, and publishes it; versions, once published, stay.
    """

    _name = "jamaa.assessment.workshop"
    _inherit = ["jamaa.open.mixin"]
    _description = "Workshop on a Grid"
    _order = "opened_on desc, id desc"

    name = fields.Char(required=True)
    company_id = fields.Many2one(
        "res.company",
        "Led by",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        help="The programme's own company, or one of its communes.",
    )
    programme_id = fields.Many2one("jamaa.programme", required=True, index=True, ondelete="restrict")
    lead_id = fields.Many2one(
        "res.users",
        "Lead",
        required=True,
        default=lambda self: self.env.user,
        domain="[('company_ids', 'in', company_id)]",
        help="Adopts proposals or declines them with a reason, and publishes the version.",
    )
    purpose = fields.Text("What the workshop is about")

    # The grid
    grid_id = fields.Many2one(
        "jamaa.assessment.grid",
        "Shared grid",
        domain="[('company_id', '=', False)]",
        ondelete="restrict",
        index="btree_not_null",
        help="Empty: the workshop writes a new one.",
    )
    new_grid_name = fields.Char("Name of the new grid")
    new_grid_code = fields.Char("Code of the new grid", help="Small Latin letters, figures and hyphens.")
    new_grid_subject = fields.Selection(SUBJECTS, "What it assesses", default="commune")
    version_id = fields.Many2one("jamaa.assessment.version", "Version in preparation", readonly=True, copy=False)
    change_note = fields.Text("What is new in this version")

    # Where it stands
    state = fields.Selection(
        [("draft", "In preparation"), ("open", "Open"), ("published", "Published"), ("closed", "Closed")],
        "Status",
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    opened_on = fields.Date(readonly=True, copy=False)
    closed_on = fields.Date("Published or closed on", readonly=True, copy=False)
    proposal_ids = fields.One2many("jamaa.assessment.proposal", "workshop_id", "Proposals")
    proposal_count = fields.Integer("Number of proposals", compute="_compute_proposal_count")
    waiting_count = fields.Integer("Not decided", compute="_compute_proposal_count")
    i_lead = fields.Boolean(compute="_compute_i_lead")

    _one_open = models.UniqueIndex(
        "(grid_id) WHERE state = 'open'", "Another workshop is working on this grid: take part in it."
    )

    # ---------- computes ----------

    @api.depends("proposal_ids.state")
    def _compute_proposal_count(self):
        rows = self.env["jamaa.assessment.proposal"]._read_group(
            [("workshop_id", "in", self.ids)], ["workshop_id", "state"], ["__count"]
        )
        for workshop in self:
            mine = {state: count for one, state, count in rows if one == workshop._origin}
            workshop.proposal_count = sum(mine.values())
            workshop.waiting_count = mine.get("proposed", 0)

    @api.depends("lead_id")
    @api.depends_context("uid")
    def _compute_i_lead(self):
        for workshop in self:
            workshop.i_lead = workshop.lead_id == self.env.user

    # ---------- who takes part ----------

    @api.model
    def _domain_open_to_me(self):
        """Workshops of programmes in which the user's communes are today, or that the user's company runs."""
        # Rules are evaluated as superuser, where nobody checks the companies a caller names.
        companies = self.sudo(False).env.companies.ids
        memberships = self.env["jamaa.share"]._memberships_today([("company_id", "in", companies)])
        return (
            Domain("programme_id", "in", memberships.programme_id.ids)
            | Domain("programme_id.company_id", "in", companies)
            | Domain("company_id", "in", companies)
        )

    def _takes_part(self):
        """Return the company in whose name the present user speaks here.

        :raise AccessError: the company at work takes no part
        """
        self.ensure_one()
        self.check_access("read")
        company = self.env.company
        members = self.env["jamaa.share"]._members_today(self.programme_id)
        # sudo: jamaa.programme - which company runs it, for who may see the workshop
        if company not in members | self.programme_id.sudo().company_id:
            raise AccessError(self.env._("The commune you work for takes no part in this workshop."))
        return company

    def _check_open(self):
        """Refuse what is only done while the workshop is open.

        :raise UserError: it is not
        """
        for workshop in self:
            if workshop.state != "open":
                raise UserError(self.env._("The workshop “%(workshop)s” is not open.", workshop=workshop.name))

    def _check_lead(self):
        """Refuse who does not lead.

        :raise AccessError: somebody else
        """
        for workshop in self:
            workshop.check_access("read")
            if not self.env.su and (
                workshop.lead_id != self.env.user or workshop.company_id not in self.env.user.company_ids
            ):
                raise AccessError(self.env._("Who leads the workshop does this."))

    # ---------- constrains and CRUD ----------

    @api.constrains("company_id", "programme_id", "grid_id", "lead_id")
    def _check_led_by(self):
        for workshop in self:
            # sudo: jamaa.programme, res.users - who runs the programme, and where the lead works
            programme, lead = workshop.programme_id.sudo(), workshop.lead_id.sudo()
            own = workshop.company_id == programme.company_id
            if not own and programme not in self.env["jamaa.share"]._programmes_of(workshop.company_id).sudo():
                raise ValidationError(self.env._("A workshop is led by the programme or by one of its communes."))
            if workshop.company_id not in lead.company_ids:
                raise ValidationError(self.env._("The lead works for the company that leads the workshop."))
            grid = workshop.grid_id
            if grid.company_id:
                raise ValidationError(self.env._("A workshop works on a shared grid."))
            if grid and grid.programme_id != programme and (grid.programme_id or not own):
                raise ValidationError(
                    self.env._("This grid is not your programme's: the programme that keeps it leads the workshop.")
                )

    def write(self, vals):
        if {"state", "version_id", "opened_on", "closed_on"} & vals.keys() and not self.env.su:
            raise UserError(self.env._("A workshop moves on by its buttons."))
        fixed = {"programme_id", "company_id", "grid_id", "new_grid_name", "new_grid_code", "new_grid_subject"}
        if fixed & vals.keys() and not self.env.su and any(workshop.state != "draft" for workshop in self):
            raise UserError(self.env._("This workshop has begun: its grid and its programme stay as they are."))
        return super().write(vals)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            for name in ("state", "version_id", "opened_on", "closed_on"):
                vals.pop(name, None)
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        if any(workshop.state != "draft" for workshop in self):
            raise UserError(self.env._("A workshop that has begun stays on record."))

    # ---------- steps ----------

    def action_open(self):
        """Button: begin, on a copy of the published version, or on a new grid.

        :raise UserError: neither a grid nor name and code of a new one
        """
        for workshop in self:
            workshop._check_lead()
            if workshop.state != "draft":
                raise UserError(self.env._("This workshop has begun before."))
            # sudo: jamaa.assessment.grid, version - a shared grid is nobody's to write; the lead was checked above
            running = workshop.sudo()
            if running.grid_id and running.search_count(
                [("grid_id", "=", running.grid_id.id), ("state", "=", "open")], limit=1
            ):
                raise UserError(self.env._("Another workshop is working on this grid: take part in it."))
            if not running.grid_id:
                if not (workshop.new_grid_name and workshop.new_grid_code):
                    raise UserError(self.env._("Choose the shared grid, or give name and code of a new one."))
                running.grid_id = running.env["jamaa.assessment.grid"].create(
                    {
                        "name": workshop.new_grid_name,
                        "code": workshop.new_grid_code,
                        "subject_kind": workshop.new_grid_subject or "commune",
                        "company_id": False,
                        "programme_id": workshop.programme_id.id,
                    }
                )
            running.grid_id.programme_id = running.programme_id
            running.write(
                {
                    "version_id": running.grid_id._draft().id,
                    "state": "open",
                    "opened_on": fields.Date.context_today(self),
                }
            )

    def action_publish(self):
        """Button: publish the version in preparation; every commune may use it from then on."""
        for workshop in self:
            workshop._check_lead()
            workshop._check_open()
            # sudo: jamaa.assessment.version - as above
            version = workshop.sudo().version_id
            version.change_note = workshop.change_note
            version.action_publish()
            # sudo: jamaa.assessment.workshop - state and date are the tool's to set
            workshop.sudo().write({"state": "published", "closed_on": fields.Date.context_today(self)})

    def action_close(self):
        """Button: end without publishing; what was adopted waits in the version in preparation."""
        for workshop in self:
            workshop._check_lead()
            workshop._check_open()
            # sudo: jamaa.assessment.workshop - state and date are the tool's to set
            workshop.sudo().write({"state": "closed", "closed_on": fields.Date.context_today(self)})

    def action_open_proposals(self):
        """Button: the proposals, by state."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_assessment.jamaa_assessment_proposal_action")
        return {
            **action,
            "domain": [("workshop_id", "=", self.id)],
            "context": {"default_workshop_id": self.id, "create": self.state == "open"},
        }

    def action_open_version(self):
        """Button: the version as it stands."""
        self.ensure_one()
        return self.version_id._get_records_action()
