"""Seven communes of one programme, each with a director who publishes, and a validated round when asked for."""

from odoo.fields import Date

from .common import AssessmentCase

#: Fixed dates of the bands, one after the other.
DATES = [Date.to_date(f"2026-{month:02d}-01") for month in range(1, 13)]


class PeerCase(AssessmentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.programme = cls.env["jamaa.programme"].create({"name": "P", "company_id": cls.programme_company.id})
        cls.peers = [cls._make_commune(f"peer{number}") for number in range(7)]
        for company in (cls.here, cls.there, *cls.peers):
            cls._join(company)
        cls.directors = {}
        cls._make_holder(cls.director, cls.director_user)
        cls.directors[cls.here] = cls.director_user
        for company in (cls.there, *cls.peers):
            user = cls._make_user(f"p_director_{company.id}", "jamaa_base.group_director", company)
            cls._make_holder(cls._make_function("director", company), user)
            cls.directors[company] = user

    def setUp(self):
        super().setUp()
        self.dates = iter(DATES)

    @classmethod
    def _join(cls, company, programme=None, **vals):
        values = {"programme_id": (programme or cls.programme).id, "company_id": company.id}
        return cls.env["jamaa.programme.member"].create({**values, **vals})

    @classmethod
    def _validated(cls, company, version=None, **levels):
        """A validated round of a commune with these agreed levels; the rest is at 2."""
        version = version or cls.version
        one = cls.env["jamaa.assessment.round"].create(
            {"name": f"Round of {company.name}", "company_id": company.id, "version_id": version.id}
        )
        one._move("consensus")
        Line = cls.env["jamaa.assessment.consensus"]
        for item in version.item_ids:
            answer = levels.get(item.key, "yes" if item.kind == "gate" else "2")
            Line.create({"round_id": one.id, "item_id": item.id, "answer": answer, "evidence": "File 1"})
        one.with_user(cls.directors[company]).action_validate()
        return one

    @classmethod
    def _put_in(cls, company, version=None, **levels):
        """Put a new validated round of a commune into the band."""
        one = cls._validated(company, version, **levels).with_user(cls.directors[company])
        return one.env["jamaa.assessment.peer"]._contribute(one, cls.programme)

    def _next_month(self):
        self.env["jamaa.assessment.pool"]._take(next(self.dates))

    def _band(self, company=None, key="one", version=None):
        """Low, median and high of an item, or None."""
        version = version or self.version
        found = self.env["jamaa.assessment.pool"]._bands_of(company or self.here, version)
        item = version.item_ids.filtered(lambda item: item.key == key)
        band = found["items"].get(item.id)
        return band and (band.low, band.middle, band.high)
