"""« Was this clear? »: one tap at the end of a sheet, without a name."""

from odoo import api, fields, models
from odoo.exceptions import UserError

#: What one address may tell in an hour, and how long the same answer again is a second tap of the same.
PER_HOUR = 30
SAME_TAP = 30
#: Of the public pages.
LANGS = [("ar_MA", "Arabic"), ("fr_MA", "French"), ("zgh", "Amazigh")]
WHAT = ("papers", "cost", "where", "words", "other")


class JamaaProcedureClarity(models.Model):
    """One answer about one version of a sheet. It is added and stays."""

    _name = "jamaa.procedure.clarity"
    _description = "Clarity of a Procedure Sheet"
    _order = "id desc"
    _rec_name = "sheet_id"
    _log_access = False

    sheet_id = fields.Many2one("jamaa.procedure.sheet", required=True, index=True, ondelete="cascade", readonly=True)
    procedure_id = fields.Many2one(related="sheet_id.procedure_id", store=True, index=True)
    company_id = fields.Many2one(related="sheet_id.company_id", string="Commune", store=True, index=True)
    lang = fields.Selection(LANGS, "Language", required=True, readonly=True)
    value = fields.Selection([("clear", "Clear"), ("unclear", "Not clear")], "Answer", required=True, readonly=True)
    what = fields.Selection(
        [
            ("papers", "The papers"),
            ("cost", "The cost"),
            ("where", "Where to go"),
            ("words", "The words"),
            ("other", "Something else"),
        ],
        "What was not clear",
        readonly=True,
    )
    comment = fields.Text("In their words", readonly=True)
    day = fields.Date(required=True, readonly=True, default=fields.Date.context_today)
    clear_share = fields.Float("Share of clear", aggregator="avg", compute="_compute_clear_share", store=True)

    _comment_length = models.Constraint("CHECK(char_length(comment) <= 500)", "At most 500 characters.")
    _what_when_unclear = models.Constraint(
        "CHECK(value = 'unclear' OR what IS NULL)", "Only what was not clear has something that was not."
    )

    @api.depends("value")
    def _compute_clear_share(self):
        for row in self:
            row.clear_share = 100.0 if row.value == "clear" else 0.0

    @api.model
    def _take(self, sheet, lang, answer, comment, address):
        """Note an answer, unless it is junk, a second tap, or one too many.

        :param sheet: the published sheet
        :param str lang: ``res.lang`` code of the page
        :param str answer: ``clear``, or what was not
        :param str comment: a few words, only with what was not clear
        :param str address: whose taps are limited; not kept
        :return: whether the answer counts, a second tap included
        """
        if answer != "clear" and answer not in WHAT:
            return False
        throttle = self.env["jamaa.throttle"]
        same = f"{sheet.id}:{lang}:{answer}:{comment}:{address}"
        if throttle._count("clarity.same", same, SAME_TAP):
            return True
        if not throttle._allow("clarity", address, PER_HOUR, 3600):
            return False
        throttle._note("clarity.same", same)
        clear = answer == "clear"
        # sudo: jamaa.procedure.clarity - citizens have no rights on it; what comes in was checked
        self.sudo().create(
            {
                "sheet_id": sheet.id,
                "lang": lang,
                "value": "clear" if clear else "unclear",
                "what": False if clear else answer,
                "comment": False if clear else comment[:500] or False,
            }
        )
        return True

    def write(self, vals):
        """An answer is added, never changed."""
        raise UserError(self.env._("What citizens said stays as they said it."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("What citizens said stays as they said it."))


class JamaaProcedure(models.Model):
    _inherit = "jamaa.procedure"

    clarity_count = fields.Integer("Answers about clarity", compute="_compute_clarity")
    clarity_share = fields.Integer("Found it clear (%)", compute="_compute_clarity")

    def _compute_clarity(self):
        found = {
            procedure.id: (count, share)
            for procedure, count, share in self.env["jamaa.procedure.clarity"]._read_group(
                [("procedure_id", "in", self.ids)], ["procedure_id"], ["__count", "clear_share:avg"]
            )
        }
        for procedure in self:
            procedure.clarity_count, share = found.get(procedure._origin.id, (0, 0))
            procedure.clarity_share = round(share or 0)

    def action_open_clarity(self):
        """Open what citizens said about the sheets of this procedure."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_reception.jamaa_procedure_clarity_action")
        return {**action, "domain": [("procedure_id", "=", self.id)], "context": {}}
