"""Published sheets by the thousand in one commune, each with papers, steps, a question and places."""

#: Words names are made of, French and Arabic side by side; with numbers behind them no two are alike.
WORDS = [
    ("Autorisation", "رخصة"), ("Attestation", "شهادة"), ("Extrait", "نسخة"), ("Certificat", "إشهاد"),
    ("Occupation", "احتلال"), ("Ouverture", "فتح"), ("Transport", "نقل"), ("Branchement", "ربط"),
    ("Lotissement", "تجزئة"), ("Enseigne", "لوحة"), ("Marché", "سوق"),
]  # fmt: skip


def add(env, room, first, last):
    """Add the procedures numbered from `first` to `last` with a published sheet each, in the first commune."""
    values = {
        "first": first,
        "last": last,
        "company": room.commune.id,
        "department": room.procedures[0].department_id.id,
        "fr": [french for french, _arabic in WORDS],
        "ar": [arabic for _french, arabic in WORDS],
        "event": env["jamaa.life.event"].search([], limit=1).id,
        "audience": env["jamaa.audience"].search([], limit=1).id,
        "channel": env.ref("jamaa_reception.channel_counter").id,
    }
    for statement in STATEMENTS:
        env.cr.execute(statement, values)
    env.invalidate_all()
    procedures = env["jamaa.procedure"].search([("code", "=like", "bench-sheet-%"), ("search_key", "=", False)])
    env.add_to_compute(procedures._fields["search_key"], procedures)
    env.flush_all()
    env.cr.commit()
    env.cr.execute("ANALYZE")
    env.cr.commit()


STATEMENTS = (
    """
    INSERT INTO jamaa_procedure (name, code, company_id, department_id, sequence, active, create_uid, write_uid,
                                 create_date, write_date)
    SELECT jsonb_build_object('en_US', words, 'fr_MA', words, 'ar_MA', arabic), 'bench-sheet-' || n, %(company)s,
           %(department)s, 10, true, 1, 1, now(), now()
      FROM (SELECT n, (%(fr)s::text[])[1 + n %% 11] || ' ' || lower((%(fr)s::text[])[1 + n / 11 %% 11]) || ' ' || n
                      AS words,
                      (%(ar)s::text[])[1 + n %% 11] || ' ' || (%(ar)s::text[])[1 + n / 11 %% 11] || ' ' || n AS arabic
              FROM generate_series(%(first)s, %(last)s) AS n) AS named
    """,
    """
    INSERT INTO jamaa_procedure_sheet (procedure_id, company_id, version, state, summary, silence_effect, published_on,
                                       reviewed_on, review_due, create_uid, write_uid, create_date, write_date)
    SELECT p.id, p.company_id, 1, 'published',
           jsonb_build_object('en_US', text, 'fr_MA', text, 'ar_MA', 'وثيقة للقياس رقم ' || p.id), 'none',
           current_date, current_date, current_date + 365, 1, 1, now(), now()
      FROM jamaa_procedure p CROSS JOIN LATERAL (SELECT 'Un papier pour la mesure, numéro ' || p.id AS text) AS said
     WHERE p.code LIKE 'bench-sheet-%%' AND p.sheet_id IS NULL
    """,
    """
    INSERT INTO jamaa_procedure_step (sheet_id, company_id, name, sequence, pictogram, create_uid, write_uid)
    SELECT s.id, s.company_id, jsonb_build_object('en_US', 'Allez', 'fr_MA', 'Allez', 'ar_MA', 'اذهب'), rank,
           'counter', 1, 1
      FROM jamaa_procedure_sheet s JOIN jamaa_procedure p ON p.id = s.procedure_id CROSS JOIN generate_series(1, 4) rank
     WHERE p.code LIKE 'bench-sheet-%%' AND p.sheet_id IS NULL
    """,
    """
    INSERT INTO jamaa_procedure_piece (sheet_id, company_id, name, sequence, form, count, create_uid, write_uid)
    SELECT s.id, s.company_id, jsonb_build_object('en_US', 'Plan', 'fr_MA', 'Plan', 'ar_MA', 'تصميم'), rank, 'copy',
           1, 1, 1
      FROM jamaa_procedure_sheet s JOIN jamaa_procedure p ON p.id = s.procedure_id CROSS JOIN generate_series(1, 6) rank
     WHERE p.code LIKE 'bench-sheet-%%' AND p.sheet_id IS NULL
    """,
    """
    WITH asked AS (
        INSERT INTO jamaa_procedure_question (sheet_id, company_id, name, sequence, create_uid, write_uid)
        SELECT s.id, s.company_id, jsonb_build_object('en_US', 'Qui ?', 'fr_MA', 'Qui ?', 'ar_MA', 'من؟'), 1, 1, 1
          FROM jamaa_procedure_sheet s JOIN jamaa_procedure p ON p.id = s.procedure_id
         WHERE p.code LIKE 'bench-sheet-%%' AND p.sheet_id IS NULL
        RETURNING id, sheet_id, company_id
    ), answered AS (
        INSERT INTO jamaa_procedure_answer (question_id, sheet_id, company_id, name, sequence, create_uid, write_uid)
        SELECT id, sheet_id, company_id, jsonb_build_object('en_US', 'Moi', 'fr_MA', 'Moi', 'ar_MA', 'أنا'), rank, 1, 1
          FROM asked CROSS JOIN generate_series(1, 2) rank
        RETURNING id, sheet_id, sequence
    )
    INSERT INTO jamaa_procedure_piece_condition_rel (piece_id, answer_id)
    SELECT piece.id, answered.id
      FROM answered JOIN jamaa_procedure_piece piece ON piece.sheet_id = answered.sheet_id AND piece.sequence = 6
     WHERE answered.sequence = 2
    """,
    """
    INSERT INTO jamaa_procedure_site (procedure_id, company_id, site_id, what, sequence, create_uid, write_uid)
    SELECT p.id, p.company_id, s.id, 'done', 1, 1, 1
      FROM jamaa_procedure p JOIN jamaa_site s ON s.company_id = p.company_id
     WHERE p.code LIKE 'bench-sheet-%%' AND p.sheet_id IS NULL
    """,
    """
    INSERT INTO jamaa_life_event_jamaa_procedure_rel (jamaa_procedure_id, jamaa_life_event_id)
    SELECT id, %(event)s FROM jamaa_procedure WHERE code LIKE 'bench-sheet-%%' AND sheet_id IS NULL
    """,
    """
    INSERT INTO jamaa_audience_jamaa_procedure_rel (jamaa_procedure_id, jamaa_audience_id)
    SELECT id, %(audience)s FROM jamaa_procedure WHERE code LIKE 'bench-sheet-%%' AND sheet_id IS NULL
    """,
    """
    INSERT INTO jamaa_procedure_channel_jamaa_procedure_sheet_rel (jamaa_procedure_sheet_id, jamaa_procedure_channel_id)
    SELECT s.id, %(channel)s FROM jamaa_procedure_sheet s JOIN jamaa_procedure p ON p.id = s.procedure_id
     WHERE p.code LIKE 'bench-sheet-%%' AND p.sheet_id IS NULL
    """,
    """
    UPDATE jamaa_procedure p SET sheet_id = s.id, review_due = s.review_due
      FROM jamaa_procedure_sheet s
     WHERE s.procedure_id = p.id AND p.code LIKE 'bench-sheet-%%' AND p.sheet_id IS NULL
    """,
)
