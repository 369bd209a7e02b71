"""No door shows a shared copy to whom it is not for, nor after its end: each door, each reader."""

import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .share_common import SECRET, ShareCase

FILE = b"quiet file"
MODELS = ("jamaa.share", "jamaa.share.content", "jamaa.share.file")
QUIET = ("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model")


class DoorsCase(ShareCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        files = [("quiet.txt", FILE)]
        cls.to_team = cls._publish(files=files)
        cls.to_members = cls._publish("members", files=files)
        cls.to_peer = cls._publish("peers", peers=cls.there, files=files)
        # Whoever may export must not find by it what is not for him.
        export = cls.env.ref("base.group_allow_export")
        export.user_ids += (
            cls.director_user + cls.team + cls.other_team + cls.peer + cls.not_named + cls.gone + cls.council
        )
        cls.shares = cls.to_team + cls.to_members + cls.to_peer
        cls.env.flush_all()
        cls.env.invalidate_all()

    def _records(self, share):
        content = self._content(share)
        return {"jamaa.share": share, "jamaa.share.content": content, "jamaa.share.file": content.file_ids}

    def _found(self, user, model, records):
        """What each way of looking finds of some records; None where the door itself is shut."""
        Model = self.env[model].with_user(user)
        key = {"jamaa.share": "title", "jamaa.share.content": "payload", "jamaa.share.file": "name"}[model]
        words = {"jamaa.share": "copy", "jamaa.share.content": SECRET, "jamaa.share.file": "quiet"}[model]
        ids = ("id", "in", records.ids)
        doors = {
            "search": lambda: Model.search([ids]).ids,
            "search words": lambda: Model.search([ids, (key, "ilike", words)]).ids,
            "search_count": lambda: Model.search_count([ids]),
            "name_search": lambda: [row[0] for row in Model.name_search("", [ids], limit=None)],
            "read_group": lambda: [row for row in Model.formatted_read_group([ids], ["company_id"], ["__count"])],
            "web_search_read": lambda: Model.web_search_read([ids], {key: {}})["records"],
            "search_read": lambda: Model.search_read([ids], [key]),
        }
        return {door: self._try(way) for door, way in doors.items()}

    def _opened(self, user, records):
        """What each way of opening known records gives."""
        mine = records.with_user(user)
        key = {"jamaa.share": "title", "jamaa.share.content": "payload", "jamaa.share.file": "data"}[mine._name]
        doors = {
            "read": lambda: mine.read([key]),
            "field": lambda: mine[:1][key],
            "web_read": lambda: mine.web_read({key: {}}),
            "export": lambda: mine.export_data([key])["datas"],
            "display_name": lambda: mine.mapped("display_name"),
        }
        if mine._name == "jamaa.share.content":
            doors["body"] = lambda: mine.body
            doors["files"] = lambda: mine.web_read({"file_ids": {"fields": {"name": {}}}})
        return {door: self._try(way) for door, way in doors.items()}

    def _try(self, way):
        self.env.invalidate_all()
        try:
            return way()
        except UserError:  # of which an access error is one
            return None

    @mute_logger(*QUIET)
    def _assert_reads(self, user, share, models):
        """The user reads exactly these models of a share; everything else is shut at each door."""
        for model, records in self._records(share).items():
            found = {**self._found(user, model, records), **self._opened(user, records)}
            for door, value in found.items():
                with self.subTest(user=user.login, model=model, door=door):
                    if model not in models:
                        self.assertFalse(value)
                    else:
                        self.assertTrue(value)


@tagged("post_install", "-at_install")
class TestShareDoors(DoorsCase):
    def test_readers_see_what_is_for_them(self):
        for user, share in (
            (self.director_user, self.to_team),
            (self.team, self.to_team),
            (self.team, self.to_members),
            (self.peer, self.to_members),
            (self.peer, self.to_peer),
            (self.not_named, self.to_members),
        ):
            self._assert_reads(user, share, MODELS)

    def test_others_find_nothing(self):
        for user in (self.other_team, self.gone, self.council, self.portal, self.public):
            for share in self.shares:
                self._assert_reads(user, share, ())

    def test_a_copy_for_one_is_not_for_another(self):
        for user, share in (
            (self.peer, self.to_team),
            (self.not_named, self.to_team),
            (self.not_named, self.to_peer),
            (self.team, self.to_peer),
        ):
            self._assert_reads(user, share, ())

    def test_a_commune_that_leaves_reads_no_more(self):
        self.members[self.there].date_to = self._day(-1)
        for share in (self.to_members, self.to_peer):
            self._assert_reads(self.peer, share, ())

    def test_a_commune_that_has_not_joined_yet_reads_nothing(self):
        self.members[self.far].date_from = self._day(2)
        self._assert_reads(self.not_named, self.to_members, ())

    def test_after_withdrawal_only_the_note_stays(self):
        for share, user in ((self.to_team, self.team), (self.to_members, self.peer), (self.to_peer, self.peer)):
            share.with_user(self.director_user)._withdraw("A reason of ours")
            self._assert_reads(user, share, ("jamaa.share",))
            self._assert_reads(self.director_user, share, MODELS)

    def test_after_the_last_day_only_the_note_stays(self):
        for share, user in ((self.to_team, self.team), (self.to_members, self.peer), (self.to_peer, self.peer)):
            self._expire(share)
            self._assert_reads(user, share, ("jamaa.share",))
            self._assert_reads(self.director_user, share, MODELS)

    def test_after_a_newer_copy_only_the_note_of_the_older_stays(self):
        newer = self._publish()
        self._assert_reads(self.team, self.to_team, ("jamaa.share",))
        self._assert_reads(self.team, newer, ("jamaa.share", "jamaa.share.content"))

    def test_the_record_itself_is_never_shared(self):
        for user in (self.team, self.peer):
            with self.subTest(user=user.login):
                self.assertFalse(self.env["jamaa.site"].with_user(user).search([("id", "=", self.site.id)]))

    @mute_logger(*QUIET)
    def test_readers_see_neither_source_nor_reason_nor_people(self):
        self.to_members.with_user(self.director_user)._withdraw("A reason of ours")
        hidden = ("res_model", "res_id", "user_id", "function_id", "withdrawn_by_id", "withdrawn_reason", "replaces_id")
        for user in (self.team, self.peer, self.director_user):
            share = self.to_members.with_user(user)
            for name in hidden:
                with self.subTest(user=user.login, name=name):
                    with self.assertRaises(AccessError):
                        share.read([name])
                    with self.assertRaises(AccessError):
                        share.search([(name, "=", 1)])
            inside = share.read(["published_by", "withdrawn_by", "withdrawn_why"])[0]
            shown = [inside[name] for name in ("published_by", "withdrawn_by", "withdrawn_why")]
            with self.subTest(user=user.login, shown=shown):
                self.assertEqual(any(shown), user == self.director_user)

    @mute_logger(*QUIET)
    def test_naming_a_foreign_commune_opens_nothing(self):
        for user in (self.other_team, self.gone, self.not_named):
            spoofed = self.env["jamaa.share"].with_user(user)
            spoofed = spoofed.with_context(allowed_company_ids=[self.here.id, self.there.id])
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                spoofed.search([("id", "in", self.shares.ids)])
            # Rules are evaluated as superuser, for whom nobody checks the companies of the context.
            with self.subTest(user=user.login, su=True), self.assertRaises(AccessError):
                spoofed.sudo()._domain_addressed_to_us()

    @mute_logger(*QUIET)
    def test_nobody_lists_readings_but_the_commune(self):
        self.to_members.with_user(self.peer).action_open()
        rows = self.env["jamaa.share.opening"].sudo().search([("share_id", "=", self.to_members.id)])
        self.assertEqual(rows.with_user(self.director_user).read(["reader_id"])[0]["reader_id"][0], self.there.id)
        for user in (self.team, self.peer, self.other_team, self.council):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                rows.with_user(user).read(["reader_id"])

    @mute_logger(*QUIET)
    def test_attachments_are_behind_the_same_rule(self):
        file = self._content(self.to_team).file_ids
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", file._name), ("res_id", "in", file.ids), ("res_field", "=", "data")])
        )
        self.assertEqual(len(attachment), 1)
        domain = [("id", "in", attachment.ids), ("res_field", "=", "data")]

        def reads(user):
            return self._try(lambda: attachment.with_user(user).read(["raw"])) and bool(
                self.env["ir.attachment"].with_user(user).search(domain)
            )

        self.assertTrue(reads(self.team))
        for user in (self.other_team, self.peer, self.not_named, self.gone, self.council, self.portal, self.public):
            with self.subTest(user=user.login):
                self.assertFalse(reads(user))
        with self.assertRaises(AccessError):
            attachment.with_user(self.team).generate_access_token()
        self.to_team.with_user(self.director_user)._withdraw("No")
        self.assertFalse(reads(self.team))

    @mute_logger(*QUIET)
    def test_the_paper_is_behind_the_same_rule(self):
        content = self._content(self.to_team)

        def prints(user):
            self.env.invalidate_all()
            report = self.env["ir.actions.report"].with_user(user)
            return report._render_qweb_pdf("jamaa_base.action_report_share", content.ids)[0]

        self.assertTrue(prints(self.team).startswith(b"%PDF"))
        self._expire(self.to_team)
        for user in (self.team, self.other_team, self.peer, self.council):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                prints(user)

    def test_there_is_no_chatter(self):
        for model in MODELS:
            with self.subTest(model=model):
                self.assertNotIn("message_ids", self.env[model]._fields)

    def test_a_closed_copy_opens_as_its_note_and_is_not_counted(self):
        self.assertEqual(self.to_team.with_user(self.team).action_open()["res_model"], "jamaa.share.content")
        self.to_team.with_user(self.director_user)._withdraw("No")
        self.assertEqual(self.to_team.with_user(self.team).action_open()["res_model"], "jamaa.share")
        self.assertEqual(self.to_team.with_user(self.director_user).opening_count, 1)


