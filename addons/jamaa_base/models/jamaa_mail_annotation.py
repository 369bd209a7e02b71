"""Passing a letter on: to which function, for what, by when."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class JamaaMailAnnotation(models.Model):
    """One annotation (تأشيرة التوجيه) on a letter of the registry.

    It is addressed to a function; whoever holds that function today sees the letter and
    answers for it. That it was passed on, and that it was closed, are dated facts.
    """

    _name = "jamaa.mail.annotation"
    _description = "Annotation of a letter"
    _order = "state desc, due_date, id"
    _rec_name = "function_id"
    _check_company_auto = True

    entry_id = fields.Many2one("jamaa.mail.entry", "Letter", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="entry_id.company_id", string="Commune", store=True, index=True)
    function_id = fields.Many2one(
        "jamaa.function", "To the function", required=True, index=True, check_company=True, ondelete="restrict"
    )
    purpose = fields.Selection(
        [
            ("act", "To act"),
            ("reply", "To reply"),
            ("opinion", "For opinion"),
            ("attend", "To attend"),
            ("know", "For information"),
            ("file", "To file"),
        ],
        "For what",
        required=True,
        default="act",
    )
    instructions = fields.Char()
    due_date = fields.Date("By when")
    state = fields.Selection(
        [("open", "Open"), ("done", "Done")], "Status", default="open", required=True, readonly=True
    )
    is_late = fields.Boolean("Late", compute="_compute_is_late", search="_search_is_late")
    is_mine = fields.Boolean("To a function of mine", compute="_compute_is_mine", search="_search_is_mine")
    passed_by_id = fields.Many2one("res.users", "Passed on by", readonly=True, default=lambda self: self.env.user)
    passed_on = fields.Datetime("Passed on", readonly=True, default=fields.Datetime.now)
    slip_on = fields.Datetime("On a dispatch slip", readonly=True)
    done_on = fields.Datetime("Done on", readonly=True)
    done_by_id = fields.Many2one("res.users", "Done by", readonly=True)
    done_note = fields.Char("What was done", readonly=True)
    # of the letter, for lists
    number_display = fields.Char(related="entry_id.number_display")
    subject = fields.Char(related="entry_id.subject")
    correspondent = fields.Char(related="entry_id.correspondent")
    entry_date = fields.Date(related="entry_id.date", store=True)

    _once = models.UniqueIndex(
        "(entry_id, function_id, purpose) WHERE state = 'open'",
        "This letter is already with this function for the same purpose.",
    )
    _open_idx = models.Index("(function_id, due_date, id) WHERE state = 'open'")

    @api.depends("due_date", "state")
    def _compute_is_late(self):
        today = self.env["jamaa.mail.entry"]._today()
        for row in self:
            row.is_late = row.state == "open" and bool(row.due_date) and row.due_date < today

    def _search_is_late(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return [("state", "=", "open"), ("due_date", "<", self.env["jamaa.mail.entry"]._today())]

    @api.depends_context("uid")
    @api.depends("function_id")
    def _compute_is_mine(self):
        mine = self.env["jamaa.function"]._held_by(self.env.user, self.env["jamaa.mail.entry"]._today())
        for row in self:
            row.is_mine = row.function_id in mine

    def _search_is_mine(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        mine = self.env["jamaa.function"]._held_by(self.env.user, self.env["jamaa.mail.entry"]._today())
        return [("function_id", "in", mine.ids)]

    @api.model_create_multi
    def create(self, vals_list):
        given = {"entry_id", "function_id", "purpose", "instructions", "due_date"}
        rows = super().create([{name: vals[name] for name in given & vals.keys()} for vals in vals_list])
        for row in rows:
            if row.entry_id.state == "cancelled":
                raise UserError(self.env._("A cancelled entry is not passed on."))
            row._tell_holder()
        rows.entry_id._follow_annotations()
        return rows

    def write(self, vals):
        """To whom and for what stays as it was said; only the day may be put off.

        :raise UserError: something else would change
        """
        if not self.env.su and set(vals) - {"due_date"}:
            raise UserError(self.env._("What was passed on stays on record: close it and pass the letter on again."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("That a letter was passed on is a fact: close the annotation instead."))

    def _tell_holder(self):
        """Give whoever holds the function today something to do."""
        self.ensure_one()
        today = self.env["jamaa.mail.entry"]._today()
        # sudo: jamaa.function.holder - the login behind the function, to notify it
        users = self.sudo().function_id._holders_on(today).user_id.filtered("active")
        words = dict(self._fields["purpose"]._description_selection(self.env))[self.purpose]
        for user in users[:1]:
            # sudo: mail.activity - the registry gives work to functions of its commune
            self.entry_id.sudo().activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=self.due_date or today,
                summary=self.env._("%(purpose)s: %(number)s", purpose=words, number=self.number_display),
                note=self.instructions or "",
                user_id=user.id,
            )

    def action_done(self):
        """Button: done. Whoever holds the function says so, or the registry."""
        self.check_access("read")
        self._check_may_close()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("jamaa_base.jamaa_mail_close_action"),
            "context": {"default_annotation_ids": self.ids},
        }

    def _check_may_close(self):
        if not all(row.is_mine for row in self) and not self.has_access("write"):
            raise AccessError(self.env._("Whoever holds the function, or the registry, closes this."))

    def _close(self, note):
        """Close open annotations; what was to do about them is done."""
        rows = self.filtered(lambda row: row.state == "open")
        # sudo: jamaa.mail.annotation - a function closes what was passed to it
        rows.sudo().write(
            {"state": "done", "done_on": fields.Datetime.now(), "done_by_id": self.env.uid, "done_note": note}
        )
        for row in rows:
            # sudo: mail.activity - what the function had to do is done
            users = row.sudo().function_id._holders_on(self.env["jamaa.mail.entry"]._today()).user_id
            activities = row.entry_id.sudo().activity_ids.filtered(lambda a, users=users: a.user_id in users)
            activities.unlink()
        rows.entry_id._follow_annotations()

    def action_print_slip(self):
        """Button: the dispatch slip, one part for each function, to be signed on receipt."""
        self.check_access("write")
        # sudo: jamaa.mail.annotation - the day of the slip is a fact of its own
        self.sudo().filtered(lambda row: not row.slip_on).write({"slip_on": fields.Datetime.now()})
        return self.env.ref("jamaa_base.report_mail_slip").report_action(self)

    def action_open_letter(self):
        """Button: open the letter itself."""
        self.ensure_one()
        return self.entry_id.get_formview_action()
