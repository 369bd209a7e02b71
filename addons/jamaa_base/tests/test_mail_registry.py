"""The mail registry: numbers, what stays on record, passing on, who reads."""

from datetime import date, timedelta
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import CommuneCase


@tagged("post_install", "-at_install")
class TestMailRegistry(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Entry = cls.env["jamaa.mail.entry"]
        cls.head = cls._make_function("service_head", name="Roads")
        cls.head_user = cls._make_user("t_head", "jamaa_base.group_service_head")
        cls.auditor = cls._make_user("t_auditor", "jamaa_base.group_auditor")
        cls._make_holder(cls.head, cls.head_user)
        cls.letter_in = cls._register()

    @classmethod
    def _register(cls, user=None, **vals):
        values = {"correspondent": "Zineb Essaidi", "subject": "A wall that leans", "company_id": cls.here.id}
        return cls.Entry.with_user(user or cls.clerk).create({**values, **vals})

    def _pass_on(self, entry=None, function=None, **vals):
        wizard = (
            self.env["jamaa.mail.annotate"]
            .with_user(self.clerk)
            .create(
                {
                    "entry_ids": [Command.set((entry or self.letter_in).ids)],
                    "function_ids": [Command.set((function or self.head).ids)],
                    "purpose": "reply",
                    **vals,
                }
            )
        )
        wizard.action_apply()
        return (entry or self.letter_in).annotation_ids.sorted("id")[-1:]

    def _correct(self, entry, **vals):
        wizard = self.env["jamaa.mail.correct"].with_user(self.clerk).create({"entry_id": entry.id, **vals})
        wizard.action_apply()

    # ---------- numbers ----------

    def test_each_registry_counts_by_itself(self):
        fresh = self._make_commune("fresh", name_ar="الجديدة", name_fr="Neuve")
        letter = {"correspondent": "The governor", "subject": "Report"}
        came = [self.Entry._register_incoming(fresh, letter).number for _count in range(2)]
        out = self.Entry._number_outgoing(fresh, letter)
        self.assertEqual((came, out.number), ([1, 2], 1))
        self.assertEqual(out.number_display, f"1/{self.today.year}")

    def test_a_new_year_begins_with_one(self):
        next_year = date(self.today.year + 1, 1, 2)
        with patch.object(self.registry["jamaa.mail.entry"], "_today", lambda self: next_year):
            self.assertEqual(self._register().number, 1)

    def test_nobody_chooses_the_number_or_the_day(self):
        entry = self._register(number=4000, date=self.today - timedelta(days=9), state="done", res_id=7)
        self.assertNotEqual(entry.number, 4000)
        self.assertEqual((entry.date, entry.state, entry.res_id), (self.Entry._today(), "registered", 0))

    def test_a_number_given_back_goes_to_the_next_letter(self):
        freed = self.env["jamaa.mail.freed"]
        lost = self._register().number + 1
        # what a rolled-back transaction leaves behind
        self.env["ir.sequence"].search(
            [("code", "=", "jamaa.mail.incoming"), ("company_id", "=", self.here.id)]
        ).next_by_id()
        freed._give_back(self.here.id, "incoming", self.today.year, lost)
        self.assertEqual(self._register().number, lost)
        self.assertEqual(self._register().number, lost + 1)

    def test_the_sweep_finds_what_a_crash_lost_and_nothing_that_is_being_written(self):
        fresh = self._make_commune("fresh", name_ar="الجديدة", name_fr="Neuve")
        letter = {"correspondent": "Somebody", "subject": "x"}
        freed = self.env["jamaa.mail.freed"]
        rows = [self.Entry._register_incoming(fresh, letter) for _count in range(3)]
        self.env.flush_all()
        # what a crash leaves behind: a number without its letter
        self.env.cr.execute("DELETE FROM jamaa_mail_entry WHERE id = %s", [rows[1].id])
        freed._cron_sweep()
        self.assertFalse(freed.search([("company_key", "=", fresh.id)]), "a request lives minutes: not yet")
        self.env.cr.execute(
            "UPDATE jamaa_mail_entry SET create_date = create_date - interval '2 hours' WHERE company_id = %s",
            [fresh.id],
        )
        self.env.invalidate_all()

        def known():
            freed.invalidate_model()
            return [(row.number, bool(row.taken_at)) for row in freed.search([("company_key", "=", fresh.id)])]

        freed._cron_sweep()
        self.assertEqual(known(), [(2, False)])
        self.assertEqual(rows[2].number, 3)
        # another transaction, still open, was handed number 2
        self.env.cr.execute("UPDATE jamaa_mail_freed SET taken_at = now() WHERE company_key = %s", [fresh.id])
        freed._cron_sweep()
        self.assertEqual(known(), [(2, True)], "handed out twice")
        self.env.cr.execute(
            "UPDATE jamaa_mail_freed SET taken_at = now() - interval '2 hours' WHERE company_key = %s", [fresh.id]
        )
        freed._cron_sweep()
        self.assertEqual(known(), [(2, False)], "lost again")

    def test_one_number_once(self):
        other = self._register()
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env.cr.execute(
                "UPDATE jamaa_mail_entry SET number = %s WHERE id = %s", [self.letter_in.number, other.id]
            )

    def test_national_numbers_are_typed(self):
        self.here.mail_numbering = "national"
        with self.assertRaises(ValidationError):
            self._register()
        entry = self._register(typed_number=" BO  2026/77 ")
        self.assertEqual((entry.number, entry.number_display), (0, "BO 2026/77"))
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self._register(typed_number="BO 2026/77")
            self.env.flush_all()

    # ---------- what stays ----------

    def test_what_is_registered_is_not_overwritten(self):
        for vals in ({"subject": "Other"}, {"correspondent": "Other"}, {"date": "2020-01-01"}, {"number": 9}):
            with self.assertRaises(UserError):
                self.letter_in.write(vals)
        with self.assertRaises(UserError):
            self.letter_in.write({"state": "cancelled"})
        with self.assertRaises(UserError):
            self.letter_in.with_user(self.clerk).with_context(mail_correction=True).write({"number": 777})
        self.letter_in.with_user(self.clerk).write({"scan": "JVBERi0="})
        for scan in (False, "JVBERi0y"):
            with self.assertRaises(UserError):
                self.letter_in.with_user(self.clerk).write({"scan": scan})
        for action in (self.letter_in.sudo().unlink, self.letter_in.sudo().copy):
            with self.assertRaises(UserError):
                action()
        self.letter_in.write({"subject": self.letter_in.subject, "function_id": self.head.id})

    def test_a_correction_keeps_the_old_words(self):
        self._correct(self.letter_in, subject="A wall that fell", reason="Misread at the counter")
        self.assertEqual(self.letter_in.subject, "A wall that fell")
        row = self.letter_in.correction_ids
        self.assertEqual((row.old_value, row.new_value), ("A wall that leans", "A wall that fell"))
        self.assertEqual(row.user_id, self.clerk)
        with self.assertRaises(UserError):
            row.sudo().write({"old_value": "x"})
        with self.assertRaises(UserError):
            row.sudo().unlink()
        with self.assertRaises(UserError):
            self._correct(self.letter_in, reason="Nothing at all")
        with self.assertRaises(UserError):
            self._correct(self.letter_in, subject="Yet another", reason="x")

    def test_a_cancelled_entry_keeps_its_number(self):
        number = self.letter_in.number
        self._pass_on()
        self._correct(self.letter_in, what="cancel", reason="Registered twice")
        self.assertEqual((self.letter_in.state, self.letter_in.number), ("cancelled", number))
        self.assertEqual(self.letter_in.annotation_ids.state, "done")
        self.assertFalse(self.letter_in.activity_ids)
        with self.assertRaises(UserError):
            self._pass_on()
        with self.assertRaises(UserError):
            self._correct(self.letter_in, what="cancel", reason="Once more")

    def test_the_register_has_it_without_names(self):
        entry = self.env["jamaa.register.entry"].search([("digest", "=", self.letter_in.register_digest)])
        self.assertIn(self.letter_in.number_display, entry.facts)
        self.assertNotIn("Zineb", entry.facts)
        self._correct(self.letter_in, subject="A wall that fell", reason="Misread at the counter")
        self._correct(self.letter_in, what="cancel", reason="Registered twice")
        kinds = self.env["jamaa.register.entry"].search(
            [("res_model", "=", "jamaa.mail.entry"), ("res_id", "=", self.letter_in.id)]
        )
        self.assertEqual(set(kinds.mapped("kind_code")), {"mail_registered", "mail_corrected", "mail_cancelled"})

    def test_a_sealed_envelope_has_no_subject(self):
        entry = self._register(is_confidential=True, subject="A secret matter")
        self.assertNotIn("secret", entry.subject)

    def test_every_detail_can_be_corrected(self):
        self._correct(self.letter_in, correspondent_kind="court", medium="post", page_count=3, reason="Misread it")
        self.assertEqual((self.letter_in.correspondent_kind, self.letter_in.page_count), ("court", 3))
        self.assertEqual(len(self.letter_in.correction_ids), 3)

    def test_bad_letters(self):
        with self.assertRaises(ValidationError):
            self._register(letter_date=self.today + timedelta(days=2))
        with self.assertRaises(ValidationError):
            self._register(is_confidential=True, scan="SGVsbG8=")
        with self.assertRaises(ValidationError):
            self.Entry._register_incoming(self.programme_company, {"correspondent": "x", "subject": "y"})

    # ---------- passing on ----------

    def test_passing_on_gives_work_to_the_holder(self):
        due = self.today + timedelta(days=3)
        row = self._pass_on(due_date=due, instructions="Look at it")
        self.assertEqual(self.letter_in.state, "annotated")
        self.assertEqual(self.letter_in.next_due, due)
        activity = self.letter_in.activity_ids
        self.assertEqual((activity.user_id, activity.date_deadline), (self.head_user, due))
        row.with_user(self.head_user).action_done()
        close = self.env["jamaa.mail.close"].with_user(self.head_user)
        close.create({"annotation_ids": [Command.set(row.ids)], "note": "Answered"}).action_apply()
        self.assertEqual((row.state, row.done_by_id, row.done_note), ("done", self.head_user, "Answered"))
        self.assertEqual(self.letter_in.state, "done")
        self.assertFalse(self.letter_in.activity_ids)

    def test_a_vacant_function_keeps_the_letter(self):
        row = self._pass_on(function=self.director)
        self.assertEqual(row.state, "open")
        self.assertFalse(self.letter_in.activity_ids)

    def test_only_the_function_or_the_registry_closes(self):
        row = self._pass_on()
        stranger = self._make_user("t_stranger", "jamaa_base.group_service_agent")
        wizard = self.env["jamaa.mail.close"].with_user(stranger)
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            wizard.create({"annotation_ids": [Command.set(row.ids)], "note": "Mine"}).action_apply()
        with self.assertRaises(AccessError):
            row.with_user(self.auditor)._check_may_close()

    def test_what_was_passed_on_is_a_fact(self):
        row = self._pass_on()
        for vals in ({"function_id": self.director.id}, {"state": "done"}, {"purpose": "know"}):
            with self.assertRaises(UserError):
                row.with_user(self.clerk).write(vals)
        with self.assertRaises(UserError):
            row.sudo().unlink()
        row.with_user(self.clerk).write({"due_date": self.today})

    def test_late_ones(self):
        row = self._pass_on(due_date=self.today - timedelta(days=1))
        self.assertTrue(row.is_late)
        Annotation = self.env["jamaa.mail.annotation"]
        self.assertIn(row, Annotation.search([("is_late", "=", True)]))
        row._close("done")
        self.assertNotIn(row, Annotation.search([("is_late", "=", True)]))

    def test_the_slip_is_dated(self):
        row = self._pass_on()
        row.with_user(self.clerk).action_print_slip()
        self.assertTrue(row.slip_on)
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
            row.with_user(self.head_user).action_print_slip()

    # ---------- who reads ----------

    def test_a_function_reads_what_it_got(self):
        mine = self.Entry.with_user(self.head_user)
        self.assertFalse(mine.search([]))
        self._pass_on()
        self.assertEqual(mine.search([]), self.letter_in)
        self.assertEqual(
            self.env["jamaa.mail.annotation"].with_user(self.head_user).search([("is_mine", "=", True)]).entry_id,
            self.letter_in,
        )
        self.head.holder_ids.date_to = self.today - timedelta(days=1)
        self.assertFalse(mine.search([]))

    def test_the_registry_and_who_answers_for_it_read_all(self):
        for user in (self.clerk, self.director_user, self.president_user, self.auditor):
            self.assertIn(self.letter_in, self.Entry.with_user(user).search([]))

    def test_others_read_nothing(self):
        self._pass_on()
        council = self._make_user("t_council", "jamaa_base.group_council_member")
        programme = self._make_user("t_programme", "jamaa_base.group_programme_team", company=self.programme_company)
        for user in (self.clerk_there, council, programme):
            for model in ("jamaa.mail.entry", "jamaa.mail.annotation", "jamaa.mail.correction"):
                self.assertFalse(self.env[model].with_user(user).search([("company_id", "=", self.here.id)]))
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                self.letter_in.with_user(user).read(["subject"])
        portal = self._make_user("t_portal", "base.group_portal")
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
            self.Entry.with_user(portal).search([])

    def test_only_clerks_register(self):
        for user in (self.head_user, self.auditor, self.director_user):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
                self._register(user)
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
                self.letter_in.with_user(user).action_correct()

    def test_who_passes_letters_on(self):
        for user in (self.director_user, self.president_user):
            wizard = self.env["jamaa.mail.annotate"].with_user(user)
            self.letter_in.with_user(user).action_annotate()
            values = {"entry_ids": [Command.set(self.letter_in.ids)], "function_ids": [Command.set(self.head.ids)]}
            wizard.create({**values, "purpose": "act" if user == self.director_user else "know"}).action_apply()
        self.assertEqual(len(self.letter_in.annotation_ids), 2)
        self._pass_on()
        for user in (self.auditor, self.head_user):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
                self.letter_in.with_user(user).action_annotate()

    # ---------- finding, paper ----------

    def test_search_by_number(self):
        found = self.Entry.search([("number_display", "ilike", self.letter_in.number_display)])
        self.assertIn(self.letter_in, found)
        self.assertFalse(self.Entry.search([("number_display", "ilike", f"{self.letter_in.number}/1999")]))

    def test_a_letter_is_five_fields(self):
        form = Form(
            self.Entry.with_user(self.clerk).with_context(default_direction="incoming"),
            "jamaa_base.jamaa_mail_entry_view_form",
        )
        form.correspondent = "Association of the quarter"
        form.subject = "Streetlights"
        self.assertTrue(form.save().number)

    def test_papers(self):
        row = self._pass_on(instructions="رقم 12")
        report = self.env["ir.actions.report"]
        for name, ids in (("mail_receipt", self.letter_in.ids), ("mail_slip", row.ids)):
            for lang in ("ar_MA", "fr_MA"):
                content, _kind = report.with_context(lang=lang)._render_qweb_pdf(f"jamaa_base.{name}", ids)
                self.assertEqual(content[:5], b"%PDF-")

    def test_the_book_is_made_in_the_background(self):
        fresh = self._make_commune("fresh", name_ar="الجديدة", name_fr="Neuve")
        letters = [
            self.Entry._register_incoming(fresh, {"correspondent": "Somebody", "subject": f"Letter {number}"})
            for number in range(2)
        ]
        letters[1]._cancel("Registered twice")
        self.env["jamaa.mail.freed"]._take_new(fresh, "incoming", self.today.year)
        self.Entry._register_incoming(fresh, {"correspondent": "Somebody", "subject": "The last"})
        keeper = self._make_user("t_keeper", "jamaa_base.group_registry_clerk", company=fresh)
        book = self.env["jamaa.mail.book"].with_user(keeper).create({"company_id": fresh.id, "state": "done"})
        self.assertEqual(book.state, "asked")
        self.assertEqual([bool(entry) for _number, entry in book._lines()], [True, True, False, True])
        with self.enter_registry_test_mode():
            self.env.ref("jamaa_base.cron_mail_book").method_direct_trigger()
        self.assertEqual((book.state, book.entry_count), ("done", 3))
        self.assertTrue(book.file)
        with self.assertRaises(ValidationError):
            book.sudo().write({"date_from": self.today - timedelta(days=800)})
        with self.assertRaises(UserError):
            book.write({"entry_count": 0})
