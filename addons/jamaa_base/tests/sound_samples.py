"""Small files of sound, made by hand after the formats' descriptions: silence of known length."""

import struct


def wav(seconds=1.0, rate=8000):
    """Return a WAVE of 8 bits and one channel."""
    samples = b"\x80" * int(seconds * rate)
    form = struct.pack("<HHIIHH", 1, 1, rate, rate, 1, 8)
    chunks = b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(samples)) + samples
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def ogg_page(packet, position=0, serial=7, number=0, flags=0):
    """Return a page of Ogg with one packet shorter than 255 bytes."""
    return b"OggS\0" + struct.pack("<BqIIIBB", flags, position, serial, number, 0, 1, len(packet)) + packet


def ogg(seconds=1.0, head=None):
    """Return an Ogg with a head of Opus, unless another one is given."""
    head = head or b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 48000, 0, 0)
    pages = [
        ogg_page(head, flags=2),
        ogg_page(b"OpusTags" + b"\0" * 8, number=1),
        ogg_page(b"\xfc\xff\xfe" * 20, position=int(seconds * 48000) + 312, number=2, flags=4),
    ]
    return b"".join(pages)


def mp3(frames=40):
    """Return an MP3 of 128 kbit/s and 44.1 kHz: 417 bytes and 26 ms a frame."""
    return (b"\xff\xfb\x90\x00" + b"\0" * 413) * frames


def _element(name, body, size=None):
    number = bytes.fromhex(name)
    return number + (size if size is not None else struct.pack(">I", len(body) | 0x10000000)) + body


def webm(milliseconds=1000, kind=2, codec=b"A_OPUS"):
    """Return a WebM as a browser records it: sizes of segment and cluster are left open."""
    opened = b"\x01" + b"\xff" * 7
    head = _element("1a45dfa3", _element("4282", b"webm"))
    track = _element("ae", _element("83", bytes([kind])) + _element("86", codec))
    blocks = b"".join(
        _element("a3", b"\x81" + struct.pack(">h", at) + b"\x80" + b"\xfc\xff\xfe") for at in (0, milliseconds)
    )
    cluster = _element("1f43b675", _element("e7", b"\0") + blocks, opened)
    return head + _element("18538067", _element("1654ae6b", track) + cluster, opened)
