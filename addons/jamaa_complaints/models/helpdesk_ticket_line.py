"""Whoever is under the orders of a locked person does not handle the case either."""

from odoo import api, fields, models
from odoo.fields import Command

from odoo.addons.jamaa_base.tools.public_lang import PUBLIC_LANGS

# Roles that see or handle cases: who has none of them need not be closed out.
HANDLING = (
    "complaint_officer",
    "service_agent",
    "service_head",
    "director",
    "president",
    "signatory",
    "reception_agent",
)
# Who can lead a case from receipt to answer.
LEADING = ("complaint_officer", "director", "president")
LISTED_FOR = "jamaa_base.group_complaint_officer,jamaa_base.group_director"


class HelpdeskTicket(models.Model):
    """The line of orders is looked up when a person is locked, and kept.

    `locked_user_ids` holds both, so that every rule that stands on it closes both;
    `lock_lines` keeps who came with whom, so that unlocking releases them again.
    """

    _inherit = "helpdesk.ticket"

    lock_lines = fields.Json(string="Closed with whom", copy=False, groups=LISTED_FOR)
    locked_by_line_ids = fields.Many2many(
        "res.users",
        string="Of them, under their orders",
        compute="_compute_locked_by_line",
        groups=LISTED_FOR,
        help="Closed out since they take orders from a person the case is closed to.",
    )
    no_handler_left = fields.Boolean(
        string="Nobody left to handle it",
        compute="_compute_no_handler_left",
        help="Complaint unit, director and president are all closed out.",
    )

    @api.depends("lock_lines", "locked_user_ids")
    def _compute_locked_by_line(self):
        for case in self:
            kept = case.lock_lines or {}
            ids = {user for line in kept.values() for user in line} - {int(above) for above in kept}
            case.locked_by_line_ids = case.locked_user_ids.filtered(lambda user, ids=ids: user.id in ids)

    @api.depends("locked_user_ids", "company_id")
    def _compute_no_handler_left(self):
        # sudo: helpdesk.ticket, res.users - that nobody is left, not who they are
        cases = self.sudo()
        locked = cases.filtered("locked_user_ids")
        self.no_handler_left = False
        leaders = locked._users_of_roles(LEADING, locked.company_id)
        for case in locked:
            left = leaders.filtered(lambda user, case=case: case.company_id in user.company_ids)
            case.no_handler_left = bool(left) and not (left - case.locked_user_ids)

    # ------------------------------------------------------------------
    # The line of orders
    # ------------------------------------------------------------------

    def _is_desk(self):
        """The president runs a case whose every officer and director is closed out."""
        if super()._is_desk():
            return True
        # sudo: helpdesk.ticket - whether anybody is left
        cases = self.sudo()
        return (
            bool(cases)
            and self.env.user.has_group("jamaa_base.group_president")
            and all(
                case.locked_user_ids
                and not (
                    self._users_of_roles(("complaint_officer", "director"), case.company_id) - case.locked_user_ids
                )
                for case in cases
            )
        )

    @api.model
    def _users_of_roles(self, roles, companies):
        """Users of these communes who have one of the roles (sudo)."""
        # the ids from the cache: a form asks this at every opening
        group_of = self.env["ir.model.data"]._xmlid_to_res_id
        groups = [group_of(f"jamaa_base.group_{role}", raise_if_not_found=True) for role in roles]
        # sudo: res.users - who handles cases at all
        return (
            self.env["res.users"]
            .sudo()
            .search([("all_group_ids", "in", groups), ("company_ids", "in", companies.ids), ("share", "=", False)])
        )

    def _line_of(self, user):
        """Users who take orders from `user` and could handle this case.

        Employees below in the chart, employees of the departments led, members of the
        services led and of services below them, holders of functions that report to a
        function held.

        :return: `res.users` (sudo), without the user
        """
        self.ensure_one()
        company, today = self.company_id, self._commune_today()
        # sudo: hr.employee, hr.department - the chart decides, whoever locks
        employees = self.env["hr.employee"].sudo()
        mine = employees.search([("user_id", "=", user.id), ("company_id", "=", company.id)])
        below = employees.browse()
        if mine:
            # sudo: hr.department - as above
            led = self.env["hr.department"].sudo().search([("manager_id", "in", mine.ids)])
            below = employees.search(
                [
                    ("company_id", "=", company.id),
                    "|",
                    ("parent_id", "child_of", mine.ids),
                    ("department_id", "child_of", led.ids),
                ]
            )
        # sudo: helpdesk.ticket.team - who leads which service
        teams = self.env["helpdesk.ticket.team"].sudo().search([("company_id", "=", company.id)])
        led_teams = teams.filtered(lambda team: team.user_id == user and team.case_role == "service")
        led_teams |= teams.filtered(lambda team: team.parent_id in led_teams)
        # sudo: jamaa.function - who reports to whom
        functions = self.env["jamaa.function"].sudo()
        held = functions._held_by(user, today).filtered(lambda function: function.company_id == company)
        reporting = functions.search([("id", "child_of", held.ids)]) - held if held else functions
        holders = reporting.holder_ids._filtered_on(today)
        line = below.user_id | led_teams.user_ids | led_teams.user_id | holders.user_id
        return (line & self._users_of_roles(HANDLING, company)) - user

    # ------------------------------------------------------------------
    # Locking
    # ------------------------------------------------------------------

    def write(self, vals):
        """Whom a case is closed to takes those under their orders along."""
        if not vals.get("locked_user_ids"):
            return super().write(vals)
        # sudo: helpdesk.ticket - whether it is a case, and who was locked before
        cases = self.sudo().filtered("kind")
        for case in cases:
            target, kept = case._with_line(vals["locked_user_ids"])
            super(HelpdeskTicket, self.browse(case.id)).write({**vals, "locked_user_ids": [Command.set(target)]})
            # sudo: helpdesk.ticket - the list was written with the user's own right just above
            super(HelpdeskTicket, case).write({"lock_lines": kept})
        plain = self - self.browse(cases.ids)
        return super(HelpdeskTicket, plain).write(vals) if plain else True

    def _with_line(self, commands):
        """What a change of the list of locked users comes to.

        :param commands: commands of the client on `locked_user_ids`, or ids
        :return: (ids locked afterwards, the lines to keep)
        """
        self.ensure_one()
        before = self.locked_user_ids.ids
        asked = list(before)
        for command in commands:
            if isinstance(command, int):
                command = Command.link(command)
            if command[0] == Command.SET:
                asked = list(command[2])
            elif command[0] == Command.CLEAR:
                asked = []
            elif command[0] == Command.LINK and command[1] not in asked:
                asked.append(command[1])
            elif command[0] in (Command.UNLINK, Command.DELETE):
                asked = [user for user in asked if user != command[1]]
        kept = {int(above): line for above, line in (self.lock_lines or {}).items()}
        removed = set(before) - set(asked)
        released = {user for above in removed for user in kept.pop(above, ())}
        still = {user for line in kept.values() for user in line} | set(kept)
        # one who was closed out by hand has a line of the own and stays
        asked = [user for user in asked if user not in released - still]
        kept = {above: [user for user in line if user not in removed] for above, line in kept.items()}
        # sudo: res.users - the persons named by who may lock
        users = self.env["res.users"].sudo()
        for user in users.browse([user for user in asked if user not in before]):
            kept[user.id] = self._line_of(user).ids
        asked += [user for line in kept.values() for user in line if user not in asked]
        return list(dict.fromkeys(asked)), {str(above): line for above, line in kept.items()}

    # ------------------------------------------------------------------
    # Nobody is left
    # ------------------------------------------------------------------

    def _case_page(self, lang):
        """Tell the citizen at once where to turn, when nobody of the commune can handle it."""
        page = super()._case_page(lang)
        # sudo: helpdesk.ticket - that nobody is left, not who they are
        case = self.sudo().with_context(lang=PUBLIC_LANGS[lang].code)
        return {**page, "no_handler_left": case.no_handler_left}
