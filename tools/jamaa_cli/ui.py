"""What the tool shows on the terminal: steps with their time, and tables."""

import sys
import threading
import time
import unicodedata

QUIET_PERIOD = 30  # seconds between two signs of life when there is no terminal


def say(text=""):
    """Print one line at once, also when the output is a file or a pipe."""
    print(text, flush=True)


class Step:
    """A long piece of work: shows that it runs, how far it is, and its time.

    Used as a context manager. On a terminal one line is rewritten every second;
    elsewhere a line is printed at the start of a long silence and at the end.
    """

    done = []  # (title, seconds) of every finished step, for `up`'s table of times

    def __init__(self, title):
        self.title = title
        self._detail = ""
        self._stop = threading.Event()
        self._live = sys.stdout.isatty()

    def detail(self, text):
        """Say how far the step is, for example « module 12 of 80 »."""
        self._detail = text

    def __enter__(self):
        self._start = time.monotonic()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind, _value, _trace):
        self._stop.set()
        self._thread.join()
        seconds = time.monotonic() - self._start
        mark = "✓" if kind is None else "✗"
        self._clear()
        say(f"  {mark} {self.title}  ({seconds:.0f} s)")
        if kind is None:
            Step.done.append((self.title, seconds))

    def _clear(self):
        if self._live:
            sys.stdout.write("\r\033[K")

    def _watch(self):
        while not self._stop.wait(1 if self._live else QUIET_PERIOD):
            seconds = time.monotonic() - self._start
            text = f"  … {self.title}  {self._detail}  {seconds:.0f} s"
            if self._live:
                sys.stdout.write("\r\033[K" + text[:110])
                sys.stdout.flush()
            else:
                say(text)


def width(text):
    """Return how many terminal cells `text` takes (marks that combine take none)."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text
    )


def table(rows, head=None):
    """Return `rows` (lists of strings) as lines of an aligned table.

    :param head: titles of the columns; a rule is drawn below them.
    """
    rows = [[str(cell or "") for cell in row] for row in rows]
    whole = ([list(head)] if head else []) + rows
    if not whole:
        return []
    columns = max(len(row) for row in whole)
    whole = [row + [""] * (columns - len(row)) for row in whole]
    widths = [max(width(row[i]) for row in whole) for i in range(columns)]
    lines = [
        "  " + "  ".join(cell + " " * (size - width(cell)) for cell, size in zip(row, widths, strict=True)).rstrip()
        for row in whole
    ]
    if head:
        lines.insert(1, "  " + "  ".join("-" * size for size in widths))
    return lines
