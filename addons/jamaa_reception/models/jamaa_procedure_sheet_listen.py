"""What of a published sheet can be heard, as plain values for the public page."""

from odoo import models

from odoo.addons.jamaa_base.tools.public_lang import by_code

from ..tools.varieties import OFFERED, VARIETIES


class JamaaProcedureSheet(models.Model):
    _inherit = "jamaa.procedure.sheet"

    def _audio_values(self, lang, variety=None):
        """Return what of the sheet can be heard on a page, with one query for all of it.

        A part that was not recorded in the variety that was chosen is offered in the next one the
        page's language is heard in, and says so.

        :param str lang: of the page, by URL code or ``res.lang`` code
        :param str variety: chosen in the address (``?voice=``), possibly junk
        :return: dict: ``variety`` (code; empty when nothing can be heard), ``varieties`` (list of
            dicts ``code, name, html, query, current``), ``summary``, ``papers`` (dict or None) and
            ``steps`` (step id -> dict); what is heard is a dict ``src, played, mimetype, what,
            name, html, provisional, length``
        """
        self.ensure_one()
        page = by_code(lang)
        # sudo: jamaa.procedure.audio - what may be heard of a published sheet is public
        recordings = self.env["jamaa.procedure.audio"].sudo()
        audios = recordings.search_fetch(
            [("sheet_id", "=", self.id), ("stale", "=", False), ("sheet_id.state", "=", "published")],
            ["part", "step_id", "variety", "provisional", "seconds", "mimetype", "digest"],
        )
        found = {}
        for audio in audios:
            found.setdefault((audio.part, audio.step_id.id), {})[audio.variety] = audio
        order = [code for code in OFFERED[page.url] if any(code in one for one in found.values())]
        names = dict(recordings._fields["variety"]._description_selection(self.env))
        chosen = variety if variety in order else next(iter(order), "")
        if chosen:
            order = [chosen, *(code for code in order if code != chosen)]
        values = {"variety": chosen, "summary": None, "papers": None, "steps": {}}
        values["varieties"] = [
            {
                "code": code,
                "name": names[code],
                "html": VARIETIES[code].html,
                "query": f"?voice={code}",
                "current": code == chosen,
            }
            for code in OFFERED[page.url]
            if code in order
        ]
        root = self.company_id._public_url(page.url, f"procedures/{self.procedure_id.code}/audio") if found else ""
        for (part, step), by_variety in found.items():
            audio = by_variety[next(code for code in order if code in by_variety)]
            heard = self._audio_heard(audio, root, names)
            if part == "step":
                values["steps"][step] = heard
            else:
                values[part] = heard
        return values

    def _audio_heard(self, audio, root, names):
        """Return one recording as the template ``public_listen`` wants it."""
        minutes, seconds = divmod(round(audio.seconds), 60)
        what = {
            "summary": self.env._("Listen: in plain words"),
            "step": self.env._("Listen to this step"),
            "papers": self.env._("Listen: papers to bring"),
        }[audio.part]
        return {
            "src": f"{root}/{audio.id}?v={audio.digest[:10]}",
            "played": f"{root}/{audio.id}/played",
            "mimetype": audio.mimetype,
            "what": what,
            "name": names[audio.variety],
            "html": VARIETIES[audio.variety].html,
            "provisional": audio.provisional,
            "length": f"{minutes}:{seconds:02}",
        }
