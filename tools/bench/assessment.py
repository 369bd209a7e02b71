"""Self-assessment: a grid of a hundred items, thirty raters, and communes by the hundred with a validated round."""

from .clock import measure
from .screens import over, spec

CRITERIA, ITEMS, RATERS = 10, 10, 30
LIST_BUDGET, FORM_BUDGET = 20, 35
FORMAT = "jamaa-assessment-grid/1"
CODE = "bench-grid"


def make(env, communes):
    """Return the round the screens are measured on, its running successor, a rater and the director."""
    company = communes[0]
    groups = {"facilitator": "bench-facilitator", "director": "bench-director"}
    users = {
        name: env["res.users"].create(
            {
                "name": login,
                "login": login,
                "company_id": company.id,
                "company_ids": [(6, 0, company.ids)],
                "group_ids": [(6, 0, env.ref(f"jamaa_base.group_{name}").ids)],
            }
        )
        for name, login in groups.items()
    }
    grid = env["jamaa.assessment.grid"]._import_grid(_grid(), env["res.company"])
    grid.draft_version_id.action_publish()
    held = [_hold(env, company, grid.version_id, f"{year}") for year in ("before", "after")]
    running = env["jamaa.assessment.round"].create(
        {
            "name": "running",
            "company_id": company.id,
            "version_id": grid.version_id.id,
            "rater_ids": [(0, 0, {"role": "staff", "user_id": users["facilitator"].id})],
        }
    )
    running.action_start()
    env.cr.commit()
    return held[1], running, users


def _both(text):
    return {"ar": f"بند {text}", "fr": f"Point {text}"}


def _grid():
    """The grid in the exchange format."""
    return {
        "format": FORMAT,
        "code": CODE,
        "name": _both("bench"),
        "criteria": [
            {
                "key": f"part-{part}",
                "name": _both(part),
                "items": [
                    {
                        "key": f"part-{part}-{rank}",
                        "text": _both(f"{part}.{rank}"),
                        "metric": "answered_in_time" if rank == 1 else "",
                        "anchors": [_both(f"{part}.{rank} {level}") for level in range(6)],
                    }
                    for rank in range(ITEMS)
                ],
            }
            for part in range(CRITERIA)
        ],
    }


