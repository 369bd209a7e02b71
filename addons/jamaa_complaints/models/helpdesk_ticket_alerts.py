"""The nightly run: who is told before a due date, and who when it has passed."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .helpdesk_ticket_clocks import VERY_LATE_DAYS
from .jamaa_complaint_alert import ALERT_STEPS

ALERT_BATCH = 500
STEP_CODES = [code for code, _label in ALERT_STEPS]
FUNCTION_CODES = ("complaint_head", "director", "president")


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    alert_ids = fields.One2many("jamaa.complaint.alert", "case_id", string="Alerts", readonly=True)

    # ------------------------------------------------------------------
    # The run
    # ------------------------------------------------------------------

    @api.model
    def _cron_alerts(self):
        """Tell what is to be told today, in batches; a second run tells nothing again."""
        while pending := self._pending_alerts():
            self._tell_alerts(pending)
            left = len(pending) == ALERT_BATCH
            if not self.env["ir.cron"]._commit_progress(len(pending), remaining=int(left)) or not left:
                return

    @api.model
    def _pending_alerts(self):
        """Steps that are reached and were not told, by range: a missed night loses nothing.

        :return: ``{case id: [codes of steps, lowest first]}``, ALERT_BATCH cases at most
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT t.id, array_agg(step.code ORDER BY step.rank)
                     FROM helpdesk_ticket t
                     JOIN res_company c ON c.id = t.company_id
                     JOIN helpdesk_ticket_stage s ON s.id = t.stage_id
                LEFT JOIN jamaa_legal_regime r ON r.id = t.due_regime_id
             JOIN LATERAL (VALUES (0, 'early', t.due_date - COALESCE(c.alert_early_days, 15)),
                                  (1, 'near', t.due_date - COALESCE(c.alert_near_days, 5)),
                                  (2, 'late', t.due_date + 1),
                                  (3, 'very_late', t.due_date + %(very_late)s)
                          ) step(rank, code, day) ON step.day <= %(today)s
                    WHERE t.kind IS NOT NULL AND t.active AND t.answered_on IS NULL
                      AND s.closed IS NOT TRUE
                      AND (t.held_since IS NULL OR r.hold_stops IS NOT TRUE)
                      AND NOT EXISTS (SELECT FROM jamaa_complaint_alert a
                                       WHERE a.case_id = t.id AND a.step = step.code AND a.due_date = t.due_date)
                 GROUP BY t.id ORDER BY t.id LIMIT %(limit)s""",
                very_late=VERY_LATE_DAYS + 1,
                today=self._commune_today(),
                limit=ALERT_BATCH,
            )
        )
        return dict(rows)

    @api.model
    def _tell_alerts(self, pending):
        """Tell colleagues and, where the date passed, citizens.

        :param dict pending: see `_pending_alerts`
        """
        # sudo: helpdesk.ticket - the run stands for the commune, each reader is checked
        cases = self.sudo().browse(pending)
        told = cases._alert_addressees(pending)
        today = self._commune_today()
        # sudo: jamaa.complaint.alert - written by this run alone
        self.env["jamaa.complaint.alert"].sudo().create(
            [
                {
                    "case_id": case.id,
                    "step": step,
                    "due_date": case.due_date,
                    "date": today,
                    "user_ids": told[case.id, step].ids,
                }
                for case in cases
                for step in pending[case.id]
            ]
        )
        cases._alert_activities(pending, told, today)
        passed = cases.filtered(lambda c: "late" in pending[c.id])
        passed._add_milestone("due_passed")
        for case in passed:
            # Once for each date; the page tells those without address.
            case._tell_citizen("late")

    # ------------------------------------------------------------------
    # To whom
    # ------------------------------------------------------------------

    def _read_by(self, user):
        """Those of these cases that a colleague may read now: role, commune and lock are asked."""
        if not user.active or not user._is_internal():
            return self.browse()
        seen = self.with_user(user).sudo(False)._filtered_access("read")
        return self.browse(seen._ids)

    def _alert_addressees(self, pending):
        """Whom to tell of each step: the first of each list who may read the case.

        :return: ``{(case id, step): users}``; empty where nobody may read it
        """
        wanted = self._alert_candidates(pending)
        by_user = defaultdict(set)
        for (case_id, _step), lists in wanted.items():
            for users in lists:
                for user in users:
                    by_user[user].add(case_id)
        may = {user: set(self.browse(ids)._read_by(user)._ids) for user, ids in by_user.items()}
        nobody = self.env["res.users"]
        return {
            (case_id, step): nobody.union(
                *(next((user for user in users if case_id in may[user]), nobody) for users in lists)
            )
            for (case_id, step), lists in wanted.items()
        }

    def _alert_candidates(self, pending):
        """Lists of users for each step: one of each list is told, in this order of preference."""
        posts, services = self._alert_functions()
        result = {}
        for case in self:
            holders = {code: posts[case.company_id.id, code] for code in FUNCTION_CODES}
            unit = [*holders["complaint_head"], *case.team_id.user_id, *case.team_id.user_ids]
            service = case.service_id
            heads = [*services[service.function_id.id], *service.user_id, *service.parent_id.user_id]
            lists = {
                "early": [[*case.user_id, *heads, *unit]],
                "near": [[*heads, *unit]],
                "late": [unit, holders["director"]],
                "very_late": [holders["president"]],
            }
            for step in pending[case.id]:
                result[case.id, step] = lists[step]
        return result

    def _alert_functions(self):
        """Logins of who holds a function today, stand-ins after holders.

        :return: ``{(commune id, code): [users]}`` and ``{function id: [users]}``
        """
        # sudo: jamaa.function.holder - who holds a post is no secret
        Holder = self.env["jamaa.function.holder"].sudo()
        rows = Holder.search(
            Domain("company_id", "in", self.company_id.ids)
            & Domain("user_id", "!=", False)
            & Domain("function_id.active", "=", True)
            & Holder._domain_on(self._commune_today())
        ).sorted(lambda row: (row.role != "holder", row.date_from, row.id))
        posts, functions = defaultdict(list), defaultdict(list)
        for row in rows:
            posts[row.company_id.id, row.function_code].append(row.user_id)
            functions[row.function_id.id].append(row.user_id)
        return posts, functions

    # ------------------------------------------------------------------
    # How
    # ------------------------------------------------------------------

    @api.model
    def _alert_words(self, step):
        """What a colleague reads, in the language of the context."""
        return {
            "early": self.env._("The answer is due soon"),
            "near": self.env._("The answer is due in a few days"),
            "late": self.env._("The due date has passed without an answer"),
            "very_late": self.env._("The due date passed long ago without an answer"),
        }[step]

    def _alert_activities(self, pending, told, today):
        """One thing to do for each colleague and case: that of the last step reached."""
        kind = self.env.ref("jamaa_complaints.activity_due_alert")
        model = self.env["ir.model"]._get_id(self._name)
        last = {}
        for case in self:
            for step in pending[case.id]:
                for user in told[case.id, step]:
                    last[case.id, user] = step
        due = {case.id: case.due_date for case in self}
        # Core would write a mail for each and make each reader a follower.
        # sudo: mail.activity - the run gives them to who may read the case
        activities = self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True, case_no_follow=True)
        activities.create(
            [
                {
                    "activity_type_id": kind.id,
                    "res_model_id": model,
                    "res_id": case_id,
                    "user_id": user.id,
                    "summary": self.with_context(lang=user.lang)._alert_words(step),
                    "date_deadline": max(due[case_id], today),
                }
                for (case_id, user), step in last.items()
            ]
        )

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """An alert makes nobody a follower."""
        if self.env.context.get("case_no_follow"):
            return True
        return super()._message_subscribe(partner_ids, subtype_ids, customer_ids)

    def _add_milestone(self, code, note=False, service=None):
        """What was to do about the date is done when the answer has left."""
        result = super()._add_milestone(code, note=note, service=service)
        if code in ("sent", "closed"):
            # sudo: mail.activity - alerts follow the case, whoever answered it
            self.env["mail.activity"].sudo().search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("activity_type_id", "=", self.env.ref("jamaa_complaints.activity_due_alert").id),
                ]
            ).unlink()
        return result

    # ------------------------------------------------------------------
    # The citizen
    # ------------------------------------------------------------------

    def _mail_subjects(self):
        return {
            **super()._mail_subjects(),
            "late": self.env._("The date has passed without an answer: %(number)s", number=self.case_number),
        }

    def _milestone_words(self):
        return {
            **super()._milestone_words(),
            "due_passed": self.env._("The date has passed and there is no answer yet"),
        }

    def _state_words(self):
        """On hold is not late, where the rule of the date says that a hold stops it."""
        if self.answer_state != "sent" and not self.closed and self._due_stands_still():
            return "info", self.env._("On hold: the commune waits for something it needs")
        return super()._state_words()

    def _case_page(self, lang):
        """Say beside the rest whether the date has passed, so that remedies stand in sight."""
        page = super()._case_page(lang)
        # sudo: helpdesk.ticket - the citizen holds the token; a yes or no leaves
        case = self.sudo()
        waits = case.answer_state != "sent" and not case.closed and not case._due_stands_still()
        page["passed"] = bool(waits and case.due_date and case.due_date < self._commune_today())
        return page
