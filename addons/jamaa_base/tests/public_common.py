"""A model citizens can follow and two communes, for the tests of the public pages."""

from odoo import fields, models


class FollowedModelMixin:
    """Adds the model ``jamaa.test.followed`` to the registry for the length of a test class."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Core's own tests import it like this: inside, as addons may not depend on odoo.orm.
        from odoo.orm.model_classes import add_to_registry

        class Followed(models.Model):
            _name = "jamaa.test.followed"
            _description = "Something a citizen follows"
            _inherit = ["jamaa.public.reference"]
            _module = "jamaa_base"
            _register = False
            _log_access = False
            _public_page = "followed"

            company_id = fields.Many2one("res.company", required=True, index=True)

        registry = cls.registry
        add_to_registry(registry, Followed)
        cls.addClassCleanup(cls._forget_followed, registry)
        registry._setup_models__(cls.env.cr, ["jamaa.test.followed"])
        registry.init_models(cls.env.cr, ["jamaa.test.followed"], {"module": "jamaa_base"})
        cls.grande = cls._make_public_commune("test-grande", "كبرى", "Grande", is_demo=True)
        cls.petite = cls._make_public_commune("test-petite", "صغرى", "Petite")

    @classmethod
    def _forget_followed(cls, registry):
        del registry.models["jamaa.test.followed"]
        registry["jamaa.public.reference"]._inherit_children.discard("jamaa.test.followed")
        registry["base"]._inherit_children.discard("jamaa.test.followed")
        registry["res.company"]._setup_done__ = False

    @classmethod
    def _make_public_commune(cls, slug, name_ar, name_fr, **vals):
        return cls.env["res.company"].create(
            {
                "name": slug,
                "is_commune": True,
                "commune_slug": slug,
                "commune_code": slug,
                "name_ar": name_ar,
                "name_fr": name_fr,
                **vals,
            }
        )

    @classmethod
    def _make_followed(cls, company=None):
        return cls.env["jamaa.test.followed"].create({"company_id": (company or cls.grande).id})
