"""Recordings of sheets: whose they are, which text they are of, what a new version keeps."""

import base64
from unittest.mock import patch

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.jamaa_base.tests import sound_samples

from ..tools import synthesiser
from .voice_common import SPOKEN, VoiceCase


@tagged("post_install", "-at_install")
class TestVoice(VoiceCase):
    # ---- a published sheet and its recordings ----

    def test_recorded_after_publication(self):
        audio = self._record("step", self.sheet.step_ids[0])
        self.assertEqual((audio.mimetype, audio.seconds), ("audio/ogg", 2.0))
        self.assertEqual(base64.b64decode(audio.sound), SPOKEN)
        self.assertEqual(audio.company_id, self.here)
        self.assertFalse(audio.stale or audio.provisional)
        self.assertTrue(audio._is_heard())
        # by the sheet's form too, although nothing else of it can be written any more
        vals = {"part": "papers", "variety": "fr", "sound": base64.b64encode(SPOKEN), "consent": True}
        self.sheet.with_user(self.editor).write({"audio_ids": [(0, 0, vals)]})
        self.assertEqual(len(self.sheet.audio_ids), 2)
        with self.assertRaises(UserError):
            self.sheet.with_user(self.editor).write({"audio_ids": [], "summary": "other"})

    @mute_logger("odoo.sql_db")
    def test_no_voice_without_consent(self):
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self._record(consent=False)
        with self.assertRaises(AccessError):
            self._record(consent=False, provisional=True)
        audio = self._record()
        with self.assertRaises(AccessError):
            audio.with_user(self.editor).write({"provisional": True, "consent": False})
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            audio.with_user(self.editor).write({"consent": False})
            self.env.flush_all()

    @mute_logger("odoo.sql_db")
    def test_one_of_each(self):
        self._record()
        self._record(variety="shi")
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self._record()
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self._record("step")
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self._record("summary", self.sheet.step_ids[0], "fr")

    def test_place_and_findings_stay(self):
        audio = self._record()
        for vals in ({"variety": "fr"}, {"part": "papers"}, {"sheet_id": self.sheet.id}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                audio.with_user(self.editor).write(vals)
        for vals in ({"text_hash": "x"}, {"mimetype": "text/html"}, {"digest": "x"}, {"seconds": 1}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                audio.with_user(self.editor).write(vals)
        other = self._published(code="civil-other-extract").sheet_id
        with self.assertRaises(ValidationError):
            self._record("step", other.step_ids[0])

    def test_hostile_files(self):
        huge = sound_samples.wav(400, 8000)
        self.assertGreater(len(huge), 3 * 1024 * 1024)
        for content, words in (
            (b"<html><script>alert(1)</script></html>", "no recording"),
            (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "no recording"),
            (SPOKEN[:-5], "not whole"),
            (huge, "larger than 3 MB"),
            (b"", "Record or choose"),
        ):
            with self.subTest(words=words), self.assertRaisesRegex(UserError, words):
                self._record(sound=base64.b64encode(content))
        with self.assertRaisesRegex(UserError, "no recording"):
            self._record(sound="a")
        audio = self._record()
        with self.assertRaisesRegex(UserError, "no recording"):
            audio.with_user(self.editor).write({"sound": base64.b64encode(b"<html>")})

    # ---- versions ----

    def _next_version(self):
        self.sheet.with_user(self.editor).action_new_version()
        return self.procedure.draft_sheet_id

    def _publish(self, draft):
        draft.action_submit()
        draft.with_user(self.second_editor).action_publish()
        return draft

    def test_a_new_version_keeps_what_was_not_rewritten(self):
        first, second = self.sheet.step_ids
        for step in (first, second):
            for variety in ("ar", "fr"):
                self._record("step", step, variety)
        self._record()
        self._record("papers", variety="fr")
        draft = self._next_version()
        self.assertEqual(len(draft.audio_ids), 6)
        self.assertFalse(any(draft.audio_ids.mapped("stale")))
        # the French words of a step, and one of the papers
        draft.step_ids[0].with_user(self.editor).update_field_translations("name", {"fr_MA": "Venez au bureau."})
        draft.piece_ids[0].count = 2
        stale = draft.audio_ids.filtered("stale")
        self.assertEqual({(one.part, one.variety) for one in stale}, {("step", "fr"), ("papers", "fr")})
        self.assertEqual(stale.step_id, draft.step_ids[0])
        self._publish(draft)
        self.assertEqual(len(draft.audio_ids), 6)
        values = draft._audio_values("fr")
        self.assertIsNone(values["papers"])
        self.assertEqual(values["steps"][draft.step_ids[0].id]["name"], "Arabic")
        self.assertEqual(values["steps"][draft.step_ids[1].id]["name"], "French")
        # recorded again, it is heard
        stale.filtered(lambda one: one.part == "papers").with_user(self.editor).write(
            {"sound": base64.b64encode(sound_samples.ogg(4))}
        )
        self.assertEqual(draft._audio_values("fr")["papers"]["length"], "0:04")

    def test_steps_in_another_order_keep_their_voices(self):
        self._record("step", self.sheet.step_ids[0])
        draft = self._next_version()
        draft.audio_ids.with_user(self.editor).unlink()
        draft.step_ids[0].sequence = 50
        self._publish(draft)
        self.assertEqual(draft.audio_ids.step_id.name, self.sheet.step_ids[0].name)

    def test_recorded_while_the_new_version_was_written(self):
        self._provisional()
        draft = self._next_version()
        voice = self.sheet.audio_ids
        voice.with_user(self.editor).write({"sound": base64.b64encode(sound_samples.ogg(5)), "consent": True})
        late = self._record("papers")
        self.assertFalse(voice.provisional)
        self._publish(draft)
        self.assertEqual(draft.audio_ids.mapped("digest"), [late.digest, voice.digest])
        self.assertFalse(any(draft.audio_ids.mapped("provisional")))

    def test_a_replaced_sheet_takes_no_voice(self):
        audio = self._record()
        self._publish(self._next_version())
        self.assertFalse(audio._is_heard())
        with self.assertRaisesRegex(UserError, "was replaced"):
            self._record("papers")
        with self.assertRaisesRegex(UserError, "was replaced"):
            audio.with_user(self.editor).write({"department_id": False})

    def test_a_voice_taken_back_is_gone_everywhere(self):
        audio = self._record()
        self._record("papers", sound=base64.b64encode(sound_samples.ogg(9)))
        draft = self._publish(self._next_version())
        audio.with_user(self.editor).action_withdraw()
        self.assertEqual((self.sheet.audio_ids | draft.audio_ids).mapped("part"), ["papers", "papers"])

    # ---- the text ----

    def test_script(self):
        self._record("step", self.sheet.step_ids[1], "fr")
        script = self.sheet.with_user(self.editor).voice_script("fr")
        self.assertEqual(
            [(line["part"], line["dir"], bool(line["audio"])) for line in script["lines"]],
            [("summary", "ltr", False), ("step", "ltr", False), ("step", "ltr", True), ("papers", "ltr", False)],
        )
        self.assertEqual(script["lines"][1]["text"], ["Allez au bureau."])
        self.assertEqual(len(script["lines"][3]["text"]), 2)
        # standard Amazigh is not written yet: its readers have the Arabic text before them
        line = self.sheet.with_user(self.editor).voice_script("shi")["lines"][1]
        self.assertEqual((line["text"], line["dir"]), (["اذهب إلى المكتب."], "rtl"))
        self.assertEqual(self.sheet.with_user(self.editor).voice_script("<script>")["variety"], "ar")
        for user in (self.agent, self.stranger, self.president_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.sheet.with_user(user).voice_script("ar")
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.sheet.with_user(user).action_record()

    def test_nothing_to_read(self):
        draft = self._procedure(code="civil-empty").draft_sheet_id
        draft.piece_ids.unlink()
        with self.assertRaisesRegex(UserError, "no text"):
            self._record("papers", sheet=draft)

    # ---- doors ----

    def test_who_may(self):
        audio = self._record()
        self.assertEqual(audio.with_user(self.agent).read(["variety"])[0]["variety"], "ar")
        for user in (self.agent, self.director_user, self.president_user):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self._record("papers", user=user)
                for call in (
                    lambda user=user: audio.with_user(user).write({"consent": True}),
                    audio.with_user(user).unlink,
                    audio.with_user(user).action_withdraw,
                ):
                    with self.assertRaises(AccessError):
                        call()
        with self.assertRaises(AccessError):
            audio.with_user(self.stranger).read(["sound"])
        with self.assertRaises(AccessError):
            self._record("papers", user=self.stranger)
        shared = self._procedure(commune=self.env["res.company"], code="civil-shared").draft_sheet_id
        with self.assertRaises(AccessError):
            self._record(sheet=shared)
        for user in (self.editor, self.admin_user):
            plays = self.env["jamaa.procedure.audio.play"].with_user(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                plays.create({"company_id": self.here.id, "procedure_id": self.procedure.id})

    def test_plays_of_another_commune(self):
        audio = self._record()
        plays = self.env["jamaa.procedure.audio.play"]
        plays._note(audio, "192.0.2.1")
        self.assertEqual(plays.with_user(self.editor).search_count([("procedure_id", "=", self.procedure.id)]), 1)
        self.assertFalse(plays.with_user(self.stranger).search([]))
        with self.assertRaises(AccessError):
            plays.with_user(self.agent).search([])
        self.assertFalse({"create_date", "create_uid", "write_date"} & set(plays._fields) & set(plays.fields_get()))

    # ---- what the page gets ----

    def test_values_for_the_page(self):
        self._provisional()
        self._record(variety="shi")
        self._record("papers", variety="ary")
        values = self.sheet._audio_values("ar")
        self.assertEqual([one["code"] for one in values["varieties"]], ["ar", "ary", "shi"])
        self.assertEqual(values["variety"], "ar")
        self.assertTrue(values["summary"]["provisional"])
        self.assertFalse(values["papers"]["provisional"])
        chosen = self.sheet._audio_values("ar", "shi")
        self.assertEqual((chosen["variety"], chosen["summary"]["html"]), ("shi", "shi"))
        self.assertEqual(chosen["papers"]["html"], "ary")
        self.assertEqual(self.sheet._audio_values("ar", "<script>")["variety"], "ar")
        self.sheet.action_withdraw()
        values = self.sheet._audio_values("ar")
        self.assertEqual((values["variety"], values["summary"], values["steps"]), ("", None, {}))

    def test_queries_flat_in_steps(self):
        def cost(count):
            steps = [{"text": {"ar": f"خطوة {number}.", "fr": f"Étape {number}."}} for number in range(count)]
            sheet = self._published(code=f"civil-{count}-steps", sheet={**self.sheet_data(), "steps": steps}).sheet_id
            for step in sheet.step_ids:
                self._record("step", step, sheet=sheet)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(len(sheet._audio_values("ar")["steps"]), count)
            return self.env.cr.sql_log_count - before

        few = cost(2)
        self.assertLessEqual(few, 8)
        self.assertEqual(cost(20), few)

    def sheet_data(self):
        return self.procedure._export_procedure()["sheet"]

    # ---- the machine ----

    def test_the_machine_reads_what_nobody_has_read(self):
        person = self._record(variety="fr")
        with patch.object(synthesiser, "say", return_value=sound_samples.wav(1)) as say:
            counts = self.sheet._make_provisional(["ar", "fr", "shi"], {"ar", "fr-fr"})
        self.assertEqual(counts, {"made": 7, "kept": 1, "failed": 0})
        self.assertIn((("وثيقة للتجربة.", "ar"),), [call[:1] for call in map(tuple, say.call_args_list)])
        made = self.sheet.audio_ids - person
        self.assertTrue(all(made.mapped("provisional")))
        self.assertEqual(set(made.mapped("variety")), {"ar", "fr"})
        with patch.object(synthesiser, "say", side_effect=synthesiser.NoVoice("no")):
            self.assertEqual(self.sheet._make_provisional(["ar"], {"ar"})["kept"], 4)
            made.unlink()
            self.assertEqual(self.sheet._make_provisional(["ar"], {"ar"})["failed"], 4)
        self.assertEqual(self.sheet._make_provisional(["ar"], set()), {"made": 0, "kept": 0, "failed": 0})

    def test_the_machine_reads_no_foreign_text(self):
        draft = self._procedure(
            code="civil-arabic-only", sheet={**self.sheet_data(), "summary": {"ar": "وثيقة."}}
        ).draft_sheet_id
        with patch.object(synthesiser, "say", return_value=sound_samples.wav(1)):
            draft._make_provisional(["fr"], {"fr-fr"})
        self.assertNotIn("summary", draft.audio_ids.mapped("part"))

    def test_without_the_program(self):
        with patch.object(synthesiser, "PROGRAM", "no-such-synthesiser"):
            self.assertEqual(synthesiser.voices(), set())
            with self.assertRaises(synthesiser.NoVoice):
                synthesiser.say("وثيقة", "ar")
