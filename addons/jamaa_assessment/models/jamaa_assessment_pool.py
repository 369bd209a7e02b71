"""Which communes stood behind the band at its fixed dates, and the band worked out from that."""

import json

from odoo import api, fields, models

from ..tools import scores


class JamaaAssessmentPool(models.Model):
    """The copies that stood in the band of a grid on the first day of a month.

    Nobody reads it, whatever the role: who stands in the band is not to be known. A commune gets figures of its own
    questions alone, worked out without its own levels. They change at these dates only, and only when two other
    communes or more changed since they were last shown (:func:`~..tools.scores.next_standing`). Going through all
    dates each time, instead of keeping figures, has a reason: a grid that was worded or cut anew gives no new look
    at an old group.
    """

    _name = "jamaa.assessment.pool"
    _description = "Communes behind a Band"
    _order = "programme_id, grid_code, date"

    programme_id = fields.Many2one("jamaa.programme", required=True, readonly=True, ondelete="cascade")
    grid_code = fields.Char(required=True, readonly=True)
    date = fields.Date(required=True, readonly=True)
    copies = fields.Text(required=True, readonly=True, export_string_translation=False)

    _date_uniq = models.Constraint("UNIQUE(programme_id, grid_code, date)", "The band was made on this day already.")

    # ---------- at the fixed dates ----------

    @api.model
    def _cron_take(self):
        """Note, on the first of the month, which communes stand behind each band."""
        self._take(fields.Date.context_today(self).replace(day=1))

    @api.model
    def _take(self, date):
        """Note which copies stand in each band on a day; a day that was noted stays.

        :param date: the fixed date
        """
        Peer = self.env["jamaa.assessment.peer"]
        groups = Peer._read_group(
            [("state", "=", "open")], ["programme_id", "grid_code"], ["id:array_agg", "company_id:array_agg"]
        )
        standing = {(programme.id, code): (ids, companies) for programme, code, ids, companies in groups}
        known = self._read_group([], ["programme_id", "grid_code"], ["date:max"])
        latest = {(programme.id, code): last for programme, code, last in known}
        vals_list = []
        for programme_id, code in sorted(standing.keys() | latest.keys()):
            if (programme_id, code) in latest and latest[programme_id, code] >= date:
                continue
            programme = self.env["jamaa.programme"].browse(programme_id)
            members = set(self.env["jamaa.share"]._members_today(programme).ids)
            ids, companies = standing.get((programme_id, code), ([], []))
            copies = sorted(one for one, company in zip(ids, companies, strict=True) if company in members)
            vals_list.append(
                {"programme_id": programme_id, "grid_code": code, "date": date, "copies": json.dumps(copies)}
            )
        return self.create(vals_list)

    # ---------- what a commune gets ----------

    @api.model
    def _bands_of(self, company, version):
        """Return the bands beside a commune's questions, without its own levels.

        :param company: the commune that looks
        :param version: the wording its round used
        :return: dict with ``items`` (item id -> Band, in levels), ``criteria`` (criterion id -> Band, out of 100) and
            ``date`` of the last fixed date, or None where there was none
        """
        nothing = {"items": {}, "criteria": {}, "date": None}
        programmes = self.env["jamaa.share"]._programmes_of(company)
        # sudo: jamaa.assessment.pool - read to be summed up; only bands of five communes or more leave this method
        rows = self.sudo().search(
            [("programme_id", "in", programmes.ids), ("grid_code", "=", version.grid_id.code)], order="date"
        )
        rows = rows.filtered(lambda row: row.programme_id == rows[:1].programme_id)
        if not rows:
            return nothing
        dates, withdrawn = self._editions(rows, company)
        items = version.item_ids.filtered(lambda item: item.kind == "level")
        prints = {item.id: (item.key, item.fingerprint or item._fingerprint_now()) for item in items}
        found = {"items": {}, "criteria": {}, "date": rows[-1].date}
        for item in items:
            values = self._values_on([prints[item.id]])
            band = self._fold(dates, withdrawn, values, scores.HALF_LEVEL)
            if band:
                found["items"][item.id] = band
        for criterion, mine in items.grouped("criterion_id").items():
            wanted = [(item.weight, *prints[item.id]) for item in mine]
            band = self._fold(dates, withdrawn, self._score_on(wanted), scores.HALF_LEVEL_SCORE)
            if band:
                found["criteria"][criterion.id] = band
        return found

    @api.model
    def _editions(self, rows, company):
        """Read the copies of each fixed date, without those of the commune that looks.

        :return: list by date of ``{commune id: (copy id, levels)}``; list by date of the copies taken back by then
        """
        by_date = [json.loads(row.copies) for row in rows]
        # sudo: jamaa.assessment.peer - as above; ids and levels stay inside
        peers = self.env["jamaa.assessment.peer"].sudo().browse(sorted(set().union(*by_date)))
        known = {
            peer.id: (peer.company_id.id, json.loads(peer.levels), bool(peer.withdrawn_on))
            for peer in peers
            if peer.company_id != company
        }
        dates, withdrawn = [], []
        for ids in by_date:
            here = {known[one][0]: (one, known[one][1]) for one in ids if one in known}
            dates.append(here)
            # Taken back, or of a commune that left the programme.
            withdrawn.append(
                {one for one, (owner, _levels, back) in known.items() if one not in ids and (back or owner not in here)}
            )
        return dates, withdrawn

    @api.model
    def _fold(self, dates, withdrawn, value_of, step):
        """Go through the fixed dates and return the band that stands at the last one."""
        standing = None
        for here, back in zip(dates, withdrawn, strict=True):
            peers = {}
            for owner, (edition, levels) in here.items():
                value = value_of(levels)
                if value is not None:
                    peers[owner] = (edition, value)
            standing = scores.next_standing(standing, peers, back, step)
        return standing.band

    @api.model
    def _values_on(self, prints):
        """Return a function from a copy's levels to its level on an item that reads the same."""
        [(key, fingerprint)] = prints
        return lambda levels: _same(levels, key, fingerprint)

    @api.model
    def _score_on(self, wanted):
        """Return a function from a copy's levels to its score on a criterion, over the items that read the same."""

        def value_of(levels):
            score = scores.criterion_score(
                (weight, _same(levels, key, fingerprint)) for weight, key, fingerprint in wanted
            )
            return score.value if score.shown else None

        return value_of


def _same(levels, key, fingerprint):
    """The level of a copy on an item, None where it was worded otherwise."""
    theirs, level = levels.get(key, (None, None))
    return level if theirs == fingerprint else None
