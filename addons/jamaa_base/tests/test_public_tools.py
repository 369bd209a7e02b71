"""The pure helpers of the public pages: code, token, proof of work, text, pictures, colour."""

import io
import re

from PIL import Image

from odoo.tests import BaseCase, tagged
from odoo.tools.misc import file_open

from ..tools import contrast, form_token, proof_of_work, public_code, public_lang, text, uploads

SECRET = b"a secret of the tests"


@tagged("post_install", "-at_install")
class TestPublicCode(BaseCase):
    def test_alphabet_has_no_look_alikes(self):
        self.assertEqual(len(set(public_code.ALPHABET)), 32)
        self.assertFalse(set("0O1I") & set(public_code.ALPHABET))

    def test_new_codes_are_valid_and_differ(self):
        codes = {public_code.new_code() for _time in range(500)}
        self.assertEqual(len(codes), 500)
        for code in codes:
            self.assertEqual(public_code.normalise(code), code)

    def test_every_single_wrong_sign_is_caught(self):
        code = public_code.new_code()
        for position, right in enumerate(code):
            for wrong in set(public_code.ALPHABET) - {right}:
                typed = code[:position] + wrong + code[position + 1 :]
                self.assertIsNone(public_code.normalise(typed), f"{code} and {typed}")

    def test_every_swap_of_two_signs_is_caught(self):
        for _time in range(50):
            code = public_code.new_code()
            for one in range(8):
                for other in range(one + 1, 8):
                    if code[one] == code[other]:
                        continue
                    typed = list(code)
                    typed[one], typed[other] = typed[other], typed[one]
                    self.assertIsNone(public_code.normalise("".join(typed)), f"{code}: {one}, {other}")

    def test_typed_with_dash_space_case_and_arabic_digits(self):
        code = "2" * 7 + public_code.check_character("2" * 7)
        self.assertEqual(public_code.normalise(f" {code[:4].lower()} - {code[4:]} "), code)
        self.assertEqual(public_code.normalise(code.replace("2", "٢")), code)

    def test_junk_is_no_code(self):
        for junk in (None, "", "0", "OOOOOOOO", "2222", "2" * 500, "😀" * 8, "\x00" * 8, "١" * 8):
            self.assertIsNone(public_code.normalise(junk))

    def test_shown_by_fours(self):
        self.assertEqual(public_code.show("K7M42QXR"), "K7M4-2QXR")
        self.assertEqual(public_code.show(False), "")


@tagged("post_install", "-at_install")
class TestFormToken(BaseCase):
    def _read(self, token, purpose="complaint", scope="7", now=1000):
        return form_token.read(SECRET, token, purpose, scope, now)

    def _problem(self, *args, **kwargs):
        with self.assertRaises(form_token.FormTokenProblem) as caught:
            self._read(*args, **kwargs)
        return caught.exception.code

    def test_round_trip(self):
        content = self._read(form_token.issue(SECRET, "complaint", "7", 1000, 12))
        self.assertEqual((content.issued, content.bits, len(content.key)), (1000, 12, 22))

    def test_other_purpose_other_commune_other_database(self):
        token = form_token.issue(SECRET, "complaint", "7", 1000)
        self.assertEqual(self._problem(token, purpose="queue"), "invalid")
        self.assertEqual(self._problem(token, scope="8"), "invalid")
        other = form_token.issue(b"another database", "complaint", "7", 1000)
        self.assertEqual(self._problem(other), "invalid")

    def test_altered_parts_are_refused(self):
        token = form_token.issue(SECRET, "complaint", "7", 1000, 12)
        version, issued, bits, key, signature = token.split(".")
        for altered in (
            ".".join((version, "ffffffff", bits, key, signature)),
            ".".join((version, issued, "0", key, signature)),
            ".".join((version, issued, bits, "x" * 22, signature)),
            token[:-1] + ("A" if token[-1] != "A" else "B"),
        ):
            self.assertEqual(self._problem(altered), "invalid")

    def test_age(self):
        token = form_token.issue(SECRET, "complaint", "7", 1000)
        self.assertTrue(self._read(token, now=1000 + form_token.MAX_AGE))
        self.assertEqual(self._problem(token, now=1001 + form_token.MAX_AGE), "expired")

    def test_junk(self):
        for junk in (None, "", ".", "....", "é" * 20, "x" * 10_000, 7, [], "1.1.1.1.1"):
            self.assertEqual(self._problem(junk), "invalid")


