"""The nightly computation of figures, beside the same aggregates in plain SQL that store nothing."""

import time

from dateutil.relativedelta import relativedelta

from .clock import measure


def run(env):
    """Return rows of the table: figures computed, plain aggregates, ratio."""
    from odoo.tools import SQL

    from odoo.addons.jamaa_base.models.jamaa_metric import MONTHS, MONTHS_BACK, STATISTICS

    metrics = env["jamaa.metric"].search([])
    queries, seconds = measure(env, metrics._compute_values)
    today = metrics._today()
    first = (today - relativedelta(months=MONTHS_BACK)).replace(day=1)
    sources, plain, count = metrics._metric_sources(), 0.0, 0
    for metric in metrics.filtered(lambda one: one.code in sources):
        for grain in MONTHS:
            began = time.perf_counter()
            env.cr.execute(
                SQL(
                    """SELECT company_id, site_id, date_trunc(%(grain)s, day) AS period, %(statistic)s
                         FROM (%(facts)s) AS facts
                        GROUP BY GROUPING SETS ((company_id, period), (company_id, site_id, period))""",
                    grain=grain,
                    statistic=STATISTICS[metric.statistic],
                    facts=sources[metric.code]["facts"](first, today),
                )
            )
            env.cr.fetchall()
            plain += time.perf_counter() - began
            count += 1
    env.cr.execute("SELECT count(*) FROM jamaa_metric_value")
    failed = metrics.filtered("last_error").mapped("code")
    return [
        ("figures: nightly run", queries, seconds),
        ("figures: plain SQL aggregates", count, plain),
        (f"figures: ratio {seconds / plain:.2f}, {env.cr.fetchone()[0]} values, failed: {failed or 'none'}", "", None),
    ]
