"""Writing: safe, complete, and readable again."""

import datetime
import io

import openpyxl

from tools.tables import read_table, write_csv, write_xlsx, writer

HEADERS = ["Name", "Email", "Phone", "Notes"]
EVIL = ['=HYPERLINK("http://x")', "+cmd|' /C calc'!A0", "-1+1", "@SUM(1)"]


def xlsx(rows, **options):
    target = io.BytesIO()
    write_xlsx(target, HEADERS, rows, **options)
    return target.getvalue()


def test_formulas_stay_text_in_xlsx():
    book = openpyxl.load_workbook(io.BytesIO(xlsx([EVIL])))
    cells = book.active[2]
    assert [cell.data_type for cell in cells] == ["s"] * 4
    assert [cell.value for cell in cells] == EVIL
    assert all(cell.quotePrefix for cell in cells)


def test_values_keep_their_types_and_controls_vanish():
    row = ["A\x00\x07\ud800", 3, datetime.date(1980, 5, 12), True]
    cells = openpyxl.load_workbook(io.BytesIO(xlsx([row]))).active[2]
    assert [cells[0].value, cells[1].value, cells[3].value] == ["A", 3, True]
    assert cells[2].value == datetime.datetime(1980, 5, 12)


def test_what_is_written_is_read_again():
    rows = [["Zoé", "z@x.org", "+45 58 89 99 01", "a\nb"], ["#N/A", *EVIL[:3]]]
    assert read_table(xlsx(rows)).rows == rows
    target = io.BytesIO()
    write_csv(target, HEADERS, rows)
    assert target.getvalue().startswith(b"\xef\xbb\xbf")
    assert read_table(target.getvalue()).rows == rows


def test_csv_disarms_formulas_but_no_phone_numbers():
    target = io.BytesIO()
    write_csv(target, HEADERS, [["=1+1", "@x", "+45 58 89 99 01", None]], ";")
    assert target.getvalue().decode("utf-8-sig").splitlines()[1] == (
        "'=1+1;'@x;+45 58 89 99 01;"
    )


def test_full_sheets_go_on_with_the_header_on_the_next(monkeypatch):
    monkeypatch.setattr(writer, "MAX_SHEET_ROWS", 4)
    book = openpyxl.load_workbook(io.BytesIO(xlsx([[str(i)] for i in range(7)])))
    assert book.sheetnames == ["Contacts", "Contacts 2", "Contacts 3"]
    columns = [[row[0].value for row in sheet] for sheet in book]
    assert columns == [
        ["Name", "0", "1", "2"],
        ["Name", "3", "4", "5"],
        ["Name", "6"],
    ]


def test_no_rows_give_a_sheet_with_the_header():
    book = openpyxl.load_workbook(io.BytesIO(xlsx([], sheet_title="a/b:[c]" * 9)))
    assert [cell.value for cell in book.active[1]] == HEADERS


def test_files_are_written_too(tmp_path):
    write_xlsx(tmp_path / "out.xlsx", HEADERS, iter([["A"]]))
    assert openpyxl.load_workbook(tmp_path / "out.xlsx").active["A2"].value == "A"
    write_csv(tmp_path / "out.csv", HEADERS, [["A"]])
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfName")
