"""Admissibility: decided before the work, with reasons, and never by one person alone."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.jamaa_base.tools.public_lang import by_code
from odoo.addons.jamaa_base.tools.text import clean_text

from .jamaa_complaint_body import CORRESPONDENTS

ADMISSIBILITY = [
    ("to_decide", "To be decided"),
    ("admissible", "Admissible"),
    ("inadmissible", "Not admissible"),
    ("referred", "Referred to the competent body"),
]
REASON_LIMIT = 4000
LETTER_LIMIT = 10000


class HelpdeskTicket(models.Model):
    """A rejection is an answer: it is proposed with its letter, approved by somebody else, then sent.

    While it is proposed the case has a ground and its admissibility is still to be
    decided; it is decided by sending.
    """

    _inherit = "helpdesk.ticket"

    admissibility = fields.Selection(ADMISSIBILITY, default="to_decide", copy=False, index="btree_not_null")
    ground_id = fields.Many2one(
        "jamaa.complaint.ground",
        string="Ground",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    body_id = fields.Many2one(
        "jamaa.complaint.body",
        string="Competent body",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    ground_reason = fields.Text(
        string="Reasons of the rejection", copy=False, help="The facts the rejection rests on (law 03-01)."
    )
    ground_confirmed = fields.Boolean(related="ground_id.is_confirmed", string="Legal basis confirmed by a jurist")
    consent_referral = fields.Boolean(
        string="May be passed on by name",
        copy=False,
        help="The citizen agreed that the competent body learns who wrote, should the case be referred.",
    )
    referral_entry_id = fields.Many2one(
        "jamaa.mail.entry",
        string="Dispatch to the competent body",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    may_admit = fields.Boolean(compute="_compute_may")
    may_reject = fields.Boolean(compute="_compute_may")
    may_readmit = fields.Boolean(compute="_compute_may")
    is_rejection = fields.Boolean(string="A rejection is proposed", compute="_compute_is_rejection")

    # ------------------------------------------------------------------
    # Who may do what
    # ------------------------------------------------------------------

    @api.depends("admissibility", "ground_id")
    def _compute_is_rejection(self):
        for case in self:
            case.is_rejection = case._rejection_pending()

    @api.depends("admissibility", "ground_id")
    def _compute_may(self):
        return super()._compute_may()

    @api.model
    def _case_steps(self):
        return (*super()._case_steps(), "admit", "reject", "readmit")

    def _rejection_pending(self):
        """Whether a rejection is proposed and not sent yet."""
        self.ensure_one()
        return bool(self.kind and self.ground_id) and self.admissibility == "to_decide"

    def _may(self, step):
        pending, state = self._rejection_pending(), self.answer_state
        if step == "admit":
            return self._is_desk() and self.admissibility == "to_decide" and not pending and state in ("none", "draft")
        if step == "reject":
            # what a service has begun to answer is not thrown away: it was found admissible
            return self._is_desk() and (state == "none" or (pending and state == "draft"))
        if step == "readmit":
            return self._is_desk() and pending and state != "sent"
        if pending and state == "draft" and step in ("assign", "take", "draft", "submit"):
            # sent back: it is proposed anew, or the case is admitted after all
            return False
        return super()._may(step)

    def _check_answer_open(self, vals):
        """The letter of a rejection is changed by proposing it anew, not behind its reasons."""
        super()._check_answer_open(vals)
        if not self.env.su and any(case._rejection_pending() for case in self):
            raise AccessError(self.env._("A rejection is proposed: propose it anew, or admit the case after all."))

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def action_admit(self):
        """Button: the commune looks into it."""
        self._check_step("admit")
        # sudo: helpdesk.ticket - checked just above
        self.sudo().write({"admissibility": "admissible"})
        self._add_milestone("admitted")

    def action_reject(self):
        """Button: propose that the case is not treated, or is referred."""
        self._check_step("reject")
        return self._admit_wizard("jamaa_complaint_reject_action")

    def action_readmit(self):
        """Button: the case is admitted after all, with a reason."""
        self._check_step("readmit")
        return self._admit_wizard("jamaa_complaint_readmit_action")

    def _admit_wizard(self, name):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(f"jamaa_complaints.{name}")
        return {**action, "context": {"default_case_id": self.id}}

    def action_submit(self):
        """Whoever answers the matter has found the case admissible."""
        result = super().action_submit()
        self._admit_by_work()
        return result

    def _note_assignment(self, before):
        """A service that gets the case works on it: it is admitted by that, without a fact of its own."""
        super()._note_assignment(before)
        self.filtered("service_id")._admit_by_work()

    def _admit_by_work(self):
        # sudo: helpdesk.ticket - follows from a step that was checked
        undecided = self.sudo().filtered(lambda c: c.admissibility == "to_decide" and not c.ground_id)
        if undecided:
            undecided.write({"admissibility": "admissible"})

    def _propose_rejection(self, ground, reason, letter, body=None, consent=False):
        """Put a rejection, with its letter, before whoever signs.

        :param ground: the `jamaa.complaint.ground`
        :param str reason: the facts it rests on
        :param str letter: as the citizen will read it, in the citizen's language
        :param body: the competent body, where the ground needs one
        :param bool consent: whether the citizen agreed to be named to that body
        :raise UserError: a ground or body of another commune, reasons or legal basis left out
        """
        self.ensure_one()
        self._check_step("reject")
        body = body if body is not None else self.env["jamaa.complaint.body"]
        if ground not in ground._for_commune(self.company_id):
            raise UserError(self.env._("This ground is not one of the commune."))
        reason = clean_text(reason, REASON_LIMIT)
        letter = clean_text(letter, LETTER_LIMIT)
        if not reason:
            raise UserError(self.env._("Give the facts this rests on: a rejection without reasons is unlawful."))
        if ground.needs_body and not body:
            raise UserError(self.env._("Name the body that is competent."))
        if body and (not ground.needs_body or body.company_id not in (self.company_id, self.env["res.company"])):
            raise UserError(self.env._("This body does not go with this ground or this commune."))
        basis = clean_text(ground.with_context(lang=by_code(self.public_lang).code).legal_basis, LETTER_LIMIT)
        flat = " ".join(letter.split())
        if " ".join(basis.split()) not in flat or " ".join(reason.split()) not in flat:
            raise UserError(self.env._("The letter has to give the legal basis and the reasons, in the same words."))
        # sudo: helpdesk.ticket - checked just above; the answer is written by who proposes
        case = self.sudo()
        if case.consent_referral != bool(consent):
            case.consent_referral = bool(consent)
            case._add_milestone("consent_noted")
        case.write(
            {
                "admissibility": "to_decide",
                "ground_id": ground.id,
                "body_id": body.id,
                "ground_reason": reason,
                "answer": letter,
                "outcome": "referred" if ground.needs_body else "inadmissible",
            }
        )
        case.write({"answer_state": "to_approve"})
        self._add_milestone("inadmissible_proposed", note=ground.name)
        self._add_milestone("submitted")

    def _readmit(self, reason):
        """Drop a proposed rejection: the case is treated after all.

        :param str reason: kept with the fact
        """
        self._check_step("readmit")
        for case in self:
            # sudo: helpdesk.ticket - checked just above; first the state, since words rest while they wait
            case = case.sudo()
            case.write(
                {
                    "answer_state": "none",
                    "approved_by_id": False,
                    "approved_on": False,
                    "approved_by_holder": False,
                    "approved_capacity": False,
                    "reviewed_alone": False,
                }
            )
            case.write(
                {
                    "answer": False,
                    "outcome": False,
                    "answer_author_id": False,
                    "admissibility": "admissible",
                    "ground_id": False,
                    "body_id": False,
                    "ground_reason": False,
                }
            )
            case._add_milestone("readmitted", note=reason)
            case._back_to_desk()

    def _return_answer(self, reason):
        """A rejection that is sent back is undecided again, with the desk."""
        result = super()._return_answer(reason)
        self.filtered(lambda case: case._rejection_pending())._back_to_desk()
        return result

    def _back_to_desk(self):
        """The stage of a case nobody works on."""
        for case in self:
            stage = self._stage_after("assigned" if case.service_id else "received")
            # sudo: helpdesk.ticket - the stage follows the fact
            case.sudo().write({"stage_id": stage.id})

    def action_send(self):
        """A rejection that leaves is final; a referral goes to its body at the same moment."""
        # sudo: helpdesk.ticket - which of them are rejections, before they are sent
        rejected = self.sudo().filtered(lambda case: case._rejection_pending())
        result = super().action_send()
        for case in rejected:
            case.admissibility = "referred" if case.ground_id.needs_body else "inadmissible"
            if case.body_id:
                case._add_milestone("referred", note=case.body_id.name)
                case._dispatch_referral()
        return result

    def _dispatch_referral(self):
        """Enter the letter to the competent body in the book of outgoing mail.

        Where the commune numbers by the State's registry, the clerk enters it with that number.
        """
        self.ensure_one()
        if self.company_id.mail_numbering != "own" or self.referral_entry_id:
            return
        here = self.with_context(lang=self.company_id._installed_lang())
        self.referral_entry_id = self.env["jamaa.mail.entry"]._number_outgoing(
            self.company_id,
            {
                "correspondent": here.body_id.name,
                "correspondent_kind": CORRESPONDENTS.get(self.body_id.kind, "other"),
                "subject": here.env._("Referral of %(number)s", number=self.case_number),
                "medium": "post",
                "function_id": self._signing_function().id,
                "res_model": self._name,
                "res_id": self.id,
            },
        )

    # ------------------------------------------------------------------
    # Words
    # ------------------------------------------------------------------

    def _rejection_letter(self, ground, reason, body=None):
        """The letter of a rejection, in the citizen's language."""
        self.ensure_one()
        code = by_code(self.public_lang).code
        case, ground = self.with_context(lang=code), ground.with_context(lang=code)
        body = body.with_context(lang=code) if body else self.env["jamaa.complaint.body"]
        return ground._letter_text(
            {
                "commune": case.company_id._commune_title(code),
                "number": case.case_number,
                "received": case._day(case.legal_receipt_date),
                "about": case.category_id.name or case._kind_words(),
                "ground": ground.name,
                "basis": ground.legal_basis,
                "reason": (reason or "").strip(),
                "body": body.name or "",
                "contact": "\n".join(body._contact_lines()) if body else "",
                "remedies": case._remedies_words(),
            }
        )

    def _remedies_words(self):
        """What the citizen can do against a rejection, in the language of the context."""
        return self.env._(
            "If you do not agree, you may ask the president of the council of the commune to look at this decision "
            "again, and you may turn to the Médiateur (Ombudsman) at any time (decree 2-17-265, article 1). Keep this "
            "letter: it proves that you turned to the commune first."
        )

    def _letter_paper(self):
        page = super()._letter_paper()
        # sudo: jamaa.complaint.ground - whether the commune's own legal basis is confirmed
        ground = self.sudo().ground_id
        page["unconfirmed"] = bool(ground) and self.answer_state != "sent" and not ground.is_confirmed
        return page

    def _case_page(self, lang):
        page = super()._case_page(lang)
        code = by_code(lang).code
        # sudo: helpdesk.ticket - the citizen holds the token; only these values leave
        case = self.sudo().with_context(lang=code)
        page["rejection"] = {}
        if case.admissibility in ("inadmissible", "referred") and case.answer_state == "sent":
            body = case.body_id
            page["rejection"] = {
                "ground": case.ground_id.name or "",
                "body": body.name or "",
                "contact": body._contact_lines() if body else [],
                "by_name": case.consent_referral and not case.is_anonymous,
                "remedies": case._remedies_words(),
            }
        return page

    def _state_words(self):
        if self.answer_state == "sent" and self.admissibility == "referred":
            return "info", self.env._("Sent on to who is competent")
        if self.answer_state == "sent" and self.admissibility == "inadmissible":
            return "info", self.env._("Could not be treated")
        return super()._state_words()

    def _fact_words(self, fact):
        if fact.code == "referred" and self.body_id:
            return self.env._("Sent on to: %(body)s", body=self.body_id.name)
        return super()._fact_words(fact)

    def _milestone_words(self):
        return {**super()._milestone_words(), "admitted": self.env._("The commune looks into it")}

    # ------------------------------------------------------------------
    # Lodging
    # ------------------------------------------------------------------

    @api.model
    def _lodge_vals(self, company, vals, identity):
        """Whether the citizen may be named to another body: no, unless said."""
        return {
            **super()._lodge_vals(company, vals, identity),
            "consent_referral": bool(vals.get("consent_referral") and identity),
        }
