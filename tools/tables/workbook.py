"""xlsx sheets as rows of text, read as a stream and defended against traps.

A workbook is a zip of XML: sizes are checked before anything is unpacked, and
document type definitions (entity bombs) are refused before openpyxl parses a part.
"""

import contextlib
import datetime
import io
import re
import zipfile
from xml.parsers import expat

import openpyxl

from .errors import TableError

MAX_UNPACKED = 1024 * 2**20
# Sheets compress 5 to 40 times; shared strings are held in memory
_MAX_RATIO = 250
_HARMLESS_SIZE = 48 * 2**20
_MAX_STRINGS = 384 * 2**20
_MAX_COLUMNS = 1000
# What a sheet can hold; a row number beyond it is forged
_MAX_ROWS = 1_048_576
# A few rows may be formatted far to the right; many would only burn time
_MAX_WIDE_ROWS = 2000
_ZEROS = re.compile(r"0+")
_PERCENT = re.compile(r"[^\"]*%")


class _RootReached(Exception):
    """Stops the check of a part at its first element."""


def read_sheet(data, sheet=None):
    """Give ``(title, titles of sheets with data, iterator of (number, cells))``.

    :raises TableError: if the file is broken, hostile or without data; also while
        the rows are read
    """
    _check_archive(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = _sheets_with_data(book)
    except TableError:
        raise
    except Exception as error:
        # openpyxl lets whatever its parsers raise through
        raise TableError("broken_xlsx") from error
    if not sheets:
        raise TableError("no_sheet")
    titles = [each.title for each in sheets]
    if sheet is not None and sheet not in titles:
        raise TableError("unknown_sheet", sheet=sheet, sheets=", ".join(titles))
    chosen = sheets[titles.index(sheet) if sheet is not None else 0]
    return chosen.title, titles, _rows(chosen)


def _check_archive(data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [
                info
                for info in archive.infolist()
                if info.filename.lower().endswith((".xml", ".rels"))
            ]
            _check_sizes(parts, len(data))
            for info in parts:
                _check_part(archive, info)
    except TableError:
        raise
    except Exception as error:
        # zipfile and zlib raise many kinds of errors on damaged input
        raise TableError("broken_xlsx") from error


def _check_sizes(parts, packed):
    total = sum(info.file_size for info in parts)
    strings = sum(i.file_size for i in parts if "sharedstrings" in i.filename.lower())
    bomb = total > _HARMLESS_SIZE and total > _MAX_RATIO * packed
    if bomb or total > MAX_UNPACKED or strings > _MAX_STRINGS:
        raise TableError("zip_bomb", size=total >> 20)


def _check_part(archive, info):
    """Refuse a document type definition, which can only stand before the root."""

    def refuse(*_args):
        raise TableError("unsafe_xml")

    def stop(*_args):
        raise _RootReached

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = stop
    with contextlib.suppress(_RootReached), archive.open(info) as part:
        while chunk := part.read(4096):
            parser.Parse(chunk)


def _sheets_with_data(book):
    """Give the worksheets that hold any value, hidden ones only if no other does."""
    visible, hidden = [], []
    for sheet in book.worksheets:
        # the stored dimension is wrong in files of Google and of some reports
        sheet.reset_dimensions()
        if any(map(any, _plain_rows(sheet, 1000))):
            (visible if sheet.sheet_state == "visible" else hidden).append(sheet)
    return visible or hidden


def _plain_rows(sheet, count):
    for index, row in enumerate(sheet.iter_rows(values_only=True)):
        if index >= count:
            return
        yield row


def _rows(sheet):
    wide = 0
    try:
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            if number > _MAX_ROWS:
                raise TableError("too_many_rows", limit=f"{_MAX_ROWS:,}")
            if len(cells) > _MAX_COLUMNS:
                wide += 1
                cells = _trim(cells, wide)
            yield number, [_text(cell) for cell in cells]
    except TableError:
        raise
    except Exception as error:
        raise TableError("broken_xlsx") from error


def _trim(cells, wide):
    """Drop the empty end of a very wide row, and refuse one that is full."""
    filled = (i for i, cell in enumerate(cells) if cell.value not in (None, ""))
    count = max(filled, default=-1) + 1
    if count > _MAX_COLUMNS or wide > _MAX_WIDE_ROWS:
        raise TableError("too_many_columns", count=len(cells), limit=_MAX_COLUMNS)
    return cells[:count]


def _text(cell):
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, str):
        text = value.strip()
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(" ")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "")
    return str(value)


def _number(value, number_format):
    """Give a number as its cell shows it, where the format changes its meaning."""
    if _PERCENT.fullmatch(number_format):
        return f"{value * 100:.15g}%"
    if value == int(value) and abs(value) < 1e18:
        text = str(int(value))
        if _ZEROS.fullmatch(number_format):
            # a post code such as 01234, kept as a number with format 00000
            return text.zfill(len(number_format))
        return text
    return f"{value:.15g}"
