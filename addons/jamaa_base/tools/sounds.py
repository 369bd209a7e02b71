"""Speech that is kept as a file: told by its content, never by its name.

The formats are those a browser records and plays. A file is not decoded (no decoder of sound
is at hand, and each one is a surface): its frame is walked from the first byte to the last, so
that something else under the name of a sound, a film, or half a file is found out.
"""

from typing import NamedTuple

from .sound_walks import WALKS
from .uploads import UploadProblem

_M4A_BRANDS = (b"M4A ", b"M4B ", b"mp42", b"mp41", b"isom", b"iso2", b"iso5", b"iso6", b"dash")


class Sound(NamedTuple):
    """A file of sound that was walked through.

    :param bytes data: what is kept: the sound itself, without tags where they can be told apart
    :param str mimetype: by its content
    :param str extension: for a name of our own
    :param float seconds: how long it lasts
    """

    data: bytes
    mimetype: str
    extension: str
    seconds: float


def sound_format(data):
    """Return mimetype and extension by the first bytes; None for anything that is no sound.

    :param bytes data: at least the first 64 bytes
    """
    if data.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in data[:64]:
        return "audio/webm", "webm"
    if data.startswith(b"OggS"):
        return "audio/ogg", "ogg"
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "audio/wav", "wav"
    if data[4:8] == b"ftyp" and data[8:12] in _M4A_BRANDS:
        return "audio/mp4", "m4a"
    # An MP3 begins with a tag, or with the eleven set bits of a frame of layer III.
    if data.startswith(b"ID3") or (len(data) > 4 and data[0] == 0xFF and data[1] in (0xFB, 0xFA, 0xF3, 0xF2)):
        return "audio/mpeg", "mp3"
    return None


def clean_sound(data, max_bytes):
    """Return a sound after it was walked through from the first byte to the last.

    Taken are Ogg (Opus, Vorbis), MP3, WAV and WebM (Opus, Vorbis) with sound alone.

    :param bytes data: the uploaded or recorded file
    :param int max_bytes: largest file accepted
    :rtype: Sound
    :raise UploadProblem: ``empty``, ``too_large``, ``not_a_sound`` or ``damaged``
    """
    if not data:
        raise UploadProblem("empty")
    if len(data) > max_bytes:
        raise UploadProblem("too_large")
    mimetype, extension = sound_format(data) or (None, None)
    if extension not in WALKS:
        raise UploadProblem("not_a_sound")
    kept, seconds = WALKS[extension](data)
    if seconds <= 0:
        raise UploadProblem("damaged")
    return Sound(kept, mimetype, extension, seconds)
