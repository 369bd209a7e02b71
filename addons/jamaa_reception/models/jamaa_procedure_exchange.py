"""Procedures between communes: one reader, one writer, used for adopting models and for files alike."""

import json
from datetime import date
from pathlib import Path

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.misc import file_path

from odoo.addons.jamaa_base.tools.exchange import ExchangeProblem, items, text, texts

from ..tools.exchange_check import CODE, FORMAT, FORMS, SILENCE, WHAT

SHIPPED = "jamaa_reception/data/catalogue"


class JamaaProcedure(models.Model):
    _inherit = "jamaa.procedure"

    # ---------- adopting ----------

    @api.model
    def _load_shipped_catalogue(self):
        """Put the model sheets that come with the addon into the shared catalogue, where they are not yet.

        What is there already stays as it is: the installation's administrator may have changed it.
        """
        # sudo: jamaa.procedure - the shared catalogue is filled at installation
        shared = self.sudo()
        known = set(shared.with_context(active_test=False).search([("company_id", "=", False)]).mapped("code"))
        related = {}
        for path in sorted(Path(file_path(SHIPPED)).glob("*.json")):
            data = json.loads(path.read_text(encoding="utf-8"))
            if data["code"] not in known:
                made = shared._import_procedure(data, self.env["res.company"])
                related[made] = data.get("related") or []
        shared._link_related(related)

    def action_adopt(self):
        """Take model sheets into the own commune, each as a draft to be checked and shaped.

        :raise UserError: nothing was left to adopt
        """
        company = self.env.company
        models_ = self.filtered(lambda one: not one.company_id)
        known = set(self.with_context(active_test=False).search([("company_id", "=", company.id)]).mapped("code"))
        fresh = models_.filtered(lambda one: one.code not in known)
        if not fresh:
            raise UserError(self.env._("Your commune already has these procedures."))
        self.check_access("read")
        related, made = {}, self.browse()
        for model in fresh:
            adopted = self._import_procedure(model._export_procedure(), company)
            adopted.model_id = model
            related[adopted] = model.related_ids.mapped("code")
            made |= adopted
        self._link_related(related)
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_reception.jamaa_procedure_action")
        return {**action, "domain": [("id", "in", made.ids)], "context": {}}

    def _link_related(self, related):
        """Link procedures by the codes of those they name, inside one commune.

        :param dict related: procedure -> codes
        """
        for procedure, codes in related.items():
            found = self.search([("company_id", "=", procedure.company_id.id), ("code", "in", codes)])
            procedure.related_ids = [Command.set((found - procedure).ids)]

    # ---------- reading ----------

    @api.model
    def _import_procedure(self, data, company):
        """Make a procedure with a sheet in preparation from an object of the exchange format.

        :param dict data: as in the addon's ``data/catalogue``
        :param company: the commune; empty for the shared catalogue
        :raise ExchangeProblem: something in it is wrong; nothing was made then
        :return: the procedure
        """
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise ExchangeProblem("format", "format")
        code = text(data, "code", "", required=True)
        if not CODE.fullmatch(code):
            raise ExchangeProblem("code", "kind")
        name = texts(data, "name", "", required=True)
        sheet_data = data.get("sheet")
        if not isinstance(sheet_data, dict):
            raise ExchangeProblem("sheet", "missing")
        with self.env.cr.savepoint():
            procedure = self.create(
                {
                    "name": name.get("ar") or next(iter(name.values())),
                    "code": code,
                    "variant": text(data, "variant", "") or False,
                    "company_id": company.id,
                    "life_event_ids": self._named("jamaa.life.event", data, "life_events", ""),
                    "audience_ids": self._named("jamaa.audience", data, "audiences", ""),
                    "word_ids": [
                        Command.create({"name": word})
                        for word in dict.fromkeys(one.strip()[:100] for _place, one in items(data, "words", "", str))
                        if word
                    ],
                    "site_line_ids": self._import_sites(data, company),
                }
            )
            procedure._write_texts({"name": name})
            procedure._import_site_notes(data)
            procedure._import_sheet(sheet_data)
        return procedure

    @api.model
    def _named(self, model, data, key, place):
        """Return the command that links the entries of a shared list by their codes."""
        wanted = [(where, one) for where, one in items(data, key, place, str)]
        found = {row.code: row.id for row in self.env[model].search([("code", "in", [one for _w, one in wanted])])}
        for where, one in wanted:
            if one not in found:
                raise ExchangeProblem(where, "unknown")
        return [Command.set([found[one] for _where, one in wanted])]

    @api.model
    def _import_sites(self, data, company):
        """Return the lines that say where: sites of the commune of the kinds a model names."""
        places = data.get("sites") or {}
        if not isinstance(places, dict):
            raise ExchangeProblem("sites", "kind")
        kinds = dict(self.env["jamaa.site"]._fields["kind"].selection)
        wanted = {}
        for what in WHAT:
            for where, kind in items(places, what, "sites", str):
                if kind not in kinds:
                    raise ExchangeProblem(where, "unknown")
                wanted[kind] = what
        if not company:
            return [Command.create({"site_kind": kind, "what": what}) for kind, what in wanted.items()]
        sites = self.env["jamaa.site"].search([("company_id", "=", company.id), ("kind", "in", list(wanted))])
        return [Command.create({"site_id": site.id, "what": wanted[site.kind]}) for site in sites]

    def _import_site_notes(self, data):
        note = texts(data.get("sites") or {}, "note", "sites")
        if note:
            self.site_line_ids[:1]._write_texts({"note": note})

    def _import_sheet(self, data):
        """Fill a sheet in preparation from an object of the exchange format."""
        self.ensure_one()
        regime = text(data, "regime", "sheet")
        silence = data.get("silence") or {}
        output = data.get("output") or {}
        sheet = self.env["jamaa.procedure.sheet"].create(
            {
                "procedure_id": self.id,
                "regime_id": self.env["jamaa.legal.regime"]
                .search([("code", "=", regime), ("company_id", "in", [False, self.company_id.id])], limit=1)
                .id,
                "silence_effect": _one_of(silence.get("effect", "unknown"), SILENCE, "sheet.silence.effect"),
                "channel_ids": self._named("jamaa.procedure.channel", data, "channels", "sheet"),
                "online_link": text(data, "online_link", "sheet") or False,
            }
        )
        sheet._write_texts(
            {
                "summary": texts(data, "summary", "sheet"),
                "silence_text": texts(silence, "text", "sheet.silence"),
                "output_name": texts(output, "name", "sheet.output"),
                "output_validity": texts(output, "validity", "sheet.output"),
                "authority": texts(data, "authority", "sheet"),
                "appeal": texts(data, "appeal", "sheet"),
            }
        )
        sheet._import_lines(data)
        return sheet


