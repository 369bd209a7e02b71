"""Copies of plans that a commune shows to everybody."""

import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

#: What may change on a copy once it is out, and only by its own methods.
LIFE = {"replaced_on", "withdrawn_on", "withdrawn_by_id", "withdrawn_reason"}


class JamaaPlanPublication(models.Model):
    """One frozen copy of a plan on the public page; a newer copy replaces it, and it stays to be read beside it.

    Withdrawn copies keep title and dates, as a note that something was there; what they said is read by nobody
    outside any more.
    """

    _name = "jamaa.plan.publication"
    _description = "Published Copy of a Plan"
    _order = "company_id, plan_id, number desc"
    _rec_name = "title"

    plan_id = fields.Many2one("project.project", "Plan", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(
        "res.company", "Commune", required=True, readonly=True, index=True, ondelete="restrict"
    )
    number = fields.Integer("Version", required=True, readonly=True, aggregator=None)
    title = fields.Char(required=True, readonly=True)
    theme_id = fields.Many2one("jamaa.theme", readonly=True, ondelete="restrict", index="btree_not_null")
    payload = fields.Text(required=True, readonly=True, export_string_translation=False)
    body = fields.Html("What it says", compute="_compute_body", sanitize=False)
    digest = fields.Char("Fingerprint", required=True, readonly=True, help="SHA-256 of the copy.")
    published_on = fields.Datetime(required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Published by", required=True, readonly=True, ondelete="restrict")
    function_id = fields.Many2one("jamaa.function", "As", required=True, readonly=True, ondelete="restrict")
    replaced_on = fields.Datetime(readonly=True, copy=False)
    withdrawn_on = fields.Datetime(readonly=True, copy=False)
    withdrawn_by_id = fields.Many2one("res.users", "Withdrawn by", readonly=True, copy=False, ondelete="restrict")
    withdrawn_reason = fields.Char("Why it was withdrawn", readonly=True, copy=False)
    state = fields.Selection(
        [("current", "On the public page"), ("replaced", "Earlier version"), ("withdrawn", "Withdrawn")],
        "Status",
        compute="_compute_state",
        store=True,
    )

    _version_uniq = models.UniqueIndex("(plan_id, number)")
    _current_idx = models.Index("(company_id, title) WHERE state = 'current'")

    @api.depends("replaced_on", "withdrawn_on")
    def _compute_state(self):
        for row in self:
            row.state = "withdrawn" if row.withdrawn_on else "replaced" if row.replaced_on else "current"

    @api.depends("payload")
    @api.depends_context("lang")
    def _compute_body(self):
        for row in self:
            row.body = self.env["ir.qweb"]._render(
                "jamaa_actionplan.publication_preview", {"copies": [row._copy_in(self.env.lang)]}
            )

    def _copy_in(self, lang):
        """The copy in a language; where it was not made in that one, in the nearest."""
        copies = json.loads(self.payload)
        base = (lang or "").split("_")[0]
        code = next((code for code in copies if code == lang), None)
        code = code or next((code for code in copies if code.split("_")[0] == base), None)
        # Amazigh pages show what the commune wrote, which is mostly Arabic.
        code = code or next((code for code in copies if code.startswith("ar")), next(iter(copies)))
        return copies[code]

    # ---------- rules ----------

    def write(self, vals):
        """A copy is withdrawn or replaced, never changed.

        :raise UserError: by anybody else than its own methods
        """
        if not (self.env.su and vals.keys() <= LIFE | {"state"}):
            raise UserError(self.env._("What was published stays as it is: withdraw it, or publish a newer copy."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A published copy is withdrawn, never deleted."))

    # ---------- publishing ----------

    @api.model
    def _publish(self, plan):
        """Put a copy of a plan as it is now on the public page.

        :raise AccessError: neither the president nor whom he named
        :raise UserError: the plan was not decided yet, or names somebody
        """
        plan.ensure_one()
        plan.check_access("read")
        function = plan.company_id._plan_publisher()
        plan._check_may_go_out()
        payload = json.dumps(plan._plan_copies(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        # sudo: jamaa.plan.publication - nobody has the right to write copies; the publisher was checked above
        rows = self.sudo()
        older = rows.search([("plan_id", "=", plan.id)], order="number desc")
        now = fields.Datetime.now()
        row = rows.create(
            {
                "plan_id": plan.id,
                "company_id": plan.company_id.id,
                "number": (older[:1].number or 0) + 1,
                "title": plan.name,
                "theme_id": plan.theme_id.id,
                "payload": payload,
                "digest": hashlib.sha256(payload.encode()).hexdigest(),
                "published_on": now,
                "user_id": self.env.uid,
                "function_id": function.id,
            }
        )
        older.filtered(lambda one: one.state == "current").write({"replaced_on": now})
        facts = {"kind": "plan", "audience": "public", "until": "", "digest": row.digest}
        self.env["jamaa.register.entry"]._enter(plan.company_id, "share_published", facts, row)
        return row.with_env(self.env)

    def _withdraw(self, reason):
        """Take the plan off the public page, with all its versions; the page keeps a note with the dates.

        :param str reason: read inside the commune only
        :raise UserError: no reason, or withdrawn before
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Say why it is withdrawn."))
        for row in self:
            row.check_access("read")
            row.company_id._plan_publisher()
            # sudo: jamaa.plan.publication - the right was checked above
            rows = self.sudo().search([("plan_id", "=", row.plan_id.id), ("withdrawn_on", "=", False)])
            if not rows:
                raise UserError(self.env._("This copy was withdrawn before."))
            rows.write(
                {
                    "withdrawn_on": fields.Datetime.now(),
                    "withdrawn_by_id": self.env.uid,
                    "withdrawn_reason": reason.strip(),
                }
            )
            self.env["jamaa.register.entry"]._enter(row.company_id, "share_withdrawn", {"kind": "plan"}, row)

    def action_withdraw(self):
        """Button: withdraw the plan from the public page, with a reason."""
        self.ensure_one()
        self.company_id._plan_publisher()
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_actionplan.jamaa_plan_withdraw_action")
        return {**action, "context": {"default_publication_id": self.id}}

    def action_open_page(self):
        """Button: the public page of this copy."""
        self.ensure_one()
        self.check_access("read")
        # sudo: res.company - the address of the commune's pages is public
        company = self.company_id.sudo()
        path = company._public_url(self.env.lang, f"plans/{self.plan_id.id}/{self.number}")
        return {"type": "ir.actions.act_url", "url": path, "target": "new"}

    # ---------- the public page ----------

    @api.model
    def _current_of(self, company):
        """Copies on the public page of a commune, by title."""
        # sudo: jamaa.plan.publication - what is out is for everybody
        return self.sudo().search(
            Domain("company_id", "=", company.id) & Domain("state", "=", "current"), order="title, id"
        )
