"""What a version of a grid is made of stays as it is once the version was published."""

from odoo import api, models


class JamaaAssessmentPart(models.AbstractModel):
    """Mixin of criteria and items: they are written while their version is in preparation, then frozen.

    A model says in ``_versions`` which versions its records stand in.
    """

    _name = "jamaa.assessment.part"
    _inherit = ["jamaa.multilingual"]
    _description = "Part of a version of a grid"

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts._versions()._check_writable()
        return parts

    def write(self, vals):
        self._versions()._check_writable()
        result = super().write(vals)
        # Moved into another version, it is that one's content too.
        self._versions()._check_writable()
        return result

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        self._versions()._check_writable()
        return super()._update_field_translations(field_name, translations, digest=digest, source_lang=source_lang)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self._versions()._check_writable()

    def _versions(self):
        """The versions these records are content of."""
        return self.version_id
