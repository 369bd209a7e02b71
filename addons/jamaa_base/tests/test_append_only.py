"""Facts are added: every model that says so refuses everybody, superuser mode included."""

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

#: What stands on the ground of this addon; further addons bring their own.
EXPECTED = {
    "jamaa.identity.reveal",
    "jamaa.mail.correction",
    "jamaa.metric.value",
    "jamaa.register.entry",
    "jamaa.satisfaction",
    "jamaa.share.content",
    "jamaa.share.file",
}


@tagged("post_install", "-at_install")
class TestAppendOnly(TransactionCase):
    def _models(self):
        mixin = self.env.registry["jamaa.append.only"]
        return {name for name, model in self.env.registry.items() if issubclass(model, mixin) and not model._abstract}

    def test_which_models_it_binds(self):
        self.assertLessEqual(EXPECTED, self._models())

    def test_nothing_is_changed_nor_deleted(self):
        for name in sorted(self._models()):
            facts = self.env[name].sudo()
            with self.subTest(name):
                with self.assertRaises(UserError) as changed:
                    facts.write({"display_name": "x"})
                with self.assertRaises(UserError) as deleted:
                    facts.new({})._unlink_never()
                self.assertTrue(str(changed.exception) and str(deleted.exception))
                self.assertIn("_unlink_never", [method.__name__ for method in facts._ondelete_methods])
