"""The nightly run: services are told before a due date, citizens when it has passed, each once."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from .jamaa_request import OWED

ALERT_BATCH = 500


class JamaaProcedureRequestAlert(models.Model):
    """One step of one due date that was told: never told again."""

    _name = "jamaa.procedure.request.alert"
    _description = "Alert about a request"
    _order = "id desc"
    _log_access = False

    request_id = fields.Many2one("jamaa.procedure.request", required=True, index=True, ondelete="cascade")
    step = fields.Selection([("early", "Before the date"), ("late", "The date has passed")], required=True)
    due_date = fields.Date("Due on", required=True)
    told_on = fields.Date("Told on", required=True)

    _once = models.Constraint("UNIQUE(request_id, step, due_date)", "This was told already.")


class JamaaProcedureRequest(models.Model):
    _inherit = "jamaa.procedure.request"

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

        Where the date has passed, only that is told.

        :return: ``{request id: step}``, ALERT_BATCH at most
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT r.id, CASE WHEN r.due_date < %(today)s THEN 'late' ELSE 'early' END AS reached
                     FROM jamaa_procedure_request r
                LEFT JOIN jamaa_legal_regime rule ON rule.id = r.due_regime_id
                    WHERE r.stage IN %(owed)s
                      AND r.due_date - COALESCE(rule.alert_days, 0) <= %(today)s
                      AND NOT EXISTS (SELECT FROM jamaa_procedure_request_alert a
                                       WHERE a.request_id = r.id AND a.due_date = r.due_date
                                         AND a.step = CASE WHEN r.due_date < %(today)s THEN 'late' ELSE 'early' END)
                 ORDER BY r.id LIMIT %(limit)s""",
                today=self._commune_today(),
                owed=OWED,
                limit=ALERT_BATCH,
            )
        )
        return dict(rows)

    @api.model
    def _tell_alerts(self, pending):
        """Write the alerts down, give services their activities, tell citizens that the date passed."""
        # sudo: jamaa.procedure.request - the run stands for the commune, each reader is checked
        requests = self.sudo().browse(pending)
        today = self._commune_today()
        # sudo: jamaa.procedure.request.alert - written by this run alone
        self.env["jamaa.procedure.request.alert"].sudo().create(
            [
                {"request_id": one.id, "step": pending[one.id], "due_date": one.due_date, "told_on": today}
                for one in requests
            ]
        )
        requests._alert_activities(pending, today)
        requests.filtered(lambda one: pending[one.id] == "late" and not one.silence_passed_on)._on_due_passed()

    def _alert_activities(self, pending, today):
        """One thing to do for whoever answers for each request and may read it."""
        answerable = self.procedure_id._answerable_users()
        wanted = defaultdict(set)
        for request in self:
            for user in request.user_id | answerable[request.procedure_id]:
                wanted[user].add(request.id)
        may = {user: set(self.browse(ids)._read_by(user)._ids) for user, ids in wanted.items()}
        words = {
            user: {
                "early": self.with_context(lang=user.lang).env._("A request is due soon"),
                "late": self.with_context(lang=user.lang).env._("The due date of a request has passed"),
            }
            for user in wanted
        }
        kind = self.env.ref("jamaa_reception.activity_request_due")
        model = self.env["ir.model"]._get_id(self._name)
        # Core would write a mail for each and make each reader a follower.
        # sudo: mail.activity - the run gives them to who may read the request
        activities = self.env["mail.activity"].sudo()
        activities.with_context(mail_activity_quick_update=True, request_no_follow=True).create(
            [
                {
                    "activity_type_id": kind.id,
                    "res_model_id": model,
                    "res_id": request.id,
                    "user_id": user.id,
                    "summary": words[user][pending[request.id]],
                    "date_deadline": max(request.due_date, today),
                }
                for user in wanted
                for request in self
                if request.id in may[user]
            ]
        )

    def _end_alerts(self):
        """What was to do about the date is done."""
        # sudo: mail.activity - alerts follow the request, whoever decided it
        self.env["mail.activity"].sudo().search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", self.ids),
                ("activity_type_id", "=", self.env.ref("jamaa_reception.activity_request_due").id),
            ]
        ).unlink()

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """An alert makes nobody a follower."""
        if self.env.context.get("request_no_follow"):
            return True
        return super()._message_subscribe(partner_ids, subtype_ids, customer_ids)


class JamaaProcedure(models.Model):
    _inherit = "jamaa.procedure"

    def _answerable_users(self):
        """Logins that answer for each procedure: head of the service, else holders of its function, else the director.

        :return: ``{procedure: res.users}``, as superuser
        """
        # sudo: jamaa.function.holder, hr.employee - who answers for a service is no secret inside
        procedures = self.sudo()
        Holder = self.env["jamaa.function.holder"].sudo()  # sudo: jamaa.function.holder - as above
        today = fields.Date.context_today(self)
        rows = Holder.search(
            fields.Domain("company_id", "in", procedures.company_id.ids)
            & fields.Domain("user_id", "!=", False)
            & Holder._domain_on(today)
        )
        by_function = rows.grouped("function_id")
        directors = rows.filtered(lambda row: row.function_code == "director").grouped("company_id")
        nobody = self.env["res.users"]
        found = {}
        for procedure in procedures:
            users = procedure.department_id.manager_id.user_id
            users = users or by_function.get(procedure.function_id, Holder).user_id
            users = users or directors.get(procedure.company_id, Holder).user_id
            found[procedure] = (users or nobody).filtered("active")
        return found
