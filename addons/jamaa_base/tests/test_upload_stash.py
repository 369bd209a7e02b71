"""Photos that wait for their form to come back."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged

from ..models.jamaa_upload_stash import KEPT_HOURS


@tagged("post_install", "-at_install")
class TestUploadStash(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stash = cls.env["jamaa.upload.stash"]
        cls.commune = cls.env["res.company"].create({"name": "Commune fictive 1"})
        cls.other = cls.env["res.company"].create({"name": "Commune fictive 2"})

    def test_kept_and_taken(self):
        row = self.stash._keep(self.commune, b"picture", "image/jpeg")
        taken = self.stash._take(self.commune, row.token)
        self.assertEqual((taken._content(), taken.mimetype), (b"picture", "image/jpeg"))

    def test_only_by_its_token_and_commune(self):
        row = self.stash._keep(self.commune, b"picture", "image/jpeg")
        self.assertFalse(self.stash._take(self.other, row.token))
        for junk in ("", None, "x", "x" * 22, "x" * 5000, row.token[:-1] + "!"):
            self.assertFalse(self.stash._take(self.commune, junk))

    def test_nobody_has_rights(self):
        row = self.stash._keep(self.commune, b"picture", "image/jpeg")
        clerk = new_test_user(self.env, "stash_clerk", groups="jamaa_base.group_complaint_officer")
        with self.assertRaises(AccessError):
            row.with_user(clerk).sudo(False).read(["token"])

    def test_vacuumed(self):
        old = self.stash._keep(self.commune, b"old", "image/jpeg")
        new = self.stash._keep(self.commune, b"new", "image/jpeg")
        past = fields.Datetime.now() - timedelta(hours=KEPT_HOURS + 1)
        self.env.cr.execute(
            "UPDATE jamaa_upload_stash SET create_date = %s, write_date = %s WHERE id = %s",
            (past, past, old.id),
        )
        self.stash._transient_vacuum()
        self.assertEqual((old + new).exists(), new)
