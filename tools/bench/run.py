"""Fills the database and prints what was measured; run by Odoo's shell, which gives `env`."""

import time

from . import cases, dashboards, desk, figures, places

SMALL = 100


def main(env, complaints):
    """Measure with a hundred cases, then with `complaints`; one line per measure."""
    communes, officer = places.make(env)
    rows = []
    done = 0
    for size in sorted({min(SMALL, complaints), complaints}):
        began = time.perf_counter()
        cases.add(env, communes, done + 1, size)
        done = size
        rows.append((f"filling up to {size:,} cases", "", time.perf_counter() - began))
        rows += desk.run(env, officer, size)
        rows += dashboards.run(env, officer, size)
    rows += figures.run(env)
    for name, queries, seconds in rows:
        print("BENCH", name, queries, "" if seconds is None else f"{seconds:.3f}", sep="\t")
    env.cr.commit()
