"""Papers looked at before anything is filed: each “bring these” is a return avoided."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class JamaaReceptionPrecheck(models.Model):
    """One look at the papers on the table: sheet, site, what was missing, what came of it. No person.

    Rows are added by the counter and never changed: figures of returns avoided, and of the
    papers that are missing most, come from here.
    """

    _name = "jamaa.reception.precheck"
    _description = "Papers looked at"
    _order = "id desc"
    _rec_name = "sheet_id"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", "Commune", required=True, index=True)
    procedure_id = fields.Many2one(
        "jamaa.procedure", required=True, check_company=True, index=True, ondelete="restrict"
    )
    sheet_id = fields.Many2one("jamaa.procedure.sheet", required=True, check_company=True, ondelete="restrict")
    site_id = fields.Many2one("jamaa.site", check_company=True, index="btree_not_null")
    date = fields.Date(required=True, index=True)
    lang = fields.Char(export_string_translation=False)
    missing_ids = fields.Many2many(
        "jamaa.procedure.piece", "jamaa_reception_precheck_piece_rel", "precheck_id", "piece_id", "Pieces missing"
    )
    missing_count = fields.Integer("How many are missing")
    outcome = fields.Selection(
        [
            ("complete", "All there: request taken"),
            ("slip", "Something missing: sent home with the list"),
            ("insisted", "Something missing: filed all the same"),
        ],
        required=True,
    )
    return_avoided = fields.Integer("Returns avoided", help="1 for each person who left with the list, to be summed.")

    _facts_idx = models.Index("(company_id, date, outcome)")

    @api.model
    def _note(self, company, sheet, site, missing, outcome, lang="ar_MA"):
        """Add one look.

        :param missing: ``jamaa.procedure.piece`` rows
        :return: the row, as superuser
        """
        # sudo: jamaa.reception.precheck - added by the counter alone
        return self.sudo().create(
            {
                "company_id": company.id,
                "procedure_id": sheet.procedure_id.id,
                "sheet_id": sheet.id,
                "site_id": site.id,
                "date": self.env["jamaa.procedure.request"]._commune_today(),
                "lang": lang,
                "missing_ids": [fields.Command.set(missing.ids)],
                "missing_count": len(missing),
                "outcome": outcome,
                "return_avoided": int(outcome == "slip"),
            }
        )

    def write(self, vals):
        """Refuse: a fact stays.

        :raise UserError: always
        """
        raise UserError(self.env._("This is a fact: it is not changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("This is a fact: it is not deleted."))

    def copy_data(self, default=None):
        """A fact is not copied.

        :raise UserError: always
        """
        raise UserError(self.env._("This is a fact: it is not copied."))

    def _document_lang(self):
        return self.lang or self.env.lang
