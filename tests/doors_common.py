"""One case with something in every model that can hold a word of it, and who tries to read it."""

import base64
from types import SimpleNamespace

from attack_common import AttackCase
from doors_ways import FACT, WORD

from odoo import Command

from odoo.addons.jamaa_complaints.tests.common import IDENTITY, picture
from odoo.addons.jamaa_complaints.tools.filed_papers import Paper

#: The vault's, and beside them no role finds them in any field.
VAULT = tuple(value.lower() for value in IDENTITY.values())

#: Models that hold something of a case by model and id instead of a link of their own.
BY_MODEL_AND_ID = {
    "ir.attachment": "res_model",
    "jamaa.act": "res_model",
    "jamaa.complainant": "res_model",
    "jamaa.mail.entry": "res_model",
    "jamaa.register.entry": "res_model",
    "jamaa.retention.hold": "res_model",
    "jamaa.satisfaction": "res_model",
    "mail.activity": "res_model",
    "mail.followers": "res_model",
    "mail.mail": "model",
    "mail.message": "model",
    "mail.scheduled.message": "model",
}
#: Those that hang on one of the others.
ONE_FURTHER = {
    "jamaa.complaint.audit.finding",
    "jamaa.complaint.order.step",
    "jamaa.identity.reveal",
    "mail.notification",
    "mail.tracking.value",
}


