"""Cases by the thousand: three years of them, four in five answered, in SQL alone."""


def add(env, communes, first, last):
    """Add the cases numbered from `first` to `last`; the same numbers make the same cases."""
    stage = {name: env.ref(f"jamaa_complaints.stage_{name}").id for name in ("received", "in_progress", "answered")}
    unit = {company.id: company._complaint_unit().id for company in communes}
    values = {
        "first": first,
        "last": last,
        "a": communes[0].id,
        "b": communes[1].id,
        "c": communes[2].id,
        "units": [unit[company.id] for company in communes],
        **stage,
    }
    env.cr.execute(
        """
        INSERT INTO helpdesk_ticket (
            company_id, team_id, service_id, site_id, category_id, stage_id, kind, name, number, case_number, facts,
            description, legal_receipt_date, due_date, internal_due_date, answered_on, answer_state, answer,
            access_token, active, priority, sequence, is_anonymous, create_uid, write_uid, create_date, write_date)
        SELECT company_id, unit_id,
               (SELECT array_agg(id ORDER BY id) FROM helpdesk_ticket_team t
                 WHERE t.company_id = made.company_id AND t.case_role = 'service')[1 + n %% 5],
               (SELECT array_agg(id ORDER BY id) FROM jamaa_site s WHERE s.company_id = made.company_id)[1 + n %% 3],
               (SELECT array_agg(id ORDER BY id) FROM helpdesk_ticket_category WHERE for_cases)[
                   1 + n %% (SELECT count(*)::int FROM helpdesk_ticket_category WHERE for_cases)],
               CASE WHEN answered IS NOT NULL THEN %(answered)s WHEN n %% 2 = 0 THEN %(in_progress)s
                    ELSE %(received)s END,
               (ARRAY['complaint', 'complaint', 'remark', 'proposal', 'report'])[1 + n %% 5],
               'Case ' || n, 'BENCH' || n, 'B-' || lpad(n::text, 7, '0'), repeat('The lamp is out. ', 12),
               '<p>' || repeat('The lamp is out. ', 12) || '</p>', received,
               CASE WHEN n %% 5 <> 4 THEN received + 60 END, received + 30, answered,
               CASE WHEN answered IS NULL THEN 'none' ELSE 'sent' END,
               CASE WHEN answered IS NOT NULL THEN 'It is repaired.' END,
               md5('bench' || n) || md5(n || 'bench'), true, '1', 1, false, 1, 1, received, received
          FROM (
            SELECT n, received, company_id, unit_id,
                   CASE WHEN n %% 5 <> 0 AND received + 3 + n * 7 %% 80 <= current_date
                        THEN received + 3 + n * 7 %% 80 END AS answered
              FROM (
                SELECT n, current_date - (n::bigint * 7919 %% 1095)::int AS received,
                       (ARRAY[%(a)s, %(a)s, %(b)s, %(c)s])[1 + n / 7 %% 4] AS company_id,
                       (ARRAY[%(units)s[1], %(units)s[1], %(units)s[2], %(units)s[3]])[1 + n / 7 %% 4] AS unit_id
                  FROM generate_series(%(first)s, %(last)s) AS n
              ) AS numbered
          ) AS made
        """.replace("%(units)s[", "(%(units)s::int[])["),
        values,
    )
    env.cr.execute(
        """
        INSERT INTO jamaa_complaint_milestone (
            case_id, company_id, code, date, user_id, service_id, is_public, create_uid, write_uid, create_date)
        SELECT t.id, t.company_id, fact.code, fact.day + interval '10 hours', 1, t.service_id, true, 1, 1, fact.day
          FROM helpdesk_ticket t
          CROSS JOIN LATERAL (VALUES ('received', t.legal_receipt_date), ('assigned', t.legal_receipt_date + 1),
                                     ('sent', t.answered_on)) AS fact (code, day)
         WHERE t.number LIKE 'BENCH%%' AND fact.day IS NOT NULL
           AND substr(t.number, 6)::int BETWEEN %(first)s AND %(last)s
        """,
        values,
    )
    env.invalidate_all()
    env.cr.commit()
    env.cr.execute("ANALYZE helpdesk_ticket; ANALYZE jamaa_complaint_milestone")
    env.cr.commit()
