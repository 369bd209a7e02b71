"""What the one-tap screen asks the server: the buttons of a site, a tap, a tap taken back."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .jamaa_reception_visit import UNDO_SECONDS

#: How far back “most used” looks, in days.
LATELY = 60
#: Somebody who keeps a finger on the button is not a crowd.
MOST_AT_ONCE = 99
#: Which field a button fills, by the first part of its code.
TARGETS = {"act": "act_id", "desk": "sent_desk_id", "site": "sent_site_id", "body": "body_id"}


class JamaaReceptionLog(models.AbstractModel):
    """The calls of the one-tap log; each checks by itself that reception asks.

    What comes in is scalars only; ids are looked up again inside the commune, with the user's own rights.
    """

    _name = "jamaa.reception.log"
    _description = "One-tap log"

    @api.model
    def _check_reception(self):
        """Refuse whoever is not at reception.

        :return: the commune
        :raise AccessError: not at reception
        """
        if not self.env.user.has_group("jamaa_base.group_reception_agent"):
            raise AccessError(self.env._("Visits are counted at reception."))
        if not self.env.company.is_commune:
            raise UserError(self.env._("Choose the commune you work in first."))
        return self.env.company

    @api.model
    def _one(self, model, number, domain):
        """A record of the commune by its id; empty for none.

        :raise UserError: there is none of this id
        """
        records = self.env[model]
        if not number:
            return records
        if not isinstance(number, int) or isinstance(number, bool):
            raise UserError(self.env._("This choice is not there any more."))
        found = records.search([*domain, ("id", "=", number)], limit=1)
        if not found:
            raise UserError(self.env._("This choice is not there any more."))
        return found

    # ---------- calls ----------

    @api.model
    def log_start(self, site_id=None):
        """What the screen shows: sites, desks, the buttons of one site, what was counted today.

        :param int site_id: a site of the commune; by default the user's own, else the first
        """
        company = self._check_reception()
        sites = self.env["jamaa.site"].search_fetch([("company_id", "=", company.id)], ["name"])
        # sudo: hr.employee - the site of the user's own
        mine = self.env["hr.employee"].sudo().search_fetch([("user_id", "=", self.env.uid)], ["site_id"]).site_id
        site = sites.filtered(lambda one: one.id == site_id) or (mine & sites)[:1] or sites[:1]
        languages = self.env["hr.skill"].search(self.env["jamaa.reception.visit"]._domain_languages())
        return {
            "commune": company.display_name,
            "sites": self._named(sites),
            "site": site.id,
            "desks": self._named(self._desks(company).filtered(lambda desk: desk.site_id == site)),
            "languages": self._named(languages),
            "categories": self._named(self.env["jamaa.access.category"].search([("active", "=", True)])),
            "procedures": self._named(
                self.env["jamaa.procedure"].search([("company_id", "=", company.id), ("sheet_id", "!=", False)])
            ),
            "buttons": self._buttons(company, site) if site else [],
            "today": self._today(company, site),
            "undo": UNDO_SECONDS,
        }

    @api.model
    def log_tap(self, site_id, code, values=None, key=None):
        """Count one tap.

        :param int site_id: where
        :param str code: of the button: ``act:3``, ``desk:7``, ``site:2``, ``body:4`` or ``returned``
        :param dict values: ``quantity`` (1 to 99), and ids ``desk``, ``procedure``, ``category``, ``language``
        :param str key: comes with one tap; sent twice by a bad line, it is still one
        :return: the id of the row, and what was counted today
        """
        company = self._check_reception()
        Visit = self.env["jamaa.reception.visit"]
        site = self._one("jamaa.site", site_id, [("company_id", "=", company.id)])
        if not site:
            raise UserError(self.env._("Choose the site first."))
        key = key[:64] if isinstance(key, str) else None
        before = Visit.search([("tap_key", "=", key), ("company_id", "=", company.id)], limit=1) if key else Visit
        visit = before or Visit.create(self._tap_values(company, site, code, values or {}, key))
        return {"id": visit.id, "today": self._today(company, site)}

    @api.model
    def log_undo(self, visit_id):
        """Take a tap back, within a minute: a row with the opposite number.

        :raise UserError: too late, or no such tap
        """
        company = self._check_reception()
        visit = self._one("jamaa.reception.visit", visit_id, [("company_id", "=", company.id)])
        since = fields.Datetime.now() - timedelta(seconds=UNDO_SECONDS)
        if not visit or visit.counters_id or visit.counted_at < since:
            raise UserError(self.env._("More than a minute has passed: take it back in the list, with a reason."))
        if visit.left_quantity:
            visit._counter()
        return {"today": self._today(company, visit.site_id)}

    # ---------- what stands behind ----------

    @api.model
    def _named(self, records):
        return [{"id": record.id, "name": record.name} for record in records]

    @api.model
    def _desks(self, company):
        return self.env["jamaa.desk"].search_fetch([("company_id", "=", company.id)], ["name", "site_id"])

    @api.model
    def _tap_values(self, company, site, code, values, key):
        """The row of a tap, each id looked up inside the commune."""
        own = [("company_id", "=", company.id)]
        quantity = values.get("quantity", 1)
        if not isinstance(quantity, int) or not 0 < quantity <= MOST_AT_ONCE:
            raise UserError(self.env._("Count between 1 and %(most)s at once.", most=MOST_AT_ONCE))
        row = {
            "company_id": company.id,
            "site_id": site.id,
            "date": self.env["jamaa.reception.visit"]._commune_today(),
            "desk_id": self._one("jamaa.desk", values.get("desk"), [*own, ("site_id", "=", site.id)]).id,
            "procedure_id": self._one("jamaa.procedure", values.get("procedure"), own).id,
            "category_id": self._one("jamaa.access.category", values.get("category"), []).id,
            "language_id": self._one(
                "hr.skill", values.get("language"), self.env["jamaa.reception.visit"]._domain_languages()
            ).id,
            "quantity": quantity,
            "tap_key": key,
        }
        group, _colon, number = str(code).partition(":")
        if group == "returned":
            return {**row, "what": "returned"}
        if group not in TARGETS or not number.isdigit() or len(number) > 9:
            raise UserError(self.env._("This choice is not there any more."))
        field = TARGETS[group]
        model = self.env["jamaa.reception.visit"]._fields[field].comodel_name
        target = self._one(model, int(number), own if group in ("desk", "site") else [])
        if not target:
            raise UserError(self.env._("This choice is not there any more."))
        return {**row, "what": "act" if group == "act" else "oriented", field: target.id}

    @api.model
    def _counts(self, domain):
        """Sums of what was counted, by the code of the button."""
        rows = self.env["jamaa.reception.visit"]._read_group(domain, ["what", *TARGETS.values()], ["quantity:sum"])
        counts = {}
        for what, *targets, number in rows:
            code = next(
                (f"{group}:{target.id}" for group, target in zip(TARGETS, targets, strict=True) if target), what
            )
            counts[code] = counts.get(code, 0) + number
        return counts

    @api.model
    def _buttons(self, company, site):
        """The buttons of a site, most used first; those never used keep the order of the lists."""
        words = dict(self.env["jamaa.reception.visit"]._fields["what"]._description_selection(self.env))
        acts = self.env["jamaa.reception.act"].search([("active", "=", True)])
        bodies = self.env["jamaa.reception.body"].search([("active", "=", True)])
        others = self.env["jamaa.site"].search([("company_id", "=", company.id), ("id", "!=", site.id)])
        buttons = [{"code": f"act:{act.id}", "name": act.name, "group": "act"} for act in acts]
        desks = self._desks(company).filtered(lambda one: one.site_id == site)
        for group, records in (("desk", desks), ("site", others), ("body", bodies)):
            buttons += [{"code": f"{group}:{one.id}", "name": one.name, "group": "sent"} for one in records]
        buttons.append({"code": "returned", "name": words["returned"], "group": "returned"})
        since = self.env["jamaa.reception.visit"]._commune_today() - timedelta(days=LATELY)
        used = self._counts(self._domain(company, site) & Domain("date", ">=", since))
        return sorted(buttons, key=lambda button: -used.get(button["code"], 0))

    @api.model
    def _domain(self, company, site):
        return Domain("company_id", "=", company.id) & Domain("site_id", "=", site.id)

    @api.model
    def _today(self, company, site):
        """What was counted today at a site: the sum by button, and in all."""
        day = self.env["jamaa.reception.visit"]._commune_today()
        counts = self._counts(self._domain(company, site) & Domain("date", "=", day))
        return {"counts": counts, "total": sum(counts.values())}
