"""Nothing calls home: no page, no scheduled action and no installed module reaches others."""

import re
from unittest.mock import patch

from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged

from .public_common import FollowedModelMixin

# Addons that talk to their makers' or other companies' servers, or bring such calls along.
FORBIDDEN = {
    "cloud_storage", "crm_iap_enrich", "crm_iap_mine", "google_account", "google_address_autocomplete",
    "google_calendar", "google_drive", "google_gmail", "google_recaptcha", "hr_recruitment_extract",
    "html_builder", "iap", "iap_crm", "iap_mail", "im_livechat", "mail_bot", "mail_bot_hr",
    "mail_plugin", "microsoft_account", "microsoft_calendar", "microsoft_outlook",
    "partner_autocomplete", "partnership", "payment", "sms", "snailmail", "social_media",
    "web_unsplash", "website", "website_cf_turnstile", "website_event_track",
}  # fmt: skip
# XML namespaces look like addresses and are none.
NAMESPACE = re.compile(rb"https?://www\.w3\.org/[0-9a-z/]*")


@tagged("post_install", "-at_install")
class TestNothingIsSent(TransactionCase):
    def test_no_forbidden_module(self):
        installed = self.env["ir.module.module"].search([("state", "=", "installed")])
        self.assertEqual(set(installed.mapped("name")) & FORBIDDEN, set())

    def test_scheduled_actions_are_off(self):
        for xml_id in ("mail.ir_cron_module_update_notification", "digest.ir_cron_digest_scheduler_action"):
            cron = self.env.ref(xml_id, raise_if_not_found=False)
            self.assertFalse(cron and cron.active, xml_id)

    def test_no_digest_to_anybody(self):
        self.assertFalse(self.env["digest.digest"].search([("state", "=", "activated")]))
        self.assertFalse(self.env["ir.config_parameter"].get_param("digest.default_digest_emails"))

    def test_the_publisher_is_told_nothing_even_by_hand(self):
        with (
            patch("requests.post", side_effect=AssertionError("sent")),
            patch("requests.get", side_effect=AssertionError("sent")),
        ):
            self.assertTrue(self.env["publisher_warranty.contract"].update_notification(cron_mode=False))
            self.assertEqual(self.env["publisher_warranty.contract"]._get_sys_logs(), {"messages": []})

    def test_addresses_in_messages_are_not_opened(self):
        self.assertFalse(self.env["mail.link.preview"]._is_link_preview_enabled())

    def test_no_push_through_the_makers_of_browsers(self):
        key = self.env["mail.push.device"].get_web_push_vapid_public_key()
        device = {"endpoint": "https://push.example/1", "keys": {"a": "b"}, "vapid_public_key": key}
        self.env["mail.push.device"].register_devices(**device)
        self.assertFalse(self.env["mail.push.device"].search([]))
        self.env["ir.config_parameter"].set_param("jamaa_base.web_push", "1")
        self.env["mail.push.device"].register_devices(**device)
        self.assertTrue(self.env["mail.push.device"].search([]))

    def test_a_call_asks_no_foreign_server(self):
        from odoo.addons.mail.tools.discuss import Store

        user = new_test_user(self.env, "t_call", groups="base.group_user")
        channel = self.env["discuss.channel"].with_user(user)._create_group(partners_to=user.partner_id.ids)
        store = Store()
        channel.self_member_id.sudo()._rtc_join_call(store)
        self.assertEqual(store.get_result()["Rtc"]["iceServers"], [])

    def test_style_sheets_name_no_host(self):
        for bundle in ("web.assets_web", "web.assets_frontend", "web.report_assets_common"):
            css = self.env["ir.qweb"]._get_asset_bundle(bundle, js=False).css()
            content = NAMESPACE.sub(b"", css.raw)
            self.assertGreater(len(content), 10_000)
            self.assertIn(b"NotoNaskhArabic", content, bundle)
            self.assertFalse(re.findall(rb"url\(['\"]?(?:https?:)?//[^)]*\)", content), bundle)
            self.assertNotIn(b"odoocdn", content, bundle)


@tagged("post_install", "-at_install")
class TestNothingIsLoaded(FollowedModelMixin, HttpCase):
    """Chromium opens the pages; every request that is not to this server is caught."""

    READY = "document.readyState === 'complete'"
    DONE = """
        document.fonts.ready.then(() => setTimeout(() => console.log("test successful"), 700));
    """

    def setUp(self):
        super().setUp()
        self.foreign = []

    def fetch_proxy(self, url):
        self.foreign.append(url)
        return super().fetch_proxy(url)

    def _open(self, path, login=None, ready=READY):
        self.browser_js(path, self.DONE, ready, login=login)

    def test_public_pages(self):
        for path in ("/c?lang=ar", "/c/test-grande/ar", "/c/test-grande/fr/follow", "/c/test-grande/zgh"):
            self._open(path)
        self.assertEqual(self.foreign, [])

    def test_login_page(self):
        self._open("/web/login")
        self.assertEqual(self.foreign, [])

    def test_client_in_arabic(self):
        user = new_test_user(self.env, "t_client", groups="base.group_user,base.group_partner_manager", lang="ar_MA")
        user.group_ids += self.env.ref("base.group_system")
        # Made beforehand: a busy machine needs longer for them than the browser waits.
        for bundle in ("web.assets_web", "web.assets_web_print"):
            assets = self.env["ir.qweb"]._get_asset_bundle(bundle, rtl=True)
            assets.css()
            assets.js()
        for path in ("/odoo", "/odoo/discuss", "/odoo/settings", "/odoo/apps"):
            self._open(path, login=user.login, ready="!!document.querySelector('.o_main_navbar')")
        self.assertEqual(self.foreign, [])

    def test_the_catch_catches(self):
        """The page that loads something foreign is found, else the tests above prove nothing."""
        self.browser_js(
            "/web/health",
            """
            const image = new Image();
            image.onerror = image.onload = () => console.log("test successful");
            image.src = "https://tracker.example/pixel.png";
            """,
            self.READY,
        )
        self.assertEqual(self.foreign, ["https://tracker.example/pixel.png"])

    def test_policy_of_the_client(self):
        policy = self.url_open("/web/login").headers["Content-Security-Policy"]
        self.assertIn("default-src 'self'", policy)
        self.assertIsNone(re.search(r"https?:", policy))
        self.env["ir.config_parameter"].set_param(
            "jamaa_base.allowed_origins", "https://tiles.example.ma:8443 javascript:x https://a;b"
        )
        policy = self.url_open("/web/login").headers["Content-Security-Policy"]
        self.assertIn("https://tiles.example.ma:8443", policy)
        self.assertNotIn("javascript", policy)
        self.assertNotIn("a;b", policy)