class DoorsCase(AttackCase):
    """`rows` has the rows of the case by model; `people` who asks, by who they are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.photo = picture(77)
        cls.case = cls._lodge(
            photos=[cls.photo], subject=f"Lamp {FACT}", facts=f"The lamp is out {FACT}.", place_text=f"Street {FACT}"
        )
        cls.case.sudo().write(
            {
                "service_id": cls.lighting.id,
                "user_id": cls.agent.id,
                "answer": f"It is mended {FACT}.",
                "outcome": "solved",
                "answer_reasons": FACT,
            }
        )
        role = "jamaa_base.group_{}".format
        cls.contact = cls._make_user("t_doors_contact", role("data_protection"))
        cls.people = {
            "a clerk of another service": cls.other_agent,
            "a clerk of another commune": cls.officer_there,
            "the programme": cls.programme_user,
            "a council member": cls.council_member,
            "the auditor": cls.auditor,
            "the registry": cls.clerk,
            "the reception": cls.receptionist,
            "a plain employee": cls.plain,
            "citizen B": cls.portal_user,
            "the public": cls.env.ref("base.public_user"),
        }
        #: Whoever may be complained of: each had the case before them.
        cls.accused = (
            cls.agent | cls.officer | cls.head | cls.president_user | cls.director_user | cls.auditor | cls.clerk
        ) | cls.contact
        staff = cls.accused | cls.other_agent | cls.officer_there | cls.programme_user | cls.council_member
        staff.write({"group_ids": [Command.link(cls.env.ref("base.group_allow_export").id)]})
        cls.rows = cls._furnish()
        cls.env.flush_all()

    @classmethod
    def _furnish(cls):
        """Put a row of the case into every model there is; a model without a row fails `test_every_model_has_a_row`."""
        case, today = cls.case.sudo(), cls.today
        made = SimpleNamespace(rows={"helpdesk.ticket": case})

        def add(model, /, **vals):
            row = cls.env[model].sudo().create(vals)
            made.rows[model] = made.rows.get(model, row.browse()) | row
            return row

        def of_case(model, **vals):
            return add(model, case_id=case.id, **vals)

        twin = cls._lodge(subject=f"Twin {FACT}", facts=FACT, place_text=FACT)
        twin.sudo().write({"duplicate_id": case.id, "service_id": cls.lighting.id})
        made.rows["helpdesk.ticket"] |= twin.sudo()
        case._add_milestone("called", note=WORD)
        made.rows["jamaa.complaint.milestone"] = case.milestone_ids
        of_case("jamaa.complaint.hold", date_from=today, reason=WORD)
        of_case("jamaa.complaint.alert", step="late", due_date=today, date=today, user_ids=cls.agent.ids)
        of_case("jamaa.complaint.appeal", round_number=1, words=WORD, appealed_on=today)
        of_case("jamaa.complaint.cycle", number=1, started_on=today, answered_on=today, answer=WORD)
        of_case("jamaa.complaint.promise", what=WORD, due_on=today)
        of_case("jamaa.complaint.publication", title_fr=WORD, text_fr=WORD)
        mandate = cls.env["jamaa.complaint.mandate"]._give(
            case,
            {"kind": "association", "consent_on": today, "consent_how": "paper"},
            {"name": IDENTITY["name"]},
            Paper(cls.photo.data, "image/jpeg", "jpg"),
        )
        made.rows["jamaa.complaint.mandate"] = mandate
        order = of_case(
            "jamaa.complaint.order",
            number="OI-1",
            name=WORD,
            details=WORD,
            place=WORD,
            service_id=cls.lighting.id,
            issued_on=today,
            due_date=today,
        )
        add("jamaa.complaint.order.step", order_id=order.id, code="issued", note=WORD)
        of_case("jamaa.complaint.mail.aside", company_id=cls.here.id, reason="auto", subject=WORD)
        made.rows["jamaa.complaint.mail.aside"].mail_file = base64.b64encode(f"Subject: {FACT}".encode())
        of_case("jamaa.sms", company_id=cls.here.id, text=WORD)
        register = cls.env["jamaa.complaint.import"].sudo().create({"company_id": cls.here.id})
        of_case("jamaa.complaint.import.line", import_id=register.id, row=2, key="x", state="done", problems=WORD)
        audit = cls.env["jamaa.complaint.audit"].sudo().create(
            {"company_id": cls.here.id, "date_from": today, "date_to": today}
        )  # fmt: skip
        item = of_case("jamaa.complaint.audit.item", audit_id=audit.id, number=case.case_number, call_note=WORD)
        add("jamaa.complaint.audit.finding", audit_id=audit.id, item_id=item.id, text=WORD)
        cls.audit = audit
        group = add("jamaa.complaint.group", name=WORD, company_id=cls.here.id, answer_fr=WORD)
        case.collective_id = group
        group.lead_case_id = case
        cls._furnish_around(case, add, made)
        return made.rows

    @classmethod
    def _furnish_around(cls, case, add, made):
        """What hangs on a case by model and id, and what hangs on that."""
        here = {"res_model": "helpdesk.ticket", "res_id": case.id}
        made.rows["jamaa.complainant"] = case.complainant_id
        add("jamaa.satisfaction", company_id=cls.here.id, topic="complaint", value=1, comment=WORD, **here)
        add("jamaa.retention.hold", company_id=cls.here.id, reason=WORD, **here)
        made.rows["jamaa.mail.entry"] = cls.env["jamaa.mail.entry"]._register_incoming(
            cls.here, {"correspondent": WORD, "subject": WORD, **here}
        )
        act = cls.env["jamaa.act"].sudo().create({"company_id": cls.here.id, "kind_id": cls.letter.id, "title": WORD})
        act.write(here)
        made.rows["jamaa.act"] = act
        reveal = cls.env["jamaa.identity.reveal"].with_user(cls.officer)
        look = reveal.create({"complainant_id": case.complainant_id.id, "reason": f"To call back about {WORD}"})
        made.rows["jamaa.identity.reveal"] = look.sudo()
        tracked = cls.env["ir.model.fields"]._get("helpdesk.ticket", "name")
        message = case.message_post(
            body=f"Note {FACT}", author_id=cls.agent.partner_id.id, partner_ids=cls.officer.partner_id.ids
        )
        add("mail.tracking.value", mail_message_id=message.id, field_id=tracked.id, old_value_char=FACT)
        made.rows["mail.message"] = case.message_ids
        made.rows["mail.notification"] = message.notification_ids
        add(
            "mail.mail",
            subject=FACT,
            body_html=FACT,
            model="helpdesk.ticket",
            res_id=case.id,
            mail_message_id=message.id,
        )
        add(
            "mail.scheduled.message",
            model="helpdesk.ticket",
            res_id=case.id,
            author_id=cls.agent.partner_id.id,
            body=FACT,
            scheduled_date="2099-01-01 10:00:00",
        )
        case.message_subscribe(cls.agent.partner_id.ids)
        made.rows["mail.followers"] = case.message_follower_ids
        made.rows["mail.activity"] = case.activity_schedule(
            "mail.mail_activity_data_todo", user_id=cls.agent.id, summary=f"Call {FACT}"
        )
        files = cls.env["ir.attachment"].sudo()
        made.rows["ir.attachment"] = files.search([("res_model", "=", "helpdesk.ticket"), ("res_id", "=", case.id)])
        cls.env.flush_all()
        made.rows["jamaa.register.entry"] = (
            cls.env["jamaa.register.entry"].sudo().search([("res_model", "=", case._name), ("res_id", "=", case.id)])
        )

    def _close_to_the_accused(self):
        """Close the case, and its twin, to whom it is about."""
        for case in self.rows["helpdesk.ticket"]:
            case.with_user(self.env.ref("base.user_root")).write({"locked_user_ids": [Command.set(self.accused.ids)]})
        self.env.flush_all()
        self.env.invalidate_all()
