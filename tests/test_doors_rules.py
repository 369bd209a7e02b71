"""Each rule that closes a row to whom the case is about is needed: without it the row is found."""

from doors_common import DoorsCase

from odoo.tests import tagged

#: Words of the domains by which a lock closes what hangs on a case.
LOCKS = ("locked_user_ids", "open_to_me", "case_visible")

#: The lock itself takes these rows away from whom the case is about; others are kept out by the rule (`test_doors`).
TAKEN_AWAY = {"mail.activity", "mail.followers", "mail.notification"}


@tagged("post_install", "-at_install", "security")
class TestDoorsRules(DoorsCase):
    def _finders(self, model):
        """Those whom the case is about and who find its rows all the same."""
        ids = self.rows[model].ids
        return [
            user.login
            for user in self.accused
            if self._try(lambda user=user: self._model(model, user, active_test=False).search([("id", "in", ids)]).ids)
        ]

    def test_no_lock_rule_is_idle(self):
        self._close_to_the_accused()
        rules = self.env["ir.rule"].search(
            [("groups", "=", False), ("model_id.model", "in", list(set(self.rows) - TAKEN_AWAY))]
        )
        rules = rules.filtered(lambda rule: any(word in (rule.domain_force or "") for word in LOCKS))
        self.assertGreater(len(rules), 20)
        for rule in rules:
            model = rule.model_id.model
            with self.subTest(rule=rule.name):
                self.assertFalse(self._finders(model))
                rule.active = False
                self.assertTrue(self._finders(model))
                rule.active = True
