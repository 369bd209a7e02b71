"""Sharing a copy: who may, what of, with whom, what becomes of it."""

import base64
import json

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .share_common import SECRET, ShareCase


@tagged("post_install", "-at_install")
class TestShare(ShareCase):
    def _wizard(self, source=None, user=None, **vals):
        source = source or self.site
        Wizard = self.env["jamaa.share.publish"].with_user(user or self.director_user)
        return Wizard.create({"res_model": source._name, "res_id": source.id, **vals})

    # ---------- who ----------

    def test_director_president_and_reference_person_share(self):
        reference = self._make_user("s_ref", "jamaa_base.group_reference_person")
        self._make_holder(self._make_function("reference_person"), reference)
        for user in (self.director_user, self.president_user, reference):
            with self.subTest(user=user.login):
                self.assertEqual(self._publish(user=user).user_id, user)

    def test_nobody_else_shares(self):
        stand_in = self._make_user("s_stand_in", "jamaa_base.group_director")
        self._make_holder(self.director, stand_in, role="stand_in")
        for user in (self.vice_user, self.clerk, self.admin_user, self.council, stand_in):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._publish(user=user)
            with self.subTest(user=user.login, door="button"), self.assertRaises(AccessError):
                self.site.with_user(user).action_share()

    def test_a_mandate_that_ended_shares_no_more(self):
        self.president_holder.date_to = self._day(-1)
        with self.assertRaises(AccessError):
            self._publish(user=self.president_user)

    def test_a_holder_elsewhere_does_not_share_for_this_commune(self):
        self._make_holder(self._make_function("director", company=self.there), self.peer)
        # Works in both communes, so that the mandate alone decides.
        self.peer.company_ids += self.here
        user = self.peer.with_context(allowed_company_ids=(self.here + self.there).ids)
        source = self.site.with_user(self.peer).with_context(user.env.context)
        self.assertEqual(source.name, "Annex")
        with self.assertRaises(AccessError):
            source.env["jamaa.share"]._publish(source, "site", "x", {"sections": []}, "programme")

    # ---------- what ----------

    def test_only_listed_models_are_shared(self):
        partner = self.env["res.partner"].create({"name": "Somebody", "company_id": self.here.id})
        attachment = self.env["ir.attachment"].create({"name": "a", "company_id": self.here.id})
        Share = self.env["jamaa.share"].with_user(self.director_user)
        for source in (partner, attachment, self.director_user, self.president_holder, self.president):
            with self.subTest(model=source._name), self.assertRaisesRegex(UserError, "never shared"):
                Share._publish(source, "document", "x", {"sections": []}, "programme")

    def test_no_person_or_case_is_on_the_list(self):
        models = self.env["jamaa.share"]._shareable_models()
        never = (
            "helpdesk.",
            "res.",
            "hr.",
            "ir.",
            "mail.",
            "jamaa.complain",
            "jamaa.function.holder",
            "jamaa.identity",
        )
        self.assertFalse([name for name in models if name.startswith(never)])

    def test_a_payload_is_plain(self):
        for payload in (
            {"sections": [{"html": "<b>x</b>"}]},
            {"sections": [{"paragraphs": [{"a": 1}]}]},
            {"sections": [{"table": {"rows": [["a", self.site]]}}]},
            {"sections": "text"},
            "text",
            {},
        ):
            with self.subTest(payload=payload), self.assertRaises(ValueError):
                self._publish(payload=payload)

    def test_what_users_wrote_is_escaped(self):
        share = self._publish(payload={"sections": [{"heading": "<script>x</script>", "paragraphs": ["<b>y</b>"]}]})
        body = str(self._content(share).body)
        self.assertIn("&lt;script&gt;", body)
        self.assertNotIn("<b>", body)

    def test_the_copy_does_not_follow_the_record(self):
        share = self._publish()
        self.site.commune_role = "Something else"
        self.assertIn(SECRET, self._content(share).payload)

    def test_each_language_is_kept(self):
        payload = json.loads(self._content(self._publish()).payload)
        self.assertEqual(set(payload), {code for code, _name in self.env["res.lang"].get_installed()})

    def test_files_are_copied(self):
        document = self.env["jamaa.document"].create({"name": "Report", "company_id": self.here.id})
        version = self.env["jamaa.document.version"].create(
            {"document_id": document.id, "file_ar": base64.b64encode(b"first"), "file_ar_name": "a.pdf"}
        )
        share = self._publish(source=version, files=version._share_files())
        version.file_ar = base64.b64encode(b"second")
        file = self._content(share).file_ids
        self.assertEqual((file.name, base64.b64decode(file.data)), ("a.pdf", b"first"))
        self.assertEqual(len(file.digest), 64)

    def test_the_fingerprint_depends_on_words_and_files(self):
        same = {"sections": []}
        digests = [
            self._content(self._publish(payload=payload, files=files)).digest
            for payload, files in ((same, []), (same, [("a", b"1")]), ({"sections": [{"heading": "x"}]}, []))
        ]
        self.assertEqual(len(set(digests)), 3)

    # ---------- with whom ----------

    def test_only_a_member_shares(self):
        self.members[self.here].date_to = self._day(-1)
        with self.assertRaises(UserError):
            self._publish()

    def test_not_with_a_programme_the_commune_is_not_in(self):
        with self.assertRaises(UserError):
            self._publish(programme=self.other_programme)

    def test_peers_are_members_today(self):
        self._publish("peers", peers=self.there)
        for peers in (self.left, self.hamlet, self.there + self.left):
            with self.subTest(peers=peers.mapped("name")), self.assertRaises(UserError):
                self._publish("peers", peers=peers)

    def test_peers_are_named_and_others(self):
        for audience, peers in (("peers", None), ("peers", self.here), ("programme", self.there)):
            with self.subTest(audience=audience), self.assertRaises(UserError):
                self._publish(audience, peers=peers)

    def test_the_last_day_is_not_past(self):
        with self.assertRaises(UserError):
            self._publish(until=self._day(-3))

    def test_figures_are_those_of_the_own_commune_and_no_site(self):
        metric = self.env["jamaa.metric"].create({"code": "t_share", "name": "Measured"})
        for company, site, value in ((self.here, None, 11), (self.there, None, 22), (self.here, self.site.id, 33)):
            self.env.cr.execute(
                "INSERT INTO jamaa_metric_value (metric_id, company_id, site_id, grain, period_start, period_end, value)"
                " VALUES (%s, %s, %s, 'month', '2026-01-01', '2026-01-31', %s)",
                [metric.id, company.id, site, value],
            )
        share = self._publish(source=metric)
        self.assertEqual((share.company_id, share.kind), (self.here, "figures"))
        page = json.loads(self._content(share).payload)["en_US"]["sections"][0]
        self.assertEqual(page["table"]["rows"], [["2026-01", "11"]])

    def test_a_copy_of_another_commune_is_not_replaced(self):
        metric = self.env["jamaa.metric"].create({"code": "t_share", "name": "Measured"})
        self._make_holder(self._make_function("director", company=self.there), self.peer)
        theirs = self._publish(source=metric, user=self.peer)
        self._publish(source=metric)
        self.assertEqual((theirs.state, theirs.company_id), ("open", self.there))

    # ---------- life ----------

    def test_nothing_is_changed_or_deleted(self):
        share = self._publish(files=[("a", b"1")])
        content = self._content(share)
        for record, vals in (
            (share, {"title": "x"}),
            (share, {"until": False}),
            (content, {"payload": "{}"}),
            (content.file_ids, {"name": "x"}),
        ):
            with self.subTest(model=record._name, vals=vals):
                with self.assertRaises(UserError):
                    record.write(vals)
                with self.assertRaises(UserError):
                    record.unlink()
                for user in (self.director_user, self.admin_user, self.team):
                    with self.assertRaises(AccessError):
                        record.with_user(user).unlink()
        with self.assertRaises(UserError):
            share.copy()

    def test_a_withdrawal_has_a_reason_and_is_for_publishers(self):
        share = self._publish()
        with self.assertRaises(UserError):
            share.with_user(self.director_user)._withdraw("  ")
        for user in (self.admin_user, self.vice_user, self.team):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                share.with_user(user)._withdraw("No")
        share.with_user(self.president_user)._withdraw("Wrong hours")
        self.assertEqual((share.state, share.withdrawn_by_id), ("withdrawn", self.president_user))
        with self.assertRaises(UserError):
            share.with_user(self.president_user)._withdraw("Again")

    def test_a_newer_copy_replaces_the_one_for_the_same_readers(self):
        first, peers = self._publish(), self._publish("peers", peers=self.there)
        second = self._publish()
        self.assertEqual((first.state, second.state, peers.state), ("replaced", "open", "open"))
        self.assertEqual(second.replaces_id, first)

    def test_states_are_found_as_they_are_shown(self):
        shares = {"open": self._publish("members"), "withdrawn": self._publish("peers", peers=self.there)}
        shares["withdrawn"].with_user(self.director_user)._withdraw("No")
        shares["replaced"] = self._publish()
        shares["ended"] = self._publish(until=self._day(3))
        self._expire(shares["ended"])
        for state, share in shares.items():
            with self.subTest(state=state):
                self.assertEqual(share.state, state)
                self.assertEqual(share.search([("state", "=", state), ("company_id", "=", self.here.id)]), share)

    def test_the_register_keeps_both_facts(self):
        share = self._publish()
        share.with_user(self.director_user)._withdraw("Personal: somebody's name")
        entries = self.env["jamaa.register.entry"].search(
            [("res_model", "=", "jamaa.share"), ("res_id", "=", share.id)], order="id"
        )
        self.assertEqual(entries.mapped("kind_code"), ["share_published", "share_withdrawn"])
        self.assertIn(self._content(share).digest, entries[0].facts)
        self.assertNotIn("somebody", entries[1].facts)

    # ---------- screens ----------

    def test_the_wizard_shows_what_is_published(self):
        wizard = self._wizard(audience="members")
        self.assertEqual((wizard.title, wizard.programme_id), ("Annex", self.programme))
        self.assertIn(SECRET, str(wizard.preview))
        share = self.env["jamaa.share"].browse(wizard.action_publish()["res_id"])
        self.assertEqual(json.loads(self._content(share).payload), self.site._share_payloads())

    def test_the_wizard_offers_members_of_today(self):
        form = Form(
            self.env["jamaa.share.publish"]
            .with_user(self.director_user)
            .with_context(default_res_model="jamaa.site", default_res_id=self.site.id)
        )
        self.assertEqual(form.title, "Annex")
        form.audience = "peers"
        self.assertIn(SECRET, form.preview)
        self.assertEqual(self._wizard().allowed_peer_ids, self.there + self.far)

    def test_the_wizard_reads_nothing_but_listed_models(self):
        with self.assertRaises(UserError):
            self._wizard(source=self.president_user.partner_id)
        elsewhere = self.env["jamaa.site"].create({"name": "Theirs", "company_id": self.there.id})
        with self.assertRaises(AccessError):
            self._wizard(source=elsewhere)

    def test_renewing_proposes_the_same_readers(self):
        share = self._publish("peers", peers=self.there).with_user(self.director_user)
        context = share.action_renew()["context"]
        wizard = self.env["jamaa.share.publish"].with_user(self.director_user).with_context(**context).create({})
        wizard.action_publish()
        self.assertEqual(share.state, "replaced")

    def test_readings_are_counted_by_commune_and_name_nobody(self):
        share = self._publish("members")
        for user in (self.team, self.peer, self.peer, self.director_user):
            share.with_user(user).action_open()
        ours = share.with_user(self.director_user)
        self.assertEqual((ours.opening_count, ours.first_opened_on), (3, share._today()))
        self.assertEqual(
            ours.readers.splitlines(),
            sorted(
                [
                    f"{company.display_name}: {count}"
                    for company, count in ((self.programme_company, 1), (self.there, 2))
                ]
            ),
        )
        self.assertFalse({"create_uid", "write_uid"} & self.env["jamaa.share.opening"]._fields.keys())
        for user in (self.team, self.peer):
            with self.subTest(user=user.login):
                self.assertEqual((share.with_user(user).opening_count, share.with_user(user).readers), (0, ""))

    def test_lists_do_not_ask_per_row(self):
        def queries(user, model, names):
            records = self.env[model].with_user(user)
            self.env.invalidate_all()
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            records.search_read([], names)
            return self.env.cr.sql_log_count - before

        names = ["title", "state", "published_by", "opening_count", "readers", "addressed_to_us", "peer_ids"]
        self._publish()
        for user in (self.director_user, self.team):
            queries(user, "jamaa.share", names)
            few = queries(user, "jamaa.share", names)
            for _count in range(4):
                self._publish()
            self.assertLessEqual(queries(user, "jamaa.share", names), few)
            self.assertLessEqual(few, 20)
