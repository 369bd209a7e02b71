"""A commune's levels in the band of peers: a frozen copy without a name on any screen but its own."""

import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

#: What may change on a copy once it stands in the band, and only by its own methods.
LIFE = {"withdrawn_on", "withdrawn_by_id", "replaced_on"}


class JamaaAssessmentPeer(models.Model):
    """That a commune lets a validated round count in the band of a programme's communes.

    The row is read inside the commune alone, and even there its levels are not: the band is worked out from them
    without showing one. A commune has one standing copy for each grid and programme; a newer one replaces it.
    """

    _name = "jamaa.assessment.peer"
    _description = "Round in the Band of Peers"
    _order = "published_on desc, id desc"
    _rec_name = "round_id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", "Commune", required=True, readonly=True, index=True, ondelete="restrict"
    )
    programme_id = fields.Many2one("jamaa.programme", required=True, readonly=True, index=True, ondelete="restrict")
    round_id = fields.Many2one(
        "jamaa.assessment.round",
        "Round",
        required=True,
        readonly=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    grid_code = fields.Char("Code of the grid", required=True, readonly=True)
    version_key = fields.Char("Version of the grid", required=True, readonly=True)
    subject_kind = fields.Char(required=True, readonly=True, export_string_translation=False)
    round_date = fields.Date("Day of the meeting", readonly=True)
    function_id = fields.Many2one("jamaa.function", "As", required=True, readonly=True, check_company=True)
    user_id = fields.Many2one("res.users", "Put in by", required=True, readonly=True, ondelete="restrict")
    published_on = fields.Datetime("Put in on", required=True, readonly=True)
    withdrawn_on = fields.Datetime("Taken out on", readonly=True)
    withdrawn_by_id = fields.Many2one("res.users", "Taken out by", readonly=True, ondelete="restrict")
    replaced_on = fields.Datetime(readonly=True)
    state = fields.Selection(
        [("open", "In the band"), ("replaced", "Replaced"), ("withdrawn", "Taken out")],
        "Status",
        compute="_compute_state",
        search="_search_state",
    )
    levels = fields.Text(required=True, readonly=True, groups=fields.NO_ACCESS, export_string_translation=False)

    _standing_uniq = models.UniqueIndex(
        "(company_id, programme_id, grid_code) WHERE withdrawn_on IS NULL AND replaced_on IS NULL",
        "One round of a grid stands in the band for a commune.",
    )
    _lineage_idx = models.Index("(programme_id, grid_code) WHERE withdrawn_on IS NULL AND replaced_on IS NULL")

    @api.depends("withdrawn_on", "replaced_on")
    def _compute_state(self):
        for row in self:
            row.state = "withdrawn" if row.withdrawn_on else "replaced" if row.replaced_on else "open"

    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        domains = {
            "withdrawn": Domain("withdrawn_on", "!=", False),
            "replaced": Domain("withdrawn_on", "=", False) & Domain("replaced_on", "!=", False),
            "open": Domain("withdrawn_on", "=", False) & Domain("replaced_on", "=", False),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    # ---------- CRUD ----------

    def write(self, vals):
        """A copy is taken out or replaced, never changed.

        :raise UserError: by anybody else than its own methods
        """
        if not (self.env.su and vals.keys() <= LIFE):
            raise UserError(self.env._("What stands in the band stays as it is: take it out, or put a newer round in."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A round is taken out of the band, never deleted."))

    # ---------- in and out ----------

    @api.model
    def _contribute(self, one, programme):
        """Let a validated round count from the next fixed date on.

        :param one: the round; the user reads it
        :param programme: of which the commune is a member today
        :raise AccessError: the user does not publish for the commune
        :raise UserError: the round is not validated, or the commune is no member
        :return: the row, as the user
        """
        one.ensure_one()
        one.check_access("read")
        one._check_shareable()
        company = one.company_id
        function = self.env["jamaa.share"]._publisher(company)
        if programme not in self.env["jamaa.share"]._programmes_of(company):
            raise UserError(self.env._("The commune is not a member of this programme today."))
        # sudo: jamaa.assessment.peer - nobody has the right to write it; the publisher was checked above
        rows = self.sudo()
        now = fields.Datetime.now()
        rows.search(
            [
                ("company_id", "=", company.id),
                ("programme_id", "=", programme.id),
                ("grid_code", "=", one.grid_id.code),
                ("state", "=", "open"),
            ]
        ).write({"replaced_on": now})
        rows.flush_model(["replaced_on"])
        row = rows.create(
            {
                "company_id": company.id,
                "programme_id": programme.id,
                "round_id": one.id,
                "grid_code": one.grid_id.code,
                "version_key": one._version_key(),
                "subject_kind": one.subject_kind,
                "round_date": one.date,
                "function_id": function.id,
                "user_id": self.env.uid,
                "published_on": now,
                "levels": json.dumps(one._levels_by_key(), sort_keys=True),
            }
        )
        facts = {"kind": "round", "audience": "band"}
        self.env["jamaa.register.entry"]._enter(company, "share_published", facts, row)
        return row.with_env(self.env)

    def action_withdraw(self):
        """Button: take the round out; it stops counting at the next fixed date."""
        for row in self:
            row.check_access("read")
            self.env["jamaa.share"]._publisher(row.company_id)
            if row.state != "open":
                raise UserError(self.env._("This round no longer stands in the band."))
            # sudo: jamaa.assessment.peer - the right was checked above
            row.sudo().write({"withdrawn_on": fields.Datetime.now(), "withdrawn_by_id": self.env.uid})
            self.env["jamaa.register.entry"]._enter(row.company_id, "share_withdrawn", {"kind": "round"}, row)
