"""A change of a sheet reaches those who stand at the counter, and one sees that it did."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..tools import sheet_diff

#: What is said of a site in whose people a change has to arrive.
SERVED = ("done", "deposit", "information")
ROLES = ("jamaa_base.group_reception_agent", "jamaa_base.group_service_agent")


class JamaaProcedureNotice(models.Model):
    """What a new version of a sheet changed, told to the counter on the day of its publication.

    The changes are kept as facts and put into words in the reader's language.
    """

    _name = "jamaa.procedure.notice"
    _description = "Change of a Procedure"
    _order = "id desc"
    _rec_name = "procedure_id"

    sheet_id = fields.Many2one("jamaa.procedure.sheet", required=True, readonly=True, index=True, ondelete="cascade")
    procedure_id = fields.Many2one("jamaa.procedure", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", "Commune", required=True, readonly=True, index=True, ondelete="cascade")
    date = fields.Date("Since", required=True, readonly=True)
    changes = fields.Json(readonly=True)
    change_text = fields.Text("What has changed", compute="_compute_change_text")
    receipt_ids = fields.One2many("jamaa.procedure.notice.receipt", "notice_id", "Readers", readonly=True)
    reader_count = fields.Integer("Addressed", compute="_compute_coverage")
    received_count = fields.Integer("Readers who confirmed", compute="_compute_coverage")
    coverage = fields.Float("Coverage (%)", compute="_compute_coverage")
    coverage_text = fields.Text("By site", compute="_compute_coverage")
    is_unread = fields.Boolean("I have not read it", compute="_compute_is_unread", search="_search_is_unread")

    _sheet_uniq = models.Constraint("UNIQUE(sheet_id)", "This version was already made known.")

    @api.depends("changes")
    @api.depends_context("lang")
    def _compute_change_text(self):
        for notice in self:
            notice.change_text = "\n".join(notice._sentence(one) for one in notice.changes or [])

    @api.depends("receipt_ids.received_on")
    @api.depends_context("lang")
    def _compute_coverage(self):
        # sudo: jamaa.procedure.notice.receipt - counts by site; who has read is nobody else's business
        rows = self.env["jamaa.procedure.notice.receipt"].sudo()._read_group(
            [("notice_id", "in", self.ids)], ["notice_id", "site_id"], ["__count", "received_on:count"]
        )  # fmt: skip
        for notice in self:
            mine = [row for row in rows if row[0].id == notice._origin.id]
            notice.reader_count = sum(row[2] for row in mine)
            notice.received_count = sum(row[3] for row in mine)
            notice.coverage = 100 * notice.received_count / (notice.reader_count or 1)
            notice.coverage_text = "\n".join(
                self.env._(
                    "%(site)s: %(read)s of %(all)s",
                    # sudo: jamaa.site - the name of a site of the commune, in the reader's language
                    site=site.with_env(self.env).sudo().name or self.env._("Without a site"),
                    read=read,
                    all=count,
                )
                for _notice, site, count, read in mine
            )

    @api.depends_context("uid")
    @api.depends("receipt_ids.received_on")
    def _compute_is_unread(self):
        unread = self.search([("id", "in", self.ids), ("is_unread", "=", True)])
        for notice in self:
            notice.is_unread = notice in unread

    def _search_is_unread(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: jamaa.procedure.notice.receipt - the own ones
        waiting = self.env["jamaa.procedure.notice.receipt"].sudo()._search(
            [("user_id", "=", self.env.uid), ("received_on", "=", False)]
        )  # fmt: skip
        mine = Domain("receipt_ids", "any!", [("id", "in", waiting)])
        return Domain.OR(mine if one else ~mine for one in set(value))

    # ---------- reading ----------

    def action_received(self):
        """Button: I have read it."""
        self.check_access("read")
        # sudo: jamaa.procedure.notice.receipt - everybody signs the own receipt alone
        mine = self.env["jamaa.procedure.notice.receipt"].sudo().search(
            [("notice_id", "in", self.ids), ("user_id", "=", self.env.uid)]
        )  # fmt: skip
        if not mine:
            raise AccessError(self.env._("This change was not addressed to you: there is nothing to confirm."))
        mine.filtered(lambda one: not one.received_on).received_on = fields.Datetime.now()
        self.invalidate_recordset(["is_unread", "received_count", "coverage", "coverage_text"])

    def action_open_sheet(self):
        """Button: the sheet as it is now."""
        self.ensure_one()
        self.check_access("read")
        return self.sheet_id._get_records_action()

    # ---------- writing ----------

    @api.model
    def _publish(self, sheet, former):
        """Tell the counter what a version that was just published changes.

        :param sheet: the version, published
        :param former: the one before, or empty
        """
        changes = sheet_diff.changes(
            former._with_texts()._export_sheet() if former else None, sheet._with_texts()._export_sheet()
        )
        for change in changes:
            if change["kind"] == "time":
                change["before"] = former.regime_id.days if former.regime_id else None
                change["after"] = sheet.regime_id.days if sheet.regime_id else None
        # sudo: jamaa.procedure.notice - written by the publication alone
        notice = self.sudo().create(
            {
                "sheet_id": sheet.id,
                "procedure_id": sheet.procedure_id.id,
                "company_id": sheet.company_id.id,
                "date": fields.Date.context_today(self),
                "changes": changes,
                "receipt_ids": [
                    fields.Command.create({"user_id": user.id, "site_id": site.id})
                    for user, site in self._readers(sheet.procedure_id)
                ],
            }
        )
        return notice

    @api.model
    def _readers(self, procedure):
        """Return who has to know of a change: the counter of the sites where it is done, and the service.

        Somebody without a site serves all of them. Whoever publishes knows already.

        :return: list of (user, site)
        """
        company = procedure.company_id
        groups = [self.env.ref(role).id for role in ROLES]
        sites = procedure.site_line_ids.filtered(lambda line: line.what in SERVED).site_id
        # sudo: res.users, hr.employee - where people work says whom the change concerns
        users = self.env["res.users"].sudo().search(
            [
                ("all_group_ids", "in", groups),
                ("company_ids", "in", company.ids),
                ("share", "=", False),
                ("id", "!=", self.env.uid),
            ]
        )  # fmt: skip
        # sudo: hr.employee - where people work, to tell those it concerns
        people = self.env["hr.employee"].sudo().search_fetch(
            [("user_id", "in", users.ids), ("company_id", "=", company.id)], ["user_id", "site_id", "department_id"]
        )  # fmt: skip
        by_user = {one.user_id.id: one for one in people}
        agents = users.filtered(lambda user: user.has_group(ROLES[0]))
        found = []
        for user in users:
            person = by_user.get(user.id)
            site = person.site_id if person else self.env["jamaa.site"]
            at_counter = user in agents and (not site or not sites or site in sites)
            in_service = person and procedure.department_id and person.department_id.id == procedure.department_id.id
            if at_counter or in_service:
                found.append((user, site))
        return found

    # ---------- in words ----------

    def _sentence(self, change):
        """Say one change in the reader's language."""
        name = change["name"]
        lang = "fr" if (self.env.lang or "").startswith("fr") else "ar"
        what = name.get(lang) or next(iter(name.values()), "")
        before, after = change.get("before"), change.get("after")
        forms = dict(self.env["jamaa.procedure.piece"]._fields["form"]._description_selection(self.env))
        effects = dict(self.env["jamaa.procedure.sheet"]._fields["silence_effect"]._description_selection(self.env))
        _ = self.env._
        return {
            "first": lambda: _("New in the catalogue: read the sheet before you take requests."),
            "words": lambda: _("The wording only: papers, fees and time limit are the same."),
            "piece_added": lambda: _("Also to bring: %(paper)s", paper=what),
            "piece_removed": lambda: _("No longer to be asked: %(paper)s", paper=what),
            "piece_form": lambda: _(
                "%(paper)s: %(after)s (before: %(before)s)",
                paper=what, after=forms.get(after, after), before=forms.get(before, before),
            ),
            "piece_count": lambda: _(
                "%(paper)s: %(after)s instead of %(before)s", paper=what, after=after, before=before
            ),
            "piece_held": lambda: _("We look it up ourselves, do not ask for it: %(paper)s", paper=what),
            "piece_not_held": lambda: _("We no longer have it ourselves: %(paper)s", paper=what),
            "piece_when": lambda: _("Other cases in which it is needed: %(paper)s", paper=what),
            "fee_added": lambda: _("New fee: %(name)s, %(amount)s", name=what, amount=self._money(after)),
            "fee_removed": lambda: _("No longer to be paid: %(name)s", name=what),
            "fee_amount": lambda: _(
                "Fee “%(name)s”: %(after)s (before: %(before)s)",
                name=what, after=self._money(after), before=self._money(before),
            ),
            "time": lambda: _(
                "Time limit: %(after)s (before: %(before)s)", after=self._days(after), before=self._days(before)
            ),
            "silence": lambda: _("Effect of silence: %(effect)s", effect=effects.get(after, after)),
            "channels": lambda: _("Other ways to ask: see the sheet."),
        }[change["kind"]]()  # fmt: skip

    def _money(self, amount):
        if amount is None:
            return self.env._("amount to be checked")
        return self.env._("%(amount)s dirhams", amount=f"{amount:g}") if amount else self.env._("free of charge")

    def _days(self, days):
        return self.env._("none") if days is None else self.env._("%(days)s days", days=days)


class JamaaProcedureNoticeReceipt(models.Model):
    """One reader of one change, and when he confirmed it. Read by himself alone; others see counts by site."""

    _name = "jamaa.procedure.notice.receipt"
    _description = "Receipt of a Change"
    _order = "notice_id, id"
    _rec_name = "notice_id"

    notice_id = fields.Many2one("jamaa.procedure.notice", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="notice_id.company_id", string="Commune", store=True, index=True)
    user_id = fields.Many2one("res.users", required=True, readonly=True, index=True, ondelete="cascade")
    site_id = fields.Many2one("jamaa.site", readonly=True, ondelete="set null", index="btree_not_null")
    received_on = fields.Datetime("Confirmed on", readonly=True)

    _reader_uniq = models.Constraint("UNIQUE(notice_id, user_id)", "This reader has this change already.")


class JamaaProcedureSheet(models.Model):
    _inherit = "jamaa.procedure.sheet"

    def action_publish(self):
        """Publish, then tell the counter what has changed."""
        former = {sheet.id: sheet.procedure_id.sheet_id for sheet in self}
        result = super().action_publish()
        for sheet in self.filtered("company_id"):
            self.env["jamaa.procedure.notice"]._publish(sheet, former[sheet.id])
        return result