@tagged("post_install", "-at_install")
class TestProofOfWork(BaseCase):
    def test_solution_is_accepted_and_only_for_its_challenge(self):
        number = proof_of_work.solve("first", 10)
        self.assertTrue(proof_of_work.is_solved("first", number, 10))
        wrong = [n for n in range(40) if not proof_of_work.is_solved("second", str(n), 10)]
        self.assertGreater(len(wrong), 30)

    def test_known_vector(self):
        """SHA-256 of « abc:0 » begins as sha256sum says."""
        self.assertEqual(proof_of_work.digest("abc", "0").hex()[:8], "5f36efce")

    def test_no_work_asked(self):
        self.assertTrue(proof_of_work.is_solved("x", None, 0))

    def test_junk(self):
        for junk in (None, "", "-1", "1e5", "٣", "x", "9" * 13, 5, []):
            self.assertFalse(proof_of_work.is_solved("x", junk, 1), junk)


@tagged("post_install", "-at_install")
class TestCleanText(BaseCase):
    def test_controls_and_direction_overrides_go(self):
        self.assertEqual(text.clean_text("a\x00b\x07c\u202ed\u2066e\u200ff\ufeff", 50), "abcdef")

    def test_spelling_signs_and_emoji_stay(self):
        for kept in ("می\u200cخواهم", "👨\u200d👩\u200d👧", "é", "ⵜⴰⵎⴰⵣⵉⵖⵜ", "<b>&amp;", "='x'"):
            self.assertEqual(text.clean_text(kept, 50), kept)

    def test_lines(self):
        self.assertEqual(text.clean_text(" a \r\n\r\n\r\n\r\n b\r", 50), "a\n\n b")
        self.assertEqual(text.clean_text("a\n b\t c", 50, multiline=False), "a b c")

    def test_length(self):
        self.assertEqual(len(text.clean_text("x" * 100_000, 5000)), 5000)
        self.assertTrue(text.is_too_long("x" * 100_000, 5000))
        self.assertTrue(text.is_too_long("x" * 5001, 5000))
        self.assertFalse(text.is_too_long(" " + "x" * 5000 + "\n", 5000))

    def test_what_is_not_text_is_empty(self):
        for junk in (None, 5, [], {}, b"bytes"):
            self.assertEqual(text.clean_text(junk, 10), "")

    def test_lone_surrogates_can_be_stored(self):
        self.assertEqual(text.clean_text("a\ud800b", 10).encode(), b"ab")


@tagged("post_install", "-at_install")
class TestUploads(BaseCase):
    def _picture(self, size=(40, 30), kind="JPEG", mode="RGB", **options):
        output = io.BytesIO()
        Image.new(mode, size, "red").save(output, kind, **options)
        return output.getvalue()

    def _problem(self, data, **options):
        with self.assertRaises(uploads.UploadProblem) as caught:
            uploads.clean_image(data, **options)
        return caught.exception.code

    def test_place_and_camera_are_dropped(self):
        exif = Image.Exif()
        exif[0x010F] = "Maker of cameras"
        exif[0x8825] = {1: "N", 2: (33.0, 53.0, 0.0)}
        data = self._picture(exif=exif)
        self.assertIn(b"Maker of cameras", data)
        cleaned = uploads.clean_image(data)
        self.assertNotIn(b"Maker of cameras", cleaned.data)
        self.assertFalse(dict(Image.open(io.BytesIO(cleaned.data)).getexif()))

    def test_png_text_and_appended_bytes_are_dropped(self):
        data = self._picture(kind="PNG") + b"PK\x03\x04 a hidden archive <script>"
        self.assertNotIn(b"hidden", uploads.clean_image(data).data)

    def test_a_turned_photo_is_set_upright(self):
        exif = Image.Exif()
        exif[0x0112] = 6  # a quarter turn
        cleaned = uploads.clean_image(self._picture(size=(40, 20), exif=exif))
        self.assertEqual((cleaned.width, cleaned.height), (20, 40))

    def test_formats(self):
        self.assertEqual(uploads.clean_image(self._picture(kind="WEBP")).mimetype, "image/jpeg")
        transparent = self._picture(kind="PNG", mode="RGBA")
        self.assertEqual(uploads.clean_image(transparent).mimetype, "image/png")
        self.assertEqual(uploads.clean_image(self._picture(kind="PNG", mode="L")).extension, "jpg")

    def test_large_ones_are_made_smaller(self):
        cleaned = uploads.clean_image(self._picture(size=(4000, 1000)), max_side=800)
        self.assertEqual((cleaned.width, cleaned.height), (800, 200))

    def test_refused(self):
        self.assertEqual(self._problem(b""), "empty")
        self.assertEqual(self._problem(self._picture() + b"x" * 200, max_bytes=100), "too_large")
        self.assertEqual(self._problem(b"\x00\x00\x00\x18ftypheic" + b"x" * 50), "heic")
        for junk in (b"%PDF-1.4", b"<svg onload='x()'/>", b"GIF89a" + b"x" * 20, b"MZ" + b"\0" * 60):
            self.assertEqual(self._problem(junk), "not_a_picture")
        self.assertEqual(self._problem(self._picture()[:60]), "damaged")
        self.assertEqual(self._problem(b"\x89PNG\r\n\x1a\n" + b"\xff" * 300), "damaged")

    def test_a_bomb_is_refused_before_it_is_decoded(self):
        bomb = self._picture(size=(9000, 9000), kind="PNG", mode="1")
        self.assertLess(len(bomb), 100_000)
        self.assertEqual(self._problem(bomb), "too_many_pixels")


