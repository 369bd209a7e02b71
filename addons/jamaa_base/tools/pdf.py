"""From HTML to PDF with WeasyPrint, reading nothing but what we ship or hand over.

A paper may hold words a citizen typed, so the renderer is kept on a short leash: ``data:``
addresses and files below the ``static`` folder of an addon are read, an image of a record is
asked from the caller, and everything else (http, file, ftp, other schemes) is refused.
"""

import logging
import mimetypes
from urllib.parse import unquote, urlsplit

from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from odoo.tools import file_open

_logger = logging.getLogger(__name__)
# WeasyPrint tells every page and every CSS property it does not know.
logging.getLogger("weasyprint").setLevel(logging.ERROR)
logging.getLogger("fontTools").setLevel(logging.ERROR)

#: Relative addresses are resolved against this; ".invalid" never resolves (RFC 2606).
BASE_URL = "http://jamaa.invalid/"
#: What may be read below an addon's static folder.
STATIC_TYPES = (".css", ".woff2", ".woff", ".ttf", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif")
VARIANTS = [
    ("pdf/ua-1", "PDF/UA-1: readable by screen readers"),
    ("pdf/a-3u", "PDF/A-3u: for archives"),
]


class PdfError(Exception):
    """The document could not be made; the text says why, for the log."""


class PaperFetcher(URLFetcher):
    """Reads what a paper is made of, and nothing else.

    :param image: callable taking a path such as ``/web/image/res.company/1/logo`` and
        returning ``(bytes, mimetype)``, or None when there is no such image
    :param asset: the same for ``/web/assets/…``, which papers of Odoo itself need

    What is forbidden is left out of the paper and listed in ``refused``. A static file of ours
    that is missing is a fault of the program and stops the rendering: a paper without its font
    or style sheet is not handed to anybody. Papers of Odoo itself are taken as they are
    (``strict=False``): their style sheets name files nobody has.
    """

    def __init__(self, image=None, asset=None, strict=True):
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._image = image
        self._asset = asset
        self._strict = strict
        self.refused = []

    def fetch(self, url, headers=None):
        """Return the content behind ``url``; see the class for what is allowed."""
        if url[:5].lower() == "data:":
            return super().fetch(url, headers)
        if not url.startswith(BASE_URL):
            return self._refuse(url)
        path = unquote(urlsplit(url).path)
        if path.startswith("/web/image") and self._image:
            found = self._image(path)
        elif path.startswith("/web/assets/") and self._asset:
            found = self._asset(path)
        else:
            found = self._static(path)
        if not found:
            return self._refuse(url)
        content, mimetype = found
        return URLFetcherResponse(url, content, {"Content-Type": mimetype})

    def _refuse(self, url):
        self.refused.append(url[:200])
        raise ValueError("this address is not read for a paper")

    def _static(self, path):
        """Content and type of ``/<addon>/static/…``, None for any other path."""
        parts = path.split("/")
        if len(parts) < 4 or parts[0] or parts[2] != "static" or ".." in parts:
            return None
        if not path.endswith(STATIC_TYPES):
            return None
        try:
            with file_open(path[1:], "rb", filter_ext=STATIC_TYPES) as static:
                content = static.read()
        except (OSError, ValueError) as error:
            if not self._strict:
                return None
            raise FatalURLFetchingError(f"{path}: {error}") from error
        return content, mimetypes.guess_type(path)[0] or "application/octet-stream"


def html_to_pdf(html, variant=None, image=None, asset=None, strict=True):
    """Return the PDF of a document.

    :param html: the whole document, bytes or str
    :param variant: one of :data:`VARIANTS`, or None for a plain PDF
    :param image: see :class:`PaperFetcher`
    :param asset: see :class:`PaperFetcher`
    :param strict: see :class:`PaperFetcher`
    :rtype: bytes
    :raises PdfError: when it could not be made; nothing half-made is returned
    """
    if isinstance(html, bytes):
        html = html.decode()
    fetcher = PaperFetcher(image, asset, strict)
    options = {"pdf_variant": variant} if variant else {"pdf_tags": True}
    try:
        pdf = HTML(string=html, base_url=BASE_URL, url_fetcher=fetcher).write_pdf(
            font_config=FontConfiguration(), optimize_images=True, **options
        )
    # It derives from BaseException, so that WeasyPrint lets it pass; it must not pass here,
    # where it would end the worker instead of the request.
    except FatalURLFetchingError as error:
        raise PdfError(str(error)) from error
    if fetcher.refused:
        _logger.info("Left out of a paper: %s", ", ".join(fetcher.refused))
    return pdf
