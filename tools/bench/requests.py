"""Requests by the thousand: three years of them, four in five handed over, in SQL alone."""


def add(env, room, first, last):
    """Add the requests numbered from `first` to `last`; the same numbers make the same requests.

    Half are the first commune's. Each has its two papers and its milestones; nobody is in the vault for them.
    """
    procedures = room.procedures
    values = {
        "first": first,
        "last": last,
        "procedures": procedures.ids,
        "regime": procedures.sheet_id.regime_id[:1].id,
    }
    env.cr.execute(
        """
        INSERT INTO jamaa_procedure_request (
            company_id, procedure_id, sheet_id, department_id, site_id, number, public_code, access_token, pin_version,
            lang, insisted, stage, received_on, complete_on, ended_on, decided_on, ready_on, decision_outcome,
            due_date, due_regime_id, missing_count, silence_effect, create_uid, write_uid, create_date, write_date)
        SELECT p.company_id, p.id, p.sheet_id, p.department_id,
               (SELECT array_agg(id ORDER BY id) FROM jamaa_site s WHERE s.company_id = p.company_id)[1 + n %% 2],
               'B-' || lpad(n::text, 7, '0'), 'BENCH' || n, md5('request' || n), 1,
               (ARRAY['ar_MA', 'fr_MA'])[1 + n %% 2], stage = 'incomplete', stage, received,
               CASE WHEN stage <> 'incomplete' THEN received END, ended, ended, ended,
               CASE WHEN ended IS NOT NULL THEN 'granted' END, received + 30, %(regime)s,
               (stage = 'incomplete')::int, 'refusal', 1, 1, received, received
          FROM (
            SELECT n, received, (ARRAY[1, 1, 2, 3])[1 + n / 7 %% 4] AS commune,
                   CASE WHEN n %% 5 <> 0 THEN 'handed_over'
                        ELSE (ARRAY['received', 'in_work', 'incomplete', 'ready'])[1 + n / 5 %% 4] END AS stage,
                   CASE WHEN n %% 5 <> 0 THEN received + n * 7 %% 40 END AS ended
              FROM (
                SELECT n, current_date - 1 - (n::bigint * 7919 %% 1095)::int AS received
                  FROM generate_series(%(first)s, %(last)s) AS n
              ) AS numbered
          ) AS made
          JOIN jamaa_procedure p ON p.id = (%(procedures)s::int[])[commune]
        """,
        values,
    )
    env.cr.execute(
        """
        INSERT INTO jamaa_procedure_request_piece (
            request_id, company_id, piece_id, sequence, state, received_on, create_uid, write_uid, create_date)
        SELECT r.id, r.company_id, piece.id, piece.rank,
               CASE WHEN r.stage = 'incomplete' AND piece.rank = 2 THEN 'missing' ELSE 'received' END,
               r.received_on, 1, 1, r.received_on
          FROM jamaa_procedure_request r
          JOIN (SELECT id, sheet_id, row_number() OVER (PARTITION BY sheet_id ORDER BY sequence, id) AS rank
                  FROM jamaa_procedure_piece) AS piece ON piece.sheet_id = r.sheet_id AND piece.rank <= 2
         WHERE r.public_code LIKE 'BENCH%%' AND substr(r.public_code, 6)::int BETWEEN %(first)s AND %(last)s
        """,
        values,
    )
    env.cr.execute(
        """
        INSERT INTO jamaa_procedure_request_milestone (
            request_id, company_id, code, date, user_id, is_public, create_uid, write_uid, create_date)
        SELECT r.id, r.company_id, fact.code, fact.day + interval '10 hours', 1, true, 1, 1, fact.day
          FROM jamaa_procedure_request r
          CROSS JOIN LATERAL (VALUES ('received', r.received_on), ('completed', r.complete_on),
                                     ('decided', r.decided_on), ('handed_over', r.ended_on)) AS fact (code, day)
         WHERE r.public_code LIKE 'BENCH%%' AND substr(r.public_code, 6)::int BETWEEN %(first)s AND %(last)s
           AND fact.day IS NOT NULL
        """,
        values,
    )
    env.invalidate_all()
    env.cr.commit()
    env.cr.execute(
        "ANALYZE jamaa_procedure_request; ANALYZE jamaa_procedure_request_piece;"
        "ANALYZE jamaa_procedure_request_milestone"
    )
    env.cr.commit()
