"""A validated round as a copy that the commune gives the programme's team."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools import scores


class JamaaShare(models.Model):
    _inherit = "jamaa.share"

    kind = fields.Selection(selection_add=[("round", "Self-assessment")], ondelete={"round": "set document"})

    @api.model
    def _shareable_models(self):
        return super()._shareable_models() | {"jamaa.assessment.round"}

    @api.model
    def _publish(self, source, kind, title, payload, audience, until=None, programme=None, peers=None, files=None):
        """Levels go to the programme's team under the commune's name, and to other communes in the band alone.

        :raise UserError: a round is addressed to other communes by name
        """
        if source._name == "jamaa.assessment.round" and audience != "programme":
            raise UserError(
                self.env._(
                    "Levels are not handed to other communes under a name: that would be a ranking."
                    " Put the round into the band of peers instead."
                )
            )
        return super()._publish(
            source, kind, title, payload, audience, until=until, programme=programme, peers=peers, files=files
        )

    def action_renew(self):
        """Button: share the record as it is today; a round has its own choice of readers."""
        action = super().action_renew()
        # sudo: jamaa.share - the source of an own copy is on columns that nobody reads
        row = self.sudo()
        if row.res_model == "jamaa.assessment.round":
            action["context"] = {
                "default_round_id": row.res_id,
                "default_programme_id": row.programme_id.id,
                "default_title": row.title,
                "default_to_team": True,
            }
        return action


class JamaaShareContent(models.Model):
    _inherit = "jamaa.share.content"

    assessment_open_to_me = fields.Boolean(
        compute="_compute_assessment_open_to_me",
        search="_search_assessment_open_to_me",
        help="Whoever still has to answer about a subject does not read what an earlier round agreed on.",
    )

    @api.depends_context("uid")
    def _compute_assessment_open_to_me(self):
        open_ones = set(self.search(Domain("id", "in", self.ids) & self._domain_assessment_open_to_me())._ids)
        for content in self:
            content.assessment_open_to_me = content.id in open_ones

    def _search_assessment_open_to_me(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return self._domain_assessment_open_to_me()

    @api.model
    def _domain_assessment_open_to_me(self):
        subjects = self.env["jamaa.assessment.round"]._my_open_subjects()
        if not subjects:
            return Domain.TRUE
        # sudo: jamaa.assessment.round - which copies are of rounds about a subject the user still answers
        rounds = self.env["jamaa.assessment.round"].sudo().search([("subject_key", "in", subjects)])
        # sudo: jamaa.share - the source of a copy is on columns that nobody reads
        hidden = (
            self.env["jamaa.share"]
            .sudo()
            .search([("res_model", "=", "jamaa.assessment.round"), ("res_id", "in", rounds.ids)])
        )
        return Domain("share_id", "not in", hidden.ids)


class JamaaAssessmentRound(models.Model):
    _name = "jamaa.assessment.round"
    _inherit = ["jamaa.assessment.round", "jamaa.shareable"]

    shared_text = fields.Char("Shared with", compute="_compute_shared_text")

    @api.depends_context("uid", "lang", "allowed_company_ids")
    @api.depends("state")
    def _compute_shared_text(self):
        # sudo: jamaa.share - whether a copy stands; its source is on columns that nobody reads
        shares = (
            self.env["jamaa.share"]
            .sudo()
            .search([("res_model", "=", self._name), ("res_id", "in", self.ids), ("state", "=", "open")])
        )
        to_team = set(shares.mapped("res_id"))
        # sudo: jamaa.assessment.peer - whether the round stands in the band, for who reads the round
        peers = self.env["jamaa.assessment.peer"].sudo().search([("round_id", "in", self.ids), ("state", "=", "open")])
        in_band = set(peers.round_id.ids)
        for one in self:
            told = []
            if one._origin.id in to_team:
                told.append(self.env._("the programme's team, with the name of the commune"))
            if one._origin.id in in_band:
                told.append(self.env._("the band of peers, without name"))
            one.shared_text = " · ".join(told) or self.env._("nobody")

    def _share_kind(self):
        return "round"

    def _check_shareable(self):
        """Only what was validated leaves the commune.

        :raise UserError: the round is not validated
        """
        for one in self:
            if one.state != "validated":
                raise UserError(self.env._("Only a validated round is shared."))

    def action_share(self):
        """Button: choose with whom the commune shares this round."""
        self.ensure_one()
        self.check_access("read")
        self._check_shareable()
        self.env["jamaa.share"]._publisher(self.company_id)
        action = self.env["ir.actions.act_window"]._for_xml_id("jamaa_assessment.jamaa_assessment_share_round_action")
        return {**action, "context": {"default_round_id": self.id}}

    def _share_payload(self):
        """Levels and figures alone: no rater, no comment, no reason, no evidence, no name of a site."""
        self.ensure_one()
        self._check_shareable()
        kinds = dict(self._fields["subject_kind"]._description_selection(self.env))
        rows = [
            [self.env._("Grid"), self.grid_id.name],
            [self.env._("Version"), self._version_key()],
            [self.env._("What is assessed"), kinds[self.subject_kind]],
            [self.env._("Day of the meeting"), fields.Date.to_string(self.date) if self.date else ""],
        ]
        sections = [{"heading": self.grid_id.name, "table": {"rows": rows}}, self._share_results()]
        lines = self.consensus_ids.sorted(lambda line: (line.item_id.sequence, line.item_id.id))
        for criterion in lines.criterion_id.sorted("sequence"):
            mine = lines.filtered(lambda line, criterion=criterion: line.criterion_id == criterion)
            sections.append(
                {
                    "heading": criterion.name,
                    "table": {
                        "head": [self.env._("Item"), self.env._("Level")],
                        "rows": [[line.item_id.name, line.counted or ""] for line in mine],
                    },
                }
            )
        sections[0]["paragraphs"] = [
            self.env._("The commune judged itself. These levels rank nobody and support no request for money.")
        ]
        return {"sections": sections}

    def _share_results(self):
        rows = [
            [row.display_name, f"{row.score:.0f}" if row.shown else "", row.gates_met, row.gates_failed]
            for row in self.result_ids
        ]
        head = [
            self.env._("Criterion"),
            self.env._("Out of 100"),
            self.env._("Duties met"),
            self.env._("Duties not met"),
        ]
        return {"heading": self.env._("At a glance"), "table": {"head": head, "rows": rows}}

    def _version_key(self):
        """Which wording was answered, the same in every commune that did not change it: “reception-site/2”."""
        self.ensure_one()
        return f"{self.grid_id.code}/{self.version_id.number}"

    def _levels_by_key(self):
        """What the band counts: ``{item key: [fingerprint, level]}``, items with a level alone."""
        self.ensure_one()
        return {
            line.item_id.key: [line.item_id.fingerprint, line._value()]
            for line in self.consensus_ids
            if line.kind == "level" and scores.item_score(line._value()) is not None
        }
