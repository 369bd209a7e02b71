"""Where upstream's texts enter a database or a browser: a commune's words go over them."""

from odoo import api, models
from odoo.tools.translate import JAVASCRIPT_TRANSLATION_COMMENT

from ..tools.upstream_words import (
    AMAZIGH,
    code_words,
    is_upstream,
    put_words,
    put_words_over_code,
    stand_in_for_amazigh,
)
from ..tools.vocabulary import LANGUAGES


class IrModuleModule(models.Model):
    """Every installation, update and activation of a language passes here."""

    _inherit = "ir.module.module"

    def _register_hook(self):
        super()._register_hook()
        put_words_over_code()

    @api.model
    def _load_module_terms(self, modules, langs, overwrite=False):
        """Load the terms, then say upstream's as a town hall does.

        What was loaded before jamaa_base (at its own installation or update)
        is caught up with.
        """
        result = super()._load_module_terms(modules, langs, overwrite=overwrite)
        modules = set(modules)
        if "jamaa_base" in modules and not self.env.context.get("town_hall_words_done"):
            modules |= self._upstream_modules_in_use()
        put_words(self.env, modules, langs, overwrite=overwrite)
        if AMAZIGH in langs:
            stand_in_for_amazigh(self.env, modules)
        return result

    @api.model
    def _upstream_modules_in_use(self):
        """Return the names of the installed modules that are not the project's."""
        states = ("installed", "to upgrade", "to remove")
        names = self.search([("state", "in", states)]).mapped("name")
        return {name for name in names if is_upstream(name)}


class TemplateResetMixin(models.AbstractModel):
    """« Reset template » reads upstream's file again."""

    _inherit = "template.reset.mixin"

    def _override_translation_term(self, module_name, xml_ids):
        result = super()._override_translation_term(module_name, xml_ids)
        put_words(self.env, [module_name], [code for code, _ in self.env["res.lang"].get_installed()])
        return result


class IrHttp(models.AbstractModel):
    """The texts of the web client's code."""

    _inherit = "ir.http"

    @api.model
    def _get_translations_for_webclient(self, modules, lang):
        modules = list(modules)
        translations, parameters = super()._get_translations_for_webclient(modules, lang)
        lang = lang or self.env.context.get("lang")
        if lang in LANGUAGES:
            translations |= {
                module: {
                    "messages": [
                        {"id": source, "string": text}
                        for source, text in code_words(module, lang, JAVASCRIPT_TRANSLATION_COMMENT).items()
                    ]
                }
                for module in modules
                if is_upstream(module)
            }
        return translations, parameters
