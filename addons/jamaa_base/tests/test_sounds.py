"""Files of sound: told by their content, whole to the last byte, hostile ones refused."""

from odoo.tests import BaseCase, tagged

from ..tools.sounds import clean_sound, sound_format
from ..tools.uploads import UploadProblem
from . import sound_samples as samples

LIMIT = 100_000


@tagged("post_install", "-at_install")
class TestSounds(BaseCase):
    def _problem(self, data, limit=LIMIT):
        with self.assertRaises(UploadProblem) as caught:
            clean_sound(data, limit)
        return caught.exception.code

    def test_each_format_and_how_long_it_lasts(self):
        for data, mimetype, extension, seconds in (
            (samples.wav(2), "audio/wav", "wav", 2.0),
            (samples.ogg(3), "audio/ogg", "ogg", 3.0),
            (samples.mp3(40), "audio/mpeg", "mp3", 40 * 1152 / 44100),
            (samples.webm(1500), "audio/webm", "webm", 1.52),
        ):
            with self.subTest(extension=extension):
                sound = clean_sound(data, LIMIT)
                self.assertEqual((sound.mimetype, sound.extension), (mimetype, extension))
                self.assertAlmostEqual(sound.seconds, seconds, places=3)
                self.assertEqual(sound.data, data)

    def test_no_sound(self):
        for data in (
            b"<html><script>alert(1)</script></html>",
            b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
            b"%PDF-1.7",
            b"MZ\x90\0" + b"\0" * 80,
            b"ID3\x04\0\0\0\0\0\x0a" + b"<script>alert(1)</script>" * 20,
            b"\x1a\x45\xdf\xa3 webm and nothing else",
            b"RIFF\0\0\0\0WAVE<script>alert(1)</script>",
            b"\xff\xfb<html>" + b"a" * 3000,
            # one frame may be chance
            samples.mp3(1),
            # formats browsers do not all play
            b"\0\0\0\x20ftypM4A " + b"\0" * 40,
        ):
            with self.subTest(data=data[:20]):
                self.assertIn(self._problem(data), ("not_a_sound", "damaged"))

    def test_a_film_is_no_sound(self):
        self.assertEqual(self._problem(samples.webm(kind=1, codec=b"V_VP8")), "not_a_sound")
        self.assertEqual(self._problem(samples.ogg(head=b"\x80theora" + b"\0" * 30)), "not_a_sound")
        two = samples.ogg() + samples.ogg_page(b"<script>", serial=8)
        self.assertEqual(self._problem(two), "not_a_sound")

    def test_half_a_file(self):
        for data in (samples.wav(), samples.ogg(), samples.mp3(), samples.webm()):
            for left in (len(data) - 1, len(data) // 2 + 3):
                with self.subTest(first=data[:4], left=left):
                    self.assertEqual(self._problem(data[:left]), "damaged")

    def test_something_behind_the_sound(self):
        for data in (samples.ogg(), samples.mp3(), samples.webm()):
            with self.subTest(first=data[:4]):
                self.assertEqual(self._problem(data + b"<script>alert(1)</script>"), "damaged")

    def test_any_bytes_end_in_a_verdict(self):
        for sample in (samples.wav(0.01), samples.ogg(), samples.mp3(3), samples.webm()):
            for place in range(min(len(sample), 600)):
                broken = bytearray(sample)
                broken[place] ^= 0xFF
                try:
                    self.assertGreater(clean_sound(bytes(broken), LIMIT).seconds, 0)
                except UploadProblem:
                    continue

    def test_tags_that_tell_of_people_go(self):
        tag = b"ID3\x04\0\0\0\0\0\x14" + b"TPE1 Zineb ESSAIDI.."
        sound = clean_sound(tag + samples.mp3() + b"TAG" + b"Zineb".ljust(125), LIMIT)
        self.assertEqual(sound.data, samples.mp3())
        plain = samples.wav()
        noted = bytearray(plain + b"LIST\x06\0\0\0Zineb\0")
        self.assertEqual(clean_sound(bytes(noted), LIMIT).data, plain)

    def test_size(self):
        self.assertEqual(self._problem(samples.wav(2), 1000), "too_large")
        self.assertEqual(self._problem(b""), "empty")
        self.assertEqual(self._problem(samples.wav(0)), "damaged")

    def test_the_name_is_not_asked(self):
        self.assertEqual(sound_format(samples.mp3()), ("audio/mpeg", "mp3"))
        self.assertIsNone(sound_format(b"plain words"))
