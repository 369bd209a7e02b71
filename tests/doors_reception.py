"""One request and everything reception keeps, with a row in every model, and who tries to read them."""

import base64
from types import SimpleNamespace

from doors_ways import FACT, WORD

from odoo import Command

from odoo.addons.jamaa_base.tests import sound_samples
from odoo.addons.jamaa_reception.tests.request_common import RequestCase

#: The vault's: no role finds them in any field.
IDENTITY = {"name": "Zineb Essaidi", "national_id": "ZX998877", "phone": "+212612345678", "email": "z.e@example.org"}
VAULT = tuple(value.lower() for value in IDENTITY.values())


class ReceptionDoorsCase(RequestCase):
    """`rows` has the rows by model; `people` who asks, by who they are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        role = "jamaa_base.group_{}".format
        cls.procedure.name = f"Permit {WORD}"
        # one paper short, so that a reason can be written why it is not needed
        cls.case = cls._take(brought=1, identity=IDENTITY, desk=WORD).sudo()
        cls.case.write({"note": FACT, "decision_reason": FACT, "user_id": cls.worker.id})
        cls.people = {
            "a clerk of another site": cls.second_agent,
            "an agent of another service": cls.other_worker,
            "a clerk of another commune": cls.far_agent,
            "an editor of another commune": cls.stranger,
            "a council member": cls._make_user("t_doors_council", role("council_member")),
            "the auditor": cls._make_user("t_doors_auditor", role("auditor")),
            "the programme": cls._make_user("t_doors_prog", role("programme_team"), company=cls.programme_company),
            "the registry": cls.clerk,
            "a citizen with a login": cls._make_user("t_doors_citizen", "base.group_portal"),
            "the public": cls.env.ref("base.public_user"),
        }
        cls.handling = cls.agent | cls.worker | cls.head | cls.supervisor | cls.director_user | cls.editor
        staff = cls.handling | cls.clerk | cls.second_agent | cls.other_worker | cls.far_agent | cls.stranger
        for who in ("a council member", "the auditor", "the programme"):
            staff |= cls.people[who]
        staff.write({"group_ids": [Command.link(cls.env.ref("base.group_allow_export").id)]})
        cls.rows = cls._furnish()
        cls.env.flush_all()

    @classmethod
    def _furnish(cls):
        """Put a row into every model there is; a model without a row fails `test_every_model_has_a_row`."""
        case, today = cls.case, cls.today
        made = SimpleNamespace(rows={"jamaa.procedure.request": case})

        def add(model, /, **vals):
            row = cls.env[model].sudo().create(vals)
            made.rows[model] = made.rows.get(model, row.browse()) | row
            return row

        case.piece_ids.filtered(lambda one: one.state == "missing")[:1].write({"state": "waived", "waive_reason": FACT})
        case._add_milestone("insisted", note=FACT)
        made.rows["jamaa.procedure.request.piece"] = case.piece_ids
        made.rows["jamaa.procedure.request.milestone"] = case.milestone_ids
        add("jamaa.procedure.request.alert", request_id=case.id, step="early", due_date=today, told_on=today)
        report = cls.env["jamaa.piece.report"]._from_public(cls.here, cls.procedure, FACT, FACT, request=case)
        made.rows["jamaa.piece.report"] = report
        cls._furnish_around(case, add, made)
        cls._furnish_catalogue(add, made)
        cls._furnish_log(add, made)
        return made.rows

    @classmethod
    def _furnish_around(cls, case, add, made):
        """What hangs on a request by model and id."""
        here = {"res_model": case._name, "res_id": case.id}
        made.rows["jamaa.complainant"] = case.complainant_id
        add("jamaa.satisfaction", company_id=cls.here.id, topic="reception", value=1, comment=FACT, **here)
        add("jamaa.retention.hold", company_id=cls.here.id, reason=WORD, **here)
        made.rows["jamaa.mail.entry"] = cls.env["jamaa.mail.entry"]._register_incoming(
            cls.here, {"correspondent": WORD, "subject": WORD, **here}
        )
        message = case.message_post(
            body=f"Note {FACT}", author_id=cls.worker.partner_id.id, partner_ids=cls.head.partner_id.ids
        )
        tracked = cls.env["ir.model.fields"]._get(case._name, "number")
        add("mail.tracking.value", mail_message_id=message.id, field_id=tracked.id, old_value_char=FACT)
        made.rows["mail.message"] = case.message_ids
        made.rows["mail.notification"] = message.notification_ids
        add("mail.mail", subject=FACT, body_html=FACT, model=case._name, res_id=case.id, mail_message_id=message.id)
        add(
            "mail.scheduled.message",
            model=case._name,
            res_id=case.id,
            author_id=cls.worker.partner_id.id,
            body=FACT,
            scheduled_date="2099-01-01 10:00:00",
        )
        case.message_subscribe(cls.worker.partner_id.ids)
        made.rows["mail.followers"] = case.message_follower_ids
        made.rows["mail.activity"] = case.activity_schedule(
            "mail.mail_activity_data_todo", user_id=cls.worker.id, summary=f"Call {FACT}"
        )
        add("ir.attachment", name=FACT, raw=FACT.encode(), **here)
        cls.env.flush_all()
        entries = cls.env["jamaa.register.entry"].sudo()
        made.rows["jamaa.register.entry"] = entries.search([("res_model", "=", case._name), ("res_id", "=", case.id)])

    @classmethod
    def _furnish_catalogue(cls, add, made):
        """The sheet with its lines, and what is kept about it."""
        sheet = cls.procedure.sheet_id.sudo()
        made.rows |= {
            "jamaa.procedure": cls.procedure.sudo(),
            "jamaa.procedure.sheet": sheet,
            "jamaa.procedure.step": sheet.step_ids,
            "jamaa.procedure.question": sheet.question_ids,
            "jamaa.procedure.answer": sheet.question_ids.answer_ids,
            "jamaa.procedure.piece": sheet.piece_ids,
            "jamaa.procedure.fee": sheet.fee_ids,
            "jamaa.procedure.legal": sheet.legal_ids,
            "jamaa.procedure.access": sheet.access_ids,
            "jamaa.procedure.site": cls.procedure.sudo().site_line_ids,
            "jamaa.procedure.word": cls.procedure.sudo().word_ids,
            "jamaa.procedure.review": sheet.review_ids,
        }
        notice = cls.env["jamaa.procedure.notice"].sudo().search([("sheet_id", "=", sheet.id)])
        notice = notice or add(
            "jamaa.procedure.notice", sheet_id=sheet.id, procedure_id=cls.procedure.id, company_id=cls.here.id,
            date=cls.today,
        )  # fmt: skip
        made.rows["jamaa.procedure.notice"] = notice
        made.rows["jamaa.procedure.notice.receipt"] = notice.receipt_ids.filtered(lambda one: one.user_id == cls.agent)
        if not made.rows["jamaa.procedure.notice.receipt"]:
            add("jamaa.procedure.notice.receipt", notice_id=notice.id, user_id=cls.agent.id)
        add("jamaa.procedure.remark", sheet_id=sheet.id, lang="fr", place="summary", kind="passive", found=WORD)
        test = add("jamaa.procedure.reader.test", sheet_id=sheet.id, not_understood=WORD)
        add("jamaa.procedure.reader.group", test_id=test.id)
        add("jamaa.procedure.reader.task", test_id=test.id, name=WORD)
        add("jamaa.procedure.clarity", sheet_id=sheet.id, lang="fr_MA", value="unclear", what="words", comment=WORD)
        add("jamaa.search.miss", company_id=cls.here.id, text=WORD, lang="fr_MA")
        add("jamaa.plain.word", word=WORD, instead=WORD, lang="fr", company_id=cls.here.id)
        audio = add(
            "jamaa.procedure.audio",
            sheet_id=sheet.id,
            part="summary",
            variety="ar",
            sound=base64.b64encode(sound_samples.ogg(2)),
            consent=True,
        )
        made.rows["jamaa.procedure.audio.play"] = cls.env["jamaa.procedure.audio.play"].sudo().create(
            {"company_id": cls.here.id, "procedure_id": cls.procedure.id, "part": audio.part, "variety": "ar",
             "day": cls.today}
        )  # fmt: skip
        cls.env.flush_all()
        gaps = cls.env["jamaa.procedure.access.gap"].sudo()
        made.rows["jamaa.procedure.access.gap"] = gaps.search([("procedure_id", "=", cls.procedure.id)])

    @classmethod
    def _furnish_log(cls, add, made):
        """Visits and desks, trainings, studies of proximity."""
        here = {"company_id": cls.here.id}
        desk = add(
            "jamaa.desk",
            name=WORD,
            site_id=cls.headquarters.id,
            kind_id=cls.env.ref("jamaa_reception.desk_kind_civil_status").id,
            procedure_ids=cls.procedure.ids,
            **here,
        )
        cls.desk = desk
        made.rows["jamaa.reception.precheck"] = cls.env["jamaa.reception.precheck"].sudo()._note(
            cls.here, cls.procedure.sheet_id, cls.headquarters, cls.procedure.sheet_id.piece_ids[:1], "slip"
        )  # fmt: skip
        act = cls.env.ref("jamaa_reception.reception_act_signature")
        add("jamaa.reception.visit", site_id=cls.headquarters.id, what="act", act_id=act.id, date=cls.today, **here)
        add("jamaa.reception.training", name=WORD, desk_ids=desk.ids, procedure_ids=cls.procedure.ids, **here)
        study = add("jamaa.proximity.study", name=WORD, **here)
        add("jamaa.proximity.demand", study_id=study.id, quarter=WORD, procedure_id=cls.procedure.id,
            site_id=cls.annex.id, people=10)  # fmt: skip
        add("jamaa.proximity.option", study_id=study.id, name=WORD)
        add("jamaa.proximity.task", study_id=study.id, name=WORD, site_id=cls.headquarters.id)
        add("jamaa.proximity.figure", study_id=study.id, note=WORD)
