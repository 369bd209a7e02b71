"""The vault: who a citizen is, kept apart from what the citizen wrote."""

import secrets

from markupsafe import Markup

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.mail import formataddr

#: What identifies a person. Read by nobody; shown by jamaa.identity.reveal alone.
SECRET_FIELDS = ("name", "national_id", "phone", "email", "address")
#: Letters of a reference: no 0/O, 1/I, and nothing of the person in it.
REFERENCE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
ERASE_BATCH = 200


class JamaaComplainant(models.Model):
    """Identity of the person behind a case.

    The values are closed to every user, the administrator included (``NO_ACCESS``): they cannot
    be read, searched, grouped, sorted or exported, so that a search is no oracle either. They
    are written by the code that takes a case in (under sudo) and come out in two ways only:
    shown for a quarter of an hour to one person who gave a reason (``jamaa.identity.reveal``),
    and as the address of a mail to the citizen (``_send_mail``).

    Law 09-08 on personal data: purpose, proportion, erasure when the time is over.
    """

    _name = "jamaa.complainant"
    _description = "Identity in the vault"
    _rec_name = "reference"
    _rec_names_search = ["reference"]
    _order = "id desc"

    reference = fields.Char(
        required=True,
        readonly=True,
        index=True,
        copy=False,
        default=lambda self: self._new_reference(),
        help="Pseudonym shown wherever the identity must not be.",
    )
    company_id = fields.Many2one("res.company", string="Commune", required=True, index=True)
    lang = fields.Char(string="Language", default="ar_MA", help="Language the person reads.")
    # what it belongs to
    res_model = fields.Char(string="Kind of record", index=True)
    res_id = fields.Many2oneReference(string="Record", model_field="res_model", index=True)
    # the identity
    name = fields.Char(groups=fields.NO_ACCESS, copy=False)
    national_id = fields.Char(groups=fields.NO_ACCESS, copy=False)
    phone = fields.Char(groups=fields.NO_ACCESS, copy=False)
    email = fields.Char(groups=fields.NO_ACCESS, copy=False)
    address = fields.Text(groups=fields.NO_ACCESS, copy=False)
    user_id = fields.Many2one(
        "res.users", groups=fields.NO_ACCESS, copy=False, index="btree_not_null", ondelete="set null"
    )
    raw_mail = fields.Text(groups=fields.NO_ACCESS, copy=False, help="Addresses of an incoming mail, as they came.")
    # how the person is reached, without saying where
    channel = fields.Selection(
        [("email", "E-mail"), ("phone", "Telephone"), ("paper", "Paper")],
        string="Reached by",
        compute="_compute_channel",
        store=True,
        precompute=True,
        compute_sudo=True,
    )
    # end of life
    keep_until = fields.Date(index=True, help="The identity is erased the day after.")
    erased_on = fields.Datetime(readonly=True)
    erased_by = fields.Many2one("res.users", readonly=True)
    reveal_ids = fields.One2many("jamaa.identity.reveal", "complainant_id")

    _reference_uniq = models.Constraint("UNIQUE(reference)", "This reference exists already.")

    @api.model
    def _new_reference(self):
        """A pseudonym that says nothing: P- and eight random letters or digits."""
        return "P-" + "".join(secrets.choice(REFERENCE_ALPHABET) for _position in range(8))

    @api.depends("email", "phone")
    def _compute_channel(self):
        for person in self:
            person.channel = "email" if person.email else "phone" if person.phone else "paper"

    def copy_data(self, default=None):
        """An identity is not duplicated: the copy would outlive the original."""
        raise UserError(self.env._("An identity cannot be copied."))

    # ---- the record it belongs to -----------------------------------------------------------

    def _case(self):
        """The record this identity belongs to, as the current user sees it; empty if none."""
        self.ensure_one()
        # sudo: jamaa.complainant - the link is needed to ask for rights on the record itself
        res_model, res_id = self.sudo().res_model, self.sudo().res_id
        if not res_model or res_model not in self.env or not res_id:
            return None
        return self.env[res_model].browse(res_id).exists()

    def _is_needed(self):
        """Whether the record it belongs to cannot do without it yet: an answer is still owed, for instance.

        The record decides by its method ``_needs_identity()``.
        """
        self.ensure_one()
        case = self._case()
        return bool(case and hasattr(case, "_needs_identity") and case._needs_identity())

    def _check_may_reveal(self):
        """Refuse whoever may not ask for this identity.

        The record it belongs to decides by its method ``_may_reveal()`` (True or False), after
        the user proved to be able to read it. Without a record, or where the record does not
        say, only the data-protection contact may ask.

        :raises AccessError: when the user may not
        """
        self.ensure_one()
        self.check_access("read")
        case = self._case()
        if case:
            case.check_access("read")
        if case and hasattr(case, "_may_reveal"):
            allowed = case._may_reveal()
        else:
            allowed = self.env.user.has_group("jamaa_base.group_data_protection")
        if not allowed:
            raise AccessError(self.env._("You may not ask for the identity behind this record."))

    def action_ask_reveal(self):
        """Open the form in which a reason is given."""
        self._check_may_reveal()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask to see an identity"),
            "res_model": "jamaa.identity.reveal",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_complainant_id": self.id},
        }

    # ---- mails ------------------------------------------------------------------------------

    def _send_mail(self, subject, body, attachments=None, reply_to=None):
        """Queue a mail to the person, written under the commune's name.

        The row is closed to every user (its address is the identity) and is deleted once sent.
        It carries no model and no author among the staff, so that no chatter shows it. Nothing
        is sent inside the request: the mail queue does.

        :param str subject: one line
        :param body: HTML as :class:`markupsafe.Markup`; a plain str is escaped
        :param list attachments: ``(name, bytes)`` pairs
        :param str reply_to: where answers go; default the address of the commune
        :return: True when queued, False when the person has no e-mail
        """
        self.ensure_one()
        # sudo: jamaa.complainant - the address leaves the vault for the queue and nowhere else
        person = self.sudo()
        if not person.email or person.erased_on:
            return False
        # sudo: res.company - the sender is the commune
        company = person.company_id
        # sudo: res.partner - the system's own address, where the commune has none
        sender = (
            company.email_formatted
            or company.catchall_formatted
            # sudo: res.partner - the sender of last resort is the system's own contact
            or self.env.ref("base.partner_root").sudo().email_formatted
        )
        # sudo: mail.mail - made by the system, so that the user who pressed the button does not
        # read the address and the words as their creator
        mails = self.env["mail.mail"].with_user(SUPERUSER_ID).sudo()
        mails.with_context(mail_notify_author=False).create(
            {
                "subject": " ".join(subject.split()),
                "body_html": body if isinstance(body, Markup) else Markup("<p>%s</p>") % body,
                "email_from": sender,
                "email_to": formataddr((person.name or "", person.email)),
                "reply_to": reply_to or sender,
                "author_id": company.partner_id.id,
                "auto_delete": True,
                "vault_id": person.id,
                "is_internal": True,
                "attachment_ids": [
                    fields.Command.create({"name": name, "raw": content, "type": "binary"})
                    for name, content in attachments or []
                ],
            }
        )
        return True

    # ---- end of life ------------------------------------------------------------------------

    def _keep_for(self, closed_on):
        """Start the time of retention of the commune, from the day the case ended."""
        for person in self:
            months = person.company_id.identity_retention_months
            person.keep_until = fields.Date.add(closed_on, months=months) if months else False

    def _erase(self):
        """Erase the identity for good; the case keeps its facts and the pseudonym.

        Mails still in the queue and everything the record itself holds of the person go too:
        the record may have a method ``_erase_identity(values)`` for what only it knows (the
        words of the citizen may name the person).
        """
        # sudo: jamaa.complainant - erasure is a duty of the commune, not a right of a role
        for person in self.sudo().filtered(lambda row: not row.erased_on):
            values = {name: person[name] for name in SECRET_FIELDS if person[name]}
            case = person._case()
            if case and hasattr(case, "_erase_identity"):
                case._erase_identity(values)
            # sudo: mail.mail - the queue holds the address
            self.env["mail.mail"].sudo().search([("vault_id", "=", person.id)]).unlink()
            person.write(
                {
                    **dict.fromkeys((*SECRET_FIELDS, "user_id", "raw_mail"), False),
                    "erased_on": fields.Datetime.now(),
                    "erased_by": self.env.uid,
                }
            )
            register = self.env["jamaa.register.entry"]
            for record in filter(None, (person, case)):
                register._forget_private(record)
            register._enter(person.company_id, "identity_erased", {"reference": person.reference}, person)

    def action_erase(self):
        """Erase now, at the person's demand: the data-protection contact only."""
        if not self.env.user.has_group("jamaa_base.group_data_protection"):
            raise AccessError(self.env._("Only the data-protection contact erases identities."))
        self.check_access("read")
        if self - self.env["jamaa.retention.hold"]._without_held(self):
            raise UserError(self.env._("This identity is kept beyond its time: lift the hold first."))
        self._erase()

    @api.model
    def _cron_erase(self):
        """Daily: erase what is past its time, in batches."""
        domain = [
            ("keep_until", "<", fields.Date.context_today(self)),
            ("erased_on", "=", False),
            ("id", "not in", self.env["jamaa.retention.hold"]._held_ids(self._name)),
        ]
        remaining = self.search_count(domain)
        while remaining:
            batch = self.search(domain, limit=ERASE_BATCH)
            batch._erase()
            remaining -= len(batch)
            if not self.env["ir.cron"]._commit_progress(len(batch), remaining=remaining):
                break
