"""PDF by WeasyPrint for every report: Arabic lines keep their letters, pages have numbers."""

import base64
import io
import logging
import re

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import file_open
from odoo.tools.mimetypes import guess_mimetype

from ..tools.bidi import isolate
from ..tools.pdf import VARIANTS, PdfError, html_to_pdf
from ..tools.qr import qr_data_uri

_logger = logging.getLogger(__name__)

DOCUMENT_CSS = "jamaa_base/static/src/report/document.css"
#: Class of the root of our layout; a report without it is one of Odoo's own.
PAPER_MARK = 'class="jamaa-paper"'
#: Odoo's own reports put header, article and footer one after the other for wkhtmltopdf.
FOREIGN_CSS = "jamaa_base/static/src/report/foreign.css"
ASSET_PATH = re.compile(r"^/web/assets/(?:[^/]+/)?[^/]+/(?P<file>[^/]+)$")
IMAGE_PATH = re.compile(r"^/web/image/(?P<model>[a-z0-9_.]+)/(?P<id>\d+)/(?P<field>[a-z0-9_]+)$")


class IrActionsReport(models.Model):
    """Reports are rendered by WeasyPrint, one document per record.

    A model may say two things about its own papers, both optional:

    ``_document_lang()``
        the language code of the reader (the citizen), which beats the language of the clerk
        who prints; ``data={"lang": "fr_MA"}`` beats both
    ``_document_company()``
        the commune on the letterhead; without it ``company_id`` of the record, else the
        commune of the user

    Templates get ``commune``, ``commune_title``, ``is_demo``, ``lang``, ``lang_dir``, ``letterhead``, ``document_css``,
    ``qr_data_uri``, ``image_data_uri`` and ``isolate`` (for free text) besides what Odoo gives them.
    """

    _inherit = "ir.actions.report"

    pdf_engine = fields.Selection(
        [("weasyprint", "WeasyPrint"), ("wkhtmltopdf", "wkhtmltopdf")],
        string="PDF engine",
        default="weasyprint",
        required=True,
        help="wkhtmltopdf loses letters of Arabic lines that hold digits or Latin words.",
    )
    pdf_variant = fields.Selection(
        VARIANTS,
        string="PDF standard",
        help="Printing several records at once joins their files, which loses the standard: "
        "print or archive them one by one.",
    )

    # ---- what a template gets ---------------------------------------------------------------

    def _get_rendering_context(self, report, docids, data):
        """Add the commune, its letterhead, the language and our helpers."""
        context = super()._get_rendering_context(report, docids, data)
        docs = context.get("docs")
        lang = self.env["res.lang"]._get_data(code=self.env.context.get("lang") or "en_US")
        commune = self._document_company(docs)
        return {
            **context,
            "commune": commune,
            "lang": lang.code or "en_US",
            "lang_dir": "rtl" if lang.direction == "rtl" else "ltr",
            "commune_title": commune._commune_title(lang.code),
            "is_demo": commune.is_demo,
            "letterhead": {code: self._letterhead_lines(commune, code) for code in ("ar", "fr")},
            "document_css": self._document_css(),
            "qr_data_uri": qr_data_uri,
            "isolate": isolate,
            "image_data_uri": self._image_data_uri,
        }

    def _document_company(self, docs):
        """The commune whose letterhead a paper carries."""
        company = self.env["res.company"]
        if isinstance(docs, models.BaseModel) and docs:
            doc = docs[0]
            if doc._name == "res.company":
                company = doc
            elif hasattr(doc, "_document_company"):
                company = doc._document_company()
            elif "company_id" in doc._fields:
                company = doc.company_id
        # sudo: res.company - whoever may print a paper sees the letterhead on it
        return (company or self.env.company).sudo()

    def _letterhead_lines(self, commune, lang):
        """Lines of the letterhead in ``ar`` or ``fr``, from the State down to the commune."""
        text = commune[f"letterhead_{lang}"] or commune.name
        return [line.strip() for line in text.splitlines() if line.strip()]

    def _document_css(self):
        with file_open(DOCUMENT_CSS) as css:
            return Markup(css.read())

    def _image_data_uri(self, value):
        """A stored picture (base64) as an address that needs no fetching."""
        if not value:
            return ""
        mimetype = guess_mimetype(base64.b64decode(value))
        return f"data:{mimetype};base64,{value.decode() if isinstance(value, bytes) else value}"

    # ---- rendering --------------------------------------------------------------------------

    @api.model
    def get_wkhtmltopdf_state(self):
        """Say "ok" always: the client offers a PDF only then, and ours does not need the tool."""
        return "ok"

    def _pre_render_qweb_pdf(self, report_ref, res_ids=None, data=None):
        """Make real PDF in tests too, where core hands out HTML instead."""
        if self._get_report(report_ref).pdf_engine != "weasyprint":
            return super()._pre_render_qweb_pdf(report_ref, res_ids=res_ids, data=data)
        res_ids = [res_ids] if isinstance(res_ids, int) else res_ids
        return self._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids), "pdf"

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        """Render each record on its own and honour what was archived.

        Same contract as core: ``{record id: {"stream": …, "attachment": …}}``, with the single
        key False where there is no record to tie the document to.
        """
        report = self._get_report(report_ref)
        if report.pdf_engine != "weasyprint":
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids=res_ids)
        data = {"debug": False, "report_type": "pdf", **(data or {})}
        if not res_ids or len(set(res_ids)) != len(res_ids):
            pdf = self._paper(report, res_ids, data)
            return {False: {"stream": io.BytesIO(pdf), "attachment": None}}
        archive = report.attachment and not self.env.context.get("report_pdf_no_attachment")
        streams = {}
        for record in self.env[report.model].browse(res_ids):
            attachment = report.retrieve_attachment(record) if archive else None
            if attachment and report.attachment_use and attachment.mimetype == "application/pdf":
                pdf = attachment.raw
            else:
                pdf = self._paper(report, record.ids, data)
            streams[record.id] = {"stream": io.BytesIO(pdf), "attachment": attachment}
        return streams

    def _paper(self, report, res_ids, data):
        """One PDF for these records, in the language of its reader."""
        reports = self.with_context(lang=self._document_lang(report, res_ids, data), webp_as_jpg=True, debug=False)
        html = reports._render_qweb_html(report, res_ids, data=dict(data))[0]
        html = html.decode() if isinstance(html, bytes) else html
        own = PAPER_MARK in html
        try:
            return html_to_pdf(
                html if own else self._dress_foreign(report, html),
                variant=report.pdf_variant,
                image=self._paper_image,
                asset=self._paper_asset,
                strict=own,
            )
        except PdfError as error:
            _logger.error("The report %s could not be made: %s", report.report_name, error)
            raise UserError(
                self.env._(
                    "The document could not be made: a part of its layout is missing. "
                    "Please tell the administrator (report %(report)s).",
                    report=report.report_name,
                )
            ) from error

    def _document_lang(self, report, res_ids, data):
        """Language of a paper: asked for, else the reader's, else the user's."""
        asked = data.get("lang")
        if asked and asked in dict(self.env["res.lang"].get_installed()):
            return asked
        record = self.env[report.model].browse(res_ids and res_ids[0])
        if record and hasattr(record, "_document_lang"):
            asked = record._document_lang()
        else:
            asked = None
        return asked or self.env.lang or self.env.user.lang or "en_US"

    def _dress_foreign(self, report, html):
        """Turn header and footer of Odoo's own layouts into running ones."""
        paper = report.get_paperformat()
        size = f"{paper.format} " if paper.format and paper.format != "custom" else "A4 "
        margins = (paper.margin_top, paper.margin_right, paper.margin_bottom, paper.margin_left)
        orientation = (paper.orientation or "portrait").lower()
        margin = " ".join(f"{value:g}mm" for value in margins)
        page = f"@page {{ size: {size}{orientation}; margin: {margin} }}"
        with file_open(FOREIGN_CSS) as css:
            return html.replace("</head>", f"<style>{page}{css.read()}</style></head>", 1)

    def _paper_image(self, path):
        """Picture behind ``/web/image/<model>/<id>/<field>``, as the user may read it.

        Never with the rights of the code that prints: a paper may hold words from outside, and
        an address among them must not open a picture its reader could not open.
        """
        match = IMAGE_PATH.match(path)
        if not match or match["model"] not in self.env:
            return None
        record = self.env[match["model"]].sudo(False).browse(int(match["id"])).exists()
        field = record._fields.get(match["field"])
        if not record or field is None or field.type != "binary":
            return None
        if not record.has_access("read") or not record._has_field_access(field, "read"):
            return None
        content = base64.b64decode(record[field.name] or b"")
        mimetype = guess_mimetype(content)
        return (content, mimetype) if mimetype.startswith("image/") else None

    def _paper_asset(self, path):
        """Style sheet of Odoo behind ``/web/assets/…``; it is made now if nobody asked before."""
        match = ASSET_PATH.match(path)
        if not match or not match["file"].endswith(".css"):
            return None
        name, rtl, _kind, autoprefix = self.env["ir.asset"]._parse_bundle_name(match["file"], False)
        # sudo: ir.attachment - style sheets are public files, made once for everybody
        bundle = self.sudo().env["ir.qweb"]._get_asset_bundle(name, js=False, css=True, rtl=rtl, autoprefix=autoprefix)
        stylesheet = bundle.css()
        return (stylesheet.raw, "text/css") if stylesheet else None
