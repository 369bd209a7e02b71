"""Survey's own pages do not open what a panel answers."""

from werkzeug.exceptions import NotFound

from odoo import models
from odoo.http import request

from .survey_survey import SURVEY_TYPE

#: Where pages of `survey` begin, and what in their addresses names a survey.
PAGES = ("/survey/", "/s/")
NAMES = {"survey_token": "access_token", "session_code": "session_code", "survey_id": "id"}


class IrHttp(models.AbstractModel):
    """Start, answers, print, results, certificate, live session: one gate before all of them.

    They go by tokens and superuser mode, past the record rules; a self-assessment is unknown there.
    """

    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        super()._pre_dispatch(rule, args)
        if rule.rule.startswith(PAGES) and cls._names_assessment(args):
            raise NotFound()

    @classmethod
    def _names_assessment(cls, args):
        """Whether an address of `survey` names a survey of ours.

        :param dict args: what the address holds
        """
        # sudo: survey.survey - which kind of survey it is, whoever asks
        surveys = request.env["survey.survey"].sudo().with_context(active_test=False)
        for name, field in NAMES.items():
            if args.get(name) and surveys.search_count(
                [("survey_type", "=", SURVEY_TYPE), (field, "=", args[name])], limit=1
            ):
                return True
        named = args.get("survey")
        # sudo: survey.survey - which kind of survey it is, whoever asks
        return bool(named) and named.sudo().exists().survey_type == SURVEY_TYPE
