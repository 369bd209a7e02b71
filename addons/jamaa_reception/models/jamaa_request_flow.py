"""The steps of a request and who may take them."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .jamaa_request import ENDED, OWED

ACT_CODE = "request_decision"
OUTCOMES = [("granted", "Granted"), ("partly", "Granted in part"), ("refused", "Refused")]


class JamaaProcedureRequest(models.Model):
    """Reception takes, completes and hands over; the service works; who may sign decides."""

    _inherit = "jamaa.procedure.request"

    # The decision
    decision_outcome = fields.Selection(OUTCOMES, "Decision", copy=False)
    decision_reason = fields.Text("Reasons of the decision", copy=False, help="The citizen reads them.")
    decided_on = fields.Date("Decided on", readonly=True, copy=False)
    decided_by_id = fields.Many2one(
        "jamaa.function.holder", "Signed by", readonly=True, copy=False, ondelete="restrict"
    )
    decided_capacity = fields.Char("In the capacity of", readonly=True, copy=False, translate=True)
    on_the_spot = fields.Boolean("Done on the spot", readonly=True, copy=False)
    letter_number = fields.Char("Number of the letter", readonly=True, copy=False)

    # The end
    collect_site_id = fields.Many2one("jamaa.site", "Collect at", readonly=True, check_company=True, copy=False)
    ready_on = fields.Date("Ready on", readonly=True, copy=False)
    handed_to = fields.Selection(
        [("self", "The applicant"), ("proxy", "A proxy")], "Handed to", readonly=True, copy=False
    )
    proxy_id = fields.Many2one(
        "jamaa.complainant",
        "Proxy, in the vault",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    end_reason = fields.Text("Why it ended", readonly=True, copy=False)

    may_work = fields.Boolean(compute="_compute_may", export_string_translation=False)
    may_ask = fields.Boolean(compute="_compute_may", export_string_translation=False)
    may_extend = fields.Boolean(compute="_compute_may", export_string_translation=False)
    may_decide = fields.Boolean(compute="_compute_may", export_string_translation=False)
    may_deliver = fields.Boolean(compute="_compute_may", export_string_translation=False)
    may_ready = fields.Boolean(compute="_compute_may", export_string_translation=False)
    may_hand_over = fields.Boolean(compute="_compute_may", export_string_translation=False)
    may_withdraw = fields.Boolean(compute="_compute_may", export_string_translation=False)
    may_lapse = fields.Boolean(compute="_compute_may", export_string_translation=False)
    may_piece = fields.Boolean(compute="_compute_may", export_string_translation=False)
    may_print = fields.Boolean(compute="_compute_may", export_string_translation=False)
    may_attest = fields.Boolean(compute="_compute_may", export_string_translation=False)

    # ------------------------------------------------------------
    # Who may do what
    # ------------------------------------------------------------

    @api.depends("stage", "missing_count", "ask_on", "due_date", "extended_on", "silence_passed_on")
    @api.depends_context("uid")
    def _compute_may(self):
        names = [name for name in self._fields if name.startswith("may_")]
        for request in self:
            for name in names:
                request[name] = request._may(name[4:])

    def _may(self, step):
        """Whether this user may take a step now, on a request the user reads."""
        self.ensure_one()
        user, stage = self.env.user, self.stage
        desk = user.has_group("jamaa_base.group_reception_agent")
        service = user.has_group("jamaa_base.group_service_agent") or user.has_group("jamaa_base.group_director")
        return {
            "work": service and stage == "received",
            "ask": (desk or service) and stage == "incomplete" and not self.ask_on,
            "extend": service and self._may_be_extended(),
            "decide": (service or user.has_group("jamaa_base.group_president")) and stage in ("received", "in_work"),
            "deliver": (desk or service) and stage in ("received", "in_work"),
            "ready": service and stage == "decided",
            "hand_over": (desk or service) and stage == "ready",
            "withdraw": (desk or service) and stage in OWED,
            "lapse": service and stage == "incomplete" and self._ask_is_over(),
            "piece": (desk or service) and stage in OWED,
            "print": desk or service,
            "attest": bool(self.silence_passed_on) and (desk or service),
            "reveal": desk or service,
        }[step]

    def _check_step(self, step):
        """Refuse a step this user may not take, or not now.

        :raise AccessError: the user does not read the request, or may not
        """
        if self.env.su:
            return
        self.check_access("read")
        if not all(request._may(step) for request in self):
            raise AccessError(self.env._("This step is not yours, or not possible at this stage."))

    def _lock(self):
        """Two persons at one step: the second is told, and nothing happens twice."""
        # sudo: jamaa.procedure.request - the step was checked, the row is only locked
        self.sudo().lock_for_update()
        self.invalidate_recordset()

    def _step_wizard(self, step, **context):
        """Open the window in which a step gets its words."""
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_reception.jamaa_request_step_action")
        titles = dict(self.env["jamaa.request.step"]._fields["step"]._description_selection(self.env))
        return {
            **action,
            "name": titles[step],
            "context": {"default_request_id": self.id, "default_step": step, **context},
        }

    def _to_register(self, kind, **more):
        """Put a step on the register of the commune."""
        for request in self:
            facts = {"number": request.number, **more}
            self.env["jamaa.register.entry"]._enter(request.company_id, kind, facts, request)

    # ------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------

    def _check_complete(self):
        """A request without missing piece is complete from today on; a clock may start with that."""
        # sudo: jamaa.procedure.request - the stage follows the pieces, whoever brought them
        for request in self.sudo().filtered(lambda one: one.stage == "incomplete" and not one.missing_count):
            request.write({"stage": "received", "complete_on": self._commune_today()})
            if not request.due_date:
                request._set_clock()
            request._add_milestone("completed")
            request._to_register("request_completed", until=fields.Date.to_string(request.due_date) or None)
            request._tell("completed")

    def action_work(self):
        """Button: the service takes it on."""
        self._check_step("work")
        for request in self:
            # sudo: jamaa.procedure.request - checked just above
            request.sudo().write({"stage": "in_work", "user_id": request.user_id.id or self.env.uid})
            request._add_milestone("taken")

    def action_extend(self):
        """Button: ask for the reason of an extension."""
        self._check_step("extend")
        return self._step_wizard("extend")

    def action_ask(self):
        """Button: ask for the pieces that are missing, once."""
        self._check_step("ask")
        return self._step_wizard("ask")

    def action_decide(self):
        """Button: put the signed decision on record."""
        self._check_step("decide")
        return self._step_wizard("decide")

    def action_deliver(self):
        """Button: done while the citizen waits, nothing to sign here."""
        self._check_step("deliver")
        return self._step_wizard("deliver")

    def action_ready(self):
        """Button: say where it can be collected."""
        self._check_step("ready")
        return self._step_wizard("ready")

    def action_hand_over(self):
        """Button: hand it over, against a signature on the slip."""
        self._check_step("hand_over")
        return self._step_wizard("hand_over")

    def action_withdraw(self):
        """Button: the citizen takes the request back."""
        self._check_step("withdraw")
        return self._step_wizard("withdraw")

    def action_lapse(self):
        """Button: what was asked did not come."""
        self._check_step("lapse")
        return self._step_wizard("lapse")

    def _decide(self, outcome, reason, signer, day, by_letter=True, typed_number=None):
        """Record a decision that was signed on paper; its letter is numbered with that.

        :param signer: the ``jamaa.function.holder`` who signed
        :param day: of the signature
        :param bool by_letter: it goes out as a letter, with a number of the mail registry
        :param str typed_number: where numbers are the national registry's
        :raise UserError: no reasons, ahead of the day, or that person could not sign it
        """
        self.ensure_one()
        self._check_step("decide")
        self._lock()
        _ = self.env._
        if self.stage not in ("received", "in_work"):
            raise UserError(_("This request is decided already, or still incomplete."))
        if outcome not in dict(OUTCOMES) or (outcome != "granted" and not (reason or "").strip()):
            raise UserError(_("A decision that does not grant all needs its reasons (law 03-01)."))
        if day > self._commune_today() or day < self.received_on:
            raise UserError(_("A decision is signed after the request came, and recorded once it is."))
        if not signer or signer.company_id != self.company_id:
            raise UserError(_("Name who signed the decision."))
        right = self.env["jamaa.function"]._may_sign_by_hand(signer, ACT_CODE, day)
        if not right:
            raise UserError(
                _(
                    "%(person)s could not sign this on %(day)s: no office of president and no delegation on record "
                    "for it on that day.",
                    person=signer.display_name,
                    day=self._day(day),
                )
            )
        # sudo: jamaa.procedure.request - checked just above
        request = self.sudo()
        values = {
            "stage": "decided",
            "decision_outcome": outcome,
            "decision_reason": reason,
            "decided_on": day,
            "decided_by_id": signer.id,
        }
        if by_letter:
            values["letter_number"] = request._number_letter(signer, day, typed_number).number_display
        request.write(values)
        request._say_capacity(right, signer, day)
        request._after_decision()

    def _say_capacity(self, right, signer, day):
        """Keep as whom it was signed, as on that day, in each language: the applicant reads another than the clerk."""
        codes = dict.fromkeys(["en_US", *(code for code, _name in self.env["res.lang"].get_installed())])
        for code in codes:
            self.with_context(lang=code).decided_capacity = right.with_context(lang=code)._capacity_of(
                signer.with_context(lang=code), day
            )

    def _number_letter(self, signer, day, typed_number):
        """Register the letter of the decision; the book names the request and not the person."""
        here = self.with_context(lang=self.company_id._installed_lang())
        return self.env["jamaa.mail.entry"]._number_outgoing(
            self.company_id,
            {
                "subject": here.env._("Decision on request %(number)s", number=self.number),
                "correspondent": here.env._("The applicant of request %(number)s", number=self.number),
                "letter_date": day,
                "function_id": signer.function_id.id,
                "typed_number": typed_number or False,
                "res_model": self._name,
                "res_id": self.id,
            },
        )

    def _after_decision(self):
        self._add_milestone("decided")
        self._to_register("request_decided", result=self.decision_outcome, letter=self.letter_number or None)
        self._end_alerts()
        self._tell("decided")

    def _deliver(self, to="self", proxy=None):
        """Record what was done while the citizen waited: decided and handed over in one.

        :param str to: self or proxy
        :param dict proxy: for the vault
        """
        self.ensure_one()
        self._check_step("deliver")
        self._lock()
        # sudo: jamaa.procedure.request - checked just above
        request = self.sudo()
        request.write(
            {
                "stage": "ready",
                "decision_outcome": "granted",
                "decided_on": self._commune_today(),
                "ready_on": self._commune_today(),
                "on_the_spot": True,
            }
        )
        request._add_milestone("decided")
        request._to_register("request_decided", result="granted", letter=None)
        request._end_alerts()
        request._hand_over(to, proxy)

    def _set_ready(self, site):
        """Say that it can be collected, and where; the citizen is told."""
        self.ensure_one()
        self._check_step("ready")
        # sudo: jamaa.procedure.request - checked just above
        request = self.sudo()
        request.write({"stage": "ready", "ready_on": self._commune_today(), "collect_site_id": site.id})
        request._add_milestone("ready", note=site.name)
        request._tell("ready")

    def _hand_over(self, to="self", proxy=None):
        """Record that it left the house, against the signature on the printed slip.

        :param str to: self or proxy
        :param dict proxy: for the vault: name and number of the proxy
        :raise UserError: a proxy without name
        """
        self.ensure_one()
        self._check_step("hand_over")
        self._lock()
        if self.stage != "ready":
            raise UserError(self.env._("This is not ready, or was handed over already."))
        # sudo: jamaa.procedure.request - checked just above
        request = self.sudo()
        if to == "proxy":
            if not (proxy or {}).get("name"):
                raise UserError(self.env._("Write who collects it, and by which proxy."))
            request.proxy_id = self._into_vault(request, proxy)
        request.write({"handed_to": to})
        request._add_milestone("handed_over")
        request._to_register("request_handed_over", by=to)
        request._end("handed_over")

    def _withdraw(self, reason):
        """The citizen takes the request back."""
        self.ensure_one()
        self._check_step("withdraw")
        self._end_with("withdrawn", reason)

    def _lapse(self, reason):
        """What was asked did not come in the time that was given."""
        self.ensure_one()
        self._check_step("lapse")
        self._end_with("lapsed", reason)

    def _end_with(self, stage, reason):
        self._lock()
        if self.stage not in OWED:
            raise UserError(self.env._("This request is decided or ended already."))
        if not (reason or "").strip():
            raise UserError(self.env._("Say why."))
        # sudo: jamaa.procedure.request - the step was checked by the caller
        request = self.sudo()
        request.end_reason = reason
        request._add_milestone(stage, note=reason)
        request._to_register("request_ended", result=stage)
        request._end(stage)
        request._tell(stage)

    def _end(self, stage):
        """Close; the time the identity is kept runs from today. The caller is superuser."""
        today = self._commune_today()
        self.write({"stage": stage, "ended_on": today})
        self._end_alerts()
        # sudo: jamaa.complainant - retention is a duty, not a right of a role
        (self.complainant_id | self.proxy_id).sudo()._keep_for(today)

    # ------------------------------------------------------------
    # The applicant
    # ------------------------------------------------------------

    def _needs_identity(self):
        """Hook of the vault: until it is handed over, the commune has to reach the person."""
        self.ensure_one()
        return self.stage not in ENDED

    def _may_reveal(self):
        """Hook of the vault: who works on a request may ask who wants it, with a reason."""
        self.ensure_one()
        return self.sudo(False).has_access("read") and self._may("reveal")

    def action_reveal_identity(self):
        """Button: ask for the identity, with a reason that is put on record."""
        self.ensure_one()
        self._check_step("reveal")
        # sudo: jamaa.procedure.request - the link alone; values come out of the reveal log
        return self.sudo().complainant_id.sudo(False).action_ask_reveal()

    def _erase_identity(self, values):
        """Hook of the vault: what the service wrote may name the person."""
        # sudo: jamaa.procedure.request - erasure is a duty, not a role's right
        self.sudo().filtered(lambda one: one.stage in ENDED)._erase_words()

    def _erase_words(self):
        """Erase note, reasons and quarter, and the words said after; number, dates and outcome stay."""
        erased = ("note", "decision_reason", "end_reason", "extension_reason", "quarter")
        self.write(dict.fromkeys(erased, False))
        for request in self:
            self.env["jamaa.satisfaction"]._erase_words(request)
