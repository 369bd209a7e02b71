"""The keys of applications that send: who keeps them, and that no secret is kept."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ComplaintCase


@tagged("post_install", "-at_install")
class TestOpen311Keys(ComplaintCase):
    def _keys(self, user):
        return self.env["jamaa.open311.key"].with_user(user)

    def test_who_keeps_them(self):
        for user in (self.officer, self.agent, self.auditor, self.council_member, self.portal_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._keys(user).create({"name": "App", "company_id": self.here.id})
        key = self._keys(self.admin_user).create({"name": "App", "company_id": self.here.id})
        for act in (lambda mine: mine.write({"name": "Mine"}), lambda mine: mine.action_make_secret()):
            with self.assertRaises(AccessError):
                act(key.with_user(self.officer))
        head = self.env["jamaa.function"].search(
            [("company_id", "=", self.here.id), ("code", "=", "complaint_head")], limit=1
        )
        self._make_holder(head, self.officer)
        key.with_user(self.officer).write({"name": "Ours"})
        self.assertTrue(self._keys(self.officer).create({"name": "App 2", "company_id": self.here.id}))
        self.assertFalse(self._keys(self.officer_there).search([("id", "=", key.id)]))
        with self.assertRaises(AccessError):
            self._keys(self.officer).create({"name": "App", "company_id": self.there.id})
        with self.assertRaises(AccessError):
            key.with_user(self.admin_user).unlink()

    def test_the_secret_is_shown_once_and_kept_nowhere(self):
        key = self._keys(self.admin_user).create({"name": "App", "company_id": self.here.id, "digest": "x"})
        self.assertFalse(key.sudo().digest)
        action = key.action_make_secret()
        secret = action["context"]["default_secret"]
        self.assertRegex(secret, r"^[0-9a-f]{64}$")
        self.assertEqual(key.given_by_id, self.admin_user)
        self.assertEqual(self.env["jamaa.open311.key"]._by_secret(self.here, secret), key)
        self.assertFalse(self.env["jamaa.open311.key"]._by_secret(self.there, secret))
        with self.assertRaises(AccessError):
            key.read(["digest"])
        key.write({"digest": "0" * 64, "last_used_on": self.today, "company_id": self.there.id})
        self.assertEqual((key.company_id, key.last_used_on), (self.here, False))
        self.assertTrue(self.env["jamaa.open311.key"]._by_secret(self.here, secret))
        row = key.sudo().read(load=None)[0]
        self.assertNotIn(secret, str(row))
        window = self.env["jamaa.open311.secret"].with_user(self.admin_user).with_context(default_secret=secret)
        shown = window.onchange({}, [], {"secret": {}})
        self.assertEqual(shown["value"]["secret"], secret)

    def test_what_was_told_never_changes(self):
        values = {"open311_number": "1234567890", "open311_application": "App"}
        case = self._lodge(**values).sudo()
        self.assertEqual(case.open311_application, "App")
        for name in values:
            with self.subTest(name=name), self.assertRaises(UserError):
                case.write({name: "other"})
