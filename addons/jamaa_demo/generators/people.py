"""People of the fictional communes, named by function and number, with one login per persona."""

import json
from datetime import timedelta
from types import SimpleNamespace

from odoo import fields
from odoo.fields import Command
from odoo.tools import file_open

from .fictional_communes import SERVICES
from .wording import create, words

MANDATE_DAYS = 400
# Names of people are written once, in Arabic, as they would be in a town hall.
MARK = "تجريبي"


def logins():
    """The demo logins, as the tool's table of addresses shows them."""
    with file_open("jamaa_demo/data/logins.json") as handle:
        return [row for row in json.load(handle) if row["login"] != "admin"]


def generate(env, communes):
    """Create users, holders, services and delegations.

    :param dict communes: what ``fictional_communes.generate`` returned
    :return: dict of size to a namespace with ``users`` (by login) and ``teams`` (by service)
    """
    staff = {}
    for size, commune in communes.items():
        company = commune.company
        in_commune = company.env
        rows = [row for row in logins() if row["commune"] == size]
        users = {row["login"]: _user(in_commune, row, company) for row in rows}
        _hold_functions(commune, rows, users)
        _delegate(commune)
        teams = _teams(commune, rows, users)
        staff[size] = SimpleNamespace(users=users, teams=teams)
    for row in logins():
        if row["commune"] == "programme":
            _user(env, row, env.ref("base.main_company"))
    return staff


def _user(env, row, company):
    return (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            {
                "name": f"{row['role_ar']} ({MARK})",
                "login": row["login"],
                "password": row["password"],
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
                "group_ids": [Command.set([env.ref(f"jamaa_base.group_{name}").id for name in row["groups"]])],
            }
        )
    )


def _hold_functions(commune, rows, users):
    """Each function gets a holder: the persona's login, or a person without login."""
    env = commune.company.env
    since = fields.Date.context_today(commune.company) - timedelta(days=MANDATE_DAYS)
    by_code = {row["function"]: users[row["login"]].partner_id for row in rows if row.get("function")}
    for rank, (code, function) in enumerate(commune.functions.items(), start=1):
        person = by_code.get(code) or env["res.partner"].create(
            {
                "name": f"{function.with_context(lang='ar_MA').name} {rank} ({MARK})",
                "company_id": commune.company.id,
            }
        )
        env["jamaa.function.holder"].create(
            {
                "function_id": function.id,
                "partner_id": person.id,
                "date_from": since,
                "act_number": f"DEMO-{rank}",
                "act_date": since,
            }
        )


def _delegate(commune):
    """The first vice-president, and in the large commune the secretary, sign answers by delegation."""
    env = commune.company.env
    today = fields.Date.context_today(commune.company)
    answer = env.ref("jamaa_base.act_kind_complaint_answer")
    receivers = [("vice_president", "powers")]
    if commune.key == "large":
        receivers.append(("council_secretary", "signature"))
    for rank, (code, kind) in enumerate(receivers, start=1):
        create(
            env,
            "jamaa.delegation",
            {
                "name": words("Answers to complaints", "Réponses aux réclamations", "الأجوبة على الشكايات"),
                "company_id": commune.company.id,
                "kind": kind,
                "act_kind_ids": [Command.set(answer.ids)],
                "from_function_id": commune.functions["president"].id,
                "to_function_id": commune.functions[code].id,
                "date_from": today - timedelta(days=300),
                "act_number": f"DEMO-D{rank}",
                "act_date": today - timedelta(days=300),
            },
        )


def _teams(commune, rows, users):
    """The complaint unit gets its officers, each service its agents and its head."""
    env = commune.company.env
    officers = [users[row["login"]].id for row in rows if "complaint_officer" in row["groups"]]
    commune.company._complaint_unit().write({"user_ids": [Command.set(officers)]})
    teams = {}
    for key in commune.services:
        members = [users[row["login"]] for row in rows if row.get("service") == key]
        heads = [user for user in members if user.has_group("jamaa_base.group_service_head")]
        # In a small commune the one person at the desk is also the service.
        ids = [user.id for user in members] or (officers if commune.key == "small" else [])
        teams[key] = create(
            env,
            "helpdesk.ticket.team",
            {
                "name": SERVICES[key],
                "company_id": commune.company.id,
                "case_role": "service",
                "show_in_portal": False,
                "user_ids": [Command.set(ids)],
                "user_id": heads[0].id if heads else False,
            },
        )
    return teams
