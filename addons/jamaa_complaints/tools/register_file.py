"""A register of complaints in a spreadsheet: read row by row, judged, never guessed.

No database here. The same rules serve the dry run and the import, so that what was
shown is what happens.
"""

import csv
import datetime
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from odoo.addons.jamaa_base.tools.sheet_file import LARGEST_FILE, SheetProblem, open_book, rows_of
from odoo.addons.jamaa_base.tools.text import clean_text, is_too_long

from .intake_form import normal_phone

#: Most rows of one file.
MOST_ROWS = 20_000
#: Longest text of each column, in characters.
LIMITS = {
    "facts": 20_000,
    "answer": 20_000,
    "subject": 150,
    "place": 250,
    "name": 120,
    "phone": 30,
    "email": 254,
    "address": 300,
    "national_number": 60,
    "category": 120,
}
#: Headings by column, in the languages of town halls; letters' case and blanks do not matter.
HEADINGS = {
    "national_number": ("national number", "numéro national", "n° national", "الرقم الوطني"),
    "kind": ("kind", "nature", "type", "النوع"),
    "received": ("received on", "date de réception", "reçu le", "تاريخ التوصل"),
    "subject": ("subject", "objet", "الموضوع"),
    "facts": ("facts", "faits", "texte", "الوقائع", "نص الشكاية"),
    "place": ("place", "lieu", "المكان"),
    "category": ("category", "catégorie", "الصنف"),
    "name": ("name", "nom", "الاسم"),
    "phone": ("phone", "téléphone", "الهاتف"),
    "email": ("e-mail", "email", "courriel", "البريد الإلكتروني"),
    "address": ("address", "adresse", "العنوان"),
    "lang": ("language", "langue", "اللغة"),
    "answer": ("answer", "réponse", "الجواب"),
    "answered": ("answered on", "date de réponse", "répondu le", "تاريخ الجواب"),
    "outcome": ("outcome", "issue", "المآل"),
}
#: Position of a language among the headings of a column; English comes first.
PLACE = {"fr": 1, "ar": -1}
KIND_WORDS = {
    "complaint": ("complaint", "réclamation", "شكاية"),
    "remark": ("remark", "observation", "ملاحظة"),
    "proposal": ("proposal", "suggestion", "proposition", "اقتراح"),
    "report": ("report", "signalement", "تبليغ"),
}
LANG_WORDS = {
    "ar_MA": ("ar", "arabe", "arabic", "العربية"),
    "fr_MA": ("fr", "français", "french", "الفرنسية"),
    "zgh": ("zgh", "amazigh", "الأمازيغية"),
}
OUTCOME_WORDS = {
    "solved": ("solved", "résolu", "تم الحل"),
    "partly": ("partly", "résolu en partie", "حل جزئي"),
    "refused": ("refused", "refusé", "مرفوض"),
    "no_means": ("no means", "sans moyens", "لا توجد وسائل"),
    "referred": ("referred", "transmis", "أحيل"),
    "inadmissible": ("inadmissible", "irrecevable", "غير مقبولة"),
    "withdrawn": ("withdrawn", "retiré", "سحب"),
}
WORDS = {"kind": KIND_WORDS, "lang": LANG_WORDS, "outcome": OUTCOME_WORDS}
DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


def heading(column: str, lang: str | None) -> str:
    """Return how a column is called in a language (a code such as ar_MA)."""
    return HEADINGS[column][PLACE.get((lang or "")[:2], 0)]


class FileProblem(Exception):
    """The file as a whole cannot be read.

    :ivar code: too_large, not_a_table, no_headings, too_many_rows
    """

    def __init__(self, code):
        super().__init__(code)
        self.code = code


@dataclass
class Row:
    """One line of the register.

    :ivar number: as the spreadsheet shows it (the headings are row 1)
    :ivar values: clean values by column
    :ivar problems: ``(column, code)`` of what is wrong; code: required, unknown, bad_date,
        future, too_long, bad_phone, answer_incomplete, before_receipt
    """

    number: int
    values: dict = field(default_factory=dict)
    problems: list = field(default_factory=list)


def _plain(text) -> str:
    return " ".join(str(text or "").split()).casefold()


_COLUMN_OF = {_plain(word): name for name, words in HEADINGS.items() for word in (name, *words)}


