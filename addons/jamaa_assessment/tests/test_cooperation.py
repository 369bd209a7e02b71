"""Rounds about the cooperation with a programme: which one, and never mixed with another."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common import AssessmentCase


@tagged("post_install", "-at_install")
class TestCooperation(AssessmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.version = cls._grid(code="test-cooperation", subject="cooperation").version_id
        cls.items = {one.key: one for one in cls.version.item_ids}
        cls.first, cls.second = (cls._member(name, cls.here) for name in ("First programme", "Second programme"))
        cls.theirs = cls._member("Third programme", cls.there)

    @classmethod
    def _member(cls, name, company):
        programme = cls.env["jamaa.programme"].create({"name": name, "company_id": cls.programme_company.id})
        return cls.env["jamaa.programme.member"].create({"programme_id": programme.id, "company_id": company.id})

    def _held(self, member, **answers):
        one = self._round([self.agent, self.member], member_id=member.id)
        for user in (self.agent, self.member):
            self._answer(self._seat(one, user), **{"one": "1", "two": "3", "three": "3", "duty": "yes", **answers})
        self._agreed(one)
        one.with_user(self.director_user).action_validate()
        return one

    def test_with_which_programme(self):
        with self.assertRaisesRegex(UserError, "with which programme"):
            self._round([self.agent])
        with self.assertRaisesRegex(ValidationError, "in which this commune is"):
            self._round([self.agent], member_id=self.theirs.id)
        one = self._round([self.agent], member_id=self.first.id)
        self.assertEqual(one.with_user(self.agent).subject_name, "First programme")
        with self.assertRaisesRegex(UserError, "has begun"):
            one.with_user(self.facilitator).member_id = self.second

    def test_from_the_panel_to_the_page_of_results(self):
        self._held(self.first)
        again = self._held(self.first, one="3")
        page = again.with_user(self.director_user).results_page()
        self.assertEqual(page["round"]["subject"], "First programme")
        self.assertEqual([(row["before"], row["now"]) for row in page["moved"]["up"]], [("1", "3")])

    def test_programmes_are_not_compared_with_one_another(self):
        self._held(self.first)
        other = self._held(self.second, one="3")
        self.assertFalse(other._previous())
        # nor does a seat about one hide what was agreed about the other
        self._round([self.agent], member_id=self.first.id)
        self.assertTrue(other.with_user(self.agent).result_ids)

    def test_a_commune_sees_the_programme_a_programme_the_commune(self):
        self.assertEqual(self.first.display_name, self.here.display_name)
        seen = self.first.with_user(self.facilitator).with_context(member_as_programme=True)
        self.assertEqual(seen.display_name, "First programme")
