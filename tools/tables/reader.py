"""Reading csv and xlsx files, whatever program wrote them, into a ``Table``."""

import contextlib
import csv
import dataclasses
import io
import itertools
import math
import warnings

from . import workbook
from .encoding import decode
from .errors import TableError
from .filetype import is_workbook
from .headers import is_known_header
from .layout import find_header, footer_size, has_values, name_columns

__all__ = ["Table", "TableError", "read_table"]

MAX_BYTES = 256 * 2**20
MAX_ROWS = 2_000_000
MAX_COLUMNS = 1000
# Excel cells hold 32,767 characters; more means an opening quote that never closes
MAX_CELL = 131_072
_DELIMITERS = (",", ";", "\t", "|")
# A character that decode() never leaves in a text
_NO_DELIMITER = "\x1f"
# So many rows at the top tell the delimiter and the header
_HEAD = 100
# Longer runs of empty rows are an area that was formatted and never filled
_MAX_EMPTY_RUN = 100
_MAX_EMPTY_END = 2


@dataclasses.dataclass
class Table:
    """A table as text.

    :param headers: unique column names; nameless columns are called ``Column 3``
    :param rows: lists of cells, each as long as ``headers``; line ends are ``\\n``
    :param row_numbers: for each row the line (csv) or row (xlsx) where it starts,
        1-based
    :param preamble: the lines above the header, as text; ``footer``: those that a
        report puts below the data
    :param long_rows: row index → the cells beyond the last column, if any has text
    :param sheet: name of the xlsx sheet that was read; ``sheets``: all with data
    """

    headers: list
    rows: list
    row_numbers: list
    encoding: str | None = None
    delimiter: str | None = None
    preamble: list = dataclasses.field(default_factory=list)
    footer: list = dataclasses.field(default_factory=list)
    sheet: str | None = None
    sheets: list = dataclasses.field(default_factory=list)
    long_rows: dict = dataclasses.field(default_factory=dict)

    def samples(self, count=50, within=5000):
        """Give for each column its first ``count`` values among the first rows."""
        found = [[] for _header in self.headers]
        for row in self.rows[:within]:
            for values, cell in zip(found, row, strict=True):
                if cell and len(values) < count:
                    values.append(cell)
        return found


def read_table(data, filename="", sheet=None):
    """Read the bytes of a csv or xlsx file.

    The content decides what the file is; ``filename`` is not trusted for that.

    :param str sheet: name of an xlsx sheet; default: the first visible with data
    :raises TableError: when the file can't be read; it says what to do
    """
    if len(data) > MAX_BYTES:
        raise TableError("too_big", size=len(data) >> 20, limit=MAX_BYTES >> 20)
    if is_workbook(data):
        return _read_workbook(data, sheet)
    text, encoding = decode(data)
    delimiter, start = _find_delimiter(text)
    table = _to_table(_csv_rows(text, delimiter, start))
    table.encoding = encoding
    table.delimiter = None if delimiter == _NO_DELIMITER else delimiter
    return table


def _read_workbook(data, sheet):
    with warnings.catch_warnings():
        # openpyxl warns about styles and extensions that don't concern the data
        warnings.simplefilter("ignore")
        title, titles, numbered = workbook.read_sheet(data, sheet)
        table = _to_table(numbered)
    table.sheet, table.sheets = title, titles
    return table


# ---------------------------------------------------------------- csv


def _csv_rows(text, delimiter, start=0):
    """Yield ``(line number, cells)`` of all rows, empty lines left out."""
    lines = io.StringIO(text, newline="")
    for _skipped in range(start):
        lines.readline()
    reader = csv.reader(lines, delimiter=delimiter)
    marked, long_lines = _has_marks(text), _has_long_line(text)
    number = line = start
    try:
        for row in reader:
            number, line = line + 1, start + reader.line_num
            if not row:
                continue
            if line > number or long_lines:
                _check_lengths(row, number)
            if line > number or marked:
                yield number, [_clean_cell(cell) for cell in row]
            else:
                yield number, [cell.strip() for cell in row]
    except csv.Error as error:
        raise TableError("cell_too_long", line=line + 1, limit=MAX_CELL) from error
    if line > number:
        _check_closed(text, delimiter, number)


def _check_closed(text, delimiter, number):
    """Refuse a last row that swallowed others after a lone quotation mark."""
    lines = itertools.islice(io.StringIO(text, newline=""), number - 1, None)
    try:
        for _row in csv.reader(lines, delimiter=delimiter, strict=True):
            pass
    except csv.Error as error:
        if "end of data" in str(error):
            raise TableError("open_quote", line=number) from error


