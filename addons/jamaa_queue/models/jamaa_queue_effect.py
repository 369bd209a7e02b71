"""What priority did to the others: a view over the facts."""

from odoo import fields, models


class JamaaQueueEffect(models.Model):
    """Tickets of a month at a queue, those with a credit beside the others: waits, and how many were passed.

    Only tickets that were called count, and times only where no fact is doubtful.
    """

    _name = "jamaa.queue.effect"
    _description = "Effect of Priority"
    _auto = False
    _order = "month desc, queue_id, has_credit desc"
    _rec_name = "queue_id"

    month = fields.Date(readonly=True)
    company_id = fields.Many2one("res.company", "Commune", readonly=True)
    site_id = fields.Many2one("jamaa.site", readonly=True)
    queue_id = fields.Many2one("jamaa.queue", readonly=True)
    has_credit = fields.Boolean("With a credit", readonly=True)
    ticket_count = fields.Integer("Tickets called", readonly=True)
    wait_sum = fields.Float("Waited in all (minutes)", readonly=True)
    wait_mean = fields.Float("Waited on average (minutes)", readonly=True, aggregator="avg", digits=(8, 1))
    wait_max = fields.Float("Longest wait (minutes)", readonly=True, aggregator="max", digits=(8, 1))
    overtook = fields.Integer(
        "Earlier people passed", readonly=True, help="How many who had come earlier waited on, summed over the calls."
    )

    @property
    def _table_query(self):
        return """
            SELECT min(t.id) AS id,
                   date_trunc('month', t.day)::date AS month,
                   t.company_id, t.site_id, t.queue_id,
                   t.credit_minutes > 0 AS has_credit,
                   count(*)::int AS ticket_count,
                   sum(w.minutes) AS wait_sum,
                   avg(w.minutes) AS wait_mean,
                   max(w.minutes) AS wait_max,
                   sum(w.overtook)::int AS overtook
              FROM jamaa_queue_ticket t
              JOIN LATERAL (SELECT extract(epoch FROM min(e.at) - t.issued_at) / 60 AS minutes,
                                   sum(e.overtook) AS overtook
                              FROM jamaa_queue_event e
                             WHERE e.ticket_id = t.id AND e.kind = 'called') w ON w.minutes IS NOT NULL
             WHERE NOT EXISTS (SELECT FROM jamaa_queue_event d
                                WHERE d.ticket_id = t.id AND d.doubt IS NOT NULL)
             GROUP BY date_trunc('month', t.day), t.company_id, t.site_id, t.queue_id, t.credit_minutes > 0
        """