class JamaaProcedureSheet(models.Model):
    _inherit = "jamaa.procedure.sheet"

    def _import_lines(self, data):
        """Make the lines of a sheet from an object of the exchange format."""
        self.ensure_one()
        for number, (place, one) in enumerate(items(data, "steps", "sheet")):
            self._import_line(
                "step", number, {"name": texts(one, "text", place, True)}, pictogram=text(one, "pictogram", place)
            )
        answers = self._import_questions(data)
        legal = {}
        for number, (place, one) in enumerate(items(data, "legal", "sheet")):
            reference = text(one, "reference", place)
            legal[reference] = self._import_line(
                "legal", number, {"name": texts(one, "name", place, True)},
                reference=reference, article=text(one, "article", place),
                dated=_day(one.get("dated"), f"{place}.dated"), url=text(one, "url", place),
            )  # fmt: skip
        for number, (place, one) in enumerate(items(data, "pieces", "sheet")):
            self._import_line(
                "piece", number,
                {
                    "name": texts(one, "name", place, True),
                    "delivered_by": texts(one, "delivered_by", place),
                    "note": texts(one, "note", place),
                },
                form=_one_of(one.get("form", "copy"), FORMS, f"{place}.form"),
                count=_number(one.get("count", 1), f"{place}.count", 1, 20),
                held_by_us=bool(one.get("held_by_us")), pictogram=text(one, "pictogram", place),
                code=text(one, "key", place), condition_ids=_when(one, place, answers),
            )  # fmt: skip
        channels = {row.code: row.id for row in self.env["jamaa.procedure.channel"].search([])}
        for number, (place, one) in enumerate(items(data, "fees", "sheet")):
            channel, reference = text(one, "channel", place), text(one, "legal", place)
            self._import_line(
                "fee", number, {"name": texts(one, "label", place, True)},
                amount=_number(one.get("amount") or 0, f"{place}.amount", 0, 10**7),
                amount_known=one.get("amount") is not None and one.get("known", True),
                channel_id=channels.get(channel), condition_ids=_when(one, place, answers),
                legal_id=legal[reference].id if reference in legal else False,
            )  # fmt: skip
        categories = {row.code: row.id for row in self.env["jamaa.access.category"].search([])}
        for number, (place, one) in enumerate(items(data, "access", "sheet")):
            category = _one_of(one.get("category"), categories, f"{place}.category")
            self._import_line(
                "access", number, {"how": texts(one, "how", place, True)}, category_id=categories[category]
            )

    def _import_line(self, kind, number, content, **vals):
        """Make one line, its texts in all their languages."""
        line = self.env[f"jamaa.procedure.{kind}"].create(
            {
                # What is empty keeps its default; "no" is no emptiness.
                **{name: value for name, value in vals.items() if value or value is False},
                # Texts that must be there; the languages follow.
                **{name: next(iter(value.values())) for name, value in content.items() if value},
                "sheet_id": self.id,
                "sequence": number + 1,
            }
        )
        line._write_texts({name: value for name, value in content.items() if value})
        return line

    def _import_questions(self, data):
        """Make questions and answers, each hanging on earlier ones only.

        :return: dict of "question.answer" to the answer's id
        """
        answers = {}
        for number, (place, one) in enumerate(items(data, "questions", "sheet")):
            key = text(one, "key", place, required=True)
            question = self._import_line(
                "question", number, {"name": texts(one, "text", place, True)},
                code=key, condition_ids=_when(one, place, answers),
            )  # fmt: skip
            for rank, (where, answer) in enumerate(items(one, "answers", place)):
                code, name = text(answer, "key", where, required=True), texts(answer, "text", where, True)
                line = self.env["jamaa.procedure.answer"].create(
                    {
                        "question_id": question.id,
                        "sheet_id": self.id,
                        "code": code,
                        "sequence": rank + 1,
                        "name": next(iter(name.values())),
                    }
                )
                line._write_texts({"name": name})
                answers[f"{key}.{code}"] = line.id
        return answers


def _when(data, place, answers):
    """Return the command that sets a condition; each key names an answer that was read before."""
    found = []
    for where, key in items(data, "when", place, str):
        if key not in answers:
            raise ExchangeProblem(where, "unknown")
        found.append(answers[key])
    return [Command.set(found)] if found else []


def _one_of(value, allowed, place):
    if value not in allowed:
        raise ExchangeProblem(place, "unknown")
    return value


def _number(value, place, least, most):
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise ExchangeProblem(place, "kind")
    return value


def _day(value, place):
    if not value:
        return False
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ExchangeProblem(place, "kind") from None
