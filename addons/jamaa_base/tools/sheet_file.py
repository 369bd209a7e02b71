"""Opening a spreadsheet somebody sent: bounded, and never a traceback for a broken file."""

import io
import zipfile

#: Largest file taken, in bytes; a spreadsheet unpacks to many times that.
LARGEST_FILE = 10 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024


class SheetProblem(Exception):
    """The file as a whole cannot be read.

    :ivar code: too_large, not_a_table
    """

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def open_book(content: bytes):
    """Return the workbook of an XLSX file, to be read row by row.

    :raise SheetProblem: it is too large, or no such file
    """
    import openpyxl  # slow to load, and needed for such a file alone

    if len(content) > LARGEST_FILE:
        raise SheetProblem("too_large")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(item.file_size for item in archive.infolist()) > LARGEST_UNPACKED:
                raise SheetProblem("too_large")
        return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except SheetProblem:
        raise
    except Exception as error:  # the library raises whatever a broken file brings about
        raise SheetProblem("not_a_table") from error


def rows_of(sheet):
    """Yield the rows of a sheet as lists.

    :raise SheetProblem: it breaks off on the way
    """
    try:
        yield from (list(row) for row in sheet.iter_rows(values_only=True))
    except Exception as error:  # as above
        raise SheetProblem("not_a_table") from error
