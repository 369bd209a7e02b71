"""A site of which enough is known for waits to be told."""

from ..tools.bands import Calibration
from ..tools.service_times import Served, ServiceTimes
from .queue_common import QueueCase


class ForecastCase(QueueCase):
    @classmethod
    def _know(cls, minutes=6.0, **vals):
        """Let it be known that everything takes so many minutes, and forecasts are a tenth wrong."""
        served = [Served(cls.procedure.id, desk.id, minutes) for desk in cls.desks for _one in range(40)]
        served += [Served(-cls.queue_a.id, desk.id, minutes) for desk in cls.desks for _one in range(40)]
        waits = (2, 5, 10, 20, 30, 50, 80)
        ratios = [
            (waited, waited * (0.9 + 0.2 * (one % 2)), day) for day in range(10) for one, waited in enumerate(waits)
        ]
        Learned = cls.env["jamaa.queue.learned"]
        today = cls.env["jamaa.queue.ticket"]._today()
        Learned.search([("site_id", "=", cls.annex.id)]).unlink()
        return Learned.create(
            {
                "company_id": cls.here.id,
                "site_id": cls.annex.id,
                "day": today,
                "service_count": len(served),
                "ratio_count": len(ratios),
                "ratio_days": 10,
                "values": {
                    "times": ServiceTimes(served).dump(),
                    "habits": [0.5, 0.0, 1.5, 1.0],
                    "bands": Calibration(ratios).dump(),
                    "desks": cls.desks.ids,
                    "credit": {"a_day": 0, "minutes": 0, "what": []},
                },
                **vals,
            }
        )
