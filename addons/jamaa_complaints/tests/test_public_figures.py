"""The page of figures, open data and published reports, as anybody sees them."""

from odoo.tests import tagged

from .public_common import PublicComplaintCase


@tagged("post_install", "-at_install")
class TestPublicFigures(PublicComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reports = cls.env["jamaa.complaint.report"]
        end = cls.reports._running_end()
        for number in range(12):
            case = cls.lodge(cls, kind="complaint" if number < 9 else "remark")
            case.sudo().write({"legal_receipt_date": end.replace(day=5)})
            case._set_clocks()
        cls.running = cls.reports._running(cls.commune)

    def test_the_page_in_each_language(self):
        for lang in ("ar", "fr"):
            page = self.url_open(self.page_url("figures", lang))
            self.assertEqual(page.status_code, 200)
            self.assertIn("12", page.text)
            self.assertIn("max-age", page.headers["Cache-Control"])

    def test_small_numbers_are_masked(self):
        cells = {row["name"]: row["received"] for row in self.running._public_cells() if row["dimension"] == "kind"}
        # three remarks, and the nine complaints from which they could be reckoned
        self.assertEqual(set(cells.values()), {None})
        table = self.url_open(self.page_url("figures.csv", "fr")).content.decode("utf-8-sig")
        self.assertNotIn(",3,", table)
        self.assertNotIn(",9,", table)

    def test_a_name_that_looks_like_a_formula_stays_text(self):
        self.category.name = "=1+1"
        self.running._compute_lines()
        table = self.url_open(self.page_url("figures.csv", "fr")).content.decode("utf-8-sig")
        self.assertIn("'=1+1", table)

    def test_a_commune_that_does_not_publish(self):
        self.commune.publish_figures = False
        self.assertNotIn("12", self.url_open(self.page_url("figures")).text.split("<main")[-1].split("</main")[0])
        self.assertEqual(self.url_open(self.page_url("figures.csv")).status_code, 404)
        self.assertNotIn("/figures", self.url_open(self.page_url("")).text)

    def test_a_report_is_out_only_once_published(self):
        year = self.commune.env["helpdesk.ticket"]._commune_today().year - 1
        report = self.reports.create({"company_id": self.commune.id, "year": year})
        address = self.page_url(f"figures/{year}")
        self.assertEqual(self.url_open(address).status_code, 404)
        self.env.user.group_ids += self.env.ref("jamaa_base.group_director")
        report.action_validate()
        self.assertEqual(self.url_open(address).status_code, 404)
        report.action_publish()
        answer = self.url_open(address)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertTrue(answer.content.startswith(b"%PDF"))
        self.assertIn(f"figures/{year}", self.url_open(self.page_url("figures")).text)
        report.action_withdraw()
        self.assertEqual(self.url_open(address).status_code, 404)
        self.assertFalse(report.public_file_ids)

    def test_queries(self):
        self.url_open(self.page_url("figures"))
        with self.assertQueryCount(30):
            self.url_open(self.page_url("figures"))

    def test_the_form_takes_woman_or_man(self):
        self.send(self.fresh_form(), sex="f")
        case = self.cases().sorted("id")[-1]
        self.assertEqual(case.citizen_sex, "f")
        answer = self.send(self.fresh_form(), sex="x")
        self.assertEqual(answer.status_code, 422)
