from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestCommuneSession(HttpCase):
    def test_the_client_names_the_commune_in_the_readers_language(self):
        commune = self.env["res.company"].create(
            {"name": "Here", "is_commune": True, "commune_slug": "test-session", "name_ar": "الهنا", "name_fr": "Ici"}
        )
        for lang, name in (("ar_MA", "جماعة الهنا"), ("fr_MA", "Commune d’Ici")):
            login = f"t_session_{lang}"
            new_test_user(
                self.env,
                login=login,
                groups="base.group_user",
                lang=lang,
                company_id=commune.id,
                company_ids=[(6, 0, commune.ids)],
            )
            self.authenticate(login, login)
            info = self.make_jsonrpc_request("/web/session/get_session_info")
            names = [company["name"] for company in info["user_companies"]["allowed_companies"].values()]
            self.assertEqual(names, [name])
