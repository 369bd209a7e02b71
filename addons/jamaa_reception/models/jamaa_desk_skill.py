"""What a desk and a procedure need to know, against what their people know."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Command, Domain


class JamaaSkillRequirement(models.Model):
    """Two more requirers: a desk, and a procedure wherever it is served."""

    _inherit = "jamaa.skill.requirement"

    desk_id = fields.Many2one("jamaa.desk", check_company=True, index="btree_not_null", ondelete="cascade")
    procedure_id = fields.Many2one("jamaa.procedure", check_company=True, index="btree_not_null", ondelete="cascade")

    @api.model
    def _requirer_fields(self):
        return [*super()._requirer_fields(), "desk_id", "procedure_id"]

    @api.model
    def _people_of(self, name, requirers, date):
        """People of a desk are those named on it, else those of its site; of a procedure those of the desks
        that serve it, else those of the service that answers for it.
        """
        if name == "desk_id":
            return requirers._people()
        if name != "procedure_id":
            return super()._people_of(name, requirers, date)
        # sudo: jamaa.desk - only counts leave the callers, never a person
        desks = self.env["jamaa.desk"].sudo().search([("procedure_ids", "in", requirers.ids)])
        at_desk, by_service = desks._people(), super()._people_of("department_id", requirers.department_id, date)
        people = {}
        for procedure in requirers:
            serving = desks.filtered(lambda desk, procedure=procedure: procedure.id in desk.procedure_ids.ids)
            people[procedure.id] = (
                set().union(*(at_desk[desk.id] for desk in serving))
                if serving
                else by_service.get(procedure.department_id.id, set())
            )
        return people

    def action_plan_training(self):
        """Button of the training needs: a training for the rows chosen, to be dated."""
        self.check_access("read")
        desks = self.desk_id
        # sudo: jamaa.skill.requirement - reads what the rows chosen point to
        procedures = self.procedure_id | self.desk_id.procedure_ids
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plan a training"),
            "res_model": "jamaa.reception.training",
            "view_mode": "form",
            "context": {
                "default_company_id": self.company_id[:1].id or self.env.company.id,
                "default_skill_ids": [Command.set(self.skill_id.ids)],
                "default_desk_ids": [Command.set(desks.ids)],
                "default_procedure_ids": [Command.set(procedures.ids)],
            },
        }


class JamaaDesk(models.Model):
    """Languages are required skills like any other; the desk shows and sets them in one field."""

    _inherit = "jamaa.desk"

    skill_requirement_ids = fields.One2many("jamaa.skill.requirement", "desk_id", "Required skills")
    language_ids = fields.Many2many(
        "hr.skill",
        string="Languages",
        compute="_compute_language_ids",
        inverse="_inverse_language_ids",
        search="_search_language_ids",
        domain=lambda self: self.env["jamaa.reception.visit"]._domain_languages(),
        help="Languages in which a visitor is to be understood here. Each is a required skill of the desk.",
    )
    skill_gap_count = fields.Integer("Skills missing", compute="_compute_skill_gap_count")

    def _language_rows(self):
        """Required languages of these desks, the ended ones left out."""
        Requirement = self.env["jamaa.skill.requirement"]
        # sudo: jamaa.skill.requirement - who sees the desk sees its languages
        return Requirement.sudo().search(
            Domain("desk_id", "in", self.ids)
            & Domain("skill_type_id", "=", self.env.ref("jamaa_base.skill_type_languages").id)
            & Requirement._domain_on(fields.Date.context_today(self))
        )

    @api.depends("skill_requirement_ids.skill_id", "skill_requirement_ids.active")
    def _compute_language_ids(self):
        rows = self._language_rows().grouped("desk_id")
        for desk in self:
            # sudo: jamaa.desk - the key of rows read in superuser mode
            mine = rows.get(desk._origin.sudo())
            desk.language_ids = [Command.set(mine.skill_id.ids if mine else [])]

    def _inverse_language_ids(self):
        """Add a row for a new language; one that is not spoken any more is archived, not lost."""
        # sudo: jamaa.skill.requirement - who may change the desk says which languages it needs
        Requirement = self.env["jamaa.skill.requirement"].sudo()
        for desk in self:
            desk.check_access("write")
            wanted = desk.language_ids
            rows = desk._language_rows()
            rows.filtered(lambda row, wanted=wanted: row.skill_id not in wanted).active = False
            values = {"desk_id": desk.id, "company_id": desk.company_id.id}
            Requirement.create([{**values, "skill_id": skill.id} for skill in wanted - rows.skill_id])

    def _search_language_ids(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: jamaa.skill.requirement - as in `_language_rows`
        rows = self.env["jamaa.skill.requirement"].sudo().search([("desk_id", "!=", False), ("skill_id", "in", value)])
        return Domain("id", "in", rows.desk_id.ids)

    def _compute_skill_gap_count(self):
        # sudo: jamaa.skill.requirement - a count of gaps, never a person
        rows = self.env["jamaa.skill.requirement"].sudo()
        rows = rows.search(
            Domain("desk_id", "in", self.ids) & rows._domain_on(fields.Date.context_today(self))
        ).grouped("desk_id")
        for desk in self:
            # sudo: jamaa.desk - the key of rows read in superuser mode
            mine = rows.get(desk._origin.sudo())
            desk.skill_gap_count = len(mine.filtered(lambda row: row.state == "gap")) if mine else 0

    def _people(self):
        """Employees who can stand at these desks: dict of desk id to a set of ids. Counts only leave the callers."""
        people = defaultdict(set)
        # sudo: jamaa.desk - the people of a desk are read to be counted
        desks = self.sudo()
        for desk in desks:
            people[desk.id].update(desk.employee_ids.ids)
        unnamed = desks.filtered(lambda desk: not people[desk.id])
        at_site = self.env["jamaa.skill.requirement"]._people_of(
            "site_id", unnamed.site_id, fields.Date.context_today(self)
        )
        for desk in unnamed:
            people[desk.id] = set(at_site.get(desk.site_id.id, set()))
        return people


class JamaaProcedure(models.Model):
    """Which desks serve it, and what they need to know for it."""

    _inherit = "jamaa.procedure"

    desk_ids = fields.Many2many(
        "jamaa.desk", "jamaa_desk_procedure_rel", "procedure_id", "desk_id", "Desks", readonly=True
    )
    skill_requirement_ids = fields.One2many("jamaa.skill.requirement", "procedure_id", "Required skills")

    def action_open_skills(self):
        """Open what this procedure needs to know, against what its desks know."""
        return self.env["jamaa.skill.requirement"]._action_for(self, "procedure_id")


class JamaaSkillCoverage(models.TransientModel):
    """The half-hours of a site count what its desks and their procedures need, too."""

    _inherit = "jamaa.skill.coverage"

    def _needs(self, first, last):
        """Needs of the site, of its desks, and of the procedures these serve."""
        rows = super()._needs(first, last)
        desks = self._desks()
        more = Domain("desk_id", "in", desks.ids) | Domain("procedure_id", "in", desks.procedure_ids.ids)
        period = Domain("date_from", "<=", last) & (Domain("date_to", "=", False) | Domain("date_to", ">=", first))
        return rows | rows.search(more & period)

    def _desks(self):
        # sudo: jamaa.desk - who may open this screen reads the needs of the site
        return self.env["jamaa.desk"].sudo().search([("site_id", "=", self.site_id.id)])

    def _people(self, needs):
        """Somebody meets the need of a desk, or of a procedure, only where he or she can stand there."""
        desks = self._desks()
        at_desk = desks._people()

        def places(row):
            if row.desk_id:
                return row.desk_id
            return desks.filtered(lambda desk: row.procedure_id in desk.procedure_ids) if row.procedure_id else desks

        allowed = {
            row.id: set().union(*(at_desk[desk.id] for desk in places(row)))
            for row in needs
            if row.desk_id or row.procedure_id
        }

        def only_there(person, held):
            return lambda day: {row for row in held(day) if row not in allowed or person.id in allowed[row]}

        return [(person, only_there(person, held)) for person, held in super()._people(needs)]
