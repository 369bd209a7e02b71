"""The signature of an act: recorded, numbered, filed with its scan."""

import base64
import hashlib

from odoo import fields, models
from odoo.exceptions import UserError


class JamaaAct(models.Model):
    _inherit = "jamaa.act"

    def action_sign(self):
        """Button: record that the act was signed."""
        self.check_access("read")
        return self._wizard("jamaa_base.jamaa_act_sign_action")

    def action_return(self):
        """Button: send the text back with a reason."""
        self.check_access("read")
        return self._wizard("jamaa_base.jamaa_act_reason_action", default_what="back")

    def action_void(self):
        """Button: make the act void with a reason."""
        self.check_access("read")
        return self._wizard("jamaa_base.jamaa_act_reason_action", default_what="void")

    def action_file_scan(self):
        """Button: file the scan of the signed paper."""
        self.check_access("read")
        return self._wizard("jamaa_base.jamaa_act_scan_action")

    def _wizard(self, xmlid, **context):
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        return {**action, "context": {"default_act_id": self.id, **context}}

    def action_print_circulation(self):
        """Button: the sheet that goes round with the paper."""
        self.check_access("read")
        return self.env.ref("jamaa_base.report_act_circulation").report_action(self)

    def _sign(self, signer, day, kind="hand", stamped=False, typed_number=None, file=None, file_name=None):
        """Record a signature, and number the act at that moment.

        :param signer: the ``jamaa.function.holder`` who signed
        :param day: the day of the signature, not after today
        :param str kind: ``hand``, or ``external`` for an electronic signature made outside
        :param bool stamped: the commune's stamp is on it
        :param str typed_number: number in a book of its own (orders, appointments)
        :param bytes file: the electronically signed file, kept unchanged
        :raise UserError: not to be signed now; that person could not sign this kind of act on
            that day; the recorder is neither that person nor keeps the acts
        """
        self.ensure_one()
        # Two people recording at once: the second waits for nothing and is told.
        self.lock_for_update()
        if self.state != "to_sign":
            raise UserError(self.env._("This act is not to be signed now."))
        if day > self._today():
            raise UserError(self.env._("A signature is recorded once it is there, not ahead."))
        if signer.user_id != self.env.user and not self._keeps_acts():
            raise UserError(self.env._("Who signed it, or who keeps the acts, records the signature."))
        right = self.env["jamaa.function"]._may_sign_by_hand(signer, self.kind_id.code, day)
        if not right:
            raise UserError(
                self.env._(
                    "%(person)s could not sign “%(kind)s” on %(day)s: no office of president and no delegation "
                    "on record for it on that day.",
                    person=signer.display_name,
                    kind=self.kind_id.name,
                    day=day,
                )
            )
        if kind == "external" and not file:
            raise UserError(self.env._("Add the file that was signed electronically."))
        values = {
            "state": "filed" if kind == "external" else "signed",
            "signature_kind": kind,
            "signed_on": day,
            "signer_id": signer.id,
            "signed_under": f"{right._name},{right.id}",
            "signed_capacity": right._capacity_of(signer, day),
            "recorded_by_id": self.env.uid,
            "stamped": stamped,
        }
        if file:
            values |= self._scan_values(file, file_name)
        # sudo: jamaa.act - the way follows the buttons, checked above
        self.sudo().write({**values, **self._number(signer, day, typed_number)})
        self._end_work()
        self._enter_in_register("act_signed", signed_on=fields.Date.to_string(day), signature=kind)

    def _number(self, signer, day, typed_number):
        """Values of the number an act gets with its signature."""
        kind = self.kind_id
        by_hand = " ".join((typed_number or "").split())
        if kind.numbering == "typed" or self.company_id.mail_numbering == "national":
            if not by_hand:
                raise UserError(self.env._("Type the number of the act in its book."))
        if kind.numbering == "typed":
            return {"number": by_hand, "year": day.year}
        entry = self.env["jamaa.mail.entry"]._number_outgoing(
            self.company_id,
            {
                "subject": self.title,
                "correspondent": self.addressee or kind.name,
                "correspondent_kind": "other",
                "letter_date": day,
                "function_id": signer.function_id.id,
                "typed_number": by_hand or False,
                "res_model": self._name,
                "res_id": self.id,
            },
        )
        return {"number": entry.number_display, "year": entry.year, "mail_entry_id": entry.id}

    def _scan_values(self, content, name):
        return {
            "scan": base64.b64encode(content),
            "scan_name": name or "scan.pdf",
            "scan_digest": hashlib.sha256(content).hexdigest(),
        }

    def _file_scan(self, content, name):
        """File the scan of the signed paper.

        :raise UserError: nothing is signed, or the file is no PDF and no picture
        """
        self.ensure_one()
        if self.state != "signed":
            raise UserError(self.env._("The scan is filed once the act is signed."))
        if not (self._keeps_acts() or self.author_id == self.env.user):
            raise UserError(self.env._("Who wrote the act, or who keeps the acts, files the scan."))
        if not content.startswith((b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n")):
            raise UserError(self.env._("A scan is a PDF or a picture (JPEG, PNG)."))
        # sudo: jamaa.act - the way follows the buttons, checked above
        self.sudo().write({**self._scan_values(content, name), "state": "filed"})
        self._enter_in_register("act_filed", scan=self.scan_digest)

    def _make_void(self, reason):
        """Make an act void; its number, if it has one, is not used again."""
        self.ensure_one()
        mine = self.author_id == self.env.user and self.state in ("draft", "visas", "to_sign")
        if self.state == "void" or not (mine or self._keeps_acts()):
            raise UserError(self.env._("This act cannot be made void by you now."))
        self._end_work()
        # sudo: jamaa.act - the way follows the buttons, checked above
        self.sudo().write({"state": "void", "void_reason": reason})
        self._enter_in_register("act_void")
