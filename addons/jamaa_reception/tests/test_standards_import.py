"""Another commune's file: every problem in words, nothing written before it is wanted, nothing hostile gets in."""

import base64
import json
from copy import deepcopy

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged

from odoo.addons.jamaa_base.tools.exchange import ExchangeProblem

from ..tools import exchange_check, exchange_file
from .common import SAMPLE, ReceptionCase


class TestExchangeFile(TransactionCase):
    """The file as a whole."""

    def _code(self, raw):
        with self.assertRaises(exchange_file.FileProblem) as caught:
            exchange_file.read(raw)
        return caught.exception.code

    def test_one_or_several(self):
        self.assertEqual(exchange_file.read(b'{"a": 1}'), [{"a": 1}])
        self.assertEqual(exchange_file.read("\ufeff[{}, 3]".encode()), [{}, 3])
        self.assertEqual(exchange_file.read(b'["[[[[[[[[[[[[[[[\\"[[[["]'), ['[[[[[[[[[[[[[[["[[[['])

    def test_refused(self):
        self.assertEqual(self._code(b"[" + b" " * exchange_file.MAX_BYTES + b"1]"), "large")
        self.assertEqual(self._code(b"\xff\xfe["), "text")
        self.assertEqual(self._code(b'["\\ud800"]'), "text")
        self.assertEqual(self._code(b"[1,"), "json")
        self.assertEqual(self._code(b"[NaN]"), "json")
        self.assertEqual(self._code(b"[" + b"9" * 5000 + b"]"), "json")
        self.assertEqual(self._code(b"[" * 100_000), "deep")
        self.assertEqual(self._code(b'{"a":' * 11 + b"1" + b"}" * 11), "deep")
        self.assertEqual(self._code(b'"text"'), "shape")
        self.assertEqual(self._code(b"[]"), "empty")
        self.assertEqual(self._code(b"[" + b"1," * 500 + b"1]"), "many")