@tagged("post_install", "-at_install")
class TestShareSavedAddress(DoorsCase, HttpCase):
    """Addresses somebody noted while the copy was open."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.readers = {
            "team": cls._reader("w_team", "jamaa_base.group_programme_team", cls.programme_company),
            "other": cls._reader("w_other", "jamaa_base.group_programme_team", cls.other_company),
            "council": cls._reader("w_council", "jamaa_base.group_council_member", cls.here),
        }

    @classmethod
    def _reader(cls, login, group, company):
        return new_test_user(
            cls.env, login=login, password=login, groups=group, company_id=company.id, company_ids=[(6, 0, company.ids)]
        )

    def _fetch(self, login):
        """Whether any saved address still gives the file or the words."""
        self.authenticate(login, login) if login else self.logout()
        content = self._content(self.to_team)
        file = content.file_ids
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", file._name), ("res_id", "=", file.id), ("res_field", "=", "data")])
        )
        paths = (
            f"/web/content/jamaa.share.file/{file.id}/data",
            f"/web/content?model=jamaa.share.file&id={file.id}&field=data",
            f"/web/content/{attachment.id}",
            f"/web/content/{attachment.id}?unique={attachment.checksum}",
        )
        return [FILE in self.url_open(path).content for path in paths] + [
            self.url_open(f"/report/pdf/jamaa_base.report_share/{content.id}").content.startswith(b"%PDF"),
            SECRET in self._call("jamaa.share.content", "web_read", [content.ids], {"specification": {"payload": {}}}),
        ]

    def _call(self, model, method, args, kwargs):
        body = {
            "jsonrpc": "2.0",
            "method": "call",
            "params": {"model": model, "method": method, "args": args, "kwargs": kwargs},
        }
        return self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps(body),
            headers={"Content-Type": "application/json"},
        ).text

    @mute_logger(*QUIET, "odoo.addons.web.controllers.report", "odoo.addons.base.models.ir_attachment")
    def test_saved_addresses_stop_working(self):
        self.assertTrue(all(self._fetch("w_team")))
        for login in ("w_other", "w_council", None):
            with self.subTest(login=login):
                self.assertFalse(any(self._fetch(login)))
        self.to_team.with_user(self.director_user)._withdraw("No")
        self.assertFalse(any(self._fetch("w_team")))

    @mute_logger(*QUIET, "odoo.addons.web.controllers.report", "odoo.addons.base.models.ir_attachment")
    def test_saved_addresses_stop_working_after_the_last_day(self):
        self._expire(self.to_team)
        self.assertFalse(any(self._fetch("w_team")))
