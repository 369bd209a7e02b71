"""Fills a fresh database with the fictional communes, their people, their cases and their requests."""

from .generators import (
    acts,
    assessment,
    assessment_band,
    assessment_calendar,
    assessment_help,
    assessment_peers,
    assessment_workshop,
    case_counter,
    case_rooms,
    case_trust,
    cases,
    dissemination,
    fictional_communes,
    mail_registry,
    people,
    reception_catalogue,
    reception_desks,
    reception_nearer,
    reception_places,
    reception_reading,
    reception_requests,
    reception_visits,
    reception_voices,
    reception_words,
    shares,
    skills,
)


def post_init_hook(env):
    """Run the generators, one per room, in the order in which they build on each other.

    The seed is fixed, so two installations on the same day make the same data;
    dates are relative to the day of installation (design: demo data never age).
    """
    communes = fictional_communes.generate(env)
    staff = people.generate(env, communes)
    cases.generate(env, communes, staff)
    case_rooms.generate(env, communes, staff)
    case_trust.generate(env, communes, staff)
    case_counter.generate(env, communes, staff)
    skills.generate(env, communes)
    dissemination.generate(env, communes)
    mail_registry.generate(env, communes, staff)
    acts.generate(env, communes, staff)
    _reception(env, communes, staff)
    env["jamaa.metric"].search([])._compute_values()
    _assessment(env, communes, staff)
    shares.generate(env, communes)
    _seal(env)


def _reception(env, communes, staff):
    """The rooms of reception: where and by whom, then the sheets, then half a year of what rests on them."""
    reception_places.generate(env, communes, staff)
    reception_catalogue.generate(env, communes, staff)
    reception_desks.generate(env, communes)
    desks = reception_requests.generate(env, communes, staff)
    reception_visits.generate(communes)
    reception_words.generate(communes, desks)
    reception_catalogue.revise(communes, staff)
    reception_nearer.generate(communes)
    reception_reading.generate(env, communes)
    reception_voices.generate(communes)


def _assessment(env, communes, staff):
    """The rooms of self-assessment: the rounds, then what communes do with them together, then what is planned."""
    rounds = assessment.generate(env, communes, staff)
    assessment_peers.generate(env)
    assessment_band.generate(env, rounds, staff)
    assessment_help.generate(env, rounds, staff)
    assessment_workshop.generate(env, staff)
    assessment_calendar.generate(communes, rounds)


def _seal(env):
    """Seal what the generators put on the register, as the job of every two minutes would."""
    for commune in env["res.company"].search([("is_demo", "=", True)]):
        env["jamaa.register.entry"]._seal_batch(commune.id)
