"""A record as evidence: chosen from a list, named for good, opened by who may read it."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import AssessmentCase


@tagged("post_install", "-at_install")
class TestEvidence(AssessmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk_here = cls._make_user("t_registry", "jamaa_base.group_registry_clerk")
        cls.here_version = cls._document(cls.here)
        cls.there_version = cls._document(cls.there)
        cls.one = cls._round([cls.clerk_here, cls.member, cls.agent])
        cls.seat = cls._seat(cls.one, cls.clerk_here)
        cls.item = cls.items["one"]

    @classmethod
    def _document(cls, company):
        document = cls.env["jamaa.document"].create({"name": f"Charter {company.name}", "company_id": company.id})
        version = cls.env["jamaa.document.version"].create({"document_id": document.id})
        version.state = "sent"
        return version

    def _score(self):
        return self.seat.score_ids.filtered(lambda score: score.item_id == self.item)

    def test_chosen_and_named_for_good(self):
        name = self.seat.attach_record(self.item.id, "jamaa.document.version", self.here_version.id)
        self.assertEqual(name, self.here_version.display_name)
        sheet = {item["id"]: item for part in self.seat.answer_sheet()["criteria"] for item in part["items"]}
        self.assertEqual(sheet[self.item.id]["record"], name)
        self.here_version.document_id.name = "Renamed"
        self.assertEqual(self._score().evidence_record_name, name)
        self.assertEqual(self._score().evidence_record, self.here_version)
        self.seat.attach_record(self.item.id)
        self.assertFalse(self._score().evidence_record_name)

    def test_deletion_leaves_the_name(self):
        self.seat.attach_record(self.item.id, "jamaa.document.version", self.here_version.id)
        name = self._score().evidence_record_name
        self.env.cr.execute("DELETE FROM jamaa_document_version WHERE id = %s", [self.here_version.id])
        self.env.invalidate_all()
        self.assertEqual(self._score().evidence_record_name, name)
        self.assertFalse(self._score().evidence_record)

    def test_what_is_no_evidence(self):
        for model, key, words in (
            ("res.partner", self.member.partner_id.id, "not understood"),
            ("jamaa.document.version", self.there_version.id, "may read yourself"),
            ("jamaa.document.version", 0, "no longer there"),
            ("jamaa.document.version", "1", "no longer there"),
        ):
            with self.subTest(model=model, key=key), self.assertRaisesRegex((UserError, AccessError), words):
                self.seat.attach_record(self.item.id, model, key)
        draft = self.env["jamaa.document.version"].create({"document_id": self.here_version.document_id.id})
        with self.assertRaisesRegex(UserError, "finished"):
            self.seat.attach_record(self.item.id, draft._name, draft.id)
        member = self._seat(self.one, self.member)
        with self.assertRaisesRegex(AccessError, "may read yourself"):
            member.attach_record(self.item.id, self.here_version._name, self.here_version.id)
        with self.assertRaises(AccessError):
            self.seat.with_user(self.member).attach_record(self.item.id, self.here_version._name, self.here_version.id)

    def test_the_name_is_not_typed(self):
        self.seat.attach_record(self.item.id, "jamaa.document.version", self.here_version.id)
        for vals in (
            {"evidence_record_name": "Nicer"},
            {"evidence_record_key": self.there_version.id},
            {"evidence_record_model": "res.users"},
        ):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "kept by the tool"):
                self._score().with_context(evidence_kept=True).write(vals)
        with self.assertRaisesRegex(UserError, "kept by the tool"):
            self.env["jamaa.assessment.score"].with_user(self.clerk_here).create(
                {"rater_id": self.seat.id, "item_id": self.items["two"].id, "evidence_record_name": "Invented"}
            )

    def _line(self):
        for user in (self.clerk_here, self.member, self.agent):
            self._answer(self._seat(self.one, user), one="5", two="3", three="3", duty="yes")
        return self._agreed(self.one)["one"]

    def test_lifts_the_cap(self):
        line = self._line()
        self.assertEqual((line.capped, line.counted), (True, "3"))
        line.with_user(self.director_user).evidence_record = self.here_version
        self.assertEqual((line.capped, line.counted), (False, "5"))
        self.one.with_user(self.director_user).action_validate()
        with self.assertRaisesRegex(UserError, "was validated"):
            line.with_user(self.director_user).evidence_record = False

    def test_a_raters_record_lifts_the_cap_too(self):
        self.seat.attach_record(self.item.id, "jamaa.document.version", self.here_version.id)
        line = self._line()
        self.assertEqual((line.evidence_count, line.counted), (1, "5"))

    def test_opens_for_who_may_read(self):
        line = self._line()
        line.with_user(self.director_user).evidence_record = self.here_version
        self.assertEqual(line.with_user(self.director_user).evidence_record, self.here_version)
        as_member = line.with_user(self.member)
        self.assertEqual(as_member.evidence_record_name, self.here_version.display_name)
        self.assertFalse(as_member.evidence_record)

    def test_kinds_offered(self):
        kinds = {row["model"] for row in self.seat.answer_sheet()["evidence_kinds"]}
        self.assertIn("jamaa.document.version", kinds)
        self.assertNotIn("jamaa.register.check", kinds)
