"""One tap: what is counted, what may be corrected, what nobody sees."""

from datetime import timedelta

from psycopg2.errors import CheckViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..models.jamaa_satisfaction import CORRECTION_DAYS, MOST_ROWS


@tagged("post_install", "-at_install")
class TestSatisfaction(TransactionCase):
    """Answers about invented subjects (partners stand in for cases)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.commune = cls.env["res.company"].create({"name": "Commune fictive 1"})
        cls.other = cls.env["res.company"].create({"name": "Commune fictive 2"})
        cls.answers = cls.env["jamaa.satisfaction"]
        cls.subject = cls.env["res.partner"].create({"name": "Case 1"})

    def tap(self, value=None, comment=None, subject=None, company=None, **values):
        values = {"company_id": (company or self.commune).id, "topic": "complaint", **values}
        return self.answers._record(subject or self.subject, values, value, comment)

    def rows(self):
        return self.answers.search([("res_id", "=", self.subject.id)])

    def test_same_link_twice_changes_nothing(self):
        self.assertEqual(self.tap(3), "thanks")
        self.assertEqual(self.tap(3), "unchanged")
        self.assertEqual(len(self.rows()), 1)

    def test_another_face_corrects_by_a_new_row(self):
        self.tap(1)
        self.assertEqual(self.tap(3), "corrected")
        self.assertEqual(self.rows().mapped("value"), [3, 1], "the first one stays on record")
        self.assertEqual(self.answers._current(self.subject).value, 3)

    def test_words_come_after_the_face(self):
        self.assertEqual(self.tap(comment="Thank you"), "no_value")
        self.tap(2)
        self.assertEqual(self.tap(comment="Still dark"), "corrected")
        self.assertEqual(self.tap(comment="Still dark"), "unchanged")
        self.assertEqual(self.tap(3), "corrected")
        current = self.answers._current(self.subject)
        self.assertEqual((current.value, current.comment), (3, "Still dark"))

    def test_no_correction_after_a_month(self):
        self.tap(1)
        past = fields.Datetime.now() - timedelta(days=CORRECTION_DAYS + 1)
        self.env.cr.execute(
            "UPDATE jamaa_satisfaction SET create_date = %s WHERE res_id = %s",
            (past, self.subject.id),
        )
        self.answers.invalidate_model()
        self.assertEqual(self.tap(3), "closed")
        self.assertEqual(self.answers._current(self.subject).value, 1)

    def test_no_flood_of_corrections(self):
        outcomes = [self.tap(1 + turn % 2) for turn in range(MOST_ROWS + 2)]
        self.assertEqual(outcomes[-2], "closed")
        self.assertEqual(len(self.rows()), MOST_ROWS)

    def test_values(self):
        for value in (0, 4, -1):
            self.assertEqual(self.tap(value), "no_value")
        with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"):
            self.answers.create(
                {
                    "company_id": self.commune.id,
                    "topic": "complaint",
                    "res_model": "res.partner",
                    "res_id": self.subject.id,
                    "value": 9,
                }
            )

    def test_append_only(self):
        self.tap(1)
        with self.assertRaises(UserError):
            self.rows().write({"value": 3})
        with self.assertRaises(UserError):
            self.rows().unlink()

    def test_words_can_be_erased(self):
        self.tap(1)
        self.tap(comment="Ask for me at number 4")
        self.answers._erase_words(self.subject)
        self.assertEqual(self.rows().mapped("comment"), [False, False])
        self.assertEqual(self.answers._current(self.subject).value, 1)

    def test_nobody_has_rights_on_single_answers(self):
        self.tap(1)
        officer = new_test_user(
            self.env,
            "satisfaction_officer",
            groups="jamaa_base.group_complaint_officer,jamaa_base.group_director,"
            "jamaa_base.group_auditor,jamaa_base.group_administrator",
            company_id=self.commune.id,
            company_ids=[(6, 0, self.commune.ids)],
        )
        for operation in ("read", "write", "create", "unlink"):
            self.assertFalse(self.answers.with_user(officer).has_access(operation))
        with self.assertRaises(AccessError):
            self.answers.with_user(officer).formatted_read_group([], ["value"], ["__count"])

    def many(self, count, value=3, company=None, **values):
        for number in range(count):
            subject = self.env["res.partner"].create({"name": f"Case {number}"})
            self.tap(value, subject=subject, company=company, **values)

    def figures(self, user=None):
        summary = self.env["jamaa.satisfaction.summary"].with_user(user or self.env.user)
        found = summary.search(
            [
                ("company_id", "in", (self.commune + self.other).ids),
                # Other addons add levels of their own.
                ("level", "in", ("commune", "site")),
            ]
        )
        return [(row.level, row.site_id, row.answers, row.helped) for row in found]

    def test_nothing_under_ten(self):
        self.many(9)
        self.assertEqual(self.figures(), [])
        self.tap(1)
        none = self.env["jamaa.site"]
        self.assertEqual(
            sorted(self.figures(), key=str),
            [("commune", none, 10, 9), ("site", none, 10, 9)],
        )

    def test_corrections_count_once(self):
        self.many(9)
        self.tap(1)
        self.tap(3)
        self.assertEqual({row[2:] for row in self.figures()}, {(10, 10)})

    def test_hidden_cell_cannot_be_subtracted(self):
        """Ten answers at a site and three elsewhere: only the sum is shown."""
        site = self.env["jamaa.site"].create({"name": "Annex 1", "company_id": self.commune.id})
        self.many(10, site_id=site.id)
        self.many(3, 1)
        self.assertEqual([row[0] for row in self.figures()], ["commune"])
        self.many(7, 1)
        self.assertEqual(len(self.figures()), 3)

    def test_small_cells_are_hidden_even_together(self):
        """Two sites with six answers each: hidden, though twelve could not be subtracted."""
        for name in ("Annex 1", "Annex 2"):
            site = self.env["jamaa.site"].create({"name": name, "company_id": self.commune.id})
            self.many(6, site_id=site.id)
        self.assertEqual([row[0] for row in self.figures()], ["commune"])

    def test_figures_stay_in_the_commune(self):
        self.many(10, company=self.other)
        officer = new_test_user(
            self.env,
            "satisfaction_reader",
            groups="jamaa_base.group_complaint_officer",
            company_id=self.commune.id,
            company_ids=[(6, 0, self.commune.ids)],
        )
        self.assertTrue(self.figures())
        self.assertEqual(self.figures(officer), [])

    def test_words_follow_the_rights_on_the_subject(self):
        self.tap(1)
        self.tap(comment="No light yet")
        self.assertEqual(self.answers._words_about(self.subject), (1, "No light yet"))
        portal = new_test_user(self.env, "satisfaction_portal", groups="base.group_portal")
        self.assertEqual(self.answers._words_about(self.subject.with_user(portal)), (False, False))
