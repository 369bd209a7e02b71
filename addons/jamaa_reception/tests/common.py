from odoo.addons.jamaa_base.tests.common import CommuneCase

#: A procedure with a question in every place where one can stand, in the exchange format.
SAMPLE = {
    "format": "jamaa-procedure/1",
    "code": "civil-test-extract",
    "name": {"ar": "نسخة موجزة للتجربة", "fr": "Extrait d'essai"},
    "life_events": ["birth"],
    "audiences": ["resident"],
    "words": ["لاكارط", "extrait"],
    "sites": {"done": ["headquarters"], "not_here": ["annex"]},
    "sheet": {
        "summary": {"ar": "وثيقة للتجربة.", "fr": "Un papier d'essai."},
        "steps": [{"text": {"ar": "اذهب إلى المكتب.", "fr": "Allez au bureau."}, "pictogram": "counter"}],
        "questions": [
            {
                "key": "who",
                "text": {"ar": "من يطلبها؟", "fr": "Qui la demande ?"},
                "answers": [
                    {"key": "self", "text": {"ar": "أنا", "fr": "Moi"}},
                    {"key": "proxy", "text": {"ar": "وكيل", "fr": "Un mandataire"}},
                ],
            },
            {
                "key": "paper",
                "text": {"ar": "هل لديك وكالة؟", "fr": "Avez-vous une procuration ?"},
                "when": ["who.proxy"],
                "answers": [
                    {"key": "yes", "text": {"ar": "نعم", "fr": "Oui"}},
                    {"key": "no", "text": {"ar": "لا", "fr": "Non"}},
                ],
            },
        ],
        "pieces": [
            {"name": {"ar": "البطاقة الوطنية", "fr": "Carte nationale"}, "form": "shown"},
            {"name": {"ar": "الوكالة", "fr": "Procuration"}, "form": "original", "when": ["who.proxy", "paper.yes"]},
        ],
        "fees": [{"label": {"ar": "تنبر", "fr": "Timbre"}, "amount": 2, "channel": "counter", "legal": "37-99"}],
        "silence": {"effect": "none"},
        "channels": ["counter"],
        "legal": [{"name": {"ar": "قانون الحالة المدنية", "fr": "Loi"}, "reference": "37-99", "dated": "2002-10-03"}],
        "access": [{"category": "elderly", "how": {"ar": "الأسبقية.", "fr": "Priorité."}}],
    },
}


class ReceptionCase(CommuneCase):
    """The communes of jamaa_base's tests, ``here`` with a headquarters, an annexe and its people of the catalogue."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Site = cls.env["jamaa.site"]
        cls.headquarters = Site.search([("company_id", "=", cls.here.id), ("kind", "=", "headquarters")])
        cls.headquarters = cls.headquarters or Site.create(
            {"name": "Headquarters", "kind": "headquarters", "company_id": cls.here.id}
        )
        cls.annex = Site.create({"name": "Annexe", "kind": "annex", "company_id": cls.here.id})
        cls.editor = cls._make_user("t_editor", "jamaa_base.group_catalogue_editor")
        cls.second_editor = cls._make_user("t_editor_2", "jamaa_base.group_catalogue_editor")
        cls.agent = cls._make_user("t_agent", "jamaa_base.group_reception_agent")
        cls.stranger = cls._make_user("t_stranger", "jamaa_base.group_catalogue_editor", company=cls.there)

    @classmethod
    def _procedure(cls, commune=None, **changes):
        """Make the sample procedure, its sheet in preparation."""
        return cls.env["jamaa.procedure"]._import_procedure(
            {**SAMPLE, **changes}, cls.here if commune is None else commune
        )

    @classmethod
    def _published(cls, commune=None, **changes):
        """Make the sample procedure with a published sheet."""
        procedure = cls._procedure(commune, **changes)
        procedure.draft_sheet_id.action_submit()
        procedure.draft_sheet_id.action_publish()
        return procedure
