"""The emergency button of a desk."""

from odoo import api, fields, models


class JamaaQueueAlarm(models.Model):
    """A call for help, and the row that answers it. The time and the desk, nothing else."""

    _name = "jamaa.queue.alarm"
    _inherit = ["jamaa.append.only"]
    _description = "Call for Help at a Desk"
    _order = "id desc"
    _rec_name = "desk_id"
    _log_access = False
    _check_company_auto = True

    company_id = fields.Many2one("res.company", "Commune", required=True, index=True)
    site_id = fields.Many2one("jamaa.site", required=True, check_company=True, ondelete="restrict")
    desk_id = fields.Many2one("jamaa.desk", required=True, check_company=True, index=True, ondelete="restrict")
    kind = fields.Selection([("raised", "Help is needed"), ("answered", "Answered")], required=True)
    at = fields.Datetime("When", required=True)

    _site_idx = models.Index("(site_id, desk_id, id DESC)")

    @api.model
    def _note(self, desk, kind):
        """Add a row and tell the screens of the site at once; pressed twice, it is one call."""
        if (self._is_open(desk)) == (kind == "raised"):
            return
        # sudo: jamaa.queue.alarm - added by the screens of the queue alone
        self.sudo().create(
            {
                "company_id": desk.company_id.id,
                "site_id": desk.site_id.id,
                "desk_id": desk.id,
                "kind": kind,
                "at": fields.Datetime.now(),
            }
        )
        desk.site_id._queue_notify("alarm")

    @api.model
    def _is_open(self, desk):
        return bool(self._open_at(desk.site_id).filtered(lambda row: row.desk_id.id == desk.id))

    @api.model
    def _open_at(self, site):
        """Calls for help of a site that nobody answered, as superuser."""
        self.env["jamaa.queue.alarm"].flush_model()
        self.env.cr.execute(
            """SELECT id FROM (SELECT DISTINCT ON (desk_id) id, kind FROM jamaa_queue_alarm
                                WHERE site_id = %s ORDER BY desk_id, id DESC) last WHERE kind = 'raised'""",
            [site.id],
        )
        # sudo: jamaa.queue.alarm - everybody at the site is to see that help is needed
        return self.sudo().browse([row[0] for row in self.env.cr.fetchall()])
