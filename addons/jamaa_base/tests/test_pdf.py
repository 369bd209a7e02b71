"""Papers: made by WeasyPrint also in tests and without wkhtmltopdf, reading nothing foreign."""

import io
from unittest.mock import patch

from markupsafe import Markup
from pypdf import PdfReader

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from ..models.ir_actions_report import IrActionsReport
from ..tools.pdf import PaperFetcher, PdfError, html_to_pdf
from ..tools.qr import qr_data_uri, qr_svg
from .common import CommuneCase

PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@tagged("jamaa_pdf")
class TestFetcher(BaseCase):
    """What a paper may read."""

    def test_data_and_static_are_read(self):
        fetcher = PaperFetcher()
        self.assertTrue(fetcher.fetch(PIXEL).read())
        font = fetcher.fetch("http://jamaa.invalid/jamaa_base/static/fonts/NotoNaskhArabic-Regular.woff2")
        self.assertTrue(font.read().startswith(b"wOF2"))
        self.assertFalse(fetcher.refused)

    def test_everything_else_is_refused(self):
        for url in (
            "http://example.com/a.png",
            "https://example.com/a.png",
            "file:///etc/passwd",
            "FILE:///etc/passwd",
            "ftp://example.com/a",
            "http://jamaa.invalid@example.com/a.png",
            "http://jamaa.invalid.example.com/jamaa_base/static/x.png",
            "http://jamaa.invalid/etc/passwd",
            "http://jamaa.invalid/web/session/logout",
            "http://jamaa.invalid/jamaa_base/static/../../../odoo.conf",
            "http://jamaa.invalid/jamaa_base/static/%2e%2e/models/res_company.py",
            "http://jamaa.invalid/jamaa_base/models/static/x.py",
            "http://127.0.0.1:8069/web/health",
            "//example.com/a.png",
            "javascript:alert(1)",
        ):
            fetcher = PaperFetcher()
            with self.subTest(url=url), self.assertRaises(ValueError):
                fetcher.fetch(url)
            self.assertEqual(len(fetcher.refused), 1)

    def test_program_files_are_no_static_files(self):
        # The type is checked too: a script below static is no part of a paper.
        with self.assertRaises(ValueError):
            PaperFetcher().fetch("http://jamaa.invalid/web/static/src/boot.js")

    @mute_logger("weasyprint")
    def test_foreign_pictures_are_left_out_and_nothing_is_opened(self):
        html = """<html><head><link rel="stylesheet" href="https://example.com/a.css"/>
            <style>@import url("http://example.com/b.css");
            body { background: url(file:///etc/passwd) }</style></head>
            <body><img src="http://example.com/p.png"/><object data="file:///etc/passwd"></object>
            <p>words</p></body></html>"""
        with (
            patch("urllib.request.OpenerDirector.open", side_effect=AssertionError("opened")),
            patch("socket.socket.connect", side_effect=AssertionError("connected")),
        ):
            pdf = html_to_pdf(html)
        self.assertIn("words", PdfReader(io.BytesIO(pdf)).pages[0].extract_text())

    @mute_logger("weasyprint")
    def test_attachment_links_take_no_file_along(self):
        html = '<html><body><a rel="attachment" href="file:///etc/passwd">x</a></body></html>'
        self.assertNotIn(b"EmbeddedFile", html_to_pdf(html))

    def test_missing_font_stops_the_paper(self):
        html = """<html><style>@font-face { font-family: X;
            src: url("/jamaa_base/static/fonts/none.woff2") } body { font-family: X }
            </style><body>x</body></html>"""
        with self.assertRaises(PdfError):
            html_to_pdf(html)


@tagged("jamaa_pdf")
class TestQr(BaseCase):
    def test_picture_is_sharp_and_has_its_quiet_zone(self):
        svg = qr_svg("https://example.org/c/x/ar/case/abcdefghijklmnop")
        self.assertIn('viewBox="0 0 41 41"', svg)  # 33 modules and 4 on each side
        self.assertNotIn("http://www.w3.org/1999", svg)
        self.assertTrue(qr_data_uri("x").startswith("data:image/svg+xml;base64,"))

    def test_text_that_cannot_be_read_is_refused(self):
        for text in ("", "x" * 501):
            with self.assertRaises(ValueError):
                qr_svg(text)


