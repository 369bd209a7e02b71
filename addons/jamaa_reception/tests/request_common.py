"""A commune with two services, its people, and a procedure whose sheet asks for papers."""

from datetime import date

from .common import SAMPLE, ReceptionCase

PIECES = [
    {"name": {"ar": "البطاقة الوطنية", "fr": "Carte nationale"}, "form": "shown", "pictogram": "id_card"},
    {"name": {"ar": "عقد الكراء", "fr": "Contrat de bail"}, "form": "copy"},
    {"name": {"ar": "نسخة من السجل", "fr": "Extrait du registre"}, "form": "copy", "held_by_us": True},
    {"name": {"ar": "الوكالة", "fr": "Procuration"}, "form": "original", "when": ["who.proxy", "paper.yes"]},
]
NAME = "Fatima Example"
KEY = "0123456789abcdef0123456789abcdef"


class RequestCase(ReceptionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Request = cls.env["jamaa.procedure.request"]
        cls.env["res.company"]._cron_prepare_sequences()
        Department = cls.env["hr.department"]
        cls.service = Department.create({"name": "Permits", "company_id": cls.here.id})
        cls.other_service = Department.create({"name": "Taxes", "company_id": cls.here.id})
        cls.head = cls._make_user("t_head", "jamaa_base.group_service_head")
        cls.worker = cls._make_user("t_worker", "jamaa_base.group_service_agent")
        cls.other_worker = cls._make_user("t_other_worker", "jamaa_base.group_service_agent")
        cls.supervisor = cls._make_user("t_supervisor", "jamaa_base.group_site_supervisor")
        cls.second_agent = cls._make_user("t_agent_2", "jamaa_base.group_reception_agent")
        cls.far_agent = cls._make_user("t_far_agent", "jamaa_base.group_reception_agent", company=cls.there)
        head = cls._make_employee(cls.head, cls.service)
        cls.service.manager_id = head
        cls._make_employee(cls.worker, cls.service)
        cls._make_employee(cls.other_worker, cls.other_service)
        cls._make_employee(cls.agent, site=cls.headquarters)
        cls._make_employee(cls.supervisor, site=cls.headquarters)
        cls._make_employee(cls.second_agent, site=cls.annex)
        cls._make_regime("test_receipt", days=30, extension_days=15)
        cls._make_regime("test_complete", days=10, start_event="complete")
        cls.procedure = cls._asking("test_receipt", code="permit-test")

    @classmethod
    def _make_employee(cls, user, department=None, site=None):
        return cls.env["hr.employee"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "company_id": cls.here.id,
                "department_id": department.id if department else False,
                "site_id": site.id if site else False,
            }
        )

    @classmethod
    def _make_regime(cls, code, **vals):
        values = {
            "name": code,
            "code": code,
            "nature": "legal",
            "unit": "calendar",
            "valid_from": date(2020, 1, 1),
            "source_text": "For the tests.",
            "alert_days": 5,
        }
        return cls.env["jamaa.legal.regime"].create({**values, **vals})

    @classmethod
    def _asking(cls, regime, effect="agreement", **changes):
        """A published procedure of the service, under a rule of time."""
        sheet = {
            **SAMPLE["sheet"],
            "pieces": PIECES,
            "regime": regime,
            "silence": {"effect": effect},
            "appeal": {"ar": "التظلم أمام الرئيس.", "fr": "Recours devant le président."},
        }
        procedure = cls._published(sheet=sheet, **changes)
        procedure.department_id = cls.service
        return procedure

    @classmethod
    def _counter(cls, user=None):
        user = user or cls.agent
        return cls.env["jamaa.reception.counter"].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)

    @classmethod
    def _as(cls, user, record):
        return record.with_user(user).with_context(allowed_company_ids=user.company_ids.ids).sudo(False)

    @classmethod
    def _own(cls, procedure=None):
        """The answers of somebody who comes for himself."""
        question = (procedure or cls.procedure).sheet_id.question_ids[0]
        return {question.id: question.answer_ids[0].id}

    @classmethod
    def _take(cls, brought=2, procedure=None, user=None, identity=None, **values):
        """Take a request at the headquarters with the first pieces of the sheet brought."""
        procedure = procedure or cls.procedure
        return cls._as(
            user or cls.agent,
            cls.Request.with_user(user or cls.agent)._take(
                cls.here,
                procedure,
                {
                    "answers": cls._own(procedure),
                    "pieces": procedure.sheet_id.piece_ids[:brought].ids,
                    "site_id": cls.headquarters.id,
                    "insisted": brought < 2,
                    "lang": "fr_MA",
                    **values,
                },
                {"name": NAME, **(identity or {})},
            ),
        )

    @classmethod
    def _decided(cls, request=None, outcome="granted", reason="", **values):
        """Record a signed decision, by the service."""
        request = request or cls._take()
        cls._as(cls.worker, request)._decide(
            outcome, reason, cls.president_holder, cls.Request._commune_today(), **values
        )
        return request
