"""Walks through the frames of sound files: what is a sound to its last byte, and how long it lasts.

Written after the public descriptions of the formats: RFC 3533 (Ogg), RFC 7845 (Opus in Ogg),
RFC 8794 and RFC 9559 (EBML, Matroska, of which WebM is a part), ISO/IEC 11172-3 (MPEG audio),
the RIFF form of WAVE.
"""

import struct

from .uploads import UploadProblem

OPUS_RATE = 48000
# Kilobits per second and samples per second of MPEG layer III, by version: 1, then 2 and 2.5.
_BITRATES = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}

# Elements of WebM that hold others, and those whose value is read.
_HEAD, _SEGMENT, _CLUSTER, _TRACKS, _TRACK, _INFO, _GROUP = (
    0x1A45DFA3, 0x18538067, 0x1F43B675, 0x1654AE6B, 0xAE, 0x1549A966, 0xA0,
)  # fmt: skip
_INSIDE = {_SEGMENT, _CLUSTER, _TRACKS, _TRACK, _INFO, _GROUP}
_CLUSTER_TIME, _SIMPLE_BLOCK, _BLOCK, _TRACK_TYPE, _CODEC, _SCALE = 0xE7, 0xA3, 0xA1, 0x83, 0x86, 0x2AD7B1
_SOUND_TRACK = 2
#: A packet of a recorder; the length of the last one is not written in a block.
_LAST_PACKET = 0.02


def _walk_wav(data):
    """Walk a WAVE file; keep its form and its samples, drop what programs add."""
    place, form, samples = 12, b"", b""
    while place + 8 <= len(data):
        name, size = data[place : place + 4], struct.unpack_from("<I", data, place + 4)[0]
        body = data[place + 8 : place + 8 + size]
        if len(body) < size:
            raise UploadProblem("damaged")
        if name == b"fmt ":
            form = body
        elif name == b"data":
            samples = body
        place += 8 + size + size % 2
    if len(form) < 16 or not samples:
        raise UploadProblem("damaged")
    bytes_per_second = struct.unpack_from("<I", form, 8)[0]
    if not bytes_per_second:
        raise UploadProblem("damaged")
    chunks = b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(samples)) + samples
    kept = b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks
    return kept, len(samples) / bytes_per_second


def _walk_ogg(data):
    """Walk the pages of an Ogg file whose one stream is Opus or Vorbis."""
    place, serial, rate, skipped, last = 0, None, 0, 0, 0
    while place < len(data):
        if data[place : place + 5] != b"OggS\0" or place + 27 > len(data):
            raise UploadProblem("damaged")
        position, number = struct.unpack_from("<qI", data, place + 6)
        body = place + 27 + data[place + 26]
        size = sum(data[place + 27 : body])
        if body + size > len(data):
            raise UploadProblem("damaged")
        if serial is None:
            serial = number
            rate, skipped = _ogg_sound(data[body : body + size])
        elif number != serial:
            # A second stream: a film, or something hidden beside the speech.
            raise UploadProblem("not_a_sound")
        last = max(last, position)
        place = body + size
    return data, (last - skipped) / rate


def _ogg_sound(head):
    """Return samples per second and samples to skip of the first packet of a stream."""
    if head.startswith(b"OpusHead") and len(head) >= 19:
        return OPUS_RATE, struct.unpack_from("<H", head, 10)[0]
    if head.startswith(b"\x01vorbis") and len(head) >= 30:
        rate = struct.unpack_from("<I", head, 12)[0]
        if rate:
            return rate, 0
    raise UploadProblem("not_a_sound")


def _walk_mp3(data):
    """Walk the frames of an MP3; the tags before and behind, which tell of people, are dropped."""
    start = 0
    if data.startswith(b"ID3") and len(data) > 10:
        size = 0
        for seven_bits in data[6:10]:
            size = size << 7 | seven_bits & 0x7F
        start = 10 + size + (10 if data[5] & 0x10 else 0)
    place, seconds, frames = start, 0.0, 0
    while place + 4 <= len(data):
        size, lasts = _mp3_frame(data, place)
        if not size:
            break
        if place + size > len(data):
            raise UploadProblem("damaged")
        place, seconds, frames = place + size, seconds + lasts, frames + 1
    if frames < 2:
        raise UploadProblem("not_a_sound")
    rest = data[place:]
    if rest.strip(b"\0") and not rest.startswith((b"TAG", b"APETAGEX", b"LYRICSBEGIN")):
        raise UploadProblem("damaged")
    return data[start:place], seconds


def _mp3_frame(data, place):
    """Return size in bytes and duration in seconds of the frame at a place; zeros where there is none."""
    if data[place] != 0xFF or data[place + 1] & 0xE6 != 0xE2:
        return 0, 0
    version = data[place + 1] >> 3 & 3
    bitrate, rate, padding = data[place + 2] >> 4, data[place + 2] >> 2 & 3, data[place + 2] >> 1 & 1
    if version == 1 or bitrate in (0, 15) or rate == 3:
        return 0, 0
    first = version == 3
    per_second = _RATES[version][rate]
    kilobits = _BITRATES[0 if first else 1][bitrate]
    return (144 if first else 72) * kilobits * 1000 // per_second + padding, (1152 if first else 576) / per_second


def _walk_webm(data):
    """Walk a WebM whose one track is sound.

    Recorders write it while somebody speaks: sizes of the whole are left open and no length is
    told, so the time of the last block counts.
    """
    place, scale, cluster, last, tracks, codecs, blocks = 0, 1_000_000, 0, 0, [], [], 0
    while place < len(data):
        name, place = _webm_number(data, place, keep_mark=True)
        size, place = _webm_number(data, place)
        if name in _INSIDE:
            # Its children follow; an open size (None) ends where the next of its kind begins.
            if size is not None and place + size > len(data):
                raise UploadProblem("damaged")
            continue
        if size is None or place + size > len(data):
            raise UploadProblem("damaged")
        body, place = data[place : place + size], place + size
        if name == _CLUSTER_TIME:
            cluster = int.from_bytes(body)
        elif name == _SCALE:
            scale = int.from_bytes(body)
        elif name == _TRACK_TYPE:
            tracks.append(int.from_bytes(body))
        elif name == _CODEC:
            codecs.append(body)
        elif name in (_SIMPLE_BLOCK, _BLOCK) and size > 4:
            blocks += 1
            last = max(last, cluster + struct.unpack_from(">h", body, 1)[0])
    if tracks != [_SOUND_TRACK] or codecs not in ([b"A_OPUS"], [b"A_VORBIS"]):
        raise UploadProblem("not_a_sound")
    return data, (last * scale / 1e9 + _LAST_PACKET) if blocks else 0


def _webm_number(data, place, keep_mark=False):
    """Return a number of variable length and the place behind it; None for an open size."""
    first = data[place] if place < len(data) else 0
    length = 9 - first.bit_length()
    if length > 8 or place + length > len(data):
        raise UploadProblem("damaged")
    number = int.from_bytes(data[place : place + length])
    if not keep_mark:
        number -= 1 << 7 * length
        if number == (1 << 7 * length) - 1:
            number = None
    return number, place + length


#: Format by extension -> how it is walked: ``data`` in, (what is kept, seconds) out.
WALKS = {"wav": _walk_wav, "ogg": _walk_ogg, "mp3": _walk_mp3, "webm": _walk_webm}
