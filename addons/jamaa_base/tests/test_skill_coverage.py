"""Half-hours of presence, against days worked out by hand."""

from datetime import date

from odoo.tests import BaseCase, tagged

from ..tools.skill_coverage import coverage, move_zone, split_midnight, subtract

MORNING, AFTERNOON = (8.5, 12.0), (12.5, 16.5)


@tagged("jamaa_skill")
class TestSkillCoverage(BaseCase):
    def starts(self, slots, skill):
        return [slot.start for slot in slots if slot.counts.get(skill)]

    def test_split_day(self):
        slots = coverage({0: [MORNING, AFTERNOON]}, [({0: [(8.5, 10.0), (15.0, 16.5)]}, {"zgh"})])
        self.assertEqual(len(slots), 15)
        self.assertEqual(self.starts(slots, "zgh"), [8.5, 9.0, 9.5, 15.0, 15.5, 16.0])

    def test_half_present_does_not_count(self):
        slots = coverage({0: [MORNING]}, [({0: [(8.5, 10.25)]}, {"zgh"})])
        self.assertEqual(self.starts(slots, "zgh"), [8.5, 9.0, 9.5])

    def test_ramadan_hours_are_open_without_a_break(self):
        slots = coverage({0: [(9.0, 15.0)]}, [({0: [MORNING, AFTERNOON]}, {"zgh"})])
        self.assertEqual(len(slots), 12)
        self.assertEqual([slot.start for slot in slots if not slot.people], [12.0])

    def test_closing_at_a_quarter(self):
        slots = coverage({0: [(8.5, 9.25)]}, [({0: [(8.5, 9.25)]}, {"ar"})])
        self.assertEqual(self.starts(slots, "ar"), [8.5, 9.0])

    def test_closed_day_has_no_slot(self):
        self.assertEqual(coverage({0: []}, [({0: [MORNING]}, {"ar"})]), [])

    def test_missing_counts_people(self):
        slot = coverage({0: [(8.0, 8.5)]}, [({0: [(8, 9)]}, {"ar", "zgh"}), ({0: [(8, 9)]}, {"ar"})])[0]
        self.assertEqual((slot.people, slot.counts), (2, {"ar": 2, "zgh": 1}))
        self.assertEqual(slot.missing({"ar": 2, "zgh": 2, "sign": 1}), {"zgh", "sign"})

    def test_midnight(self):
        self.assertEqual(split_midnight(0, [(22.0, 26.0)]), [(0, 22.0, 24.0), (1, 0.0, 2.0)])
        slots = coverage({0: [(23.0, 25.0)]}, [({0: [(22.0, 24.5)]}, {"ar"})])
        self.assertEqual([(slot.day, slot.start, slot.people) for slot in slots][-2:], [(1, 0.0, 1), (1, 0.5, 0)])

    def test_absence(self):
        self.assertEqual(subtract([MORNING], [(9.0, 10.0)]), [(8.5, 9.0), (10.0, 12.0)])
        self.assertEqual(subtract([MORNING], [(0.0, 24.0)]), [])

    def test_clock_of_another_zone(self):
        """Casablanca is an hour ahead of UTC, and level with it in Ramadan 2026 (18 February to 19 March)."""
        self.assertEqual(move_zone(date(2026, 6, 1), [(8.0, 9.0)], "UTC", "Africa/Casablanca"), [(9.0, 10.0)])
        self.assertEqual(move_zone(date(2026, 3, 2), [(8.0, 9.0)], "UTC", "Africa/Casablanca"), [(8.0, 9.0)])
        self.assertEqual(move_zone(date(2026, 3, 2), [(8.0, 9.0)], "UTC", "UTC"), [(8.0, 9.0)])
