"""Provisional recordings by a free synthesiser, where one is installed on the server."""

import shutil
import subprocess
import tempfile
from pathlib import Path

#: Words a minute: slower than its habit, since nobody can ask a machine to say it again.
PACE = 130
#: Seconds one text may take; a hanging program must not hold up the others.
PATIENCE = 60
PROGRAM = "espeak-ng"
#: What makes a file of a tenth of the size, the first that is there: program and arguments.
SHRINKERS = (
    ("opusenc", ("--quiet", "--bitrate", "24", "--discard-comments", "{wav}", "{ogg}")),
    ("ffmpeg", ("-loglevel", "error", "-i", "{wav}", "-map_metadata", "-1", "-c:a", "libopus", "-b:a", "24k", "{ogg}")),
)


class NoVoice(Exception):
    """The synthesiser is not there, or could not say it; ``str`` says why."""


def voices():
    """Return the names of the voices that are installed, an empty set without the program."""
    if not shutil.which(PROGRAM):
        return set()
    told = subprocess.run([PROGRAM, "--voices"], capture_output=True, text=True, timeout=PATIENCE, check=False)
    # Priority, language, age and sex, name, file …: the language is what `-v` takes.
    return {line.split()[1] for line in told.stdout.splitlines()[1:] if len(line.split()) > 1}


def say(text, voice):
    """Return a text as it is spoken by a machine.

    :param str text: what to say
    :param str voice: one of :func:`voices`
    :return: bytes, Ogg with Opus where a program for it is installed, else WAV
    :raise NoVoice: it could not be said
    """
    with tempfile.TemporaryDirectory() as folder:
        wav, ogg = Path(folder, "voice.wav"), Path(folder, "voice.ogg")
        # The text goes in by the pipe: as an argument it could be read as an option.
        _run([PROGRAM, "-v", voice, "-s", str(PACE), "-w", str(wav), "--stdin"], text)
        for program, arguments in SHRINKERS:
            if shutil.which(program):
                _run([program, *(one.format(wav=wav, ogg=ogg) for one in arguments)])
                return ogg.read_bytes()
        return wav.read_bytes()


def _run(command, text=None):
    try:
        subprocess.run(command, input=text, capture_output=True, text=True, timeout=PATIENCE, check=True)
    except (OSError, subprocess.SubprocessError) as problem:
        raise NoVoice(f"{command[0]}: {problem}") from problem
