"""The published catalogue in the form other administrations read: CPSV-AP 3.2.0."""

from odoo import api, fields, models

from ..tools import cpsv_ap
from .jamaa_multilingual_export import read_texts


class JamaaProcedure(models.Model):
    _inherit = "jamaa.procedure"

    @api.model
    def _cpsv_catalogue(self, company, procedures=None):
        """Return the published procedures of a commune as an object for JSON-LD.

        Queries do not grow with the number of procedures.

        :param company: the commune; the caller has checked that it may be read
        :param procedures: only these of it; all by default
        """
        domain = [("company_id", "=", company.id), ("sheet_id", "!=", False)]
        if procedures is not None:
            domain.append(("id", "in", procedures.ids))
        found = self.search(domain)._with_texts()
        graph = cpsv_ap.Graph(company._catalogue_address())
        writer = CpsvWriter(graph, company, found)
        graph.add(
            graph.iri("catalogue"), ["dcat:Dataset"],
            dct__title=cpsv_ap.lang_strings(self._cpsv_title(company)),
            dct__description=cpsv_ap.lang_strings(self._cpsv_title(company)),
            dct__publisher=writer.commune,
            dct__hasPart=[{"@id": writer.address(one)} for one in found],
        )  # fmt: skip
        for procedure in found:
            writer.service(procedure)
        return graph.document()

    @api.model
    def _cpsv_title(self, company):
        """Return the title of the catalogue in Arabic and French."""
        return {
            short: self.with_context(lang=code).env._("Procedures of %(commune)s", commune=company._commune_title(code))
            for code, short in (("ar_MA", "ar"), ("fr_MA", "fr"))
        }

    def _cpsv_identifier(self):
        """Return what the procedure is called in every commune: its code, with the local variant."""
        self.ensure_one()
        return f"{self.code}/{self.variant}" if self.variant else self.code


