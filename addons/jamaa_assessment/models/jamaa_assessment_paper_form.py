"""A grid on paper: one form a seat, Arabic and French side by side, boxes to tick."""

from odoo import models

from .jamaa_assessment_item import ANCHORS

LANGS = ("ar_MA", "fr_MA")
YES_NO = (("✓", "نعم", "Oui"), ("✗", "لا", "Non"))
NOT_APPLICABLE = ("–", "لا ينطبق هنا", "Ne s’applique pas ici")


class JamaaAssessmentVersion(models.Model):
    _inherit = "jamaa.assessment.version"

    def _paper_criteria(self):
        """Return what the paper form asks, in both languages.

        :return: list of dicts with ``name`` and ``items``; a text is a pair (Arabic, French), a choice the sign in
            its box and a pair
        """
        self.ensure_one()
        # Read in each language at once: a form has hundreds of texts.
        spoken = [self.with_context(lang=lang).criterion_ids for lang in LANGS]
        result = []
        number = 0
        for criterion, *pair in zip(self.criterion_ids, *spoken, strict=True):
            items = []
            for item, *both in zip(criterion.item_ids, *(one.item_ids for one in pair), strict=True):
                number += 1
                items.append(
                    {
                        "number": number,
                        "text": [one.name for one in both],
                        "legal": [one.legal_reference or "" for one in both],
                        "choices": list(self._paper_choices(item, both)),
                    }
                )
            if items:
                result.append({"name": [one.name for one in pair], "items": items})
        return result

    def _paper_choices(self, item, both):
        if item.kind == "gate":
            for sign, *pair in YES_NO:
                yield sign, pair
        else:
            for level, name in enumerate(ANCHORS):
                yield str(level), [one[name] or "" for one in both]
        if item.may_not_apply:
            yield NOT_APPLICABLE[0], NOT_APPLICABLE[1:]

    def action_print_form(self):
        """Button: the grid as a paper form without a seat."""
        self.ensure_one()
        self.check_access("read")
        return self.env.ref("jamaa_assessment.report_paper_version").report_action(self)


class JamaaAssessmentRater(models.Model):
    _inherit = "jamaa.assessment.rater"

    def action_print_form(self):
        """Button: the paper form of this seat, with a code that leads whoever types it in to the seat."""
        self.ensure_one()
        self._check_mine()
        return self.env.ref("jamaa_assessment.report_paper_form").report_action(self)

    def _paper_address(self):
        """Return where the filled form is typed in: a page of the client, for who may open it."""
        self.ensure_one()
        action = "jamaa_assessment.jamaa_assessment_rater_action_seat"
        return f"{self.get_base_url()}/odoo/action-{action}/{self.id}"