@tagged("post_install", "-at_install")
class TestLanguageAndColour(BaseCase):
    def test_best_language(self):
        best = public_lang.best_language
        self.assertEqual(best("fr-FR,fr;q=0.9,ar;q=0.8"), "fr")
        self.assertEqual(best("en-US,en;q=0.9,ar-MA;q=0.3,fr;q=0.2"), "ar")
        self.assertEqual(best("tzm-MA"), "zgh")
        for junk in (None, "", "de", "fr;q=0", "ar;q=x", ";;;,,,", "é" * 9999):
            self.assertEqual(best(junk), "ar", junk)

    def test_by_code(self):
        self.assertEqual(public_lang.by_code("fr_MA").url, "fr")
        self.assertEqual(public_lang.by_code("fr").code, "fr_MA")
        self.assertEqual(public_lang.by_code(None).url, "ar")

    def test_contrast(self):
        self.assertAlmostEqual(contrast.contrast("#000000", "#ffffff"), 21)
        self.assertAlmostEqual(contrast.contrast("#0b5d4e", "#ffffff"), 7.8, delta=0.1)
        self.assertEqual(contrast.darker("#ffffff", 0.5), "#7f7f7f")
        for junk in ("red", "#fff", "", None, "#12345g"):
            with self.assertRaises(ValueError):
                contrast.luminance(junk)

    def test_style_sheet_is_readable(self):
        """Every text colour of the public pages on every ground it stands on: 4.5 at least."""
        with file_open("jamaa_base/static/src/public/public.css") as file:
            css = file.read()
        colour = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", css))
        pairs = [
            (colour[ink], colour[ground])
            for ink in ("ink", "muted", "primary", "accent", "info", "fine", "warning", "wrong", "stale")
            for ground in ("paper", "sand")
        ]
        pairs += [("#ffffff", colour["primary"]), ("#ffffff", colour["primary-pressed"])]
        pairs += [("#ffffff", colour["muted"])]  # a button that waits
        blocks = re.findall(r"{[^{}]*?\n\s+color: var\(--([a-z]+)\);\s+background: (#[0-9a-f]{3,6});", css)
        self.assertGreaterEqual(len(blocks), 6)
        pairs += [(colour[ink], ground) for ink, ground in blocks]
        for ink, ground in pairs:
            self.assertGreaterEqual(contrast.contrast(ink, ground), 4.5, f"{ink} on {ground}")
        # Edges of fields need 3.
        self.assertGreaterEqual(contrast.contrast(colour["edge"], colour["paper"]), 3)

    def test_style_sheet_has_no_left_and_right(self):
        with file_open("jamaa_base/static/src/public/public.css") as file:
            css = file.read()
        found = re.findall(
            r"(?:margin|padding|border)-(?:left|right)|\n\s+(?:left|right):|text-align: (?:left|right)", css
        )
        self.assertEqual(found, [])
