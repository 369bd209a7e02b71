"""Recordings of published sheets, for everybody to hear."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.jamaa_base.controllers import public_page
from odoo.addons.jamaa_base.controllers.public_form import throttle_address
from odoo.addons.jamaa_base.controllers.public_home import GET, POST

from .procedures import PublicProcedures

#: Seconds a cache may keep a recording: one that was withdrawn is gone from them within the day.
KEPT = 24 * 3600
NUMBER_LIMIT = 2**31


class ProcedureAudio(PublicProcedures):
    """By the number of the recording; unknown, another commune's and unpublished look the same."""

    def _procedures_render(self, template, values, company, code, **options):
        """Add what can be heard to the page of a sheet; the way of speaking stands in its address."""
        if template == "public_sheet":
            sheet = company.env["jamaa.procedure.sheet"].browse(values["sheet"]["id"])
            values["audio"] = sheet._audio_values(code, request.params.get("voice"))
        return super()._procedures_render(template, values, company, code, **options)

    def _audio(self, slug, lang, code, number):
        company, _lang = self._jamaa_context(slug, lang)
        audio = number < NUMBER_LIMIT and company.env["jamaa.procedure.audio"]._heard(company, code, number)
        if not audio:
            raise NotFound()
        return audio

    @http.route("/c/<slug>/<lang>/procedures/<code>/audio/<int:number>", **GET)
    def listen(self, slug, lang, code, number, **_query):
        """The sound itself, whole or the part a player asks for.

        ``v`` in the query only makes the address of another recording another one.
        """
        audio = self._audio(slug, lang, code, number)
        stream = request.env["ir.binary"]._get_stream_from(audio, "sound", mimetype=audio.mimetype)
        stream.public = True
        stream.max_age = KEPT
        # No name of a person, a file or a programme.
        stream.download_name = f"{code}.{audio._extension()}"
        response = stream.get_response(as_attachment=False)
        kept = response.headers.get("Cache-Control")
        public_page.set_headers(response)
        response.headers["Cache-Control"] = kept
        response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
        return response

    @http.route("/c/<slug>/<lang>/procedures/<code>/audio/<int:number>/played", **POST)
    def played(self, slug, lang, code, number, **_post):
        """Count that somebody listened; sent by the page's script, nothing is kept of who."""
        audio = self._audio(slug, lang, code, number)
        audio.env["jamaa.procedure.audio.play"]._note(audio, throttle_address())
        return public_page.set_headers(request.make_response("", status=204), private=True)
