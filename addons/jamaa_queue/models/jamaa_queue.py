"""The queues of a site: which procedures they hold, which desks call from them, how they are numbered."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class JamaaQueue(models.Model):
    """People who wait for the same desks, in one order.

    Several desks call from one queue, a desk from several. Its numbers begin anew each day, behind a
    prefix of its own at the site: “A012”. Without a prefix, numbers are those of a paper roll.
    """

    _name = "jamaa.queue"
    _description = "Queue"
    _order = "site_id, sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, help="In words visitors read: “Civil status”.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    site_id = fields.Many2one("jamaa.site", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="site_id.company_id", string="Commune", store=True, index=True)

    # Numbers
    prefix = fields.Char(
        help="One or two Latin capitals, its own at the site. Left empty for the numbers of a paper roll."
    )
    first_number = fields.Integer(default=1, required=True)
    last_number = fields.Integer(default=999, required=True)
    daily_cap = fields.Integer("Tickets a day", help="No more tickets than this are given in one day; 0 for no limit.")

    # What it serves
    procedure_ids = fields.Many2many(
        "jamaa.procedure",
        "jamaa_queue_procedure_rel",
        "queue_id",
        "procedure_id",
        "Procedures",
        check_company=True,
        domain="[('company_id', '=', company_id)]",
    )
    desk_ids = fields.Many2many(
        "jamaa.desk",
        "jamaa_queue_desk_rel",
        "queue_id",
        "desk_id",
        "Desks",
        check_company=True,
        domain="[('site_id', '=', site_id)]",
        help="The desks that call from this queue. A desk calls only for the procedures it serves.",
    )

    # Rules
    call_max = fields.Integer(
        "Calls before “did not come”", default=3, required=True, help="Recalls count. Fewer calls never end a wait."
    )
    pass_after_miss = fields.Integer(
        "Let pass after a call without answer",
        default=2,
        required=True,
        help="Who did not answer is called again after so many others.",
    )
    long_minutes = fields.Integer(
        "Doubtful above (minutes)",
        default=60,
        required=True,
        help="A service that lasted longer was probably not closed in time: it is kept out of the figures of time.",
    )
    keep_overnight = fields.Boolean("Kept overnight", help="Who still waits at closing keeps the place the next day.")
    waiting_count = fields.Integer("Waiting", compute="_compute_waiting_count")

    _prefix_form = models.Constraint(
        "CHECK(prefix IS NULL OR prefix ~ '^[A-Z]{1,2}$')", "A prefix is one or two Latin capitals."
    )
    _prefix_uniq = models.UniqueIndex(
        "(site_id, COALESCE(prefix, '')) WHERE active", "Another queue of this site has this prefix."
    )
    _numbers_range = models.Constraint(
        "CHECK(first_number >= 1 AND last_number >= first_number AND last_number <= 9999)",
        "Numbers run from 1 to 9999 at most, the first before the last.",
    )
    _not_negative = models.Constraint(
        "CHECK(daily_cap >= 0 AND pass_after_miss >= 0 AND long_minutes > 0)",
        "Limits are not negative, and a service may last at least a minute.",
    )
    _call_max_range = models.Constraint("CHECK(call_max BETWEEN 1 AND 9)", "Call between 1 and 9 times.")

    @api.depends("name", "prefix")
    def _compute_display_name(self):
        for queue in self:
            queue.display_name = f"{queue.prefix} · {queue.name}" if queue.prefix else queue.name or ""

    def _compute_waiting_count(self):
        rows = self.env["jamaa.queue.ticket"]._read_group(
            [("queue_id", "in", self.ids), ("state", "=", "waiting")], ["queue_id"], ["__count"]
        )
        counts = dict(rows)
        for queue in self:
            queue.waiting_count = counts.get(queue._origin, 0)

    @api.constrains("desk_ids", "site_id")
    def _check_desks(self):
        for queue in self:
            if queue.desk_ids.site_id - queue.site_id:
                raise ValidationError(self.env._("The desks of a queue stand at its site."))

    @api.constrains("procedure_ids", "site_id", "active")
    def _check_procedures(self):
        """A procedure waits in one queue of a site: who asks for it is sent to one place."""
        queues = self.search([("site_id", "in", self.site_id.ids)])
        for queue in self.filtered("active"):
            for other in queues.filtered(lambda one, queue=queue: one.site_id == queue.site_id and one != queue):
                double = other.procedure_ids & queue.procedure_ids
                if double:
                    raise ValidationError(
                        self.env._(
                            "“%(procedure)s” already waits in the queue “%(queue)s” of this site.",
                            procedure=double[0].display_name,
                            queue=other.name,
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        """Write an empty prefix the one way the database knows."""
        for vals in vals_list:
            vals["prefix"] = self._clean_prefix(vals.get("prefix"))
        return super().create(vals_list)

    def write(self, vals):
        """Keep the site of a queue: its tickets belong there.

        :raise ValidationError: the site is changed and there are tickets
        """
        if "prefix" in vals:
            vals = {**vals, "prefix": self._clean_prefix(vals["prefix"])}
        moved = self.filtered(lambda queue: "site_id" in vals and queue.site_id.id != vals["site_id"])
        # sudo: jamaa.queue.ticket - whether there are any, whoever may read them
        if moved and self.env["jamaa.queue.ticket"].sudo().search_count([("queue_id", "in", moved.ids)], limit=1):
            raise ValidationError(self.env._("This queue has tickets: archive it and make one at the other site."))
        return super().write(vals)

    @staticmethod
    def _clean_prefix(prefix):
        return prefix.strip().upper() or False if isinstance(prefix, str) else False

    def _code_of(self, number):
        """How a number of this queue is written and called: “A012”."""
        self.ensure_one()
        return f"{self.prefix or ''}{number:03d}"

    def _served_procedures(self):
        """Procedures of this queue that at least one of its desks serves, in their order."""
        desks = self.desk_ids
        if any(not desk.procedure_ids for desk in desks):
            return self.procedure_ids
        served = desks.procedure_ids
        return self.procedure_ids.filtered(lambda one: one in served)

    def action_open_tickets(self):
        """Open today's tickets of this queue."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_queue.jamaa_queue_ticket_action")
        return {**action, "domain": [("queue_id", "=", self.id)], "context": {"search_default_today": 1}}
