"""What an answer is about, where the visitor came with a request: kind of desk, procedure, service."""

from odoo import api, fields, models


class JamaaSatisfaction(models.Model):
    """Three more things an answer may bear; who asks fills them with `_values_of_visit`."""

    _inherit = "jamaa.satisfaction"

    desk_kind_id = fields.Many2one("jamaa.desk.kind", "Kind of desk", index="btree_not_null", ondelete="restrict")
    procedure_id = fields.Many2one("jamaa.procedure", index="btree_not_null", ondelete="restrict")
    department_id = fields.Many2one(
        "hr.department", "Service of the procedure", index="btree_not_null", ondelete="restrict"
    )

    @api.model
    def _values_of_visit(self, company, site, desk=None, procedure=None):
        """What `_record` is to write for a visit, beside the face.

        The kind of desk stands for the desk: a desk is often one person's.

        :param company: the commune
        :param site: where the visitor was
        :param desk: a ``jamaa.desk``, where it is known
        :param procedure: what the visitor came for, where it is known
        :rtype: dict
        """
        desk = desk or self.env["jamaa.desk"]
        procedure = procedure or self.env["jamaa.procedure"]
        return {
            "company_id": company.id,
            "topic": "reception",
            "site_id": site.id,
            "desk_kind_id": desk.kind_id.id,
            "procedure_id": procedure.id,
            "department_id": (procedure.department_id or desk.department_id).id,
        }


class JamaaSatisfactionSummary(models.Model):
    """Figures also by kind of desk and by the service a procedure belongs to; never by desk or person."""

    _inherit = "jamaa.satisfaction.summary"

    level = fields.Selection(selection_add=[("desk_kind", "By kind of desk"), ("department", "By service visited")])
    desk_kind_id = fields.Many2one("jamaa.desk.kind", "Kind of desk", readonly=True)
    department_id = fields.Many2one("hr.department", "Service of the procedure", readonly=True)

    @api.model
    def _levels(self):
        return {
            **super()._levels(),
            "desk_kind": ("desk_kind_id", "integer"),
            "department": ("department_id", "integer"),
        }
