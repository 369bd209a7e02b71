"""Words of a sheet that are worked out: cost, time limit, form of a paper, condition."""

from datetime import timedelta
from math import ceil

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.jamaa_base.tools.bidi import isolate
from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS

from ..tools.conditions import MAYBE, YES
from ..tools.dirhams import dirhams, dirhams_in_words
from ..tools.search_text import normalise

#: Over how long, and from how many decisions on, a sheet says how long it really took.
OBSERVED_DAYS = 365
FEWEST_OBSERVED = 10


class JamaaProcedureSheet(models.Model):
    _inherit = "jamaa.procedure.sheet"

    def _fee_words(self, fee, channels):
        """Return one fee of ``_content`` for a page.

        A zero says "free" only where the commune has checked the values: before that, and where
        the amount is not known, the page says that it is to be checked, never 0.

        :param dict channels: channel id -> name
        """
        known = fee["amount_known"] and (fee["amount"] or self.values_checked_on)
        amount = fee["amount"] or 0
        name = self._line_said(fee, "name")
        free = bool(known) and not amount
        return {
            "name": name,
            "known": bool(known),
            "free": free,
            "said": free and self._says_free(name.text),
            "text": self._amount_words(amount) if known and amount else "",
            "amount": amount if known else 0,
            "channel": channels.get(fee["channel_id"], ""),
        }

    @api.model
    def _says_free(self, name):
        """Whether the name of a fee begins with “free of charge” itself, in any language of the pages.

        What is free is then said once, by its name.
        """
        name = normalise(name)
        return any(
            name.startswith(normalise(self.with_context(lang=lang.code).env._("free of charge")))
            for lang in PUBLIC_LANGS.values()
        )

    def _piece_words(self, piece, conditions):
        """Return one paper of ``_content`` for a page.

        :param dict conditions: piece id -> condition in words
        """
        forms = dict(self.env["jamaa.procedure.piece"]._fields["form"]._description_selection(self.env))
        return {
            "name": self._line_said(piece, "name"),
            "form": forms.get(piece["form"], ""),
            "count": piece["count"],
            "delivered_by": self._line_said(piece, "delivered_by"),
            "note": self._line_said(piece, "note"),
            "held_by_us": bool(piece["held_by_us"]),
            "pictogram": piece["pictogram"]
            or {"copy": "copy", "original_and_copy": "copy", "form": "sign"}.get(piece["form"], "paper"),
            "condition": conditions.get(piece["id"], []),
        }

    def _conditions_in_words(self, content, kind):
        """Return the conditions of lines in words: ``{line id: [(question Said, [answer Said])]}``."""
        questions = {one["id"]: self._line_said(one, "name") for one in content["question"]}
        answers = {one["id"]: (one["question_id"], self._line_said(one, "name")) for one in content["answer"]}
        found = {}
        for line in content[kind]:
            by_question = {}
            for answer in line["when"]:
                question, text = answers[answer]
                by_question.setdefault(question, []).append(text)
            found[line["id"]] = [(questions[question], texts) for question, texts in by_question.items()]
        return found

    def _papers_and_cost(self, content, case=None):
        """Return the papers and the fees, of everybody or of one case.

        :param Case case: see ``jamaa_procedure_case``; None for all with their conditions
        :return: dict of ``bring``, ``held`` (we have it), ``maybe``, ``fees``, ``maybe_fees``
        """
        self.ensure_one()
        conditions = self._conditions_in_words(content, "piece")
        fee_conditions = self._conditions_in_words(content, "fee")
        channels = {channel.id: channel.name for channel in self.env["jamaa.procedure.channel"].search([])}
        page = {"bring": [], "held": [], "maybe": [], "fees": [], "maybe_fees": []}
        for piece in content["piece"]:
            verdict = case.verdict(piece) if case else YES
            words = self._piece_words(piece, conditions)
            if verdict in (YES, MAYBE):
                page["held" if words["held_by_us"] else "maybe" if verdict == MAYBE else "bring"].append(words)
        for fee in content["fee"]:
            verdict = case.verdict(fee) if case else YES
            words = {**self._fee_words(fee, channels), "condition": fee_conditions[fee["id"]]}
            if verdict in (YES, MAYBE):
                page["fees" if verdict == YES else "maybe_fees"].append(words)
        page["total"] = self._total(page["fees"]) if case else None
        return page

    def _total(self, fees):
        """Return the sum of several fees, None where one is not known, there is but one, or all are free."""
        if len(fees) < 2 or not all(fee["known"] for fee in fees):
            return None
        amount = sum(fee["amount"] for fee in fees)
        return self._amount_words(amount) if amount else None

    def _amount_words(self, amount):
        """Return an amount in figures and in words, for a page."""
        words = dirhams_in_words(amount, self.env.lang)
        return isolate(self.env._("%(figures)s dirhams (%(words)s)", figures=dirhams(amount), words=words))

    def _delay_words(self):
        """Return how long it takes: the undertaking or the legal limit, and what was observed.

        :return: dict, or None where no time limit is named
        """
        self.ensure_one()
        today = fields.Date.context_today(self)
        company = self.company_id
        rule = self.regime_id
        regime = rule and (rule._applicable(rule.code, company, today) or rule)
        observed = self._observed_words()
        if not regime:
            return {"label": "", "words": "", "caution": "", "until": "", "observed": observed}
        due = regime._due(today, company)
        return {
            "label": due.label(self.env.lang),
            "caution": due.caution(self.env.lang),
            "words": self._length_words(regime),
            "until": due.day(self.env.lang) if regime.days else "",
            "observed": observed,
        }

    def _observed_words(self):
        """Return how long it took lately, in a sentence; empty while nothing is counted."""
        observed = self.procedure_id._observed_delay()
        if not observed:
            return ""
        return self.env._(
            "Lately, half of the requests took %(median)s days or less, nine in ten %(p90)s days or less.", **observed
        )

    def _length_words(self, regime):
        """Return the length of a time limit in words."""
        _ = self.env._
        if not regime.days:
            return _("While you wait, or the same day")
        if regime.unit == "working":
            if regime.days == 1:
                return _("One working day")
            if regime.days == 2:
                return _("Two working days")
            return _("%(days)s working days", days=regime.days)
        return _("%(days)s days, weekends counted", days=regime.days)


class JamaaProcedure(models.Model):
    _inherit = "jamaa.procedure"

    def _observed_delay(self):
        """Return how long requests took lately, from receipt to decision, in whole days begun.

        :return: ``{"median": days, "p90": days}`` over the last year; None while fewer than
            :data:`FEWEST_OBSERVED` were decided, of whom a figure would say nothing
        """
        self.ensure_one()
        self.env["jamaa.procedure.request"].flush_model(["procedure_id", "received_on", "decided_on"])
        [(number, median, p90)] = self.env.execute_query(
            SQL(
                """
                SELECT count(*),
                       percentile_cont(0.5) WITHIN GROUP (ORDER BY decided_on - received_on),
                       percentile_cont(0.9) WITHIN GROUP (ORDER BY decided_on - received_on)
                  FROM jamaa_procedure_request
                 WHERE procedure_id = %s AND decided_on > %s
                """,
                self.id,
                fields.Date.context_today(self) - timedelta(days=OBSERVED_DAYS),
            )
        )
        if number < FEWEST_OBSERVED:
            return None
        # What was done at once took a day begun.
        return {"median": max(1, ceil(median)), "p90": max(1, ceil(p90))}
