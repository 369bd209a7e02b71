"""Place and hints: what is told, to whom, and by which index."""

from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..tools.folded_text import folded
from .common import FACTS, ComplaintCase

PIN = {"latitude": 33.512345, "longitude": -5.112345}


@tagged("post_install", "-at_install")
class TestSimilar(ComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        make = cls.env["jamaa.quarter"].create
        cls.quarter = make({"name_ar": "حي النور", "name_fr": "Hay Nour", "company_id": cls.here.id})
        cls.quarter_2 = make({"name_ar": "دوار الزيتون", "name_fr": "Douar Zitoun", "company_id": cls.here.id})
        cls.quarter_there = make({"name_ar": "حي", "name_fr": "Hay", "company_id": cls.there.id})

    def _hints(self, user=None, **changes):
        args = {"category": self.category, "text": "", "quarter": None, **changes}
        tickets = self._as(user or self.officer, self.case)
        return tickets.browse()._similar_cases(self.here, **args)

    def _cases_of(self, hints):
        return {hint["case"].id for hint in hints}

    # ---- place ----------------------------------------------------------------------

    def test_place_is_kept_and_frozen(self):
        case = self._lodge(quarter_id=self.quarter.id, **PIN)
        self.assertEqual((case.quarter_id, case.latitude, case.longitude), (self.quarter, *PIN.values()))
        for vals in ({"quarter_id": self.quarter_2.id}, {"latitude": 1.0}, {"quarter_id": False}):
            with self.subTest(vals), self.assertRaises(UserError):
                self._as(self.officer, case).write(vals)

    def test_the_unit_adds_what_is_missing_and_nobody_else(self):
        self._as(self.officer).action_assign_proposed()
        with self.assertRaises(AccessError):
            self._as(self.agent).write({"quarter_id": self.quarter.id})
        with self.assertRaises(AccessError):
            self._as(self.agent).write(PIN)
        self._as(self.officer).write({"quarter_id": self.quarter.id, **PIN})
        self.assertTrue(self.case.has_pin)

    def test_a_quarter_of_another_commune(self):
        with self.assertRaises(ValidationError):
            self._lodge(quarter_id=self.quarter_there.id)
        with self.assertRaises(UserError):
            self._as(self.officer).write({"quarter_id": self.quarter_there.id})
        self.assertFalse(self._as(self.officer_there, self.quarter).has_access("read"))
        for user in (self.agent, self.receptionist):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._as(user, self.quarter).write({"name_fr": "x"})
        self.assertFalse(self.env["jamaa.quarter"].with_user(self.portal_user).has_access("read"))

    def test_a_pin_is_on_the_earth(self):
        for pin in ((91.0, 1.0), (1.0, 181.0), (33.0, 0.0)):
            with self.subTest(pin), self.assertRaises(ValidationError):
                self._lodge(latitude=pin[0], longitude=pin[1])
        for pin in ((91.0, 1.0), (33.0, 0.0)):
            with self.subTest(pin), mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
                with self.env.cr.savepoint():
                    self.case.write({"latitude": pin[0], "longitude": pin[1]})
                    self.env.flush_all()

    def test_the_name_follows_the_script(self):
        self.assertEqual(self.quarter.with_context(lang="ar_MA").display_name, "حي النور")
        self.assertEqual(self.quarter.with_context(lang="fr_MA").display_name, "Hay Nour")
        case = self._lodge(quarter_id=self.quarter.id)
        self.assertEqual(case._case_page("ar")["quarter"], "حي النور")

    # ---- words ------------------------------------------------------------------------

    def test_words_are_folded(self):
        self.assertEqual(folded("الإِنَارَةُ"), folded("الانارة"))
        self.assertEqual(folded("الحُفرة"), folded("الحفره"))
        self.assertEqual(folded("Éclairage, PUBLIC!"), "eclairage public")
        self.assertEqual(folded("٣ أيام"), folded("3 ايام"))
        self.assertEqual(folded(None), "")

    def test_erasure_reaches_the_compared_words(self):
        case = self._lodge(facts="Zineb Essaidi saw that the lamp is out.")
        self.assertIn("essaidi", case.sudo().search_words)
        case._erase_identity({"name": "Zineb Essaidi"})
        self.assertNotIn("essaidi", case.sudo().search_words)
        with self.assertRaises(AccessError):
            self._as(self.officer, case).read(["search_words"])

    # ---- hints ------------------------------------------------------------------------

    def test_near_in_words(self):
        hints = self._hints(text="The lamp before number 12 is out since three weeks, it is dark")
        self.assertEqual(self._cases_of(hints), {self.case.id})
        self.assertTrue(hints[0]["alike"])
        self.assertFalse(self._hints(text="A dog barks all the night behind the mosque"))
        arabic = self._lodge(facts="الإنارة العمومية منعدمة في الشارع الرئيسي")
        hints = self._hints(text="الانارة العموميه منعدمة بالشارع الرئيسي")
        self.assertIn(arabic.id, self._cases_of(hints))

    def test_near_in_place(self):
        self._as(self.officer).write({"quarter_id": self.quarter.id, **PIN})
        self.assertEqual(self._cases_of(self._hints(quarter=self.quarter)), {self.case.id})
        self.assertFalse(self._hints(quarter=self.quarter_2))
        near = {"lat": PIN["latitude"] + 0.002, "lon": PIN["longitude"]}
        self.assertTrue(self._hints(**near)[0]["near"])
        for far in ({"lat": 33.5163, "lon": -5.112345}, {"lat": 33.512345, "lon": -5.1170}):
            with self.subTest(far):
                self.assertFalse(self._hints(**far))
        self.assertFalse(self._hints(category=None, quarter=self.quarter), "a place alone is no hint")

    def test_same_category_or_its_parent(self):
        other = self.env.ref("jamaa_complaints.category_roads", raise_if_not_found=False) or self.category.create(
            {"name": "Other", "for_cases": True, "company_id": False}
        )
        self.assertFalse(self._hints(category=other, text=FACTS))
        child = self.category.create(
            {"name": "Bulbs", "for_cases": True, "company_id": False, "parent_id": self.category.id}
        )
        self.assertEqual(self._cases_of(self._hints(category=child, text=FACTS)), {self.case.id})
        below = self._lodge(category_id=child.id)
        self.assertEqual(self._cases_of(self._hints(text=FACTS)), {self.case.id, below.id})

    def test_old_ones_are_not_told(self):
        old = self.Ticket._commune_today() - timedelta(days=91)
        self.env.cr.execute("UPDATE helpdesk_ticket SET legal_receipt_date = %s WHERE id = %s", (old, self.case.id))
        self.env.invalidate_all()
        self.assertFalse(self._hints(text=FACTS))

    def test_only_what_one_may_read(self):
        self.assertTrue(self._hints(text=FACTS))
        for user in (self.agent, self.receptionist, self.officer_there, self.auditor):
            with self.subTest(user.login):
                self.assertFalse(self._hints(user, text=FACTS))
        self.assertEqual(self.Ticket.with_user(self.portal_user)._similar_cases(self.here, self.category, FACTS), [])
        self._as(self.officer).write({"locked_user_ids": [Command.link(self.officer.id)]})
        self.assertFalse(self._hints(text=FACTS), "closed to the officer")

    def test_the_best_five_and_why(self):
        for _rank in range(6):
            self._lodge(quarter_id=self.quarter.id)
        hints = self._hints(text=FACTS, quarter=self.quarter)
        self.assertEqual(len(hints), 5)
        self.assertNotIn(self.case.id, self._cases_of(hints), "place and words before words alone")
        words = self.Ticket.with_context(lang="en_US")._similar_words(hints[0])
        self.assertEqual(words, ["Same quarter", "Similar words", "Today"])

    def test_button_on_the_case(self):
        twin = self._lodge()
        action = self._as(self.officer).action_similar()
        domain = action["domain"]
        self.assertIn("No similar case", action["help"], "an empty list says why it is empty")
        self.assertEqual(self.Ticket.search(domain), twin)
        with self.assertRaises(AccessError):
            self._as(self.agent).action_similar()

    def test_counter_shows_them_while_typing(self):
        counter = self.env["jamaa.complaint.counter"].with_context(allowed_company_ids=self.here.ids)
        vals = {"kind": "complaint", "facts": FACTS, "category_id": self.category.id, "company_id": self.here.id}
        html = counter.with_user(self.officer).new(vals).similar_html
        self.assertIn(self.case.case_number, html)
        self.assertFalse(counter.with_user(self.receptionist).new(vals).similar_html)
        self._lodge(facts=FACTS, subject="<script>alert(1)</script>")
        self.assertNotIn("<script>", counter.with_user(self.officer).new(vals).similar_html)

    def test_counter_lodges_the_quarter(self):
        wizard = (
            self.env["jamaa.complaint.counter"]
            .with_user(self.receptionist)
            .with_context(allowed_company_ids=self.here.ids)
            .create({"facts": "The lamp is out.", "name": "A", "quarter_id": self.quarter.id})
        )
        wizard.action_lodge()
        self.assertEqual(wizard.sudo().case_id.quarter_id, self.quarter)

    # ---- what the citizen is told -------------------------------------------------------

    def test_citizen_is_told_a_number_of_three_or_more(self):
        mine = self._lodge(quarter_id=self.quarter.id)
        for _rank in range(2):
            self._lodge(quarter_id=self.quarter.id)
        self.assertEqual(mine._others_nearby(), 0, "two could be guessed")
        self._lodge(quarter_id=self.quarter.id)
        self.assertEqual(mine._others_nearby(), 3)
        self.assertEqual(self._lodge()._others_nearby(), 0, "words alone are no oracle")
        self.assertEqual(self._lodge(quarter_id=self.quarter_2.id)._others_nearby(), 0)

    # ---- indexes ------------------------------------------------------------------------

    def _many(self, count=6000, days=1000):
        """Rows of a year, by the database alone: plans are chosen by numbers of rows."""
        self.env.flush_all()
        self.env.cr.execute(
            """
            INSERT INTO helpdesk_ticket (number, case_number, name, facts, search_words, description, kind, company_id,
                    team_id, stage_id, category_id, legal_receipt_date, due_date, quarter_id, latitude, longitude,
                    active, priority, answer_state)
            SELECT 'X' || n, 'X' || n, 'x', 'x',
                   (SELECT string_agg(md5((n + r)::text), ' ') FROM generate_series(1, 8) r), 'x', 'complaint',
                   t.company_id, t.team_id, t.stage_id, c.id, current_date - (n %% %s), current_date + (n %% 60),
                   q.id, 20 + (n %% 1000) * 0.01, -5, TRUE, '1', 'none'
              FROM helpdesk_ticket t, generate_series(1, %s) n,
                   (SELECT array_agg(id) ids FROM helpdesk_ticket_category) cs,
                   LATERAL (SELECT cs.ids[1 + n %% array_length(cs.ids, 1)] AS id) c,
                   LATERAL (SELECT CASE n %% 50 WHEN 0 THEN %s ELSE NULL END AS id) q
             WHERE t.id = %s
            """,
            (days, count, self.quarter.id, self.case.id),
        )
        self.env.cr.execute("ANALYZE helpdesk_ticket, helpdesk_ticket_stage")

    def _plan(self, read):
        """The plan of the one query `read` makes about cases."""
        made = []
        execute = type(self.env).execute_query

        def spy(env, query):
            made.append(query)
            return execute(env, query)

        self.patch(type(self.env), "execute_query", spy)
        read()
        self.patch(type(self.env), "execute_query", execute)
        query = [one for one in made if "similarity" in one.code or "helpdesk_ticket" in one.code][-1]
        self.env.cr.execute(f"EXPLAIN {query.code}", query.params)
        return "\n".join(line for (line,) in self.env.cr.fetchall())

    def test_hints_are_one_query_by_an_index(self):
        self._many()
        args = {"text": FACTS, "quarter": self.quarter, "lat": PIN["latitude"], "lon": PIN["longitude"]}
        self._hints(**args)
        tickets = self._as(self.officer, self.case).browse()
        self.officer.has_group("jamaa_base.group_complaint_officer")
        tickets._similar_cases(self.here, self.category, FACTS, self.quarter)
        before = self.env.cr.sql_log_count
        tickets._similar_cases(self.here, self.category, FACTS, self.quarter)
        self.assertEqual(self.env.cr.sql_log_count - before, 1)
        for changes in (args, {**args, "category": None}, {"quarter": self.quarter}):
            with self.subTest(str(changes)):
                plan = self._plan(lambda changes=changes: self._hints(**changes))
                self.assertNotIn("Seq Scan on helpdesk_ticket ", plan)
                self.assertNotIn("Seq Scan on helpdesk_ticket\n", plan)

    def test_words_without_a_category_use_their_index(self):
        self._many(count=12000, days=60)
        plan = self._plan(lambda: self._hints(category=None, text=FACTS))
        self.assertIn("case_words_idx", plan)

    def test_lists_in_their_order_use_an_index(self):
        """The first page of a list is read in its order, not sorted out of all cases."""
        self._many()
        today = self.Ticket._commune_today()
        todo = [("stage_id.closed", "=", False)]
        late = [("answered_on", "=", False), ("due_date", "<", today)]
        for user, domain in (
            (self.officer, []),
            (self.officer, todo),
            (self.officer, late),
            (self.officer, [("quarter_id", "=", self.quarter.id)]),
            (self.officer, [("collective_id", "!=", False)]),
            (self.agent, todo),
            (self.head, todo),
        ):
            with self.subTest(f"{user.login} {domain}"):
                tickets = self._as(user, self.case).browse()
                query = tickets._search([("kind", "!=", False), *domain], order="due_date, id", limit=80)
                sql = query.select()
                self.env.cr.execute(f"EXPLAIN {sql.code}", sql.params)
                plan = "\n".join(line for (line,) in self.env.cr.fetchall())
                self.assertNotIn("Seq Scan on helpdesk_ticket ", plan)
