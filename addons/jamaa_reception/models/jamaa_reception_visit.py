"""Visits that need no request, counted: where people were sent, what was done on the spot."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.jamaa_base.models.res_company_setup import COMMUNE_TZ

#: How long the one-tap screen takes a tap back without a reason, in seconds.
UNDO_SECONDS = 60
#: What a counter-row repeats of the row it takes back: both fall into the same cell of every figure.
CELL = (
    "company_id",
    "site_id",
    "desk_id",
    "date",
    "what",
    "act_id",
    "procedure_id",
    "sent_desk_id",
    "sent_site_id",
    "body_id",
    "category_id",
    "language_id",
)


class JamaaReceptionAct(models.Model):
    """Something done on the spot, without a request: a legalisation, a certified copy, an extract."""

    _name = "jamaa.reception.act"
    _inherit = ["jamaa.catalogue.list"]
    _description = "Act done on the spot"


class JamaaReceptionBody(models.Model):
    """A body outside the commune to which people are often sent."""

    _name = "jamaa.reception.body"
    _inherit = ["jamaa.catalogue.list"]
    _description = "Body people are sent to"


class JamaaReceptionVisit(models.Model):
    """Numbers only: no name, no age, no sex, and not who tapped.

    Facts are added. A tap taken back within a minute is a row with the opposite number; a
    mistake found later is answered the same way, with a reason. Figures are sums of
    ``quantity``, so that what was taken back is gone from them and still on record.

    Nothing says who counted (no ``create_uid``): figures attach to sites and desks, never to people.
    """

    _name = "jamaa.reception.visit"
    _inherit = ["jamaa.append.only"]
    _description = "Visit counted"
    _order = "id desc"
    _rec_name = "what"
    _log_access = False
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company", "Commune", required=True, index=True, default=lambda self: self.env.company
    )
    site_id = fields.Many2one("jamaa.site", required=True, check_company=True, ondelete="restrict")
    desk_id = fields.Many2one("jamaa.desk", check_company=True, index="btree_not_null", ondelete="restrict")
    date = fields.Date("Day", required=True, default=lambda self: self._commune_today())
    counted_at = fields.Datetime(readonly=True, required=True, default=fields.Datetime.now)
    what = fields.Selection(
        [("act", "Done on the spot"), ("oriented", "Sent elsewhere"), ("returned", "Came back for the same thing")],
        required=True,
        default="act",
    )
    act_id = fields.Many2one("jamaa.reception.act", "Act", index="btree_not_null", ondelete="restrict")
    procedure_id = fields.Many2one(
        "jamaa.procedure", "Asked about", check_company=True, index="btree_not_null", ondelete="restrict"
    )
    sent_desk_id = fields.Many2one("jamaa.desk", "Sent to the desk", check_company=True, ondelete="restrict")
    sent_site_id = fields.Many2one("jamaa.site", "Sent to the site", check_company=True, ondelete="restrict")
    body_id = fields.Many2one("jamaa.reception.body", "Sent to the body", ondelete="restrict")
    category_id = fields.Many2one("jamaa.access.category", "Category of person", ondelete="restrict")
    language_id = fields.Many2one(
        "hr.skill", "Language heard", domain=lambda self: self._domain_languages(), ondelete="restrict"
    )
    quantity = fields.Integer("Number", required=True, default=1)
    counters_id = fields.Many2one(
        "jamaa.reception.visit", "Takes back", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    countered_by_ids = fields.One2many("jamaa.reception.visit", "counters_id", "Taken back by", readonly=True)
    left_quantity = fields.Integer("Still counted", compute="_compute_left_quantity")
    reason = fields.Char()
    tap_key = fields.Char(readonly=True, copy=False, export_string_translation=False)

    _sign = models.Constraint(
        "CHECK((counters_id IS NULL AND quantity > 0) OR (counters_id IS NOT NULL AND quantity < 0))",
        "A number is positive; what was counted by mistake is taken back by a row of its own.",
    )
    _not_huge = models.Constraint("CHECK(abs(quantity) <= 999)", "Count at most 999 in one row.")
    _act_named = models.Constraint("CHECK((what = 'act') = (act_id IS NOT NULL))", "Say which act was done.")
    _one_way = models.Constraint(
        "CHECK(num_nonnulls(sent_desk_id, sent_site_id, body_id) = CASE WHEN what = 'oriented' THEN 1 ELSE 0 END)",
        "Say where the person was sent: one desk, one site or one body.",
    )
    _tap_once = models.UniqueIndex("(tap_key) WHERE tap_key IS NOT NULL")
    _undone_once = models.UniqueIndex(
        "(counters_id) WHERE counters_id IS NOT NULL AND reason IS NULL", "This was already taken back."
    )
    _counters_idx = models.Index("(counters_id) WHERE counters_id IS NOT NULL")
    _facts_idx = models.Index("(company_id, site_id, date)")

    @api.model
    def _words_not_changed(self):
        return self.env._("What was counted is not changed: take it back, with a reason.")

    @api.model
    def _words_not_deleted(self):
        return self.env._("What was counted is not deleted: take it back, with a reason.")

    @api.model
    def _commune_today(self):
        """The day on Moroccan clocks, wherever the login says it is."""
        return fields.Date.context_today(self.with_context(tz=COMMUNE_TZ))

    @api.model
    def _domain_languages(self):
        return [("skill_type_id", "=", self.env.ref("jamaa_base.skill_type_languages").id)]

    # ---------- computes ----------

    @api.depends("quantity", "countered_by_ids.quantity")
    def _compute_left_quantity(self):
        taken = dict(
            self.env["jamaa.reception.visit"]._read_group(
                [("counters_id", "in", self.ids)], ["counters_id"], ["quantity:sum"]
            )
        )
        for visit in self:
            visit.left_quantity = 0 if visit.counters_id else visit.quantity + taken.get(visit._origin, 0)

    def _compute_display_name(self):
        labels = dict(self._fields["what"]._description_selection(self.env))
        for visit in self:
            target = visit.act_id or visit.sent_desk_id or visit.sent_site_id or visit.body_id
            visit.display_name = target.display_name or labels.get(visit.what, "")

    # ---------- rules ----------

    @api.model_create_multi
    def create(self, vals_list):
        """Count; the moment is the server's, a counter-row waits for another on the same row.

        :raise ValidationError: see `_check_counter`, `_check_day`
        """
        now = fields.Datetime.now()
        for vals in vals_list:
            vals["counted_at"] = now
            if vals.get("counters_id"):
                self.env.cr.execute(
                    "SELECT id FROM jamaa_reception_visit WHERE id = %s FOR NO KEY UPDATE", [vals["counters_id"]]
                )
        return super().create(vals_list)

    @api.constrains("date")
    def _check_day(self):
        today = self._commune_today()
        if any(visit.date > today for visit in self):
            raise ValidationError(self.env._("A day that has not come cannot be counted."))

    @api.constrains("counters_id", "quantity")
    def _check_counter(self):
        for visit in self.filtered("counters_id"):
            first = visit.counters_id
            if first.counters_id:
                raise ValidationError(self.env._("What takes back is not taken back: count anew."))
            if any(visit[name] != first[name] for name in CELL):
                raise ValidationError(self.env._("What is taken back is the same thing, on the same day and site."))
            if first.left_quantity < 0:
                raise ValidationError(self.env._("No more can be taken back than was counted."))
            late = visit.counted_at - first.counted_at > timedelta(seconds=UNDO_SECONDS)
            if late and not (visit.reason or "").strip():
                raise ValidationError(self.env._("More than a minute has passed: say why it is taken back."))

    def copy_data(self, default=None):
        """A fact is not copied.

        :raise UserError: always
        """
        raise UserError(self._words_not_changed())

    # ---------- taking back ----------

    def _counter(self, quantity=None, reason=None):
        """Add the row that takes (part of) this one back.

        :param int quantity: how many, all that is left by default
        :param str reason: needed once a minute has passed
        :return: the new row
        """
        self.ensure_one()
        values = {name: self[name].id if self._fields[name].relational else self[name] for name in CELL}
        number = self.left_quantity if quantity is None else quantity
        return self.create({**values, "quantity": -number, "counters_id": self.id, "reason": reason or False})

    def action_correct(self):
        """Button: open the window that asks how many, and why."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Take back"),
            "res_model": "jamaa.reception.visit.correct",
            "view_mode": "form",
            "target": "new",
            "context": {"default_visit_id": self.id, "default_quantity": self.left_quantity},
        }