@tagged("post_install", "-at_install")
class TestProcedureImport(ReceptionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Import = cls.env["jamaa.procedure.import"]

    def _wizard(self, value, user=None):
        raw = value if isinstance(value, bytes) else json.dumps(value).encode()
        user = user or self.editor
        wizard = self.Import.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        return wizard.create({"file": base64.b64encode(raw), "file_name": "there.json"})

    def _mine(self):
        return self.env["jamaa.procedure"].search([("company_id", "=", self.here.id)])

    def _changed(self, change):
        data = deepcopy(SAMPLE)
        change(data)
        return data

    # ---------- the check and the reader ----------

    def _wrong(self):
        """Objects with one thing wrong, by its place."""
        sheet = lambda change: self._changed(lambda data: change(data["sheet"]))  # noqa: E731
        return {
            "format": self._changed(lambda data: data.update(format="other/9")),
            "code": self._changed(lambda data: data.update(code="Not A Code")),
            "name": self._changed(lambda data: data.update(name={})),
            "life_events[0]": self._changed(lambda data: data.update(life_events=["nothing"])),
            "audiences": self._changed(lambda data: data.update(audiences="resident")),
            "words[0]": self._changed(lambda data: data.update(words=[3])),
            "sites.done[0]": self._changed(lambda data: data.update(sites={"done": ["castle"]})),
            "sheet": self._changed(lambda data: data.update(sheet=None)),
            "sheet.steps": sheet(lambda data: data.update(steps=[{}] * 1000)),
            "sheet.steps[0].text": sheet(lambda data: data.update(steps=[{}])),
            "sheet.summary.ar": sheet(lambda data: data["summary"].update(ar="x" * 5000)),
            "sheet.questions[1].when[0]": sheet(lambda data: data["questions"][1].update(when=["paper.yes"])),
            "sheet.questions[0].key": sheet(
                lambda data: data.update(questions=[{"text": {"ar": "؟"}, "answers": []}], pieces=[])
            ),
            "sheet.pieces[1].when[0]": sheet(lambda data: data["pieces"][1].update(when=["who.nobody"])),
            "sheet.pieces[0].count": sheet(lambda data: data["pieces"][0].update(count=900)),
            "sheet.pieces[0].form": sheet(lambda data: data["pieces"][0].update(form="gold")),
            "sheet.pieces[0].name": sheet(lambda data: data["pieces"][0].update(name="text")),
            "sheet.fees[0].amount": sheet(lambda data: data["fees"][0].update(amount=-1)),
            "sheet.legal[0].dated": sheet(lambda data: data["legal"][0].update(dated="yesterday")),
            "sheet.silence.effect": sheet(lambda data: data.update(silence={"effect": "gift"})),
            "sheet.channels[0]": sheet(lambda data: data.update(channels=["pigeon"])),
            "sheet.access[0].category": sheet(lambda data: data["access"][0].update(category="giant")),
        }

    def test_check_says_what_the_reader_says(self):
        known = self._wizard(SAMPLE)._known_codes()
        self.assertEqual(exchange_check.problems(SAMPLE, known), [])
        for place, data in self._wrong().items():
            with self.subTest(place=place):
                found = exchange_check.problems(data, known)
                self.assertEqual([one.place for one in found], [place])
                with self.assertRaises(ExchangeProblem) as caught, self.cr.savepoint():
                    self.env["jamaa.procedure"]._import_procedure(data, self.here)
                self.assertEqual((caught.exception.place, caught.exception.code), (place, found[0].code))

    def test_more_than_the_reader_asks(self):
        """What the reader would stumble over, or show on a page, is named before."""
        known = self._wizard(SAMPLE)._known_codes()

        def codes(data):
            return [(one.place, one.code) for one in exchange_check.problems(data, known)]

        def with_sheet(**values):
            return self._changed(lambda data: data["sheet"].update(values))

        self.assertEqual(codes(with_sheet(silence=[1])), [("sheet.silence", "kind")])
        self.assertEqual(codes(with_sheet(output="x")), [("sheet.output", "kind")])
        self.assertEqual(codes(with_sheet(online_link="javascript:alert(1)")), [("sheet.online_link", "address")])
        twice = with_sheet(access=[SAMPLE["sheet"]["access"][0]] * 2)
        self.assertEqual(codes(twice), [("sheet.access[1].category", "twice")])
        unhashable = with_sheet(access=[{"category": ["elderly"], "how": {"ar": "x"}}])
        self.assertEqual(codes(unhashable), [("sheet.access[0].category", "unknown")])
        self.assertEqual(codes(self._changed(lambda data: data.update(words=["a\x00"]))), [("words[0]", "kind")])
        self.assertEqual(codes([]), [("", "kind")])
        self.assertEqual(codes(with_sheet(regime="of-another-commune")), [("sheet.regime", "left_out")])
        self.assertLessEqual(len(codes(with_sheet(steps=[{}] * 60, pieces=[{}] * 60))), exchange_check.MAX_PROBLEMS)

    # ---------- the steps ----------

    def test_look_writes_nothing(self):
        bad = self._changed(lambda data: data["sheet"]["pieces"][1].update(name={}, count=0))
        wizard = self._wizard([{**SAMPLE, "code": "civil-new"}, bad, 7])
        wizard.action_look()
        self.assertFalse(self._mine())
        self.assertEqual(wizard.line_ids.mapped("state"), ["new", "bad", "bad"])
        self.assertEqual((wizard.new_count, wizard.bad_count, wizard.known_count), (1, 2, 0))
        sentences = wizard.line_ids[1].problems.split("\n")
        self.assertEqual(
            sentences, ["Paper 2 › Name: this is missing.", "Paper 2 › How many: this is not what is expected here."]
        )

    def test_take_over(self):
        other = {**SAMPLE, "code": "civil-other", "related": ["civil-test-extract"]}
        wizard = self._wizard([SAMPLE, other, {"format": "other"}])
        wizard.action_look()
        wizard.action_import()
        mine = self._mine()
        self.assertEqual(sorted(mine.mapped("code")), ["civil-other", "civil-test-extract"])
        self.assertEqual(set(mine.mapped("state")), {"draft"})
        self.assertEqual(mine.draft_sheet_id.written_by_id, self.editor)
        self.assertEqual(mine.filtered(lambda one: one.code == "civil-other").related_ids.code, "civil-test-extract")
        self.assertEqual(wizard.line_ids.mapped("state"), ["done", "done", "bad"])
        self.assertEqual(mine.search(wizard.action_open()["domain"]), mine)
        with self.assertRaisesRegex(UserError, "Look at the file first"):
            wizard.action_import()

    def test_fee_nobody_could_name_is_not_free(self):
        data = self._changed(lambda data: data["sheet"]["fees"][0].update(amount=None))
        wizard = self._wizard(data)
        wizard.action_look()
        wizard.action_import()
        fee = self._mine().draft_sheet_id.fee_ids
        self.assertFalse(fee.amount_known)
        self.assertIs(self._mine()._export_procedure()["sheet"]["fees"][0]["known"], False)

    def test_there_already(self):
        published, busy = self._published(), self._procedure(code="civil-busy")
        theirs = [SAMPLE, {**SAMPLE, "code": "civil-busy"}]
        wizard = self._wizard(theirs)
        wizard.action_look()
        self.assertEqual(wizard.line_ids.mapped("state"), ["known", "busy"])
        with self.assertRaisesRegex(UserError, "Nothing in this file"):
            wizard.action_import()
        self.assertEqual(published.state, "published")
        wizard.known = "draft"
        wizard.action_import()
        self.assertEqual(published.state, "revised")
        self.assertEqual(published.draft_sheet_id.version, 2)
        self.assertEqual(published.sheet_id.state, "published")
        self.assertEqual(len(busy.sheet_ids), 1)

    def test_twice_in_the_file(self):
        wizard = self._wizard([SAMPLE, SAMPLE])
        wizard.action_look()
        self.assertEqual(wizard.line_ids.mapped("state"), ["new", "bad"])

    def test_same_code_elsewhere_is_new_here(self):
        self._published(self.there)
        wizard = self._wizard(SAMPLE)
        wizard.action_look()
        self.assertEqual(wizard.line_ids.state, "new")

    def test_files_that_cannot_be_read(self):
        for raw, words in ((b"[" * 50_000, "nested deeper"), (b"not json", "no JSON"), (b'{"x":', "no JSON")):
            with self.subTest(words=words), self.assertRaisesRegex(UserError, words):
                self._wizard(raw).action_look()
        wizard = self._wizard(SAMPLE)
        wizard.file = base64.b64encode(b"[" + b" " * exchange_file.MAX_BYTES + b"]")
        with self.assertRaisesRegex(UserError, "5 MB"):
            wizard.action_look()
        wizard.file = False
        with self.assertRaisesRegex(UserError, "Choose a file"):
            wizard.action_look()

    def test_list_on_screen_decides_nothing(self):
        """What is taken over is judged anew: a list that was tampered with changes nothing."""
        wizard = self._wizard([{**SAMPLE, "code": "Not A Code"}])
        wizard.action_look()
        wizard.sudo().line_ids.state = "new"
        with self.assertRaisesRegex(UserError, "Nothing in this file"):
            wizard.action_import()
        self.assertFalse(self._mine())

    # ---------- doors ----------

    def test_doors(self):
        with self.assertRaises(AccessError):
            self._wizard(SAMPLE, self.agent)
        wizard = self._wizard(SAMPLE)
        wizard.action_look()
        for user in (self.agent, self.stranger, self.second_editor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                wizard.with_user(user).with_context(allowed_company_ids=user.company_ids.ids).action_import()
        foreign = self._wizard(SAMPLE)
        with self.assertRaises(AccessError), self.cr.savepoint():
            foreign.write({"company_id": self.there.id})
            foreign.action_look()
            foreign.action_import()
        self.assertFalse(self._mine())
