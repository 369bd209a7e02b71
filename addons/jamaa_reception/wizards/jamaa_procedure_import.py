"""Taking another commune's procedures over, as drafts to be checked and shaped."""

import base64
import binascii
import re

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.jamaa_base.tools.exchange import ExchangeProblem

from ..tools import exchange_check, exchange_file

EDITORS = ("catalogue_editor", "administrator")
#: Base64 is a third longer than what it stands for.
MAX_ENCODED = exchange_file.MAX_BYTES * 4 // 3 + 4


class JamaaProcedureImport(models.TransientModel):
    """One file: looked at first, taken over only when told.

    Looking writes nothing but the list of what was found. What is taken over is read from the
    file anew, so that the list on screen cannot be made to say something else.
    """

    _name = "jamaa.procedure.import"
    _description = "Import of procedures"

    company_id = fields.Many2one(
        "res.company", "Commune", required=True, readonly=True, default=lambda self: self.env.company
    )
    file = fields.Binary("File (.json)", attachment=False)
    file_name = fields.Char("Name of the file")
    state = fields.Selection([("file", "Choose"), ("looked", "Look"), ("done", "Done")], default="file", readonly=True)
    known = fields.Selection(
        [
            ("skip", "Leave mine as it is"),
            ("draft", "Put theirs beside mine, as a new version in preparation"),
        ],
        "Where I have the procedure already",
        default="skip",
        required=True,
    )
    line_ids = fields.One2many("jamaa.procedure.import.line", "import_id", "Procedures", readonly=True)
    new_count = fields.Integer("New", compute="_compute_counts")
    known_count = fields.Integer("There already", compute="_compute_counts")
    bad_count = fields.Integer("To mend in the file", compute="_compute_counts")
    done_count = fields.Integer("Taken over", compute="_compute_counts")
    found_text = fields.Char("In this file", compute="_compute_counts")

    @api.depends("line_ids.state")
    @api.depends_context("lang")
    def _compute_counts(self):
        for one in self:
            states = one.line_ids.mapped("state")
            one.new_count = states.count("new")
            one.known_count = states.count("known") + states.count("busy")
            one.bad_count = states.count("bad")
            one.done_count = states.count("done")
            one.found_text = self.env._(
                "New: %(new)s · There already: %(known)s · To mend in the file: %(bad)s. Nothing has been written yet.",
                new=one.new_count,
                known=one.known_count,
                bad=one.bad_count,
            )

    # ---------- steps ----------

    def action_look(self):
        """Button: say what is in the file and what is wrong with it. No procedure is written."""
        self._check_editor()
        objects = self._objects()
        # sudo: jamaa.procedure.import, .line - written by the steps alone, after the check above
        wizard = self.sudo()
        wizard.line_ids.unlink()
        wizard.line_ids.create([{**vals, "import_id": self.id} for vals in self._judged(objects)])
        wizard.state = "looked"
        return self._again()

    def action_import(self):
        """Button: take over what has no problem, each as a sheet in preparation.

        :raise UserError: nothing is left to take over
        """
        self._check_editor()
        if self.state != "looked":
            raise UserError(self.env._("Look at the file first."))
        objects = self._objects()
        related, done = {}, {}
        for vals in self._judged(objects):
            data = objects[vals["number"] - 1]
            if vals["state"] == "new":
                made = self.env["jamaa.procedure"]._import_procedure(data, self.company_id)
                related[made] = data.get("related") or []
            elif vals["state"] == "known" and self.known == "draft":
                made = self.env["jamaa.procedure"].browse(vals["procedure_id"])
                made._import_sheet(data["sheet"])
            else:
                continue
            done[vals["number"]] = made.id
        if not done:
            raise UserError(self.env._("Nothing in this file can be taken over as you chose."))
        self.env["jamaa.procedure"]._link_related(related)
        # sudo: jamaa.procedure.import, .line - written by the steps alone, after the check above
        wizard = self.sudo()
        for line in wizard.line_ids:
            if line.number in done:
                line.write({"state": "done", "procedure_id": done[line.number]})
        wizard.state = "done"
        return self._again()

    def action_open(self):
        """Button: the procedures that were taken over."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_reception.jamaa_procedure_action")
        taken = self.line_ids.filtered(lambda line: line.state == "done").procedure_id
        return {**action, "domain": [("id", "in", taken.ids)], "context": {}}

    def _again(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Take over procedures"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    # ---------- what the steps look at ----------

    def _check_editor(self):
        """Refuse whoever does not write the catalogue of this commune.

        :raise AccessError: another role, another commune, somebody else's import
        """
        self.ensure_one()
        self.check_access("write")
        roles = any(self.env.user.has_group(f"jamaa_base.group_{role}") for role in EDITORS)
        if not roles or self.company_id not in self.env.companies or self.create_uid != self.env.user:
            raise AccessError(self.env._("Procedures are taken over by the editors of the catalogue."))

    def _objects(self):
        """Return what stands in the file.

        :raise UserError: it cannot be read
        """
        words = {
            "large": self.env._("The file is too large: 5 MB at most. Ask for fewer procedures in one file."),
            "text": self.env._("This is no text in UTF-8. Choose the file that was exported, unchanged."),
            "json": self.env._("This is no JSON, or it was cut off. Choose the file that was exported, unchanged."),
            "deep": self.env._("This file is nested deeper than a procedure can be: it is none of ours."),
            "shape": self.env._("This file holds neither a procedure nor a list of procedures."),
            "many": self.env._("The file holds more than 500 procedures. Ask for several files."),
            "empty": self.env._("This file holds no procedure."),
        }
        encoded = self.with_context(bin_size=False).file
        if not encoded:
            raise UserError(self.env._("Choose a file first."))
        if len(encoded) > MAX_ENCODED:
            raise UserError(words["large"])
        try:
            return exchange_file.read(base64.b64decode(encoded, validate=True))
        except binascii.Error:
            raise UserError(words["text"]) from None
        except exchange_file.FileProblem as problem:
            raise UserError(words[problem.code]) from problem

    def _known_codes(self):
        """Return the codes of the shared lists; see :func:`~..tools.exchange_check.problems`."""

        def codes(model):
            return set(self.env[model].search([]).mapped("code"))

        regimes = self.env["jamaa.legal.regime"].search([("company_id", "in", [False, self.company_id.id])])
        return {
            "life_events": codes("jamaa.life.event"),
            "audiences": codes("jamaa.audience"),
            "channels": codes("jamaa.procedure.channel"),
            "categories": codes("jamaa.access.category"),
            "kinds": {key for key, _label in self.env["jamaa.site"]._fields["kind"].selection},
            "regimes": set(regimes.mapped("code")),
        }

    def _judged(self, objects):
        """Return what is to be said about each object, as values of lines."""
        known_codes = self._known_codes()
        mine = {
            (one.code, one.variant or ""): one
            for one in self.env["jamaa.procedure"]
            .with_context(active_test=False)
            .search([("company_id", "=", self.company_id.id)])
        }
        found, seen = [], set()
        for number, data in enumerate(objects, start=1):
            problems = exchange_check.problems(data, known_codes)
            bad = [one for one in problems if one.code != exchange_check.LEFT_OUT]
            name, key = "", ("", "")
            if isinstance(data, dict):
                names = data.get("name") if isinstance(data.get("name"), dict) else {}
                name = next((text for text in map(names.get, ("ar", "fr")) if isinstance(text, str)), "")
                key = tuple(
                    (value if isinstance(value, str) else "").strip()[:200]
                    for value in (data.get("code"), data.get("variant"))
                )
            if not bad and key in seen:
                bad = problems = [ExchangeProblem("code", "twice")]
            seen.add(key)
            procedure = mine.get(key)
            state = "new"
            if bad:
                state = "bad"
            elif procedure:
                state = "busy" if procedure.draft_sheet_id else "known"
            found.append(
                {
                    "number": number,
                    "code": "/".join(part for part in key if part).replace("\x00", ""),
                    "name": name[:200].replace("\x00", ""),
                    "state": state,
                    "procedure_id": procedure.id if procedure and not bad else False,
                    "problems": "\n".join(self._sentence(one) for one in problems),
                }
            )
        return found

    # ---------- in words ----------

    def _sentence(self, problem):
        """Say where something is wrong and what it is."""
        what = {
            "format": self.env._("this is not the format “jamaa-procedure/1”"),
            "missing": self.env._("this is missing"),
            "kind": self.env._("this is not what is expected here"),
            "long": self.env._("this is too long"),
            "unknown": self.env._("this code is not known here"),
            "address": self.env._("a web address starts with https://"),
            "twice": self.env._("this stands there twice"),
            "left_out": self.env._("not known here: left out, choose it on the draft"),
        }[problem.code]
        return self.env._("%(place)s: %(what)s.", place=self._place(problem.place), what=what)

    def _place(self, place):
        """Return a place of the file in words: “Paper 3 › Name › Arabic”."""
        names = {
            "format": self.env._("Format"),
            "code": self.env._("Code"),
            "name": self.env._("Name"),
            "life_events": self.env._("Life event"),
            "audiences": self.env._("For whom"),
            "words": self.env._("Everyday word"),
            "related": self.env._("Related procedure"),
            "sites": self.env._("Where"),
            "sheet": self.env._("Sheet"),
            "summary": self.env._("In plain words"),
            "steps": self.env._("Step"),
            "questions": self.env._("Question"),
            "answers": self.env._("Answer"),
            "pieces": self.env._("Paper"),
            "fees": self.env._("Fee"),
            "legal": self.env._("Legal text"),
            "access": self.env._("Access"),
            "silence": self.env._("Silence"),
            "output": self.env._("Result"),
            "authority": self.env._("Competent authority"),
            "appeal": self.env._("How to contest"),
            "channels": self.env._("Way to ask"),
            "online_link": self.env._("Online service"),
            "regime": self.env._("Time limit"),
            "when": self.env._("Only when"),
            "text": self.env._("Text"),
            "amount": self.env._("Amount"),
            "count": self.env._("How many"),
            "form": self.env._("Form"),
            "dated": self.env._("Date"),
            "url": self.env._("Web address"),
            "category": self.env._("Category"),
            "how": self.env._("How they get it done"),
            "ar": self.env._("Arabic"),
            "fr": self.env._("French"),
        }
        steps = [step for step in place.split(".") if step]
        if len(steps) > 1 and steps[0] == "sheet":
            steps = steps[1:]
        words = []
        for step in steps:
            match = re.fullmatch(r"(\w+)(?:\[(\d+)\])?", step)
            name = names.get(match[1], match[1])
            words.append(f"{name} {int(match[2]) + 1}" if match[2] else name)
        return " › ".join(words) or self.env._("The whole")


class JamaaProcedureImportLine(models.TransientModel):
    """What was found about one procedure of a file."""

    _name = "jamaa.procedure.import.line"
    _description = "Procedure of a file"
    _order = "import_id, number"

    import_id = fields.Many2one("jamaa.procedure.import", required=True, index=True, ondelete="cascade")
    number = fields.Integer("No.", readonly=True)
    code = fields.Char(readonly=True)
    name = fields.Char(readonly=True)
    state = fields.Selection(
        [
            ("new", "New"),
            ("known", "There already"),
            ("busy", "There, with a sheet in preparation: left alone"),
            ("bad", "To mend"),
            ("done", "Taken over"),
        ],
        "What becomes of it",
        readonly=True,
    )
    problems = fields.Text("What to mend", readonly=True)
    procedure_id = fields.Many2one("jamaa.procedure", readonly=True)
