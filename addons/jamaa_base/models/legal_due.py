"""A computed due date with its proof, in a form that can be stored, shown and printed."""

from datetime import date

from odoo import fields
from odoo.tools.misc import format_date


class LegalDue:
    """What ``jamaa.legal.regime._due`` returns.

    ``date``
        the day it is due
    ``is_legal``
        True when the rule is set by law and the commune confirmed it; only then may a screen or
        a paper call the date legal
    ``steps``
        the steps of the count as plain values, see :class:`..tools.legal_clock.Step`; names of
        holidays stand in them in every language, so that a proof says tomorrow what it said
        today even when the list of holidays was corrected in between
    """

    def __init__(self, env, values):
        self.env = env
        self.values = values

    @classmethod
    def from_clock(cls, regime, company, due, holidays):
        """Bind the result of the clock to the rule and the commune it was computed for."""
        steps = []
        for kind, day, detail in due.steps:
            if isinstance(detail, date):
                detail = holidays[detail]
            elif isinstance(detail, tuple):
                detail = list(detail)
            steps.append([kind, day.isoformat(), detail])
        values = {
            "date": due.date.isoformat(),
            "regime_id": regime.id,
            "company_id": company.id,
            "is_legal": regime.nature == "legal" and bool(regime._confirmed_by(company)),
            "jurist": bool(regime.jurist_checked_on),
            "steps": steps,
        }
        return cls(regime.env, values)

    @classmethod
    def from_values(cls, env, values):
        """Rebuild a stored proof; ``values`` is what :attr:`values` held."""
        return cls(env, values)

    @property
    def date(self):
        return fields.Date.from_string(self.values["date"])

    @property
    def is_legal(self):
        return self.values["is_legal"]

    @property
    def steps(self):
        return [(kind, fields.Date.from_string(day), detail) for kind, day, detail in self.values["steps"]]

    @property
    def regime(self):
        # sudo: jamaa.legal.regime - the law is public
        return self.env["jamaa.legal.regime"].sudo().browse(self.values["regime_id"]).exists()

    # ---- words ------------------------------------------------------------------------------

    def label(self, lang):
        """What the date is called: never "legal" before the commune confirmed the rule."""
        env = self._env(lang)
        if self.is_legal:
            return env._("Legal time limit")
        return env._("What the commune undertakes")

    def caution(self, lang):
        """What must be said beside a date nobody has confirmed as legal, or an empty text."""
        env = self._env(lang)
        if self.is_legal:
            return ""
        if not self.values["jurist"]:
            return env._(
                "This time limit is an undertaking of the commune. The rule it rests on has not "
                "been checked by a jurist yet."
            )
        return env._(
            "This time limit is an undertaking of the commune, which has not confirmed the rule it rests on yet."
        )

    def day(self, lang, day=None):
        """A date in words of the language, with the day of the week."""
        return format_date(self._env(lang), day or self.date, lang_code=lang, date_format="EEEE d MMMM y")

    def proof_rows(self, lang):
        """The steps as ``(kind, date in words, sentence)``, for a table."""
        env = self._env(lang)
        return [
            (kind, self.day(lang, day), self._sentence(env, lang, kind, detail)) for kind, day, detail in self.steps
        ]

    def proof_lines(self, lang):
        """The steps as plain lines, for a page or a mail."""
        env = self._env(lang)
        return [
            env._("%(date)s: %(step)s", date=when, step=sentence) for _kind, when, sentence in self.proof_rows(lang)
        ]

    _proof_lines = proof_lines

    def _env(self, lang):
        return self.env(context={**self.env.context, "lang": lang})

    def _sentence(self, env, lang, kind, detail):
        if kind == "start":
            return env._("The clock starts. This day is not counted.")
        if kind == "start_closed":
            return env._(
                "That day is closed (%(reason)s); the count is the same.", reason=self._reason(env, lang, detail)
            )
        if kind in ("count", "extension"):
            return self._counted(env, kind, *detail)
        if kind == "weekends":
            return env._("Last of %(count)s days of weekly rest that are not counted.", count=detail)
        if kind == "holiday":
            return env._("Holiday, not counted: %(name)s.", name=self._reason(env, lang, detail))
        if kind == "hold":
            return env._("On hold for %(days)s days, which are added.", days=detail)
        if kind == "roll":
            return env._(
                "The last day is closed (%(reason)s): the next day is looked at.",
                reason=self._reason(env, lang, detail),
            )
        return env._("The answer is due on this day at the latest.")

    def _counted(self, env, kind, days, unit):
        if kind == "extension":
            if unit == "working":
                return env._("End of the extension of %(days)s working days.", days=days)
            return env._("End of the extension of %(days)s days.", days=days)
        if unit == "working":
            return env._("End of %(days)s working days.", days=days)
        return env._("End of %(days)s days, weekends and holidays counted.", days=days)

    def _reason(self, env, lang, detail):
        if detail == "weekend":
            return env._("weekly rest")
        name = detail.get(lang) or detail.get("en_US") or ""
        if detail.get("estimated"):
            return env._("%(name)s, estimated date", name=name)
        return name
