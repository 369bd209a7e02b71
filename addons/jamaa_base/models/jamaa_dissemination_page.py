"""What the page behind a recipient's link shows."""

from odoo import fields, models
from odoo.tools import format_date

from ..tools.public_lang import by_code
from .jamaa_dissemination import RECEIVED


class JamaaDisseminationRecipient(models.Model):
    _inherit = "jamaa.dissemination.recipient"

    def _page_words(self, lang):
        """What the page of the link shows, as plain values.

        :param str lang: URL code
        """
        self.ensure_one()
        env = self.env
        company = self.sender_company_id
        labels = dict(self._fields["received_quality"]._description_selection(env))
        if self.sending_state == "draft":
            status = "unknown"
        elif self.version_state in ("withdrawn", "replaced"):
            status = self.version_state
        elif self.state in RECEIVED:
            status = "received"
        else:
            status = "closed" if self.sending_state == "closed" else "open"
        files = []
        if status in ("open", "received") and self.sending_state == "sent":
            version = self.dissemination_id.version_id.with_context(bin_size=True)
            names = {"ar": env._("Document in Arabic"), "fr": env._("Document in French")}
            files = [
                {
                    "url": f"{self._public_path(lang)}/file/{code}",
                    "name": names[code],
                    "size": version[f"file_{code}"].decode(),
                }
                for code in ("ar", "fr")
                if version[f"file_{code}"]
            ]
        return {
            "status": status,
            "title": self.title,
            "number": self.version_number,
            "summary": self.summary or "",
            "message": self.message or "",
            "function": self.function_name,
            "sender": company._commune_title(by_code(lang).code),
            "contact": ", ".join(filter(None, [company.contact_phone or company.phone, company.email])),
            "reason": self.dissemination_id.version_id.withdrawn_reason or "",
            "due": format_date(env, self.date_due) if self.date_due else "",
            "files": files,
            "qualities": list(labels.items()),
            "quality": "stand_in" if self.by_stand_in else "holder",
            "received_on": format_date(env, fields.Datetime.context_timestamp(self, self.received_on).date())
            if self.received_on
            else "",
            "received_as": labels.get(self.received_quality, ""),
            "received_by_link": self.received_via == "link",
            "url": self._public_path(lang),
        }
