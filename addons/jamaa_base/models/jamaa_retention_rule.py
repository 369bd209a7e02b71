"""How long each kind of personal data is kept, after what, and what then happens to it."""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class JamaaRetentionRule(models.Model):
    """A kind of personal data: one row of the table that law 09-08 asks a commune to know.

    The kinds are data of the addons. How long a commune keeps them is the commune's to decide
    and to declare: it confirms a time (``jamaa.retention.term``), and nothing is erased before
    it did. Technical rows name what goes by itself within days, so that the table is whole.
    """

    _name = "jamaa.retention.rule"
    _description = "Kind of personal data kept"
    _order = "sequence, id"

    code = fields.Char(required=True, readonly=True)
    name = fields.Char("Data", required=True, translate=True)
    sequence = fields.Integer(default=10)
    after_text = fields.Char("Counted from", translate=True)
    action_text = fields.Char("What happens then", translate=True)
    legal_text = fields.Char("Why it is kept, and by what text", translate=True)
    is_technical = fields.Boolean("Goes by itself", readonly=True)
    term_ids = fields.One2many("jamaa.retention.term", "rule_id")
    months_here = fields.Integer("Kept here (months)", compute="_compute_here")
    confirmed_here = fields.Boolean("Confirmed here", compute="_compute_here")

    _code_uniq = models.Constraint("UNIQUE(code)", "This kind exists already.")

    @api.depends_context("company")
    @api.depends("term_ids")
    def _compute_here(self):
        for rule in self:
            term = rule._term(self.env.company)
            rule.months_here = term.months
            rule.confirmed_here = bool(term)

    def _term(self, company):
        """What the commune confirmed for this kind; empty when nothing."""
        self.ensure_one()
        # sudo: jamaa.retention.term - the time is asked for by the run, whoever starts it
        return (
            self.env["jamaa.retention.term"]
            .sudo()
            .search([("rule_id", "=", self.id), ("company_id", "=", company.id), ("ended_on", "=", False)], limit=1)
        )

    @api.model
    def _retention_sources(self):
        """What is due of each kind, and how it goes; each addon adds its own.

        A source is a dict of two functions::

            {"satisfaction_words": {
                "due": lambda company, before: records,  # past their time and not erased yet
                "erase": lambda records: …,              # for good
            }}

        ``due`` is called as superuser, with the last day that is past its time; records on
        hold (``jamaa.retention.hold``) are taken out by the run.

        :rtype: dict
        """
        return {
            "satisfaction_words": {"due": self._words_due, "erase": self._words_erase},
            "mail_scans": {"due": self._scans_due, "erase": lambda entries: entries.write({"scan": False})},
        }

    def _words_due(self, company, before):
        # sudo: jamaa.satisfaction - nobody has rights on answers; the run erases their words
        return (
            self.env["jamaa.satisfaction"]
            .sudo()
            .search([("company_id", "=", company.id), ("comment", "!=", False), ("create_date", "<=", before)])
        )

    def _words_erase(self, answers):
        self.env.cr.execute("UPDATE jamaa_satisfaction SET comment = NULL WHERE id IN %s", [answers._ids])
        answers.invalidate_recordset(["comment"])

    def _scans_due(self, company, before):
        # sudo: jamaa.mail.entry - the run erases scans whoever may read the letters
        return (
            self.env["jamaa.mail.entry"]
            .sudo()
            .search([("company_id", "=", company.id), ("scan", "!=", False), ("date", "<=", before)])
        )

    def _due(self, company):
        """What is past its time in a commune and not on hold.

        :return: records of whatever model, as superuser; None when nothing is confirmed or nothing is measured
        """
        self.ensure_one()
        term, source = self._term(company), self._retention_sources().get(self.code)
        if not term or not source:
            return None
        before = fields.Date.context_today(self) - relativedelta(months=term.months)
        records = source["due"](company, before)
        return self.env["jamaa.retention.hold"]._without_held(records)

    def action_confirm(self):
        """Button: say how long this commune keeps this kind."""
        self.ensure_one()
        self.check_access("read")
        if self.is_technical:
            raise UserError(self.env._("This goes by itself within days: there is nothing to confirm."))
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "jamaa.retention.term",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_rule_id": self.id},
        }


class JamaaRetentionTerm(models.Model):
    """How long one commune keeps one kind of data, confirmed by a named holder. A fact: ended, never changed."""

    _name = "jamaa.retention.term"
    _description = "Time that a commune keeps data"
    _order = "id desc"
    _rec_name = "rule_id"
    _check_company_auto = True

    rule_id = fields.Many2one("jamaa.retention.rule", "Data", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    months = fields.Integer("Kept for (months)", required=True)
    holder_id = fields.Many2one(
        "jamaa.function.holder", "Decided by", required=True, check_company=True, index=True, ondelete="restrict"
    )
    text_read = fields.Char("By what text", required=True, help="Decision of the commune, declaration to the CNDP …")
    entered_by_id = fields.Many2one("res.users", "Entered by", readonly=True, default=lambda self: self.env.user)
    ended_on = fields.Date(readonly=True)

    _one_at_a_time = models.UniqueIndex(
        "(rule_id, company_id) WHERE ended_on IS NULL", "This commune confirmed a time for this already."
    )
    _months_positive = models.Constraint("CHECK(months > 0)", "Data are kept for a month at least.")

    @api.constrains("holder_id")
    def _check_holder(self):
        today = fields.Date.context_today(self)
        for term in self:
            if not term.holder_id._filtered_on(today):
                raise ValidationError(self.env._("%(holder)s is not in function.", holder=term.holder_id.display_name))

    @api.model_create_multi
    def create(self, vals_list):
        given = {"rule_id", "company_id", "months", "holder_id", "text_read"}
        terms = super().create([{name: vals[name] for name in given & vals.keys()} for vals in vals_list])
        for term in terms:
            term._enter_in_register("retention_confirmed")
        return terms

    def write(self, vals):
        """A confirmed time is ended and confirmed anew, not changed.

        :raise UserError: something else than its end is written
        """
        if set(vals) - {"ended_on"} or any(term.ended_on for term in self):
            raise UserError(self.env._("A confirmed time is a fact: end it and confirm a new one."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A confirmed time stays on record; it can be ended."))

    def action_end(self):
        """Button: from today on nothing of this kind is erased, until a new time is confirmed."""
        self.check_access("write")
        self.ended_on = fields.Date.context_today(self)
        for term in self:
            term._enter_in_register("retention_ended")

    def _enter_in_register(self, kind):
        facts = {"data": self.rule_id.code, "months": self.months}
        self.env["jamaa.register.entry"]._enter(self.company_id, kind, facts, self)
