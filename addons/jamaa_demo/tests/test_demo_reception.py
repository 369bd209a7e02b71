"""Each screen of reception has something to show for its role, and nothing of it sits on real communes."""

from types import SimpleNamespace
from unittest.mock import patch

from odoo import fields
from odoo.tests import TransactionCase, tagged

from odoo.addons.jamaa_base.tests import sound_samples
from odoo.addons.jamaa_reception.tools import synthesiser

from ..generators import reception_voices

#: Model → (field, values that are there in the large commune); an empty field asks for any row.
SHOWN = {
    "jamaa.desk": (None, None),
    "jamaa.piece.report": ("state", {"new", "looked", "answered", "closed"}),
    "jamaa.procedure": ("state", {"draft", "published", "revised"}),
    "jamaa.procedure.access.gap": ("state", {"filled", "gap"}),
    "jamaa.procedure.clarity": ("value", {"clear", "unclear"}),
    "jamaa.procedure.notice": (None, None),
    "jamaa.procedure.notice.receipt": (None, None),
    "jamaa.procedure.reader.test": ("state", {"prepared", "held"}),
    "jamaa.procedure.remark": ("lang", {"ar", "fr"}),
    "jamaa.procedure.request": (
        "stage",
        {"incomplete", "received", "in_work", "decided", "ready", "handed_over", "withdrawn", "lapsed"},
    ),
    "jamaa.procedure.sheet": ("state", {"draft", "review", "published", "superseded"}),
    "jamaa.procedure.site": ("what", {"done", "deposit", "information", "not_here"}),
    "jamaa.proximity.study": ("state", {"ready", "decided"}),
    "jamaa.reception.precheck": ("outcome", {"complete", "slip", "insisted"}),
    "jamaa.reception.training": ("state", {"planned", "held", "cancelled"}),
    "jamaa.reception.visit": ("what", {"act", "oriented", "returned"}),
    "jamaa.satisfaction.point": ("kind", {"tablet", "poster"}),
    "jamaa.search.miss": (None, None),
}
#: What the smaller communes show too.
SMALLER = (
    "jamaa.desk",
    "jamaa.piece.report",
    "jamaa.procedure.clarity",
    "jamaa.procedure.reader.test",
    "jamaa.procedure.request",
    "jamaa.reception.precheck",
    "jamaa.reception.training",
    "jamaa.reception.visit",
    "jamaa.search.miss",
)
ADOPTED = {"exemple-la-grande": 39, "exemple-la-moyenne": 18, "exemple-la-petite": 10}
#: Login → lists that are not empty for it.
ROLES = {
    "accueil.grande": ("jamaa.procedure.request", "jamaa.reception.precheck", "jamaa.reception.visit"),
    "redacteur.grande": ("jamaa.procedure.sheet", "jamaa.search.miss", "jamaa.procedure.clarity"),
    "chef.voirie.grande": ("jamaa.procedure.request", "jamaa.piece.report"),
    "chef.affaires.grande": ("jamaa.procedure.request", "jamaa.piece.report"),
    "urbanisme.grande": ("jamaa.procedure.request", "jamaa.piece.report"),
    "site.grande": ("jamaa.procedure.request", "jamaa.desk", "jamaa.reception.training", "jamaa.satisfaction.summary"),
    "directeur.grande": ("jamaa.procedure.request", "jamaa.piece.report", "jamaa.proximity.study"),
    "president.grande": ("jamaa.procedure.request", "jamaa.proximity.study", "jamaa.satisfaction.summary"),
    "accueil.moyenne": ("jamaa.procedure.request", "jamaa.reception.visit"),
    "accueil.petite": ("jamaa.procedure.request", "jamaa.procedure.sheet", "jamaa.reception.visit"),
}


