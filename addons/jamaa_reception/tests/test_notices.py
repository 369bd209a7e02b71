"""A change is told to the counter, in words, and one sees that it arrived."""

from copy import deepcopy

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged

from ..tools.sheet_diff import changes
from .common import SAMPLE
from .request_common import RequestCase


class TestSheetDiff(TransactionCase):
    def _sheet(self, **values):
        piece = {"name": {"ar": "بطاقة", "fr": "Carte"}, "form": "copy", "count": 1, "held_by_us": False, "when": []}
        fee = {"label": {"ar": "تنبر"}, "amount": 2.0, "known": True}
        return {
            "pieces": [piece], "fees": [fee], "regime": "a", "silence": {"effect": "none"}, "channels": ["counter"],
            **deepcopy(values),
        }  # fmt: skip

    def _kinds(self, old, new):
        return [(one["kind"], one.get("before"), one.get("after")) for one in changes(old, new)]

    def test_changes(self):
        old = self._sheet()
        piece, fee = old["pieces"][0], old["fees"][0]
        for kind, before, after, new in (
            ("first", None, None, None),
            ("words", None, None, {}),
            ("piece_added", None, None, {"pieces": [piece, {**piece, "name": {"ar": "وكالة"}}]}),
            ("piece_removed", None, None, {"pieces": []}),
            ("piece_form", "copy", "original", {"pieces": [{**piece, "form": "original"}]}),
            ("piece_count", 1, 2, {"pieces": [{**piece, "count": 2}]}),
            ("piece_held", None, None, {"pieces": [{**piece, "held_by_us": True}]}),
            ("piece_when", None, None, {"pieces": [{**piece, "when": ["a.b"]}]}),
            ("fee_added", None, 5.0, {"fees": [fee, {"label": {"ar": "x"}, "amount": 5.0, "known": True}]}),
            ("fee_removed", None, None, {"fees": []}),
            ("fee_amount", 2.0, 3.0, {"fees": [{**fee, "amount": 3.0}]}),
            ("fee_amount", 2.0, None, {"fees": [{**fee, "known": False}]}),
            ("time", "a", "b", {"regime": "b"}),
            ("silence", "none", "refusal", {"silence": {"effect": "refusal"}}),
            ("channels", None, None, {"channels": ["post"]}),
        ):
            with self.subTest(kind=kind):
                if new is None:
                    found = self._kinds(None, old)
                else:
                    found = self._kinds(old, self._sheet(**new))
                self.assertEqual(found, [(kind, before, after)])

    def test_two_of_one_name(self):
        piece = self._sheet()["pieces"][0]
        old, new = self._sheet(pieces=[piece, piece]), self._sheet(pieces=[piece])
        self.assertEqual(self._kinds(old, new), [("piece_removed", None, None)])


@tagged("post_install", "-at_install")
class TestNotices(RequestCase):
    def _notices(self, procedure=None):
        return self.env["jamaa.procedure.notice"].search([("procedure_id", "=", (procedure or self.procedure).id)])

    def _change(self, user=None):
        new = self.procedure.sheet_id._new_version()
        new.piece_ids[0].count = 2
        new.sudo().written_by_id = self.editor
        new.with_user(self.editor).action_submit()
        new.with_user(user or self.second_editor).action_publish()
        return self._notices()[0]

    def _readers(self, notice):
        return notice.sudo().receipt_ids.user_id

    def test_who_is_told(self):
        self.procedure.site_line_ids.filtered(lambda line: line.site_id == self.annex).what = "not_here"
        notice = self._change()
        readers = self._readers(notice)
        self.assertIn(self.agent, readers, "the counter of a site where it is done")
        self.assertIn(self.supervisor, readers)
        self.assertIn(self.worker, readers, "the service that handles it")
        self.assertNotIn(self.second_agent, readers, "the annexe does not do it")
        self.assertNotIn(self.other_worker, readers)
        self.assertNotIn(self.far_agent, readers, "another commune")
        self.assertNotIn(self.editor, readers, "neither at a counter nor in the service")

    def test_whoever_publishes_knows(self):
        self.second_editor.group_ids = [(4, self.env.ref("jamaa_base.group_reception_agent").id)]
        self.assertNotIn(self.second_editor, self._readers(self._change()))

    def test_first_publication_is_told(self):
        self.assertEqual(self._notices().changes, [{"kind": "first", "name": {}}])

    def test_in_words(self):
        notice = self._change()
        self.assertEqual(
            notice.with_context(lang="fr_MA").change_text.split("\n")[0].split("\u00a0")[0][:14], "Carte national"
        )
        self.assertIn("2", notice.change_text)
        self.assertTrue(notice.with_context(lang="ar_MA").change_text.startswith("البطاقة الوطنية"))

    def test_time_limit_in_days(self):
        regime = self._make_regime("test_longer", days=45)
        new = self.procedure.sheet_id._new_version()
        new.regime_id = regime
        new.action_submit()
        new.action_publish()
        self.assertIn("45 days", self._notices()[0].change_text)
        self.assertIn("30 days", self._notices()[0].change_text)

    def test_receipt_by_one_tap(self):
        notice = self._change()
        mine = self._as(self.agent, notice)
        self.assertTrue(mine.is_unread)
        self.assertIn(mine, mine.search([("is_unread", "=", True)]))
        mine.action_received()
        self.assertFalse(mine.is_unread)
        self.assertNotIn(mine, mine.search([("is_unread", "=", True)]))
        self.assertEqual(notice.received_count, 1)
        when = notice.sudo().receipt_ids.filtered("received_on").received_on
        mine.action_received()
        self.assertEqual(notice.sudo().receipt_ids.filtered("received_on").received_on, when, "the first time counts")
        with self.assertRaises(AccessError):
            self._as(self.editor, notice).action_received()

    def test_coverage_without_names(self):
        notice = self._change()
        self._as(self.agent, notice).action_received()
        seen = self._as(self.editor, notice)
        self.assertEqual(seen.received_count, 1)
        self.assertEqual(seen.reader_count, len(self._readers(notice)))
        self.assertIn("1", seen.coverage_text)
        with self.assertRaises(AccessError):
            seen.receipt_ids.mapped("user_id")
        receipts = self.env["jamaa.procedure.notice.receipt"]
        self.assertEqual(self._as(self.agent, receipts).search([]).user_id, self.agent, "the own ones alone")

    def test_doors(self):
        notice = self._change()
        with self.assertRaises(AccessError):
            self._as(self.far_agent, notice).read(["change_text"])
        with self.assertRaises(AccessError):
            self._as(self.far_agent, notice).action_received()
        with self.assertRaises(AccessError):
            self._as(self.agent, notice).write({"date": self._day(-3)})
        with self.assertRaises(AccessError):
            notice.sudo().receipt_ids.with_user(self.agent).write({"received_on": False})

    def test_shared_catalogue_tells_nobody(self):
        shared = self._published(self.env["res.company"], code="shared-one", sheet=SAMPLE["sheet"])
        self.assertFalse(self._notices(shared))
