"""Where a procedure can be done, and where it cannot."""

from odoo import fields, models


class JamaaProcedureSite(models.Model):
    """What one site does for one procedure.

    Competence is not a matter of choice: a birth certificate comes from the office that keeps
    the register. So "not here" is said as plainly as "here", with where to go instead.
    """

    _name = "jamaa.procedure.site"
    _inherit = ["jamaa.multilingual"]
    _description = "Procedure at a Site"
    _order = "procedure_id, sequence, id"
    _check_company_auto = True

    procedure_id = fields.Many2one("jamaa.procedure", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="procedure_id.company_id", string="Commune", store=True, index=True)
    sequence = fields.Integer(default=10)
    site_id = fields.Many2one("jamaa.site", check_company=True, index=True, ondelete="cascade")
    site_kind = fields.Selection(
        lambda self: self.env["jamaa.site"]._fields["kind"]._description_selection(self.env),
        "Kind of site",
        help="In the shared catalogue, which has no sites of its own.",
    )
    what = fields.Selection(
        [
            ("done", "Done here"),
            ("deposit", "Asked for and collected here, done elsewhere"),
            ("information", "Information only"),
            ("not_here", "Not here"),
        ],
        "What is done",
        required=True,
        default="done",
    )
    note = fields.Char("Good to know", translate=True)
    typical_minutes = fields.Integer("Usual minutes at the desk")

    _site_uniq = models.UniqueIndex(
        "(procedure_id, site_id) WHERE site_id IS NOT NULL", "This site already has its line."
    )
    _one_place = models.Constraint(
        "CHECK(num_nonnulls(site_id, site_kind) = 1)", "Name one site; the shared catalogue names a kind of site."
    )
    _minutes_positive = models.Constraint("CHECK(typical_minutes >= 0)", "Minutes are not negative.")
