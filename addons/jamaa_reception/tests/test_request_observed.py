"""How long requests really took, as the sheet says it."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .request_common import RequestCase


@tagged("post_install", "-at_install")
class TestObservedDelay(RequestCase):
    def _took(self, *days, ago=1):
        """Make requests that were decided so many days after their receipt."""
        decided = fields.Date.today() - timedelta(days=ago)
        for number in days:
            request = self._take()
            # The days are history: what happened then is not made today.
            self.env.cr.execute(
                "UPDATE jamaa_procedure_request SET decided_on = %s, received_on = %s WHERE id = %s",
                (decided, decided - timedelta(days=number), request.id),
            )
        self.env.invalidate_all()

    def test_from_ten_on(self):
        self._took(*range(1, 10))
        self.assertIsNone(self.procedure._observed_delay(), "nine say nothing")
        self._took(10)
        self.assertEqual(self.procedure._observed_delay(), {"median": 6, "p90": 10})

    def test_old_ones_and_others_do_not_count(self):
        self._took(*[5] * 9)
        self._took(90, ago=400)
        self.assertIsNone(self.procedure._observed_delay())

    def test_at_once_is_a_day_begun(self):
        self._took(*[0] * 10)
        self.assertEqual(self.procedure._observed_delay(), {"median": 1, "p90": 1})
