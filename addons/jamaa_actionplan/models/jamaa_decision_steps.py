"""The way of a decision: asked, decided by who may, or recorded from signed minutes; then it takes effect."""

import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from .jamaa_decision import PERSONAL

#: The kind of act by which a delegation lets a vice-president decide here.
ACT_CODE = "plan_decision"
#: Who records what bodies decided, from their signed minutes.
RECORDERS = ("jamaa_base.group_director", "jamaa_base.group_committee_secretary")
WORK = "mail.mail_activity_data_todo"


class JamaaDecision(models.Model):
    _inherit = "jamaa.decision"

    # ---------- who may ----------

    @api.model
    def _today(self):
        return fields.Date.context_today(self.with_context(tz="Africa/Casablanca"))

    def _right_to_decide(self, user):
        """What lets a user decide this today; looked up at the moment of use.

        The president decides what waits for the president or for a vice-president. A vice-president decides
        what waits at that level, inside a delegation of powers in force that covers decisions on plans and names
        the sector (organic law 113-14, art. 103: powers are delegated within one sector). A stand-in decides nothing.

        :param user: a ``res.users``
        :return: the president's ``jamaa.function.holder``, or the ``jamaa.delegation``; an empty holder when nothing does
        """
        self.ensure_one()
        return self._right_in(self.company_id, self.theme_id, self.level, user)

    @api.model
    def _right_in(self, company, theme, level, user):
        """What lets a user decide for a commune on a theme at a level today; as ``_right_to_decide``."""
        # sudo: jamaa.function.holder - the rule looks at every mandate, whatever the caller may read
        Holder = self.env["jamaa.function.holder"].sudo()
        if not user.active or level not in PERSONAL:
            return Holder
        today = self._today()
        mandates = Holder.search(
            Domain("company_id", "=", company.id)
            & Domain("user_id", "=", user.id)
            & Domain("role", "=", "holder")
            & Domain("function_id.active", "=", True)
            & Holder._domain_on(today)
        )
        president = mandates.filtered(lambda row: row.function_id.code == "president")
        if president or level == "president":
            return president[:1]
        return self._delegation_of(mandates, theme, today) or Holder

    @api.model
    def _delegation_of(self, mandates, theme, day):
        """The delegation by which one of these mandates decides on a theme on a day; empty when there is none."""
        vice = mandates.filtered(lambda row: row.function_id.code == "vice_president")
        # sudo: jamaa.delegation - the rule looks at every delegation, whatever the caller may read
        Delegation = self.env["jamaa.delegation"].sudo()
        if not vice or not theme:
            return Delegation
        return Delegation.search(
            Domain("company_id", "in", vice.company_id.ids)
            & Domain("kind", "=", "powers")
            & Domain("act_kind_ids.code", "=", ACT_CODE)
            & Domain("theme_ids", "in", theme.ids)
            & Delegation._domain_on(day)
            & (Domain("to_holder_id", "in", vice.ids) | Domain("to_function_id", "in", vice.function_id.ids))
        ).filtered(lambda row: row._holds_on(day))[:1]

    @api.model
    def _may_record(self):
        """Whether the present user records decisions of bodies: who keeps their minutes."""
        return any(self.env.user.has_group(group) for group in RECORDERS)

    # ---------- asking ----------

    def action_ask(self):
        """Button: the question is ready; who decides finds it among what waits.

        :raise UserError: it was asked already, or a plan to adopt is not complete
        """
        self.check_access("write")
        for decision in self:
            if decision.state != "draft":
                raise UserError(self.env._("This was asked already."))
            if decision.level == "vice_president" and not decision.theme_id:
                raise UserError(self.env._("Name the theme: a vice-president decides inside one sector."))
            if decision.adopts_plan:
                decision.plan_id._check_ready_to_decide()
        # sudo: jamaa.decision - the status follows the buttons; the right to write was checked
        self.sudo().write({"state": "waiting", "asked_on": self._today()})
        for decision in self:
            decision._give_work()

    def _give_work(self):
        """Put it among the activities of who decides; bodies find it on the list of what waits."""
        self.ensure_one()
        if self.level not in PERSONAL:
            return
        # sudo: jamaa.function - who holds it today
        functions = self.env["jamaa.function"].sudo()
        if self.level == "president":
            users = self.company_id._function("president").sudo()._holders_on(self._today()).user_id[:1]
        else:
            vice = functions.search([("company_id", "=", self.company_id.id), ("code", "=", "vice_president")])
            users = vice._holders_on(self._today()).user_id.filtered(self._right_to_decide)
        for user in users:
            # sudo: mail.activity - a question gives work to functions of its commune
            self.sudo().activity_schedule(
                WORK,
                summary=self.env._("To decide: %(name)s", name=self.name),
                user_id=user.id,
                date_deadline=self.wanted_by,
            )

    def action_withdraw(self):
        """Button: it need not be decided any more; for who asks questions."""
        self.check_access("read")
        self.browse().check_access("write")
        if any(decision.state not in ("draft", "waiting") for decision in self):
            raise UserError(self.env._("Only what is not decided yet is withdrawn."))
        # sudo: jamaa.decision - the status follows the buttons; the right to write was checked
        self.sudo().state = "withdrawn"
        # sudo: mail.activity - nothing waits any more
        self.sudo().activity_unlink([WORK])

    # ---------- deciding ----------

    def _decide(self, outcome, reason=None):
        """Decide as the present user.

        :param str outcome: approved, refused or sent_back
        :param str reason: needed unless it is approved
        :raise UserError: it does not wait, or the reason is missing
        :raise AccessError: the user does not decide this today
        """
        for decision in self:
            decision.check_access("read")
            right = decision._right_to_decide(self.env.user)
            if not right:
                raise AccessError(
                    self.env._(
                        "The president decides this, or a vice-president inside the sector and the days of a delegation on record."
                    )
                )
            decision._check_waits()
            if outcome != "approved" and not (reason or "").strip():
                raise UserError(self.env._("Say why: who asked must know what to do next."))
            today = self._today()
            decision._settle(
                {
                    "outcome": outcome,
                    "reason": reason,
                    "decided_on": today,
                    "decided_under": f"{right._name},{right.id}",
                    "decided_capacity": right._signing_capacity(self.env.user, today),
                }
            )

    def _check_waits(self):
        if self.state != "waiting":
            raise UserError(self.env._("This does not wait for a decision: it was decided or withdrawn meanwhile."))

    def _record(self, vals):
        """Record what a body decided, from its signed minutes.

        :param dict vals: outcome, reason, number, decided_on, votes_for, votes_against, votes_abstain, scan, scan_name,
            visa_due
        :raise AccessError: the user keeps no minutes
        :raise UserError: it is not a body's to decide, was decided already, or the scan is missing
        :raise ValidationError: date or votes do not fit
        """
        self.ensure_one()
        self.check_access("read")
        if not self._may_record():
            raise AccessError(self.env._("Who keeps the minutes of the bodies records what they decided."))
        if self.level in PERSONAL:
            raise UserError(self.env._("This is decided by a person: it is not recorded from minutes."))
        if self.state != "draft":
            self._check_waits()
        if not vals.get("scan"):
            raise UserError(self.env._("Join the scan of the signed minutes: they are what shows the decision."))
        if not (vals.get("number") or "").strip():
            raise UserError(self.env._("Type the number that the decision has in the minutes."))
        if vals["decided_on"] > self._today():
            raise ValidationError(self.env._("A decision cannot be dated in the future."))
        if vals["outcome"] == "approved" and vals["votes_for"] < vals["votes_against"]:
            raise ValidationError(self.env._("More votes against than for: this was not approved. Check the votes."))
        digest = hashlib.sha256(base64.b64decode(vals["scan"])).hexdigest()
        if not self.asked_on:
            # sudo: jamaa.decision - decided before anybody asked here: asked that day
            self.sudo().asked_on = vals["decided_on"]
        self._settle({**vals, "scan_digest": digest})

    def _settle(self, vals):
        """Write the decision, once; it goes on the register, and to who asked."""
        self.ensure_one()
        # sudo: jamaa.decision - the way follows the buttons; who may was checked by the caller
        self.sudo().write({**vals, "decided_by_id": self.env.uid, "state": "decided"})
        facts = {
            "kind": self.level,
            "result": self.outcome,
            "number": self.number or None,
            "signed_on": fields.Date.to_string(self.decided_on),
            "scan": self.scan_digest or None,
        }
        self.env["jamaa.register.entry"]._enter(self.company_id, "decision_taken", facts, self)
        # sudo: mail.activity, mail.message - what waited is done, and who asked is told
        self.sudo().activity_unlink([WORK])
        if self.asked_by_id != self.env.user:
            # sudo: jamaa.decision - as above
            self.sudo().activity_schedule(
                WORK, summary=self.env._("Decided: %(name)s", name=self.name), user_id=self.asked_by_id.id
            )
        self._tell_carriers()
        self._take_effect()

    def _tell_carriers(self):
        """Say it on the action, else on the plan: who carries them out follows them."""
        # sudo: project.task, project.project - the decision is told there, whoever took it
        decision = self.sudo()
        words = dict(self._fields["outcome"]._description_selection(self.env))[self.outcome]
        for record in decision.action_id or decision.plan_id:
            record.message_post(body=self.env._("%(outcome)s: %(decision)s", outcome=words, decision=self.name))

    def _take_effect(self):
        """What follows from it: a plan is adopted, a raised risk goes back to who sees to it."""
        self.ensure_one()
        # sudo: links of a decision - they follow from it, whoever decided
        decision = self.sudo()
        if decision.in_force and decision.adopts_plan and decision.plan_id.plan_state == "draft":
            try:
                decision.plan_id._check_ready_to_decide()
            except (UserError, ValidationError) as problem:
                decision.message_post(body=str(problem.args[0]))
            else:
                decision.plan_id.action_decide()
        if decision.risk_id.state == "raised":
            decision.risk_id._take_decision(decision)

    # ---------- after ----------

    def _record_visa(self, number, day):
        """Add the visa of the governor to a decision that waits for it, once.

        :raise AccessError: the user keeps no minutes
        :raise UserError: no visa is due, or it stands already
        """
        self.ensure_one()
        self.check_access("read")
        if not self._may_record():
            raise AccessError(self.env._("Who keeps the minutes of the bodies records what they decided."))
        if self.state != "decided" or not self.visa_due or self.visa_on:
            raise UserError(self.env._("No visa is awaited for this decision."))
        if not self.decided_on <= day <= self._today():
            raise ValidationError(self.env._("The visa comes after the decision, and not in the future."))
        self._rewrite({"visa_on": day, "visa_number": number})
        self.env["jamaa.register.entry"]._enter(
            self.company_id, "decision_visa", {"number": number or None, "signed_on": fields.Date.to_string(day)}, self
        )
        self._take_effect()

    def action_correct(self):
        """Button: begin the row that corrects a decision; the first stays as it is.

        :return: the window of the new row
        """
        self.ensure_one()
        if self.state != "decided":
            raise UserError(self.env._("Only what was decided is corrected."))
        return self._again(correction_of_id=self.id)

    def action_ask_again(self):
        """Button: what was sent back or refused is asked another time.

        :return: the window of the new row
        """
        self.ensure_one()
        if self.outcome not in ("sent_back", "refused"):
            raise UserError(self.env._("Only what was sent back or refused is asked again."))
        return self._again(previous_id=self.id)

    def _again(self, **vals):
        self.browse().check_access("create")
        return self.copy(vals)._window()

    # ---------- windows ----------

    def _window(self):
        """Open these decisions: the one in its form, several in a list."""
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_actionplan.jamaa_decision_action")
        action["context"] = {}
        if len(self) == 1:
            return {**action, "res_id": self.id, "views": [(False, "form")], "view_mode": "form"}
        return {**action, "domain": [("id", "in", self.ids)]}

    def action_open_meeting(self):
        """Open the meeting whose minutes asked for it."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_window", "res_model": "jamaa.body.meeting", "res_id": self.meeting_id.id,
                "view_mode": "form", "views": [(False, "form")]}  # fmt: skip