def _table(content: bytes) -> Iterator[list]:
    """Yield the rows of a CSV or XLSX file as lists."""
    if len(content) > LARGEST_FILE:
        raise FileProblem("too_large")
    if content[:4] == b"PK\x03\x04":
        yield from _sheet(content)
        return
    if b"\0" in content[:4096]:
        raise FileProblem("not_a_table")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # what Arabic and French versions of older office programs write
        text = content.decode("cp1256", errors="replace")
    head = text[:4096].splitlines()[0] if text.strip() else ""
    mark = max(";,\t", key=head.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    except csv.Error as error:
        raise FileProblem("not_a_table") from error


def _sheet(content: bytes) -> Iterator[list]:
    try:
        yield from rows_of(open_book(content).worksheets[0])
    except SheetProblem as problem:
        raise FileProblem(problem.code) from problem


def _day(raw):
    """A day as typed, or None where it is none."""
    if isinstance(raw, datetime.datetime):
        return raw.date()
    if isinstance(raw, datetime.date):
        return raw
    text = str(raw).strip().translate(_ARABIC_DIGITS)
    for form in DAY_FORMATS:
        try:
            return datetime.datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def _one_of(row: Row, column: str, raw, words: dict):
    text = _plain(raw)
    for code, accepted in words.items():
        if text == code or text in map(_plain, accepted):
            row.values[column] = code
            return
    row.problems.append((column, "unknown"))


def _cell(row: Row, column: str, raw, today: datetime.date, categories: dict):
    """Judge one cell."""
    if column in ("received", "answered"):
        day = _day(raw)
        if not day:
            row.problems.append((column, "bad_date"))
        elif day > today:
            row.problems.append((column, "future"))
        else:
            row.values[column] = day
    elif column in WORDS:
        _one_of(row, column, raw, WORDS[column])
    elif column == "category":
        found = categories.get(_plain(raw))
        if found:
            row.values[column] = found
        else:
            row.problems.append((column, "unknown"))
    else:
        # A number cell comes as 12.0 for what people see as 12.
        text = str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)
        if is_too_long(text, LIMITS[column]):
            row.problems.append((column, "too_long"))
        else:
            row.values[column] = clean_text(text, LIMITS[column], multiline=column in ("facts", "answer"))


def _read(number: int, cells: dict, today: datetime.date, categories: dict) -> Row:
    """Judge one line: each cell, then what the cells say together."""
    row = Row(number)
    for column, raw in cells.items():
        if raw is not None and str(raw).strip():
            _cell(row, column, raw, today, categories)
    values = row.values
    if values.get("phone") and not normal_phone(values["phone"]):
        row.problems.append(("phone", "bad_phone"))
    for column in ("kind", "received", "facts"):
        if not values.get(column) and column not in dict(row.problems):
            row.problems.append((column, "required"))
    if values.get("kind") == "complaint" and not values.get("name"):
        row.problems.append(("name", "required"))
    answered = [column for column in ("answer", "answered") if values.get(column)]
    if len(answered) == 1:
        row.problems.append(("answer", "answer_incomplete"))
    if len(answered) == 2 and values.get("received") and values["answered"] < values["received"]:
        row.problems.append(("answered", "before_receipt"))
    return row


def read(content: bytes, today: datetime.date, categories: dict, needs=()) -> Iterator[Row]:
    """Read a register.

    :param content: the bytes of a CSV or XLSX file
    :param today: day after which no date may lie
    :param categories: id by name of the categories of the commune
    :param needs: columns that every row must fill beside kind, date and facts
    :raise FileProblem: the whole file cannot be read
    """
    table = _table(content)
    names = [_COLUMN_OF.get(_plain(cell)) for cell in next(table, [])]
    if not {"received", "facts", "kind"} <= set(names):
        raise FileProblem("no_headings")
    known = {_plain(name): number for name, number in categories.items()}
    for number, cells in enumerate(table, start=2):
        if number - 1 > MOST_ROWS:
            raise FileProblem("too_many_rows")
        found = {name: cell for name, cell in zip(names, cells, strict=False) if name}
        if not any(str(cell or "").strip() for cell in found.values()):
            continue
        row = _read(number, found, today, known)
        for column in needs:
            if not row.values.get(column):
                row.problems.append((column, "required"))
        yield row
