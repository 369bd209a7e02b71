"""Visits counted: taps, taps taken back, corrections with a reason, who may."""

from datetime import timedelta
from unittest.mock import patch

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .log_common import LogCase


@tagged("post_install", "-at_install")
class TestLog(LogCase):
    def _tap(self, code="", user=None, site=None, key=None, **values):
        code = code or f"act:{self.signature.id}"
        return self._log(user).log_tap((site or self.annex).id, code, values, key)

    def _total(self, site=None):
        rows = self.Visit.search([("site_id", "=", (site or self.annex).id)])
        return sum(rows.mapped("quantity"))

    # ---- taps ----

    def test_each_button(self):
        second = self._desk("Desk 2")
        done = self._tap(quantity=3, desk=self.desk.id, procedure=self.procedure.id, language=self.tachelhit.id)
        row = self.Visit.browse(done["id"])
        self.assertEqual((row.what, row.act_id, row.quantity), ("act", self.signature, 3))
        self.assertEqual((row.desk_id, row.procedure_id, row.language_id), (self.desk, self.procedure, self.tachelhit))
        self.assertEqual(row.date, self.Visit._commune_today())
        for code, field, target in (
            (f"desk:{second.id}", "sent_desk_id", second),
            (f"site:{self.headquarters.id}", "sent_site_id", self.headquarters),
            (f"body:{self.court.id}", "body_id", self.court),
        ):
            row = self.Visit.browse(self._tap(code)["id"])
            self.assertEqual((row.what, row[field]), ("oriented", target))
        done = self._tap("returned")
        self.assertEqual(self.Visit.browse(done["id"]).what, "returned")
        self.assertEqual(done["today"]["total"], 7)
        self.assertEqual(done["today"]["counts"][f"act:{self.signature.id}"], 3)

    def test_nobody_is_named(self):
        for name in ("create_uid", "write_uid", "user_id", "employee_id", "partner_id"):
            self.assertNotIn(name, self.Visit._fields)

    def test_most_used_first(self):
        extract = self.env.ref("jamaa_reception.reception_act_extract")
        self._visit(-3, act_id=extract.id, quantity=5)
        self._visit(-3, what="oriented", body_id=self.court.id, quantity=2)
        # elsewhere, or long ago, is not lately here
        self._visit(-3, site_id=self.headquarters.id, quantity=50)
        self._visit(-90, quantity=50)
        codes = [button["code"] for button in self._log().log_start(self.annex.id)["buttons"]]
        self.assertEqual(codes[:2], [f"act:{extract.id}", f"body:{self.court.id}"])

    def test_sent_twice_is_one(self):
        first, second = self._tap(key="a" * 32), self._tap(key="a" * 32)
        self.assertEqual(first["id"], second["id"])
        self.assertEqual(self._total(), 1)
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self._visit(tap_key="a" * 32)

    def test_junk_is_refused(self):
        far_desk = self.env["jamaa.desk"].create(
            {"name": "F", "site_id": self.far_site.id, "company_id": self.there.id, "kind_id": self.kind.id}
        )
        for code in ("", "act", "act:0", "act:x", "nothing:3", f"site:{self.far_site.id}", f"desk:{far_desk.id}"):
            with self.assertRaisesRegex(UserError, "not there any more"):
                self._log().log_tap(self.annex.id, code or "?")
        with self.assertRaises(UserError):
            self._tap(site=self.far_site)
        for values in ({"desk": far_desk.id}, {"desk": self._desk("H", self.headquarters).id}, {"procedure": "1"}):
            with self.assertRaisesRegex(UserError, "not there any more"):
                self._tap(**values)
        for quantity in (0, -1, 100, "3", None):
            with self.assertRaisesRegex(UserError, "between 1 and 99"):
                self._tap(quantity=quantity)

    # ---- taken back ----

    def test_undo_is_a_row(self):
        done = self._tap(quantity=2)
        after = self._log().log_undo(done["id"])
        self.assertEqual((after["today"]["total"], self._total()), (0, 0))
        self.assertEqual(self.Visit.search_count([("site_id", "=", self.annex.id)]), 2)
        self._log().log_undo(done["id"])
        self.assertEqual(self._total(), 0, "a second press takes nothing more")

    def test_undo_within_a_minute_only(self):
        done = self._tap()
        later = fields.Datetime.now() + timedelta(seconds=61)
        with patch.object(fields.Datetime, "now", lambda *args: later):
            with self.assertRaisesRegex(UserError, "More than a minute"):
                self._log().log_undo(done["id"])
            row = self._as(self.agent, self.Visit.browse(done["id"]))
            with self.assertRaisesRegex(ValidationError, "say why"), self.env.cr.savepoint():
                row._counter()
            row._counter(reason="Wrong button")
        self.assertEqual(self._total(), 0)

    def test_a_mistaken_day(self):
        row = self._as(self.agent, self._visit(-3, quantity=10))
        window = self.env["jamaa.reception.visit.correct"].with_user(self.agent)
        context = row.action_correct()["context"]
        for number in (0, 11):
            with self.assertRaisesRegex(UserError, "between 1 and 10"):
                window.with_context(context).create({"quantity": number, "reason": "x"}).action_apply()
        window.with_context(context).create({"quantity": 4, "reason": " Counted twice "}).action_apply()
        counter = row.countered_by_ids
        self.assertEqual((counter.quantity, counter.reason, counter.date), (-4, "Counted twice", row.date))
        self.assertEqual((row.left_quantity, self._total()), (6, 6))

    def test_counter_rows_are_honest(self):
        row = self._visit(quantity=2)
        base = row._counter(1, "once")
        with self.assertRaisesRegex(ValidationError, "No more can be taken back"), self.env.cr.savepoint():
            row._counter(2, "too many")
        with self.assertRaisesRegex(ValidationError, "not taken back"), self.env.cr.savepoint():
            self.Visit.create({**self._values(base), "counters_id": base.id, "quantity": -1, "reason": "x"})
        with self.assertRaisesRegex(ValidationError, "same thing"), self.env.cr.savepoint():
            self.Visit.create(
                {**self._values(row), "site_id": self.headquarters.id, "counters_id": row.id, "quantity": -1}
            )

    def _values(self, row):
        return {"company_id": row.company_id.id, "site_id": row.site_id.id, "date": row.date, "act_id": row.act_id.id}

    def test_append_only(self):
        row = self._visit()
        for forbidden in (lambda: row.write({"quantity": 5}), row.unlink, row.copy):
            with self.assertRaisesRegex(UserError, "take it back"):
                forbidden()

    def test_database_rules(self):
        for values in (
            {"quantity": 0},
            {"quantity": -1},
            {"quantity": 1000},
            {"act_id": False},
            {"what": "returned", "act_id": self.signature.id},
            {"what": "oriented", "act_id": False},
            {"what": "oriented", "body_id": self.court.id, "sent_site_id": self.headquarters.id, "act_id": False},
        ):
            with self.assertRaises(CheckViolation), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self._visit(**values)
        with self.assertRaisesRegex(ValidationError, "has not come"):
            self._visit(2)

    def test_the_moment_is_the_servers(self):
        row = self._as(self.agent, self.Visit).create(
            {
                "site_id": self.annex.id,
                "act_id": self.signature.id,
                "counted_at": fields.Datetime.now() - timedelta(days=9),
            }
        )
        self.assertGreater(row.counted_at, fields.Datetime.now() - timedelta(hours=1))

    # ---- doors ----

    def test_who_may(self):
        row = self._visit()
        for user in (self.agent, self.supervisor, self.director_user, self.president_user, self.editor):
            self.assertTrue(self._as(user, self.Visit).search([("id", "=", row.id)]), user.login)
        self.assertFalse(self._as(self.far_agent, self.Visit).search([("id", "=", row.id)]))
        with self.assertRaises(AccessError):
            self._as(self.far_agent, row).read(["quantity"])
        with self.assertRaises(AccessError):
            self._as(self.clerk, row).read(["quantity"])
        for user in (self.director_user, self.president_user, self.editor, self.clerk, self.admin_user):
            with self.assertRaisesRegex(AccessError, "counted at reception"):
                self._log(user).log_start()
            with self.assertRaises(AccessError):
                self._as(user, self.Visit).create({"site_id": self.annex.id, "act_id": self.signature.id})
        with self.assertRaises(UserError):
            self._log(self.far_agent).log_undo(row.id)

    def test_portal_and_public(self):
        row = self._visit()
        portal = new_test_user(self.env, login="t_portal_log", groups="base.group_portal")
        for user in (portal, self.env.ref("base.public_user")):
            for records in (row, self.desk):
                with self.assertRaises(AccessError):
                    records.with_user(user).read(["display_name"])
            for call in (
                lambda log: log.log_start(),
                lambda log: log.log_tap(self.annex.id, "returned"),
                lambda log: log.log_undo(row.id),
            ):
                with self.assertRaises(AccessError):
                    call(self.env["jamaa.reception.log"].with_user(user))

    # ---- budgets ----

    def _queries(self, call):
        call()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        call()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_tap_is_cheap_and_flat(self):
        few = self._queries(self._tap)
        for rank in range(40):
            self._visit(-rank)
        many = self._queries(self._tap)
        self.assertLessEqual(many, 15)
        self.assertEqual(few, many)
        self.assertLessEqual(self._queries(lambda: self._log().log_start(self.annex.id)), 25)

    def test_list_is_flat(self):
        mine = self._as(self.supervisor, self.Visit)
        view = self.env.ref("jamaa_reception.jamaa_reception_visit_view_list")
        names = mine.get_view(view.id, "list")["models"]["jamaa.reception.visit"]
        columns = {
            name: {"fields": {"display_name": {}}} if mine._fields[name].relational else {}
            for name in names
            if name in mine._fields
        }

        def read():
            mine.web_search_read([("site_id", "=", self.annex.id)], columns, limit=80)

        self._visit()
        few = self._queries(read)
        for rank in range(30):
            self._visit(-rank)
        many = self._queries(read)
        self.assertEqual(few, many)
        self.assertLessEqual(many, 20)
