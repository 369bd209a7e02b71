"""The shared lists by which procedures are ordered: the same for every commune, so that they compare."""

from odoo import fields, models


class JamaaCatalogueList(models.AbstractModel):
    """Mixin of a short list of terms with a code that never changes."""

    _name = "jamaa.catalogue.list"
    _description = "List of the catalogue"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="By which files exchanged between communes name it.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    pictogram = fields.Char(help="Name of the drawing shown beside it.")

    _code_uniq = models.Constraint("UNIQUE(code)", "Another entry of this list has this code.")


class JamaaLifeEvent(models.Model):
    """What happens in somebody's life that brings him to the town hall (CPSV-AP: LifeEvent)."""

    _name = "jamaa.life.event"
    _inherit = ["jamaa.catalogue.list"]
    _description = "Life Event"


class JamaaAudience(models.Model):
    """Who a procedure is for (CPSV-AP: addressee)."""

    _name = "jamaa.audience"
    _inherit = ["jamaa.catalogue.list"]
    _description = "Audience"


class JamaaAccessCategory(models.Model):
    """People for whom the usual way is not enough: each sheet says how they get it done."""

    _name = "jamaa.access.category"
    _inherit = ["jamaa.catalogue.list"]
    _description = "Access Category"


class JamaaProcedureChannel(models.Model):
    """A way to ask for something (CPSV-AP: Channel)."""

    _name = "jamaa.procedure.channel"
    _inherit = ["jamaa.catalogue.list"]
    _description = "Channel of a Procedure"
