"""Queries and seconds of one action."""

import time


def measure(env, action, warm=True):
    """Return (queries, seconds) of `action`; with `warm`, after a first run that fills the caches."""
    if warm:
        action()
    env.flush_all()
    env.invalidate_all()
    before, began = env.cr.sql_log_count, time.perf_counter()
    action()
    env.flush_all()
    return env.cr.sql_log_count - before, time.perf_counter() - began
