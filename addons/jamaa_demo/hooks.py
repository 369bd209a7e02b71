"""Fills a fresh database with the fictional communes, their people and their cases."""

from .generators import cases, dissemination, fictional_communes, people, skills
from .generators import cases, fictional_communes, mail_registry, people, skills


def post_init_hook(env):
    """Run the generators, one per room, in the order in which they build on each other.

    The seed is fixed, so two installations on the same day make the same data;
    dates are relative to the day of installation (design: demo data never age).
    """
    communes = fictional_communes.generate(env)
    staff = people.generate(env, communes)
    cases.generate(env, communes, staff)
    skills.generate(env, communes)
    dissemination.generate(env, communes)
    mail_registry.generate(env, communes, staff)
