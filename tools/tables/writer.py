"""Writing tables as xlsx or csv, row by row, safe to open in a spreadsheet."""

import csv
import io
import re

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

# What one sheet of Excel holds, header included
MAX_SHEET_ROWS = 1_048_576
MAX_CELL = 32_767
_FORMULA = tuple("=+-@\t\r")
# +45 12 34 56 78 and -3.5 start like a formula but can do nothing
_HARMLESS = re.compile(r"[+-]?[\d\s().,/-]+")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BAD_TITLE = re.compile(r"[\[\]:*?/\\]")
_HEADER_FONT = Font(bold=True)
_WRAP = Alignment(wrap_text=True, vertical="top")


def write_xlsx(target, headers, rows, sheet_title="Contacts"):
    """Write a workbook; memory stays flat however many rows come.

    Text is written as text, also where it starts like a formula. What doesn't fit
    on a sheet goes to further ones, each with the header.

    :param target: path or binary file
    :param rows: iterable of lists of str, numbers, dates, booleans or None
    """
    book = Workbook(write_only=True)
    title = _BAD_TITLE.sub(" ", sheet_title).strip(" '")[:27] or "Sheet"
    sheet, count, number = None, MAX_SHEET_ROWS, 0
    for row in rows:
        if count >= MAX_SHEET_ROWS:
            number, count = number + 1, 1
            sheet = _new_sheet(book, title, number, headers)
        sheet.append([_cell(sheet, value) for value in row])
        count += 1
    if sheet is None:
        _new_sheet(book, title, 1, headers)
    book.save(target)


def _new_sheet(book, title, number, headers):
    sheet = book.create_sheet(title if number == 1 else f"{title} {number}")
    sheet.freeze_panes = "A2"
    for position, header in enumerate(headers, start=1):
        width = min(50, max(12, len(header) + 2))
        sheet.column_dimensions[get_column_letter(position)].width = width
    if headers:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(headers))}1"
    sheet.append([_header_cell(sheet, header) for header in headers])
    return sheet


def _header_cell(sheet, header):
    cell = WriteOnlyCell(sheet, _CONTROLS.sub("", header)[:MAX_CELL])
    cell.data_type = "s"
    cell.font = _HEADER_FONT
    return cell


def _cell(sheet, value):
    """Give what openpyxl appends: a plain value where that is enough, it is faster."""
    risky = False
    if isinstance(value, str):
        value = _CONTROLS.sub("", value)[:MAX_CELL]
        # openpyxl makes a formula of "=…" and an error of "#N/A"
        risky = value.startswith((*_FORMULA, "#"))
    wrap = isinstance(value, str) and "\n" in value
    if not (risky or wrap):
        return value
    cell = WriteOnlyCell(sheet, value)
    if risky:
        cell.data_type = "s"
        # keeps it text when somebody edits the cell in Excel
        cell.quotePrefix = True
    if wrap:
        cell.alignment = _WRAP
    return cell


def write_csv(target, headers, rows, delimiter=","):
    """Write UTF-8 with BOM, which Excel needs to read accents.

    A cell that a spreadsheet program would run as a formula gets an apostrophe in
    front, which ``read_table`` takes away again.

    :param target: path or binary file
    """
    if not hasattr(target, "write"):
        with open(target, "wb") as file:
            write_csv(file, headers, rows, delimiter)
        return
    text = io.TextIOWrapper(
        target, encoding="utf-8-sig", errors="replace", newline="", write_through=True
    )
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow([_plain(header) for header in headers])
    for row in rows:
        writer.writerow([_plain(value) for value in row])
    text.flush()
    # the caller's file stays open
    text.detach()


def _plain(value):
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    text = _CONTROLS.sub("", value)
    if text.startswith(_FORMULA) and not _HARMLESS.fullmatch(text):
        return "'" + text
    return text