@tagged("jamaa_pdf")
class TestReports(CommuneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.here.is_demo = True
        cls.rule = cls.env.ref("jamaa_base.regime_complaint_answer")
        cls.report = cls.env.ref("jamaa_base.report_legal_proof")
        cls.Report = cls.env["ir.actions.report"]

    def proof(self, lang="fr_MA", **vals):
        return self.env["jamaa.legal.proof"].create(
            {
                "company_id": self.here.id,
                "regime_id": self.rule.id,
                "start_date": "2026-02-02",
                "lang": lang,
                **vals,
            }
        )

    def render(self, records, **options):
        content, kind = self.Report._render_qweb_pdf(self.report, records.ids, **options)
        self.assertEqual(kind, "pdf")
        return PdfReader(io.BytesIO(content)), content

    def text(self, reader):
        return "\n".join(page.extract_text() for page in reader.pages)

    def test_pdf_in_tests_and_without_wkhtmltopdf(self):
        with patch.object(type(self.Report), "_run_wkhtmltopdf", side_effect=AssertionError("wkhtmltopdf")):
            reader, content = self.render(self.proof())
        self.assertTrue(content.startswith(b"%PDF"))
        self.assertEqual(self.Report.get_wkhtmltopdf_state(), "ok")

    def test_letterhead_numbers_and_demo_mark(self):
        words = self.text(self.render(self.proof())[0])
        for part in ("Royaume du Maroc", "Commune", "vendredi 3 avril 2026", "données fictives"):
            self.assertIn(part, words)
        self.here.is_demo = False
        self.assertNotIn("fictives", self.text(self.render(self.proof())[0]))

    def test_page_n_of_m_can_be_translated(self):
        view = self.env.ref("jamaa_base.document_page").with_context(lang=None)
        terms = view._fields["arch_db"].get_trans_terms(view.arch_db)
        self.assertTrue(any("page-number" in term for term in terms), terms)

    def test_unconfirmed_rule_is_not_called_legal_on_paper(self):
        words = self.text(self.render(self.proof("en_US"))[0])
        self.assertIn("What the commune undertakes", words)
        self.assertIn("has not been checked by a jurist", words)
        self.assertNotIn("Legal", words)

    def test_language_is_the_readers(self):
        reader, _content = self.render(self.proof("ar_MA"))
        self.assertEqual(reader.trailer["/Root"]["/Lang"], "ar-MA")
        self.assertIn("2026", self.text(reader))
        # Asked for, another language wins; one that is not installed does not.
        reader, _content = self.render(self.proof("ar_MA"), data={"lang": "fr_MA"})
        self.assertEqual(reader.trailer["/Root"]["/Lang"], "fr-MA")
        reader, _content = self.render(self.proof("ar_MA"), data={"lang": "xx_XX"})
        self.assertEqual(reader.trailer["/Root"]["/Lang"], "ar-MA")

    def test_pdf_ua(self):
        reader, content = self.render(self.proof())
        root = reader.trailer["/Root"]
        self.assertTrue(root["/MarkInfo"]["/Marked"])
        self.assertIn("/StructTreeRoot", root)
        self.assertIn(b"pdfuaid", reader.xmp_metadata.rdf_root.toxml().encode())
        self.assertTrue(reader.metadata.title)

    def test_fonts_are_ours_and_inside(self):
        reader, _content = self.render(self.proof("ar_MA"))
        names = set()
        for page in reader.pages:
            for font in page["/Resources"]["/Font"].values():
                names.add(font.get_object()["/BaseFont"])
        self.assertTrue(any("Jamaa-Naskh" in name for name in names), names)
        self.assertTrue(all("+Jamaa-" in name for name in names), names)

    def test_several_records_are_several_papers_joined(self):
        proofs = self.proof("fr_MA") + self.proof("ar_MA")
        reader, _content = self.render(proofs)
        self.assertEqual(len(reader.pages), 2)
        # Each one is numbered for itself.
        self.assertIn("1", reader.pages[1].extract_text())

    def test_archived_paper_is_used_again(self):
        partner = self.env["res.partner"].create({"name": "Archive"})
        view = self.env["ir.ui.view"].create(
            {
                "name": "paper",
                "type": "qweb",
                "key": "jamaa_base.test_paper",
                "arch": '<t t-name="jamaa_base.test_paper"><t t-call="jamaa_base.document_layout_a5">'
                '<p t-foreach="docs" t-as="doc" t-out="doc.name"/></t></t>',
            }
        )
        report = self.Report.create(
            {
                "name": "Paper",
                "model": "res.partner",
                "report_type": "qweb-pdf",
                "report_name": view.key,
                "attachment": "'paper.pdf'",
                "attachment_use": True,
            }
        )
        self.assertEqual(report.pdf_engine, "weasyprint")
        first, _kind = self.Report._render_qweb_pdf(report, partner.ids)
        partner.name = "Changed"
        second, _kind = self.Report._render_qweb_pdf(report, partner.ids)
        self.assertEqual(first, second)
        self.assertEqual(
            self.env["ir.attachment"].search_count(
                [("res_model", "=", "res.partner"), ("res_id", "=", partner.id), ("name", "=", "paper.pdf")]
            ),
            1,
        )
        page = PdfReader(io.BytesIO(first)).pages[0]
        self.assertAlmostEqual(float(page.mediabox.width), 419.5, delta=1)

    def test_words_of_a_citizen_are_words(self):
        partner = self.env["res.partner"].create({"name": "<img src=x> & <b>bold</b>"})
        view = self.env["ir.ui.view"].create(
            {
                "name": "words",
                "type": "qweb",
                "key": "jamaa_base.test_words",
                "arch": '<t t-name="jamaa_base.test_words"><t t-call="jamaa_base.document_layout">'
                '<p class="words" t-out="docs.name"/></t></t>',
            }
        )
        report = self.Report.create(
            {"name": "W", "model": "res.partner", "report_type": "qweb-pdf", "report_name": view.key}
        )
        content, _kind = self.Report._render_qweb_pdf(report, partner.ids)
        self.assertIn("<b>bold</b>", PdfReader(io.BytesIO(content)).pages[0].extract_text())

    def test_picture_is_read_with_the_rights_of_the_reader(self):
        self.there.logo = PIXEL.partition(",")[2]
        path = f"/web/image/res.company/{self.there.id}/logo"
        self.assertTrue(self.Report._paper_image(path))
        portal = self._make_user("t_paper_portal", "base.group_portal")
        attachment = self.env["ir.attachment"].create(
            {"name": "x.png", "datas": PIXEL.partition(",")[2], "res_model": "res.users", "res_id": 2}
        )
        hidden = f"/web/image/ir.attachment/{attachment.id}/datas"
        self.assertTrue(self.Report._paper_image(hidden))
        self.assertIsNone(self.Report.with_user(portal).sudo()._paper_image(hidden))

    def test_broken_layout_is_one_clear_sentence(self):
        with (
            patch.object(
                IrActionsReport,
                "_document_css",
                lambda self: Markup("@font-face{font-family:Q;src:url(/jamaa_base/static/q.woff2)}"),
            ),
            mute_logger("odoo.addons.jamaa_base.models.ir_actions_report"),
            self.assertRaisesRegex(UserError, "layout is missing"),
        ):
            self.render(self.proof())

    def test_reports_of_odoo_go_the_same_way(self):
        report = self.env.ref("base.report_ir_model_overview", raise_if_not_found=False) or self.env.ref(
            "web.action_report_internalpreview"
        )
        record = self.env[report.model].search([], limit=1)
        content, kind = self.Report._render_qweb_pdf(report, record.ids)
        self.assertEqual(kind, "pdf")
        self.assertTrue(content.startswith(b"%PDF"))
