"""Mail and followers of cases: citizens are neither readers nor authors."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_normalize, html2plaintext
from odoo.tools.mail import email_split_tuples, html_sanitize

from odoo.addons.jamaa_base.tools.text import clean_text
from odoo.addons.jamaa_base.tools.uploads import UploadProblem, clean_image

from ..tools.mail_charset import mail_lang
from .helpdesk_ticket_lodge import FACTS_LIMIT, PHOTO_LIMIT, SUBJECT_LIMIT

# Headers that say who wrote to whom; they go to the vault.
ENVELOPE = ("from", "email_from", "to", "cc", "recipients", "reply_to", "inner")


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    # ------------------------------------------------------------------
    # Mail gateway
    # ------------------------------------------------------------------

    @api.model
    def _is_case_mail(self, routes):
        """Whether one of the routes of an incoming mail leads to a case."""
        for model, thread_id, custom_values, _user, _alias in routes or ():
            if model != self._name:
                continue
            # sudo: helpdesk.ticket, team - the gateway belongs to no user
            if thread_id and self.sudo().browse(thread_id).exists().kind:
                return True
            team_id = (custom_values or {}).get("team_id")
            # sudo: helpdesk.ticket.team - aliases of the units, asked by the mail gateway
            teams = self.env["helpdesk.ticket.team"].sudo()
            if team_id and teams.browse(team_id).exists().case_role == "unit":
                return True
        return False

    @api.model
    def _split_envelope(self, message_dict):
        """Part an incoming mail into its addresses and its words.

        :param message_dict: core's parsed form of it
        :return: (envelope dict for the vault, message dict without addresses). A mail
            from a colleague keeps its author; recipients are dropped all the same.
        """
        envelope = {key: message_dict.get(key) or "" for key in ENVELOPE}
        # sudo: res.partner - the gateway's guess of a sender, kept in the vault only
        author = self.env["res.partner"].sudo().browse(message_dict.get("author_id") or 0)
        colleague = author.user_ids.filtered(lambda user: user._is_internal())[:1]
        envelope["user_id"] = colleague.id
        clean = dict(message_dict)
        for key in ("subject", "body"):
            # PostgreSQL takes no such sign: the mail would be refused again and again.
            clean[key] = (clean.get(key) or "").replace("\0", "")
        for key in ("to", "cc", "recipients", "to_filtered", "cc_filtered", "reply_to"):
            clean[key] = ""
        clean.pop("inner", None)
        envelope["text"] = clean.pop("text", None)
        clean["partner_ids"] = []
        # Filed apart from the message, so that no file keeps a kind a browser would run.
        envelope["pictures"], envelope["files"] = self._sort_files(message_dict.get("attachments") or [])
        clean["attachments"] = []
        if not colleague:
            citizen = self._citizen_partner()
            clean["from"] = clean["email_from"] = citizen.email_formatted
            clean["author_id"] = citizen.id
        return envelope, clean

    @api.model
    def _citizen_partner(self):
        """The one pseudonymous author under whom citizens' words are filed."""
        # sudo: res.partner - the one pseudonymous author of citizens' words
        return self.env.ref("jamaa_complaints.partner_citizen").sudo()

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """A mail to a complaint unit is a case; any other is upstream's."""
        team_id = (custom_values or {}).get("team_id")
        # sudo: helpdesk.ticket.team - the gateway belongs to no user
        team = self.env["helpdesk.ticket.team"].sudo().browse(team_id or 0).exists()
        if team.case_role != "unit":
            return super().message_new(msg_dict, custom_values)
        if not self.env.su:
            raise AccessError(self.env._("Cases by e-mail come through the mail gateway."))
        return self._lodge_mail(msg_dict, team)

    @api.model
    def _lodge_mail(self, msg_dict, team):
        """Lodge the case a mail brings; the addresses go to the vault."""
        envelope = self.env.context.get("case_envelope")
        if envelope is None:
            envelope, msg_dict = self._split_envelope(msg_dict)
        sender = envelope["email_from"] or envelope["from"]
        names = email_split_tuples(sender)
        name, address = names[0] if names else ("", "")
        subject = msg_dict.get("subject") or self.env._("By e-mail")
        facts = envelope["text"]
        if facts is None:
            facts = html2plaintext(html_sanitize(msg_dict.get("body") or "")).strip()
        case = self._lodge(
            team.company_id,
            {
                "kind": "complaint",
                "subject": clean_text(subject, SUBJECT_LIMIT, multiline=False) or self.env._("By e-mail"),
                "facts": clean_text(facts, FACTS_LIMIT) or subject,
            },
            identity={
                "name": name or address or self.env._("Sender of a mail"),
                "email": email_normalize(address) or address,
            },
            photos=envelope["pictures"],
            channel="email",
            lang=mail_lang(f"{subject} {facts}"),
        )
        case._envelope_to_vault(envelope)
        case._file_mail_files(envelope["files"])
        return case

    @api.model
    def _sort_files(self, files):
        """Pictures of a mail, made harmless, and the other files as they are.

        The whole mail as a file would bring the addresses back: it is left out.
        """
        pictures, others = [], []
        for item in files:
            name, content = item[0] or "", item[1]
            try:
                if not isinstance(content, bytes) or len(pictures) >= PHOTO_LIMIT:
                    raise UploadProblem("not_a_picture")
                pictures.append(clean_image(content))
            except UploadProblem:
                if not name.endswith(".eml"):
                    others.append(item)
        return pictures, others

    def _envelope_to_vault(self, envelope):
        """Keep the mail as it came beside the identity, where nobody reads it."""
        self.ensure_one()
        # sudo: helpdesk.ticket, jamaa.complainant - only code writes to the vault
        case = self.sudo()
        if not case.complainant_id:
            case._put_in_vault({"email": envelope["email_from"]}, False)
        lines = [f"{key}: {envelope[key]}" for key in ENVELOPE if envelope[key]]
        person = case.complainant_id
        person.raw_mail = "\n".join(filter(None, [person.raw_mail, *lines]))

    def message_update(self, msg_dict, update_vals=None):
        """A mail about a case subscribes nobody; its addresses go to the vault.

        :raise AccessError: somebody calls it who is not the gateway: it would write into
            the vault and add files whoever asks
        """
        # sudo: helpdesk.ticket - whether it is a case
        if not self.sudo().kind:
            return super().message_update(msg_dict, update_vals)
        if not self.env.su:
            raise AccessError(self.env._("Cases by e-mail come through the mail gateway."))
        envelope = self.env.context.get("case_envelope")
        if envelope is None:
            envelope, _clean = self._split_envelope(msg_dict)
        if not envelope["user_id"]:
            self._envelope_to_vault(envelope)
            self._add_milestone("message_received")
            self._note_late_message()
        self._file_pictures(envelope["pictures"])
        self._file_mail_files(envelope["files"])
        return True

    # ------------------------------------------------------------------
    # Messages and followers
    # ------------------------------------------------------------------

    def _case_readers(self, partner_ids):
        """Of these partners, the staff who may read this case."""
        self.ensure_one()
        # sudo: res.partner, res.users - only to know whose account it is
        users = self.env["res.partner"].sudo().browse(partner_ids).user_ids
        return users.filtered(
            lambda user: user._is_internal() and self.with_user(user).sudo(False).has_access("read")
        ).partner_id

    def message_post(self, *, partner_ids=None, outgoing_email_to=False, **kwargs):
        """Messages of a case stay among those who may read it.

        :raise AccessError: somebody else is addressed; citizens are answered by the
            answer, and mails to them are built from the vault
        """
        # sudo: helpdesk.ticket - whether it is a case
        if self.sudo().kind:
            asked = set(partner_ids or ())
            readers = set(self._case_readers(list(asked)).ids)
            if self.env.su and kwargs.get("message_type") == "email":
                # the gateway would tell the author of the message replied to
                partner_ids = list(asked & readers)
            elif asked - readers or outgoing_email_to:
                raise AccessError(
                    self.env._(
                        "Case %(number)s: only colleagues who handle it can be written to "
                        "here. The citizen is answered by the answer.",
                        # sudo: helpdesk.ticket - the register number alone
                        number=self.sudo().case_number,
                    )
                )
        return super().message_post(partner_ids=partner_ids, outgoing_email_to=outgoing_email_to, **kwargs)

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Whoever may no longer read a case is told nothing of it.

        A follower stays one when the service changes, when the person leaves the
        service or loses a role: asked at each message, that needs no cleaning up.
        """
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        # sudo: helpdesk.ticket - whether it is a case
        if not self.sudo().kind:
            return recipients
        readers = set(self._case_readers([row["id"] for row in recipients]).ids)
        return [row for row in recipients if row["id"] in readers]

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Only staff who may read a case can follow it."""
        # sudo: helpdesk.ticket - whether it is a case
        cases = self.sudo().filtered("kind").sudo(self.env.su)
        for case in cases:
            readers = case._case_readers(list(partner_ids or ())).ids
            if readers:
                super(HelpdeskTicket, case)._message_subscribe(readers, subtype_ids)
        if plain := self - cases:
            return super(HelpdeskTicket, plain)._message_subscribe(partner_ids, subtype_ids, customer_ids)
        return True

    def _message_auto_subscribe(self, updated_values, followers_existing_policy="skip"):
        """Followers of the unit's page do not become followers of its cases.

        Any employee may follow a team; the person in charge alone is subscribed.
        """
        # sudo: helpdesk.ticket - whether it is a case
        cases = self.sudo().filtered("kind").sudo(self.env.su)
        if cases:
            mine = {k: v for k, v in updated_values.items() if k == "user_id"}
            super(HelpdeskTicket, cases)._message_auto_subscribe(mine, followers_existing_policy)
        if plain := self - cases:
            return super(HelpdeskTicket, plain)._message_auto_subscribe(updated_values, followers_existing_policy)
        return True

    @api.model
    def _get_thread_with_access(self, thread_id, **kwargs):
        """The citizen's link opens our page, not the messages of the desk."""
        thread = super()._get_thread_with_access(thread_id, **kwargs)
        # sudo: helpdesk.ticket - whether it is a case, then the reader's own rights
        if thread.sudo().kind and not thread.sudo(False).has_access("read"):
            return self.browse()
        return thread

    # ------------------------------------------------------------------
    # Portal
    # ------------------------------------------------------------------

    def _compute_access_url(self):
        super()._compute_access_url()
        for case in self.filtered("kind"):
            case.access_url = "#"

    def _get_share_url(self, *args, **kwargs):
        # sudo: helpdesk.ticket - whether it is a case
        if self.sudo().kind:
            raise UserError(self.env._("A case is not shared by link."))
        return super()._get_share_url(*args, **kwargs)
