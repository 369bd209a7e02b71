"""The rules of the complaint form, without a request."""

from odoo.tests import BaseCase, tagged

from ..tools.filed_digest import filed_digest, grouped
from ..tools.intake_form import LIMITS, Choices, normal_phone, read, subject_line

CHOICES = Choices(categories={1, 2}, sites={7}, languages={"ar_MA", "fr_MA"})
GOOD = {
    "kind": "complaint",
    "category": "1",
    "facts": "The street lamp before the school has been out for a month.",
    "name": "Complainant 1",
    "phone": "06 12 34 56 78",
}


@tagged("post_install", "-at_install")
class TestIntakeForm(BaseCase):
    """Each rule: what it lets through and the code it answers with."""

    def errors(self, choices=CHOICES, **changes):
        return read({**GOOD, **changes}, choices).errors

    def test_good_form(self):
        intake = read(GOOD, CHOICES)
        self.assertEqual(intake.errors, {})
        self.assertEqual(intake.values["category"], 1)
        self.assertEqual(intake.values["phone"], "+212612345678")
        self.assertEqual(intake.values["answer_by"], "page")

    def test_empty_form(self):
        """An empty form names each missing field, the first one first."""
        self.assertEqual(
            list(read({}, CHOICES).errors.items()),
            [("kind", "required"), ("category", "required"), ("facts", "required")],
        )

    def test_choices_are_the_communes(self):
        self.assertEqual(self.errors(kind="bribe"), {"kind": "unknown_choice"})
        for junk in ("99", "x", "1 OR 1=1", "-1", "1.0"):
            self.assertEqual(self.errors(category=junk), {"category": "unknown_choice"})
        self.assertEqual(self.errors(site="8"), {"site": "unknown_choice"})
        self.assertEqual(self.errors(site="7"), {})
        self.assertEqual(self.errors(lang="en_US"), {"lang": "unknown_choice"})
        self.assertEqual(self.errors(answer_by="fax"), {"answer_by": "unknown_choice"})

    def test_facts_length(self):
        self.assertEqual(self.errors(facts="lamp"), {"facts": "too_short"})
        self.assertEqual(self.errors(facts="a" * 5000), {})
        intake = read({**GOOD, "facts": "ش" * 100_000}, CHOICES)
        self.assertEqual(intake.errors, {"facts": "too_long"})
        self.assertEqual(len(intake.typed["facts"]), 100_000, "what was typed is not lost")

    def test_every_text_has_a_limit(self):
        for name, limit in LIMITS.items():
            with self.subTest(name):
                self.assertEqual(self.errors(**{name: "9" * (limit + 1)})[name], "too_long")

    def test_control_characters(self):
        """NUL and direction overrides go; emoji and Arabic stay."""
        intake = read({**GOOD, "facts": "مصباح\u202e معطل\x00 💡 <b>x</b>"}, CHOICES)
        self.assertEqual(intake.errors, {})
        self.assertEqual(intake.values["facts"], "مصباح معطل 💡 <b>x</b>")

    def test_only_a_complaint_needs_a_name(self):
        self.assertEqual(self.errors(name=""), {"name": "name_required"})
        self.assertEqual(self.errors(phone=""), {"phone": "contact_required"})
        self.assertEqual(self.errors(phone="", address="Douar 3"), {})
        for kind in ("remark", "proposal", "report"):
            self.assertEqual(self.errors(kind=kind, name="", phone=""), {})

    def test_contact_is_checked(self):
        self.assertEqual(self.errors(phone="12"), {"phone": "bad_phone"})
        self.assertEqual(self.errors(phone="call me"), {"phone": "bad_phone"})
        for email in ("a", "a@b", "a b@c.ma", "a@c.ma\nBcc: x@y.ma", "<a@c.ma>"):
            self.assertEqual(self.errors(email=email), {"email": "bad_email"})
        self.assertEqual(self.errors(email="A@c.ma"), {})

    def test_way_of_answering_needs_its_address(self):
        self.assertEqual(self.errors(answer_by="email"), {"email": "needed_to_answer"})
        self.assertEqual(self.errors(answer_by="post"), {"address": "needed_to_answer"})
        self.assertEqual(self.errors(answer_by="phone"), {})

    def test_national_id_only_where_demanded(self):
        self.assertEqual(self.errors(), {})
        demanding = Choices(categories={1}, national_id_for={"complaint"})
        self.assertEqual(self.errors(demanding), {"national_id": "required"})
        self.assertEqual(self.errors(demanding, kind="remark"), {})

    def test_phones(self):
        for text in ("0612345678", "+212 6 12-34-56-78", "00212612345678", "٠٦١٢٣٤٥٦٧٨"):
            self.assertEqual(normal_phone(text), "+212612345678")
        self.assertEqual(normal_phone("+33 1 23 45 67 89"), "+33123456789")
        self.assertIsNone(normal_phone("+"))

    def test_subject_line(self):
        self.assertEqual(subject_line("A  lamp\nis out"), "A lamp is out")
        self.assertEqual(subject_line("word " * 30, 12), "word word…")


@tagged("post_install", "-at_install")
class TestFiledDigest(BaseCase):
    """The fingerprint: stable, and different as soon as anything differs."""

    def test_digest(self):
        filed = ("complaint", "facts", "place", "2026-11-23", ["b", "a"])
        self.assertEqual(filed_digest(*filed), filed_digest(*filed[:4], ["a", "b"]))
        for position, other in enumerate(("remark", "fact", "", "2026-11-24", ["a"])):
            changed = (*filed[:position], other, *filed[position + 1 :])
            self.assertNotEqual(filed_digest(*filed), filed_digest(*changed))

    def test_digest_ignores_how_letters_are_composed(self):
        """An é typed on a phone and on a computer is the same letter."""
        one = filed_digest("remark", "e\u0301tat", "", "2026-11-23", [])
        self.assertEqual(one, filed_digest("remark", "état", "", "2026-11-23", []))

    def test_grouped(self):
        self.assertEqual(grouped("a" * 20), "aaaaaaaa aaaaaaaa aaaa")
