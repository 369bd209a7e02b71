"""How right the announced waits were: a view over the announcements."""

from odoo import api, fields, models

from ..tools.accuracy import LEAST


class JamaaQueueAccuracy(models.Model):
    """Announcements of a month at a queue that were told to people and can be judged.

    Published from thirty waits on; the aim is eight in ten.
    """

    _name = "jamaa.queue.accuracy"
    _description = "Accuracy of Announced Waits"
    _auto = False
    _order = "month desc, site_id, queue_id"
    _rec_name = "queue_id"

    month = fields.Date(readonly=True)
    company_id = fields.Many2one("res.company", "Commune", readonly=True)
    site_id = fields.Many2one("jamaa.site", readonly=True)
    queue_id = fields.Many2one("jamaa.queue", readonly=True)
    judged = fields.Integer("Waits judged", readonly=True)
    inside = fields.Integer("As announced", readonly=True)
    shorter = fields.Integer("Called sooner", readonly=True)
    longer = fields.Integer("Waited longer", readonly=True)
    unknown = fields.Integer("Left before", readonly=True)
    width = fields.Float("Width of the band (minutes)", readonly=True, aggregator="avg", digits=(8, 1))
    words = fields.Char("Right", compute="_compute_words", help="Said from 30 waits on; the aim is 8 times out of 10.")

    @property
    def _table_query(self):
        return """
            SELECT min(a.id) AS id, date_trunc('month', a.day)::date AS month, a.company_id, a.site_id, a.queue_id,
                   count(*) FILTER (WHERE a.outcome != 'unknown')::int AS judged,
                   count(*) FILTER (WHERE a.outcome = 'inside')::int AS inside,
                   count(*) FILTER (WHERE a.outcome = 'shorter')::int AS shorter,
                   count(*) FILTER (WHERE a.outcome = 'longer')::int AS longer,
                   count(*) FILTER (WHERE a.outcome = 'unknown')::int AS unknown,
                   avg(a.high - a.low) FILTER (WHERE a.outcome != 'unknown') AS width
              FROM jamaa_queue_announcement a
             WHERE a.is_shown AND a.outcome != 'open'
             GROUP BY date_trunc('month', a.day), a.company_id, a.site_id, a.queue_id
        """

    @api.depends("judged", "inside")
    def _compute_words(self):
        for row in self:
            row.words = row._words_of(row.inside, row.judged)

    @api.model
    def _words_of(self, inside, judged):
        """“Right n times out of 10”, rounded down; that it is too early below thirty waits."""
        if judged < LEAST:
            return self.env._("Too few waits yet: %(number)s of %(least)s", number=judged, least=LEAST)
        return self.env._("Right %(number)s times out of 10", number=inside * 10 // judged)
