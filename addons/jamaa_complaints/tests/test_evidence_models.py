from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestEvidenceModels(TransactionCase):
    def test_finished_work_is_evidence_and_no_citizen_is(self):
        models = self.env["jamaa.evidence"]._evidence_models()
        self.assertIn("state", str(models["jamaa.complaint.report"]), "only what is finished")
        self.env["jamaa.complaint.report"].search(models["jamaa.complaint.report"], limit=1)
        self.assertNotIn("helpdesk.ticket", models)
        self.assertNotIn("jamaa.complainant", models)