def _has_marks(text):
    """Tell whether cells may carry the signs that keep formulas at bay."""
    return '="' in text or any(f"'{sign}" in text for sign in "=+-@")


def _has_long_line(text):
    """Tell whether a line is so long that a cell of it may be, at little cost."""
    start = 0
    while len(text) - start > MAX_CELL:
        end = start + MAX_CELL
        start = max(text.rfind("\n", start, end), text.rfind("\r", start, end)) + 1
        if not start:
            return True
    return False


def _check_lengths(row, number):
    if max(map(len, row)) > MAX_CELL:
        raise TableError("cell_too_long", line=number, limit=MAX_CELL)


def _clean_cell(cell):
    cell = cell.strip()
    if "\r" in cell:
        cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    if cell.startswith('="') and cell.endswith('"'):
        # ="0123" is how exports keep Excel from eating a leading zero
        return cell[2:-1]
    if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@"):
        # the apostrophe that disarms formulas, see the writer
        return cell[1:]
    return cell


def _find_delimiter(text):
    """Give ``(delimiter, lines to skip)``."""
    head = text[:10].splitlines()[0] if text[:10].strip() else ""
    if head.lower().startswith("sep=") and len(head.rstrip()) <= 5:
        # Excel's own line; "sep=" alone stands for a tab
        return head[4:5] or "\t", 1
    sample = text[: 1 << 17]
    scores = {mark: _delimiter_score(sample, mark) for mark in _DELIMITERS}
    best = max(_DELIMITERS, key=scores.__getitem__)
    first_line = text.lstrip()[:200].split("\n")[0].strip(' "\r')
    if scores[best] < 2 + math.log(3) and is_known_header(first_line):
        # one column under its name; the commas are part of the values
        return _NO_DELIMITER, 0
    return best, 0


def _delimiter_score(sample, delimiter):
    """Rate a delimiter: known headers count most, then rows of one same width."""
    rows = []
    # an unclosed quote at the cut or a wrong delimiter: judge what was read
    with contextlib.suppress(TableError):
        for _line, cells in _csv_rows(sample, delimiter):
            rows.append(cells)
            if len(rows) == _HEAD:
                break
    widths = [len(row) for row in rows if len(row) > 1]
    if not widths:
        return 0
    usual = max(set(widths), key=widths.count)
    known = max(sum(map(is_known_header, row)) for row in rows if len(row) > 1)
    share = widths.count(usual) / len(rows)
    return known + share * (1 + math.log(usual))


# ---------------------------------------------------------------- rows to table


def _to_table(numbered):
    """Find the header among ``(number, cells)`` rows and shape the rest to it."""
    numbered = iter(numbered)
    first = list(itertools.islice(numbered, _HEAD))
    if not any(has_values(cells) for _number, cells in first):
        raise TableError("no_header")
    at = find_header([cells for _number, cells in first])
    headers, header_is_data = name_columns([cells for _number, cells in first], at)
    if len(headers) > MAX_COLUMNS:
        raise TableError("too_many_columns", count=len(headers), limit=MAX_COLUMNS)
    table = Table(headers=headers, rows=[], row_numbers=[])
    table.preamble = [" ".join(filter(None, cells)) for _number, cells in first[:at]]
    body = first[at:] if header_is_data else first[at + 1 :]
    _fill(table, itertools.chain(body, numbered))
    return table


def _fill(table, numbered):
    rows, numbers, empty = table.rows, table.row_numbers, 0
    for number, cells in numbered:
        if len(rows) >= MAX_ROWS:
            raise TableError("too_many_rows", limit=f"{MAX_ROWS:,}")
        if any(cells):
            if empty > _MAX_EMPTY_RUN:
                del rows[-empty:], numbers[-empty:]
            empty = 0
        elif empty > _MAX_EMPTY_RUN:
            # the run will be dropped whole, so it need not grow
            continue
        else:
            empty += 1
        rows.append(_fit(table, cells))
        numbers.append(number)
    if empty > _MAX_EMPTY_END:
        del rows[-empty:], numbers[-empty:]
    size = footer_size(rows)
    if size:
        table.footer = list(filter(None, ("".join(row) for row in rows[-size:])))
        del rows[-size:], numbers[-size:]


def _fit(table, cells):
    """Pad a short row; cut a long one and remember what was cut."""
    width = len(table.headers)
    if len(cells) < width:
        return cells + [""] * (width - len(cells))
    if len(cells) > width:
        if any(cells[width:]):
            table.long_rows[len(table.rows)] = cells[width:]
        return cells[:width]
    return cells
