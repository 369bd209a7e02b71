"""Reading published sheets again in time."""

from odoo import api, fields, models
from odoo.tools import SQL

#: Procedures whose editors are asked in one step of the nightly run.
BATCH = 200
QUIET = {"mail_activity_quick_update": True, "tracking_disable": True}


class JamaaProcedureReview(models.Model):
    """A fact: on this day a sheet was found good until that day.

    Whether sheets were read again in time is counted from these rows: the date on the sheet is
    that of today alone.
    """

    _name = "jamaa.procedure.review"
    _inherit = ["jamaa.append.only"]
    _description = "Review of a Sheet"
    _order = "reviewed_on desc, id desc"
    _rec_name = "sheet_id"

    sheet_id = fields.Many2one("jamaa.procedure.sheet", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", "Commune", readonly=True, index=True, ondelete="cascade")
    reviewed_on = fields.Date("Day", required=True, readonly=True)
    due = fields.Date("Good until", readonly=True)

    _sheet_idx = models.Index("(sheet_id, reviewed_on DESC, id DESC)")


class JamaaProcedureSheet(models.Model):
    _inherit = "jamaa.procedure.sheet"

    review_ids = fields.One2many("jamaa.procedure.review", "sheet_id", "Reviews", readonly=True)

    @api.model
    def _never_content(self):
        return super()._never_content() | {"review_ids"}

    def write(self, vals):
        """Whoever moves the date of the next review, a row tells when."""
        result = super().write(vals)
        if "review_due" in vals:
            self._note_review()
        return result

    def _note_review(self):
        today = fields.Date.context_today(self)
        # sudo: jamaa.procedure.review - facts are the tool's to add
        self.env["jamaa.procedure.review"].sudo().create(
            [
                {
                    "sheet_id": sheet.id,
                    "company_id": sheet.company_id.id,
                    "reviewed_on": today,
                    "due": sheet.review_due,
                }
                for sheet in self
                if sheet.state == "published" and sheet.company_id
            ]
        )
        # sudo: mail.activity - the reminder is settled, whoever had it
        self.procedure_id.sudo().filtered(lambda one: one.review_due and one.review_due >= today).activity_unlink(
            ["jamaa_reception.activity_review"]
        )


class JamaaProcedure(models.Model):
    _inherit = "jamaa.procedure"

    review_asked = fields.Date(
        "Review asked for", readonly=True, copy=False, help="The date of review whose passing was already reminded of."
    )

    @api.model
    def _cron_ask_reviews(self):
        """Each night: whoever answers for a sheet that was not read again in time is reminded, once."""
        today = fields.Date.context_today(self.with_context(tz="Africa/Casablanca"))
        late = self._review_to_ask(today)
        while late:
            late._ask_review()
            following = self._review_to_ask(today)
            if not self.env["ir.cron"]._commit_progress(len(late), remaining=len(following)):
                break
            late = following

    @api.model
    def _review_to_ask(self, today):
        """Return some procedures whose review is late and was not asked for yet, in one query."""
        self.flush_model(["review_due", "review_asked", "active", "company_id"])
        rows = self.env.execute_query(
            SQL(
                """SELECT id FROM jamaa_procedure
                    WHERE active AND company_id IS NOT NULL AND sheet_id IS NOT NULL AND review_due < %s
                      AND (review_asked IS NULL OR review_asked <> review_due)
                    ORDER BY id LIMIT %s""",
                today,
                BATCH,
            )
        )
        return self.browse([row[0] for row in rows])

    def _ask_review(self):
        """Put a task on the desk of whoever answers for each of these sheets."""
        kind = self.env.ref("jamaa_reception.activity_review")
        model = self.env["ir.model"]._get_id("jamaa.procedure")
        users = self._review_users()
        rows = [
            {
                "activity_type_id": kind.id,
                "automated": True,
                "res_model_id": model,
                "res_id": one.id,
                "user_id": users[one].id,
                "date_deadline": fields.Date.context_today(self),
                "summary": self.with_context(lang=users[one].lang).env._("Read the sheet again: its review is late"),
            }
            for one in self
            if users.get(one)
        ]
        self.env["mail.activity"].with_context(**QUIET).create(rows)
        for due, procedures in self.grouped("review_due").items():
            procedures.with_context(**QUIET).review_asked = due

    def _review_users(self):
        """Return who answers for each sheet: the holder of its function, an editor, else the director.

        :return: dict of procedure to user, without those for whom there is nobody
        """
        today = fields.Date.context_today(self)
        # sudo: jamaa.function, res.users - the nightly run looks up who is in office
        holders = {}
        for holder in self.function_id.sudo()._holders_on(today):
            holders.setdefault(holder.function_id, holder.user_id)
        editors = self._first_of_role("jamaa_base.group_catalogue_editor")
        directors = self._first_of_role("jamaa_base.group_director")
        found = {}
        for one in self:
            company = one.company_id
            found[one] = holders.get(one.function_id) or editors.get(company) or directors.get(company)
        return {one: user for one, user in found.items() if user}

    def _first_of_role(self, role):
        """Return one login of a role in each commune of these procedures."""
        group = self.env.ref(role)
        # sudo: res.users - the nightly run looks up who is in office
        users = self.env["res.users"].sudo().search(
            [("all_group_ids", "in", group.ids), ("company_ids", "in", self.company_id.ids), ("share", "=", False)],
            order="id desc",
        )  # fmt: skip
        return {company: user for user in users for company in user.company_ids}