def _hold(env, company, version, name):
    """Hold and validate a round with paper forms alone."""
    one = env["jamaa.assessment.round"].create(
        {
            "name": name,
            "company_id": company.id,
            "version_id": version.id,
            "rater_ids": [
                (0, 0, {"role": ("elected", "staff", "citizen")[rank % 3], "label": f"{rank}"})
                for rank in range(RATERS)
            ],
        }
    )
    one.action_start()
    env["jamaa.assessment.score"].create(
        [
            {"rater_id": rater.id, "item_id": item.id, "answer": str((place + rank // 10) % 6)}
            for rank, rater in enumerate(one.rater_ids)
            for place, item in enumerate(version.item_ids)
        ]
    )
    one.rater_ids.action_finish()
    one.action_open_consensus()
    for line in one.consensus_ids:
        line.write({"answer": line.answer or "2", "reason": "bench"})
    one.consensus_ids.action_suggest_priorities()
    one.action_validate()
    return one


def add(env, room, first, last):
    """Add the communes numbered from `first` to `last`, each with a copy of the validated round, in SQL."""
    one = room[0]
    values = {"first": first, "last": last, "round": one.id}
    for number in range(first, last + 1):
        env["res.company"].create({"name": f"bench-peer-{number}", "is_commune": True})
    env.flush_all()
    for statement in STATEMENTS:
        env.cr.execute(statement, values)
    env.invalidate_all()
    env.cr.commit()
    env.cr.execute("ANALYZE")
    env.cr.commit()


STATEMENTS = (
    """
    INSERT INTO jamaa_assessment_round (name, company_id, version_id, grid_id, subject_key, date, state, create_uid,
                                        write_uid, create_date, write_date)
    SELECT r.name, c.id, r.version_id, r.grid_id, c.id || '/bench-grid/service0', r.date, 'validated', 1, 1, now(), now()
      FROM jamaa_assessment_round r, res_company c
     WHERE r.id = %(round)s AND c.name LIKE 'bench-peer-%%'
       AND substr(c.name, 12)::int BETWEEN %(first)s AND %(last)s
    """,
    """
    INSERT INTO jamaa_assessment_rater (round_id, company_id, role, label, sequence, finished_on, create_uid, write_uid)
    SELECT r.id, r.company_id, s.role, s.label, s.sequence, s.finished_on, 1, 1
      FROM jamaa_assessment_rater s, jamaa_assessment_round r JOIN res_company c ON c.id = r.company_id
     WHERE s.round_id = %(round)s AND c.name LIKE 'bench-peer-%%'
       AND substr(c.name, 12)::int BETWEEN %(first)s AND %(last)s
    """,
    """
    INSERT INTO jamaa_assessment_score (rater_id, round_id, company_id, item_id, answer, create_uid, write_uid)
    SELECT t.id, t.round_id, t.company_id, i.id, ((i.id + t.id) %% 6)::text, 1, 1
      FROM jamaa_assessment_rater t JOIN res_company c ON c.id = t.company_id
      JOIN jamaa_assessment_item i
        ON i.version_id = (SELECT version_id FROM jamaa_assessment_round WHERE id = %(round)s)
     WHERE c.name LIKE 'bench-peer-%%' AND substr(c.name, 12)::int BETWEEN %(first)s AND %(last)s
    """,
    """
    INSERT INTO jamaa_assessment_consensus (round_id, company_id, item_id, criterion_id, verdict, spread, answer, reason,
                                            importance, effort, urgency, is_priority, create_uid, write_uid)
    SELECT r.id, r.company_id, l.item_id, l.criterion_id, l.verdict, l.spread, l.answer, l.reason, l.importance,
           l.effort, l.urgency, l.is_priority, 1, 1
      FROM jamaa_assessment_consensus l, jamaa_assessment_round r JOIN res_company c ON c.id = r.company_id
     WHERE l.round_id = %(round)s AND c.name LIKE 'bench-peer-%%'
       AND substr(c.name, 12)::int BETWEEN %(first)s AND %(last)s
    """,
    """
    INSERT INTO jamaa_assessment_result (round_id, company_id, criterion_id, sequence, score, shown, answered,
                                         not_applicable, gates_met, gates_failed, compared, progress, raised)
    SELECT r.id, r.company_id, e.criterion_id, e.sequence, e.score, e.shown, e.answered, e.not_applicable,
           e.gates_met, e.gates_failed, e.compared, e.progress, e.raised
      FROM jamaa_assessment_result e, jamaa_assessment_round r JOIN res_company c ON c.id = r.company_id
     WHERE e.round_id = %(round)s AND c.name LIKE 'bench-peer-%%'
       AND substr(c.name, 12)::int BETWEEN %(first)s AND %(last)s
    """,
)


def run(env, room, size):
    """Return rows of the table for a database with `size` communes that hold rounds."""
    one, running, users = room
    context = {"allowed_company_ids": one.company_id.ids, "lang": "fr_MA"}
    own = env(user=users["director"].id, context=context)
    rounds = own["jamaa.assessment.round"]
    lists = {
        "rounds": ("jamaa.assessment.round", "jamaa_assessment_round_view_list", []),
        "what was agreed": (
            "jamaa.assessment.consensus", "jamaa_assessment_consensus_view_list", [("round_id", "=", one.id)],
        ),
        "results": ("jamaa.assessment.result", "jamaa_assessment_result_view_list", []),
        "priorities": ("jamaa.assessment.priority", "jamaa_assessment_priority_view_list", []),
    }  # fmt: skip
    rows = []
    for name, (model, view, domain) in lists.items():
        columns = spec(own[model], f"jamaa_assessment.{view}", "list")
        queries, seconds = measure(
            env,
            lambda model=model, columns=columns, domain=domain: own[model].web_search_read(
                domain, columns, limit=100, count_limit=10001
            ),
        )
        rows.append((f"list of {name}, {size:,} communes{over(queries, LIST_BUDGET)}", queries, seconds))
    form = spec(rounds, "jamaa_assessment.jamaa_assessment_round_view_form", "form")
    seat = running.rater_ids.with_env(env(user=users["facilitator"].id, context=context))
    forms = {
        "form of a round": lambda: rounds.browse(one.id).web_read(form),
        "page of results": lambda: rounds.browse(one.id).results_page(),
        "grid screen": seat.answer_sheet,
    }
    for name, action in forms.items():
        queries, seconds = measure(env, action)
        rows.append((f"{name}, {size:,} communes{over(queries, FORM_BUDGET)}", queries, seconds))
    return rows
