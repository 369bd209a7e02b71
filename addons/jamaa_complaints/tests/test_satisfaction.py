"""Satisfaction with answers: by service, and beside the case for those who see it."""

from odoo.tests import tagged

from .common import ComplaintCase


@tagged("post_install", "-at_install")
class TestCaseSatisfaction(ComplaintCase):
    def sent(self, case=None):
        """A case as it is once its answer left."""
        case = (case or self.case).sudo()
        case.write({"service_id": self.lighting.id, "answer": "Done"})
        case.write({"answer_state": "sent", "answered_on": case._commune_today()})
        return case

    def levels(self):
        summary = self.env["jamaa.satisfaction.summary"].with_user(self.officer)
        return [(row.level, row.team_id, row.answers) for row in summary.search([])]

    def test_figures_by_service(self):
        for _turn in range(9):
            self.sent(self._lodge())._record_satisfaction(3)
        self.assertEqual(self.levels(), [])
        self.sent()._record_satisfaction(1)
        self.assertIn(("service", self.lighting, 10), self.levels())

    def test_beside_how_many_were_asked(self):
        for _turn in range(9):
            self.sent(self._lodge())._record_satisfaction(3)
        self.sent()._record_satisfaction(1)
        for _silent in range(10):
            self.sent(self._lodge())
        self.env.flush_all()
        summary = self.env["jamaa.satisfaction.summary"].with_user(self.officer)
        rows = {row.level: row for row in summary.search([("company_id", "=", self.here.id)])}
        for level in ("commune", "service", "kind"):
            self.assertEqual((rows[level].asked, rows[level].response_rate), (20, 50.0))
        self.assertEqual(rows["kind"].kind_code, "complaint")

    def test_said_beside_the_case(self):
        self.sent()._record_satisfaction(1)
        self.case._record_satisfaction(comment="Still dark")
        self.case.invalidate_recordset()
        seen = self._as(self.agent)
        self.assertEqual((seen.citizen_said, seen.citizen_words), ("1", "Still dark"))
        stranger = self.case.with_user(self.other_agent)
        self.assertEqual(self.env["jamaa.satisfaction"]._words_about(stranger), (False, False))

    def test_words_go_with_the_identity(self):
        self.sent()._record_satisfaction(1)
        self.case._record_satisfaction(comment="Ask for me at number 4")
        self.case.sudo().complainant_id._erase()
        answer = self.env["jamaa.satisfaction"]._current(self.case)
        self.assertEqual((answer.value, answer.comment), (1, False))