@tagged("post_install", "-at_install")
class TestDemoReception(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        communes = cls.env["res.company"].search([("is_commune", "=", True)])
        cls.fictional = {one.commune_slug: one for one in communes if one.is_demo}
        cls.real = communes.filtered(lambda one: not one.is_demo)
        cls.large = cls.fictional["exemple-la-grande"]

    def _rows(self, model, commune=None):
        return self.env[model].search([("company_id", "=", (commune or self.large).id)])

    def test_every_screen_shows_something(self):
        for model, (field, values) in SHOWN.items():
            with self.subTest(model=model):
                found = self._rows(model)
                self.assertTrue(found)
                if field:
                    self.assertLessEqual(values, {row[field] for row in found})

    def test_the_smaller_communes_show_something_too(self):
        for slug in ("exemple-la-moyenne", "exemple-la-petite"):
            for model in SMALLER:
                with self.subTest(model=model, commune=slug):
                    self.assertTrue(self._rows(model, self.fictional[slug]))

    def test_each_role_has_something_to_read(self):
        for login, models in ROLES.items():
            user = self.env["res.users"].search([("login", "=", login)])
            for model in models:
                with self.subTest(login=login, model=model):
                    rows = self.env[model].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
                    self.assertTrue(rows.search([], limit=1))

    def test_catalogues(self):
        """As many sheets as each commune can keep, read by a second person but in the small one."""
        for slug, count in ADOPTED.items():
            with self.subTest(commune=slug):
                procedures = self._rows("jamaa.procedure", self.fictional[slug])
                self.assertEqual(len(procedures), count)
                self.assertTrue(procedures.filtered("review_late"))
                self.assertTrue(all(procedures.mapped("department_id")))
                published = procedures.sheet_id
                self.assertEqual(set(published.mapped("reviewed_alone")), {slug == "exemple-la-petite"})

    def test_requests_of_six_months(self):
        """All kinds of ends, and dates that fit together."""
        requests = self.env["jamaa.procedure.request"].search([])
        self.assertGreaterEqual(len(requests), 390)
        with_cases = {one.id for slug, one in self.fictional.items() if not slug.startswith("exemple-pair-")}
        self.assertEqual(set(requests.company_id.ids), with_cases)
        mine = self._rows("jamaa.procedure.request")
        today = fields.Date.today()
        self.assertGreaterEqual((today - min(mine.mapped("received_on"))).days, 150)
        self.assertLessEqual({"granted", "refused"}, set(mine.mapped("decision_outcome")))
        for name in ("silence_passed_on", "extended_on", "ask_on", "on_the_spot", "proxy_id", "letter_number"):
            with self.subTest(name=name):
                self.assertTrue(mine.filtered(name))
        self.assertTrue(mine.filtered(lambda one: one.clock_state == "late"))
        for request in requests:
            days = [request.received_on, request.decided_on, request.ready_on, request.ended_on]
            days = [day for day in days if day]
            self.assertEqual(days, sorted(days), request.number)
            facts = request.milestone_ids.sorted("date")
            self.assertEqual(facts[:1].code, "received", request.number)
            self.assertLessEqual(facts[-1:].date.date(), today)

    def test_nothing_on_real_communes(self):
        for model in SHOWN:
            with self.subTest(model=model):
                self.assertFalse(self.env[model].search_count([("company_id", "in", self.real.ids)]))

    def test_measures_are_there(self):
        codes = set(self._rows("jamaa.metric.value").metric_id.mapped("code"))
        wanted = {
            "requests_received",
            "requests_decided_in_time",
            "returns_avoided",
            "sheets_reviewed_in_time",
            "sheets_clear",
        }
        self.assertLessEqual(wanted, codes)

    def test_nothing_of_it_leaves(self):
        """No letter to an invented applicant, no real name in the vault."""
        waiting = self.env["mail.mail"].search([("state", "=", "outgoing"), ("model", "=", "jamaa.procedure.request")])
        self.assertFalse(waiting)
        requests = self.env["jamaa.procedure.request"].search([])
        names = (requests.complainant_id | requests.proxy_id).mapped("name")
        self.assertTrue(all("خيالي" in name or "fictif" in name for name in names))

    def test_two_sheets_are_read_by_a_machine(self):
        """Where the server has no synthesiser they are silent; nobody's voice is imitated."""
        communes = {"large": SimpleNamespace(company=self.env["res.company"]._commune_by_slug("exemple-la-grande"))}
        sheets = (
            self.env["jamaa.procedure"]
            .search([("company_id", "=", communes["large"].company.id), ("code", "in", reception_voices.HEARD)])
            .sheet_id
        )
        self.assertEqual(len(sheets), len(reception_voices.HEARD))
        sheets.audio_ids.unlink()
        with patch.object(synthesiser, "voices", return_value=set()):
            reception_voices.generate(communes)
        self.assertFalse(sheets.audio_ids)
        with (
            patch.object(synthesiser, "voices", return_value={"ar", "fr-fr"}),
            patch.object(synthesiser, "say", return_value=sound_samples.ogg()),
        ):
            reception_voices.generate(communes)
        self.assertEqual(set(sheets.audio_ids.mapped("variety")), set(reception_voices.SPOKEN))
        self.assertEqual(set(sheets.audio_ids.mapped("provisional")), {True})
