"""Erasing what is past its time: counted first, confirmed by a second person, then done."""

from odoo import api, fields, models
from odoo.exceptions import UserError

BATCH = 200


class JamaaRetentionRun(models.Model):
    """One erasure run of a commune.

    A dry run counts what is past its time, kind by kind. A second person (in a small commune
    the same, with a mark) lets it go on. A job erases in batches, can be interrupted at any
    batch, and ends with a line in the register. What was counted is not a promise: each batch
    asks again what is due, so a hold set meanwhile is kept.
    """

    _name = "jamaa.retention.run"
    _description = "Erasure run"
    _order = "id desc"

    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    state = fields.Selection(
        [
            ("draft", "To count"),
            ("counted", "Counted, to be confirmed"),
            ("running", "Being erased"),
            ("done", "Done"),
            ("dropped", "Dropped"),
        ],
        "Status",
        default="draft",
        required=True,
        readonly=True,
    )
    counted_by_id = fields.Many2one("res.users", "Counted by", readonly=True)
    counted_on = fields.Datetime(readonly=True)
    confirmed_by_id = fields.Many2one("res.users", "Confirmed by", readonly=True)
    done_on = fields.Datetime(readonly=True)
    alone = fields.Boolean("By one person", readonly=True, help="Counted and confirmed by the same person.")
    line_ids = fields.One2many("jamaa.retention.run.line", "run_id", "What is past its time", readonly=True)
    due_count = fields.Integer("Past their time", compute="_compute_counts")
    done_count = fields.Integer("Erased", compute="_compute_counts")

    _one_running = models.UniqueIndex("(company_id) WHERE state = 'running'", "A run is going on in this commune.")

    @api.depends("line_ids.due_count", "line_ids.done_count")
    def _compute_counts(self):
        for run in self:
            run.due_count = sum(run.line_ids.mapped("due_count"))
            run.done_count = sum(run.line_ids.mapped("done_count"))

    @api.depends("create_date")
    def _compute_display_name(self):
        for run in self:
            run.display_name = self.env._("Erasure run %(number)s", number=run.id)

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([{k: vals[k] for k in vals.keys() & {"company_id"}} for vals in vals_list])

    def write(self, vals):
        """A run follows its buttons.

        :raise UserError: somebody writes by hand
        """
        if not self.env.su:
            raise UserError(self.env._("A run follows its buttons."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(run.state != "draft" for run in self):
            raise UserError(self.env._("A run stays on record; it can be dropped."))

    def action_count(self):
        """Button: count what is past its time; nothing is erased."""
        self.check_access("write")
        rules = self.env["jamaa.retention.rule"].search([("is_technical", "=", False)])
        for run in self:
            if run.state not in ("draft", "counted"):
                raise UserError(self.env._("This run went on already."))
            lines = [fields.Command.clear()]
            for rule in rules:
                due = rule._due(run.company_id)
                lines.append(
                    fields.Command.create(
                        {
                            "rule_id": rule.id,
                            "confirmed": due is not None,
                            "due_count": len(due) if due is not None else 0,
                        }
                    )
                )
            # sudo: jamaa.retention.run - checked just above
            run.sudo().write(
                {
                    "state": "counted",
                    "line_ids": lines,
                    "counted_by_id": self.env.uid,
                    "counted_on": fields.Datetime.now(),
                }
            )

    def action_confirm(self):
        """Button: let it be erased, for good. A second person does it, where there is one.

        :raise UserError: the one who counted, in a commune that is not small; nothing to erase
        """
        self.check_access("write")
        for run in self:
            alone = run.counted_by_id == self.env.user
            if run.state != "counted" or not run.due_count:
                raise UserError(self.env._("Count first: there is nothing to erase."))
            if alone and run.company_id.profile != "small":
                raise UserError(self.env._("Another person than who counted lets data be erased."))
            # sudo: jamaa.retention.run - checked just above
            run.sudo().write({"state": "running", "confirmed_by_id": self.env.uid, "alone": alone})
        self.env.ref("jamaa_base.cron_retention")._trigger()

    def action_drop(self):
        """Button: nothing more is erased by this run."""
        self.check_access("write")
        if any(run.state == "done" for run in self):
            raise UserError(self.env._("This run is done: what is erased is gone."))
        # sudo: jamaa.retention.run - checked just above
        self.sudo().write({"state": "dropped"})

    @api.model
    def _cron_erase(self):
        """Erase what confirmed runs name, a batch a step."""
        for run in self.search([("state", "=", "running")], order="id"):
            for line in run.line_ids:
                while line._erase_batch():
                    if not self.env["ir.cron"]._commit_progress(1, remaining=1):
                        return
            run._finish()
            self.env["ir.cron"]._commit_progress(1, remaining=0)

    def _finish(self):
        self.write({"state": "done", "done_on": fields.Datetime.now()})
        for line in self.line_ids.filtered("done_count"):
            self.env["jamaa.register.entry"]._enter(
                self.company_id, "retention_run", {"data": line.rule_id.code, "erased": line.done_count}, self
            )


class JamaaRetentionRunLine(models.Model):
    """One kind of data in a run: how much was past its time, how much is gone."""

    _name = "jamaa.retention.run.line"
    _description = "Kind of data in an erasure run"
    _rec_name = "rule_id"

    run_id = fields.Many2one("jamaa.retention.run", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="run_id.company_id", string="Commune", store=True, index=True)
    rule_id = fields.Many2one("jamaa.retention.rule", "Data", required=True, index=True, ondelete="restrict")
    confirmed = fields.Boolean("A time is confirmed")
    due_count = fields.Integer("Past their time")
    done_count = fields.Integer("Erased")

    def _erase_batch(self):
        """Erase some of what is due now.

        :return: how many
        :rtype: int
        """
        self.ensure_one()
        due = self.rule_id._due(self.company_id)
        batch = due[:BATCH] if due else due
        if not batch or self.done_count >= self.due_count:
            return 0
        batch = batch[: self.due_count - self.done_count]
        self.rule_id._retention_sources()[self.rule_id.code]["erase"](batch)
        self.done_count += len(batch)
        return len(batch)
