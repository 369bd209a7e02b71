"""The mail gateway of cases: nothing lost, nothing answered to a machine, nothing twice."""

import hashlib
import logging
import re
import xmlrpc.client

import psycopg2

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import plaintext2html
from odoo.tools.mail import email_normalize
from odoo.tools.misc import hmac

from ..tools.mail_reader import ADDRESS, DAEMONS, UnreadableMail, hide_addresses, read_frame, read_mail, safe_kind

_logger = logging.getLogger(__name__)

HOUR = 3600
# Message-IDs of our mails to citizens: mail, case, and a proof that we made it.
OWN_ID = re.compile(r"<(\d+)-(\d+)-([0-9a-f]{24})-jamaa-case@[^<>\s]+>")
CASE_NUMBER = re.compile(r"\b(?:19|20)\d\d-\d{5,}\b")
PUBLIC_CODE = re.compile(r"\b[2-9A-Z]{4}[- ]?[2-9A-Z]{4}\b")
ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    mail_alert = fields.Selection(
        [
            ("bounced", "A message did not reach the citizen: answer by another way"),
            ("after_close", "The citizen wrote after the case was closed"),
        ],
        string="To be looked at",
        copy=False,
        readonly=True,
    )
    _mail_alert_idx = models.Index("(company_id, mail_alert) WHERE mail_alert IS NOT NULL")

    # ------------------------------------------------------------------
    # Whose mail is it
    # ------------------------------------------------------------------

    @api.model
    def _mail_bytes(self, message):
        """A mail as bytes, in whatever form the fetching program hands it over."""
        if isinstance(message, xmlrpc.client.Binary):
            return bytes(message.data)
        return message.encode("utf-8", "surrogateescape") if isinstance(message, str) else bytes(message)

    @api.model
    def _mail_concerned(self, raw, custom_values=None):
        """The complaint units a mail is for: addressed to them, or about a case of theirs.

        :return: the mail's frame and the units (sudo); without units the mail is core's
        """
        # sudo: helpdesk.ticket.team, mail.alias - the gateway belongs to no user
        teams = self.env["helpdesk.ticket.team"].sudo()
        frame = read_frame(raw)
        locals_ = [address.partition("@")[0] for address in frame.recipients]
        domain = Domain("alias_full_name", "in", frame.recipients) | (
            Domain("alias_name", "in", locals_) & Domain("alias_incoming_local", "=", True)
        )
        # sudo: mail.alias - as above
        aliases = self.env["mail.alias"].sudo().search(domain)
        units = teams.search([("alias_id", "in", aliases.ids), ("case_role", "=", "unit")])
        if not units and (team_id := (custom_values or {}).get("team_id")):
            units = teams.browse(team_id).exists().filtered(lambda team: team.case_role == "unit")
        if not units:
            looked_at = frame
            if "multipart/report" in frame.headers.get("content-type", "").lower() or self._is_daemon(frame):
                try:
                    looked_at = read_mail(raw)
                except UnreadableMail:
                    looked_at = frame
            units = self._case_by_ids(looked_at).team_id
        return frame, units

    @api.model
    def _is_daemon(self, mail):
        return mail.sender.partition("@")[0].lower() in DAEMONS

    @api.model
    def _own_message_id(self, mail_id, host):
        """Message-ID of a mail about this case: the same at each try to send it."""
        self.ensure_one()
        # sudo: ir.config_parameter - the database secret keys the proof
        proof = hmac(self.env(su=True), "jamaa-case-mail", (mail_id, self.id))[:24]
        return f"<{mail_id}-{self.id}-{proof}-jamaa-case@{host}>"

    @api.model
    def _case_by_ids(self, mail):
        """The case a mail answers to or reports on, by Message-IDs we made (sudo)."""
        # sudo: helpdesk.ticket - the gateway belongs to no user
        tickets = self.sudo().with_context(active_test=False)
        for found in mail.all_ids():
            own = OWN_ID.fullmatch(found)
            # sudo: ir.config_parameter - the database secret keys the proof
            if own and own[3] == hmac(self.env(su=True), "jamaa-case-mail", (int(own[1]), int(own[2])))[:24]:
                return tickets.browse(int(own[2])).exists().filtered("kind")
        ids = mail.all_ids()
        if ids:
            # sudo: mail.message - only which case it belongs to
            message = (
                self.env["mail.message"]
                .sudo()
                .search(
                    [
                        ("message_id", "in", [*ids, *(self._filed_message_id(found) for found in ids)]),
                        ("model", "=", self._name),
                    ],
                    order="id desc",
                    limit=1,
                )
            )
            return tickets.browse(message.res_id).exists().filtered("kind")
        return tickets.browse()

    @api.model
    def _case_by_subject(self, mail, unit):
        """The case whose number or code the subject names (sudo); empty if none."""
        text = mail.subject.translate(ARABIC_DIGITS)
        codes = [re.sub(r"[- ]", "", code) for code in PUBLIC_CODE.findall(text.upper())]
        domain = Domain("case_number", "in", CASE_NUMBER.findall(text)) | Domain("public_code", "in", codes)
        # sudo: helpdesk.ticket - the gateway belongs to no user
        tickets = self.sudo().with_context(active_test=False)
        return tickets.search(
            Domain("company_id", "=", unit.company_id.id) & Domain("kind", "!=", False) & domain, limit=1
        )

    @api.model
    def _filed_message_id(self, message_id):
        """Message-ID under which a mail is filed: the sender's own often names the sender."""
        # sudo: ir.config_parameter - the database secret keys the hash
        return f"<{hmac(self.env(su=True), 'jamaa-case-mail-in', message_id)[:40]}@mail.jamaa>"

    def _is_mail_of_citizen(self, mail):
        """Whether the sender's address is the one the vault holds for this case."""
        self.ensure_one()
        # sudo: jamaa.complainant - compared here, shown nowhere
        person = self.sudo().complainant_id
        known = email_normalize(person.email or "")
        return bool(known and not person.erased_on and known == email_normalize(mail.sender))

    # ------------------------------------------------------------------
    # One mail in
    # ------------------------------------------------------------------

    @api.model
    def _mail_in(self, raw, frame, units):
        """File one mail: as a case, as a message of a case, or set aside.

        :param bytes raw: the mail
        :param frame: its frame (`tools.mail_reader.Mail`)
        :param units: complaint units (sudo) it is for
        :return: id of the case, or False
        """
        known_as = frame.message_id or f"<{hashlib.sha256(raw).hexdigest()}>"
        message_id = self._filed_message_id(known_as)
        # Two servers fetching the same mail at once wait for each other here.
        self.env.cr.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [message_id])
        if self._mail_is_known(message_id):
            _logger.info("A mail to the complaint unit came again and was left: it is on file.")
            return False
        # sudo: helpdesk.ticket - the gateway belongs to no user
        gate = self.sudo()
        try:
            mail = read_mail(raw)
        except UnreadableMail:
            mail = None
        case_id = False
        for unit in units:
            try:
                with self.env.cr.savepoint():
                    case_id = gate._mail_in_unit(raw, mail or frame, unit, message_id, readable=bool(mail)) or case_id
            except psycopg2.OperationalError:
                # the database is busy: the same mail is tried again
                raise
            except Exception as problem:
                # The words of an error may hold addresses: its name alone is kept.
                _logger.info("A mail to the complaint unit was set aside after %s.", type(problem).__name__)
                gate._set_mail_aside(raw, frame, unit, message_id, "error", note=type(problem).__name__)
        return case_id

    @api.model
    def _mail_is_known(self, message_id):
        # sudo: mail.message, jamaa.complaint.mail.aside - whether it is on file
        messages, asides = self.env["mail.message"].sudo(), self.env["jamaa.complaint.mail.aside"].sudo()
        known = [("message_id", "=", message_id)]
        return bool(messages.search_count(known, limit=1) or asides.search_count(known, limit=1))

    @api.model
    def _mail_in_unit(self, raw, mail, unit, message_id, readable=True):
        """File one mail in one unit; see `_mail_in`."""
        case = self._case_by_ids(mail).filtered(lambda found: found.team_id == unit)
        reason = mail.reason_aside() if readable else "unreadable"
        if not reason and self._is_own_mail(mail):
            reason = "loop"
        if reason == "report" and case and mail.has_failed():
            case._note_bounce()
            self._set_mail_aside(raw, mail, unit, message_id, reason, case=case, state="done")
            return False
        if not reason:
            limit = unit.company_id.mail_hour_limit
            key = f"{unit.id} {mail.sender}"
            if not self.env["jamaa.throttle"]._allow("complaint.mail", key, limit, HOUR):
                reason = "many"
        if reason:
            self._set_mail_aside(raw, mail, unit, message_id, reason, case=case)
            return False
        author = self._mail_author(mail)
        if case and not case._is_mail_of_citizen(mail) and not case._case_readers(author.ids):
            self._set_mail_aside(raw, mail, unit, message_id, "other_sender", case=case)
            return False
        if not case:
            case = self._case_by_subject(mail, unit).filtered(lambda found: found._is_mail_of_citizen(mail))
        return self._file_mail(mail, unit, message_id, case)

    @api.model
    def _is_own_mail(self, mail):
        """Whether the mail is one of ours that came back."""
        if OWN_ID.fullmatch(mail.message_id or ""):
            return True
        sender = (mail.sender or "").lower()
        # sudo: mail.alias, mail.alias.domain, res.company - our own addresses
        aliases = self.env["mail.alias"].sudo().search_count([("alias_full_name", "=", sender)], limit=1)
        # sudo: mail.alias.domain - as above
        domains = self.env["mail.alias.domain"].sudo().search([("name", "!=", False)])
        own = {
            address
            for domain in domains
            for address in (domain.bounce_email, domain.catchall_email, domain.default_from_email)
        }
        return bool(sender and (aliases or sender in own))

    @api.model
    def _mail_author(self, mail):
        """The contact whose address the sender's is; empty for nearly every citizen."""
        if not mail.sender:
            return self.env["res.partner"]
        found = self.env["mail.thread"]._partner_find_from_emails_single([mail.sender], no_create=True)
        return found or self.env["res.partner"]

    @api.model
    def _file_mail(self, mail, unit, message_id, case=None):
        """Make a case of a mail, or a message of a case.

        :return: id of the case
        """
        addresses = mail.addresses() | {mail.sender.lower()}
        text, taken = hide_addresses(mail.text, addresses)
        subject, _taken = hide_addresses(mail.subject, addresses)
        inner = [value for key, value in mail.envelope.items() if key not in ("from", "to", "cc", "reply-to")]
        head = mail.envelope.get
        message = {
            "message_type": "email",
            "message_id": message_id,
            "subject": subject[:500],
            "body": plaintext2html(text),
            "text": text,
            "from": head("from", ""),
            "email_from": head("from", ""),
            "to": head("to", ""),
            "cc": head("cc", ""),
            "recipients": ", ".join(mail.recipients),
            "reply_to": head("reply-to", ""),
            "inner": "\n".join([*inner, *taken]),
            "attachments": mail.files,
            "author_id": self._mail_author(mail).id,
            "is_internal": False,
        }
        route = (self._name, case.id if case else False, {"team_id": unit.id}, self.env.uid, None)
        return self.env["mail.thread"]._message_route_process(None, message, [route])

    @api.model
    def _set_mail_aside(self, raw, mail, unit, message_id, reason, case=None, state="todo", note=False):
        """Keep a mail that opens no case by itself, until somebody has looked at it."""
        # sudo: jamaa.complaint.mail.aside - only the gateway adds rows
        asides = self.env["jamaa.complaint.mail.aside"].sudo()
        return asides._keep(raw, mail.subject, unit.company_id, message_id, reason, case, state, note)

    def _file_mail_files(self, files):
        """File what came with a mail: as downloads, never as something a browser runs."""
        self.ensure_one()
        # sudo: ir.attachment - filed for the citizen, read by who reads the case
        attachments = self.env["ir.attachment"].sudo().with_context(image_no_postprocess=True)
        for name, content, *rest in files:
            raw = content if isinstance(content, bytes) else str(content).encode("utf-8", "replace")
            kind = safe_kind(rest[0] if rest and isinstance(rest[0], str) else "", name)
            # a name may hold an address too
            attachments.with_context(jamaa_mail_file=kind == "application/octet-stream").create(
                {
                    "name": ADDRESS.sub("…", name) or "attachment",
                    "raw": raw,
                    "mimetype": kind,
                    "res_model": self._name,
                    "res_id": self.id,
                    "company_id": self.company_id.id,
                }
            )

    # ------------------------------------------------------------------
    # What the desk is told
    # ------------------------------------------------------------------

    def _note_bounce(self):
        """A message of ours did not arrive: a fact, and a mark until somebody has seen it."""
        self._add_milestone("mail_bounced")
        # sudo: helpdesk.ticket - the gateway, or the mail queue, belongs to no user
        self.sudo().write({"mail_alert": "bounced"})

    def _note_late_message(self):
        """A citizen who writes after the end is not left without a reader."""
        # sudo: helpdesk.ticket - the gateway belongs to no user
        for case in self.sudo():
            if case.stage_id.closed or case.answer_state == "sent":
                case.mail_alert = "after_close"
                unit = case.team_id
                members = (unit.user_id | unit.user_ids) - case.locked_user_ids
                reader = case._case_readers(members.partner_id.ids)[:1].user_ids[:1]
                if reader:
                    case.activity_schedule(
                        "mail.mail_activity_data_todo",
                        user_id=reader.id,
                        summary=case.env._("The citizen wrote again"),
                    )

    def action_mail_seen(self):
        """Button: somebody has looked at it."""
        self._check_step("change")
        # sudo: helpdesk.ticket - checked just above
        self.sudo().write({"mail_alert": False})
        self._add_milestone("mail_alert_seen")
