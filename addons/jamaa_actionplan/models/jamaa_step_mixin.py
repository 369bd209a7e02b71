from odoo import api, models
from odoo.exceptions import UserError


class JamaaStepMixin(models.AbstractModel):
    """A row that stays with its commune, and whose steps are taken by its buttons alone.

    ``_step_fields`` names what only the buttons change; ``_loose_states`` the states in which a row may still be
    deleted. What a model calls its words for the steps is its own business.
    """

    _name = "jamaa.step.mixin"
    _description = "Steps Taken by Buttons"

    _step_fields = frozenset({"state"})
    _loose_states = ("draft",)

    @api.model_create_multi
    def create(self, vals_list):
        steps = self._step_fields
        return super().create([{key: vals[key] for key in vals if key not in steps} for vals in vals_list])

    def write(self, vals):
        if self._step_fields & vals.keys() and not self.env.su:
            raise UserError(self.env._("This moves on by its buttons."))
        field = self._fields["company_id"]
        if "company_id" in vals and not field.related:
            if any(row.company_id.id != vals["company_id"] for row in self):
                raise UserError(self.env._("This stays with its commune. Write a new one for another commune."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        if any(row.state not in self._loose_states for row in self):
            raise UserError(self.env._("This is on record and stays there. End or cancel it instead."))

    def _step(self, vals):
        """Take a step; the caller has checked who may and when."""
        # sudo: this model - steps are taken by buttons alone, whose rules were checked before
        self.sudo().write(vals)

    def _reminder(self):
        """Whom a row reminds, of what and for which day; nobody by default.

        :return: a ``res.users``, the words in the language of the environment, a date
        """
        self.ensure_one()
        return self.env["res.users"], "", False

    def _remind(self):
        """Give an activity for each row of this set, one commit after the other; for crons."""
        for row in self:
            user, _words, _day = row._reminder()
            if user:
                # the words are asked for again, in the language of who reads them
                row = row.with_context(lang=user.lang)
                _user, words, day = row._reminder()
                row.activity_schedule("mail.mail_activity_data_todo", user_id=user.id, summary=words, date_deadline=day)
            if not self.env["ir.cron"]._commit_progress(1):
                break

    def _check_second_person(self, first):
        """Whether the present user is another one than `first`; in a small commune being alone is a mark.

        :param first: a ``res.users``
        :return: True when the step is taken alone
        :raise UserError: in a commune that is not small
        """
        self.ensure_one()
        if first != self.env.user:
            return False
        if self.company_id.profile != "small":
            raise UserError(self.env._("A second person does this: not who wrote or asked it."))
        return True
