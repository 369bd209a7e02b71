"""Fills the database and prints what was measured; run by Odoo's shell, which gives `env`."""

import time
from functools import partial

from . import assessment, cases, counter, dashboards, desk, figures, places, public, reception, requests, sheets

#: With how many each kind is measured first.
SMALL = {"complaints": 100, "requests": 100, "sheets": 20, "assessments": 5}


def main(env, seed):
    """Measure with few of each kind, then with as many as asked for; one line per measure.

    :param dict seed: how many of ``complaints``, ``requests``, ``sheets``, ``assessments``
    """
    communes, officer = places.make(env)
    rows = []
    if "complaints" in seed:
        rows += _complaints(env, communes, officer, seed["complaints"])
    if seed.keys() & {"requests", "sheets"}:
        room = reception.make(env, communes)
        rows += _requests(env, room, seed["requests"]) if "requests" in seed else []
        rows += _sheets(env, room, seed["sheets"]) if "sheets" in seed else []
    if "assessments" in seed:
        rows += _assessments(env, communes, seed["assessments"])
    if seed.keys() & {"complaints", "requests"}:
        rows += figures.run(env)
    for name, queries, seconds in rows:
        print("BENCH", name, queries, "" if seconds is None else f"{seconds:.3f}", sep="\t")
    env.cr.commit()


def _complaints(env, communes, officer, number):
    rows = []
    for size, done in _sizes("complaints", number):
        rows.append(_filled(f"{size:,} cases", partial(cases.add, env, communes, done + 1, size)))
        rows += desk.run(env, officer, size)
        rows += dashboards.run(env, officer, size)
    return rows


def _requests(env, room, number):
    rows = []
    for size, done in _sizes("requests", number):
        rows.append(_filled(f"{size:,} requests", partial(requests.add, env, room, done + 1, size)))
        rows += counter.requests(env, room, size)
        rows += public.tracking(env, reception.take(env, room), size)
    return rows


def _sheets(env, room, number):
    rows = []
    for size, done in _sizes("sheets", number):
        rows.append(_filled(f"{size:,} sheets", partial(sheets.add, env, room, done + 1, size)))
        rows += counter.catalogue(env, room, size)
        rows += counter.counter(env, room, f"{size:,} sheets")
        rows += public.catalogue(env, room, size)
    return rows


def _assessments(env, communes, number):
    room = assessment.make(env, communes)
    rows = []
    for size, done in _sizes("assessments", number):
        rows.append(_filled(f"{size:,} communes with a round", partial(assessment.add, env, room, done + 1, size)))
        rows += assessment.run(env, room, size)
    return rows


def _sizes(kind, number):
    """Give each size to measure with, and how many are there before."""
    done = 0
    for size in sorted({min(SMALL[kind], number), number}):
        yield size, done
        done = size


def _filled(what, fill):
    began = time.perf_counter()
    fill()
    return (f"filling up to {what}", "", time.perf_counter() - began)