class CpsvWriter:
    """Writes procedures into a graph.

    :param graph: a :class:`~..tools.cpsv_ap.Graph`
    :param company: the commune
    :param procedures: all that are written
    """

    def __init__(self, graph, company, procedures):
        self.graph = graph
        self.company = company
        self.published = set(procedures.ids)
        self.texts = {}
        self.regimes = self._regimes(procedures)
        names = {"ar": company._commune_title("ar_MA"), "fr": company._commune_title("fr_MA")}
        territory = graph.add(
            graph.iri("territory"), ["dct:Location"], skos__prefLabel=cpsv_ap.lang_strings(names),
            dct__isPartOf={"@id": cpsv_ap.MOROCCO},
        )  # fmt: skip
        self.territory = territory
        self.commune = graph.add(
            graph.iri("commune"), ["cv:PublicOrganisation", "org:Organization", "foaf:Agent"],
            dct__identifier=company.commune_code or company.commune_slug,
            dct__title=cpsv_ap.lang_strings(names),
            skos__prefLabel=cpsv_ap.lang_strings(names),
            dct__spatial=[territory],
        )  # fmt: skip
        self.languages = {lang: graph.add(iri, ["dct:LinguisticSystem"]) for lang, iri in cpsv_ap.LANGUAGES.items()}
        self.contact = company.contact_phone and graph.add(
            graph.iri("contact"), ["cv:ContactPoint"], cv__telephone=company.contact_phone
        )

    def _regimes(self, procedures):
        """Return the version of each time limit that holds today, by its code: one query for all."""
        codes = list(set(procedures.sheet_id.regime_id.mapped("code")))
        today = fields.Date.context_today(procedures)
        # sudo: jamaa.legal.regime - the law is public
        found = procedures.env["jamaa.legal.regime"].sudo().search(
            [
                ("code", "in", codes),
                ("company_id", "in", [False, self.company.id]),
                ("valid_from", "<=", today),
                "|",
                ("valid_to", "=", False),
                ("valid_to", ">=", today),
            ]
        )  # fmt: skip
        by_code = {}
        for regime in found.sorted(lambda one: bool(one.company_id)):
            by_code[regime.code] = regime
        return by_code

    def address(self, procedure):
        """Return the address of a procedure."""
        return self.graph.iri(procedure.code, procedure.variant or "")

    def _listed(self, record, name="name"):
        """Return a translated text of a record that is not multilingual content."""
        if (record._name, record.id) not in self.texts:
            self.texts.update(read_texts(record))
        return cpsv_ap.by_language(self.texts[record._name, record.id].get(name) or {})

    def _concept(self, kind, record):
        """Return the reference to an entry of a shared list."""
        return self.graph.add(
            self.graph.iri(kind, record.code), ["skos:Concept"],
            skos__notation=record.code, skos__prefLabel=cpsv_ap.lang_strings(self._listed(record)),
        )  # fmt: skip

    def service(self, procedure):
        """Write one procedure with all that belongs to its published sheet."""
        graph, sheet = self.graph, procedure.sheet_id
        key = (procedure.code, procedure.variant or "")
        name, summary = procedure._export_texts("name"), sheet._export_texts("summary")
        channels = {channel.code: self._channel(key, channel, sheet) for channel in sheet.channel_ids}
        requirements = []
        evidence = [self._evidence(key, rank, piece, requirements) for rank, piece in enumerate(sheet.piece_ids, 1)]
        regime = self.regimes.get(sheet.regime_id.code)
        graph.add(
            self.address(procedure), ["cpsv:PublicService"],
            dct__identifier=procedure._cpsv_identifier(),
            dct__title=cpsv_ap.lang_strings(name),
            dct__description=cpsv_ap.lang_strings(summary),
            dct__language=[self.languages[lang] for lang in sorted({*name} & {*summary})],
            dct__spatial=[self.territory],
            dct__audience=[self._concept("audience", one) for one in procedure.audience_ids],
            dct__modified=self._day(sheet.published_on),
            dcat__keyword=[
                {"@language": cpsv_ap.guess_language(word), "@value": word} for word in procedure.word_ids.mapped("name")
            ],
            adms__status=graph.add(cpsv_ap.COMPLETED, ["skos:Concept"]),
            cv__thematicArea=[self._concept("theme", one) for one in procedure.life_event_ids],
            cv__isGroupedBy=[self._event(one) for one in procedure.life_event_ids],
            cv__hasCompetentAuthority=[self.commune],
            cv__contactPoint=[self.contact] if self.contact else [],
            cv__hasChannel=list(channels.values()),
            cv__hasCost=[self._cost(key, rank, fee, channels) for rank, fee in enumerate(sheet.fee_ids, 1)],
            cv__hasLegalResource=[self._law(key, rank, law) for rank, law in enumerate(sheet.legal_ids, 1)],
            cv__holdsRequirement=requirements,
            cv__relatedService=[
                {"@id": self.address(one)} for one in procedure.related_ids if one.id in self.published
            ],
            # Working days have no ISO 8601 form: they stand in the rule, in words.
            cv__processingTime=cpsv_ap.duration(regime.days) if regime and regime.unit == "calendar" else None,
            cpsv__follows=[self._rule(regime)] if regime else [],
            cpsv__hasInput=[one for one, _kind in evidence],
            cv__hasInputType=[kind for _one, kind in evidence],
            cpsv__produces=self._output(key, sheet),
        )  # fmt: skip

    def _day(self, day):
        return {"@type": "xsd:date", "@value": fields.Date.to_string(day)} if day else None

    def _event(self, event):
        # Both classes: who checks with the shapes alone does not know that one is a kind of the other.
        return self.graph.add(
            self.graph.iri("event", event.code), ["cv:LifeEvent", "cv:Event"],
            dct__identifier=event.code, dct__title=cpsv_ap.lang_strings(self._listed(event)),
        )  # fmt: skip

    def _channel(self, key, channel, sheet):
        return self.graph.add(
            self.graph.iri(*key, "channel", channel.code), ["cv:Channel"],
            dct__identifier="/".join((*filter(None, key), "channel", channel.code)),
            dct__type=self._concept("channel-type", channel),
            dct__description=cpsv_ap.lang_strings(self._listed(channel)),
            cv__ownedBy=[self.commune],
            foaf__page=self._page(sheet.online_link) if channel.code == "online" else None,
        )  # fmt: skip

    def _page(self, address):
        if not (address or "").startswith(("https://", "http://")):
            return None
        return [self.graph.add(address, ["foaf:Document"])]

    def _evidence(self, key, rank, piece, requirements):
        """Write one paper; one that is needed in certain cases alone belongs to a requirement that names the case.

        :return: references to the paper and to its type
        """
        graph, identifier = self.graph, "/".join((*filter(None, key), "piece", str(rank)))
        form = graph.add(
            graph.iri("form", piece.form), ["skos:Concept"],
            skos__notation=piece.form, skos__prefLabel=cpsv_ap.lang_strings(self._form_words(piece)),
        )  # fmt: skip
        kind = graph.add(
            graph.iri(*key, "piece-type", rank), ["cv:EvidenceType"],
            dct__identifier=f"{identifier}/type", cv__evidenceTypeClassification=[form],
        )  # fmt: skip
        iri = graph.iri(*key, "piece", rank)
        supported = []
        if piece.condition_ids:
            supported.append(
                graph.add(
                    graph.iri(*key, "case", rank), ["cv:Requirement"],
                    dct__identifier=f"{identifier}/case",
                    dct__title=cpsv_ap.lang_strings(self._condition(piece)),
                    cv__hasSupportingEvidence=[{"@id": iri}],
                )
            )  # fmt: skip
            requirements.extend(supported)
        paper = graph.add(
            iri, ["cv:Evidence"],
            dct__identifier=identifier,
            dct__title=cpsv_ap.lang_strings(piece._export_texts("name")),
            dct__description=cpsv_ap.lang_strings(piece._export_texts("note")),
            dct__type=form,
            dct__conformsTo=[kind],
            cv__supportsRequirement=supported,
        )  # fmt: skip
        return paper, kind

    def _form_words(self, piece):
        return {
            short: dict(piece._fields["form"]._description_selection(piece.with_context(lang=code).env))[piece.form]
            for code, short in (("ar_MA", "ar"), ("fr_MA", "fr"))
        }

    def _condition(self, line):
        """Return when a line concerns somebody, in each language in which all of it is written."""
        found = {}
        for lang in ("ar", "fr", "zgh"):
            parts = []
            for question, answers in line.condition_ids.grouped("question_id").items():
                texts = [one._export_texts("name").get(lang) for one in (question, *answers)]
                parts.append(texts if all(texts) else None)
            if parts and None not in parts:
                found[lang] = " · ".join(f"{texts[0]} {' / '.join(texts[1:])}" for texts in parts)
        return found or {"ar": "—"}

    def _cost(self, key, rank, fee, channels):
        identifier = "/".join((*filter(None, key), "fee", str(rank)))
        return self.graph.add(
            self.graph.iri(*key, "fee", rank), ["cv:Cost"],
            dct__identifier=identifier,
            dct__description=cpsv_ap.lang_strings(
                fee._export_texts("name"), self._condition(fee) if fee.condition_ids else {}
            ),
            cv__hasValue=cpsv_ap.amount(fee.amount) if fee.amount_known else None,
            cv__currency=self.graph.add(cpsv_ap.DIRHAM, ["skos:Concept"]) if fee.amount_known else None,
            cv__ifAccessedThrough=channels.get(fee.channel_id.code),
        )  # fmt: skip

    def _law(self, key, rank, law):
        return self.graph.add(
            self.graph.iri(*key, "law", rank), ["eli:LegalResource"],
            dct__identifier=law.reference,
            dct__title=cpsv_ap.lang_strings(law._export_texts("name")),
            dct__bibliographicCitation=law.article,
            dct__issued=self._day(law.dated),
            foaf__page=self._page(law.url),
        )  # fmt: skip

    def _rule(self, regime):
        title = self._listed(regime)
        units = {
            short: regime.with_context(lang=code).env._("%(days)s working days at most", days=regime.days)
            if regime.unit == "working"
            else regime.with_context(lang=code).env._("%(days)s days at most", days=regime.days)
            for code, short in (("ar_MA", "ar"), ("fr_MA", "fr"))
        }
        return self.graph.add(
            self.graph.iri("rule", regime.code), ["cpsv:Rule"],
            dct__identifier=regime.code,
            dct__title=cpsv_ap.lang_strings(title),
            dct__description=cpsv_ap.lang_strings(units, self._listed(regime, "source_text")),
        )  # fmt: skip

    def _output(self, key, sheet):
        title = sheet._export_texts("output_name")
        if not title:
            return []
        return [
            self.graph.add(
                self.graph.iri(*key, "output"), ["cv:Output"],
                dct__identifier="/".join((*filter(None, key), "output")),
                dct__title=cpsv_ap.lang_strings(title),
                dct__description=cpsv_ap.lang_strings(sheet._export_texts("output_validity")),
            )
        ]  # fmt: skip
