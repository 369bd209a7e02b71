"""Whether a desk calls: open, pause, back office, closed; rows that are added."""

from odoo import api, fields, models

from odoo.addons.jamaa_base.models.res_company_setup import COMMUNE_TZ

STATES = [("open", "Open"), ("pause", "Pause"), ("back_office", "Back office"), ("closed", "Closed")]


class JamaaQueueDeskState(models.Model):
    """One change of a desk. Nothing says who stood there: hours belong to desks, not to people."""

    _name = "jamaa.queue.desk.state"
    _inherit = ["jamaa.append.only"]
    _description = "State of a Desk"
    _order = "id desc"
    _rec_name = "state"
    _log_access = False
    _check_company_auto = True

    company_id = fields.Many2one("res.company", "Commune", required=True, index=True)
    site_id = fields.Many2one("jamaa.site", required=True, check_company=True, ondelete="restrict")
    desk_id = fields.Many2one("jamaa.desk", required=True, check_company=True, ondelete="restrict")
    state = fields.Selection(STATES, required=True)
    at = fields.Datetime("When", required=True)
    forgotten = fields.Boolean("Closed by itself", help="Nobody closed the desk that day: its hours are doubtful.")

    _last_idx = models.Index("(desk_id, id DESC)")
    _facts_idx = models.Index("(company_id, site_id, at)")

    @api.model
    def _close_forgotten(self, today):
        """Close the desks that were left open on a day that is over, and say so.

        :param today: the day on Moroccan clocks
        """
        self.flush_model()
        self.env.cr.execute(
            """SELECT desk_id FROM (SELECT DISTINCT ON (desk_id) desk_id, state, at FROM jamaa_queue_desk_state
                                     ORDER BY desk_id, id DESC) last
                WHERE state != 'closed' AND (at AT TIME ZONE 'UTC' AT TIME ZONE %s)::date < %s""",
            [COMMUNE_TZ, today],
        )
        # sudo: jamaa.desk - the nightly run of all communes
        desks = self.env["jamaa.desk"].sudo().browse([row[0] for row in self.env.cr.fetchall()])
        self._note(desks, "closed", forgotten=True)

    @api.model
    def _note(self, desks, state, forgotten=False):
        """Add a change for these desks, where it is one."""
        # sudo: jamaa.queue.desk.state - added by the screens of the queue alone
        return self.sudo().create(
            [
                {
                    "company_id": desk.company_id.id,
                    "site_id": desk.site_id.id,
                    "desk_id": desk.id,
                    "state": state,
                    "at": fields.Datetime.now(),
                    "forgotten": forgotten,
                }
                for desk in desks
                if desk.queue_state != state
            ]
        )
