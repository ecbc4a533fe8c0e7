"""Reading: every encoding, delimiter and layout gives the same clean table."""

import datetime
import io
import time
import zipfile

import openpyxl
import pytest

from tools.tables import TableError, read_table

NAMES = "Prénom;Nom;Société\nZoé;Lévy;Søn & Fils\nFrançois;Ångström;Crème brûlée\n"
ROWS = [["Zoé", "Lévy", "Søn & Fils"], ["François", "Ångström", "Crème brûlée"]]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac-roman"]
    + ["latin-1", "cp850", "utf-32"],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_encoding_delimiter_and_line_end_give_the_same(encoding, delimiter, end):
    text = NAMES.replace(";", delimiter).replace("\n", end)
    table = read_table(text.encode(encoding))
    assert table.headers == ["Prénom", "Nom", "Société"]
    assert table.rows == ROWS
    assert table.delimiter == delimiter
    assert table.row_numbers == [2, 3]


def test_chinese_excel_encoding_is_recognised():
    text = "姓,名,公司\n杨,建国,华泰通安科技有限公司\n张,伟,天益科技有限公司\n"
    table = read_table(text.encode("gb18030"))
    assert table.rows[0] == ["杨", "建国", "华泰通安科技有限公司"]


def test_utf8_with_one_spoilt_byte_stays_utf8():
    data = ("Navn;By\n" + "Søren;Århus\n" * 50).encode() + b"S\xf8ren;X\n"
    table = read_table(data)
    assert table.encoding == "utf-8" and table.rows[0] == ["Søren", "Århus"]


def test_linkedin_preamble_is_passed_over():
    data = (
        'Notes:\r\n"When exporting your data, you may notice, that some are missing."'
        "\r\n\r\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On"
        "\r\nAnn,Lee,https://l.example/in/a,,Acme,CEO,12 Mar 2026\r\n"
    )
    table = read_table(data.encode())
    assert table.headers[0] == "First Name" and len(table.rows) == 1
    assert table.preamble[0] == "Notes:" and table.row_numbers == [5]


@pytest.mark.parametrize("count", [3, 29, 35, 90])
def test_a_header_below_many_lines_of_notes_is_found(count):
    notes = "".join(f"Note number {n} about this list\n" for n in range(count))
    table = read_table((notes + "First Name;Email\nAnn;a@x.org\n").encode())
    assert table.headers == ["First Name", "Email"]
    assert table.rows == [["Ann", "a@x.org"]] and len(table.preamble) == count


def test_mere_lines_of_text_are_no_crash():
    table = read_table(b"a line of text\n" * 200)
    assert len(table.headers) == 1


def test_report_footer_is_no_row():
    data = (
        "First Name,Last Name,Email,Phone\nAnn,Lee,a@x.org,\n,,,\nContacts,,,\n"
        "Copyright (c) 2000-2026 example.com,,,\nConfidential Information,,,\n"
    )
    table = read_table(data.encode())
    assert len(table.rows) == 1 and "Contacts" in table.footer


def test_sep_line_of_excel_decides_the_delimiter():
    table = read_table(b"\xef\xbb\xbfsep=;\r\nName;Email\r\nA, B;a@b.org\r\n")
    assert table.rows == [["A, B", "a@b.org"]] and table.row_numbers == [3]


def test_quoted_cells_keep_their_lines_and_rows_their_numbers():
    data = b'Name;Street\r\nA;"Flat 3\r\nHigh St"\r\nB;"x\ry"\nC;z'
    table = read_table(data)
    assert [row[1] for row in table.rows] == ["Flat 3\nHigh St", "x\ny", "z"]
    assert table.row_numbers == [2, 4, 6]


def test_nul_bytes_vanish():
    assert read_table(b"Na\0me,Email\nA\0,a@b.org\n").rows == [["A", "a@b.org"]]


def test_short_rows_are_padded_and_long_ones_flagged():
    table = read_table(b"Name,Email,City\nA\nB,b@b.org,Lyon,extra,more\nC,c,d,,\n")
    assert table.rows[0] == ["A", "", ""]
    assert table.long_rows == {1: ["extra", "more"]}
    assert all(len(row) == 3 for row in table.rows)


def test_duplicate_and_missing_names_become_unique():
    table = read_table(b"Name,Email,Email,,\nA,a@a.org,b@a.org,x,\n")
    assert table.headers == ["Name", "Email", "Email (2)", "Column 4"]


def test_a_table_without_header_loses_no_row():
    table = read_table(b"a@b.org,Ann\nb@b.org,Bob\n")
    assert table.headers == ["Column 1", "Column 2"] and len(table.rows) == 2


def test_one_column_may_hold_commas():
    assert read_table(b"Name\nDoe, John\nRoe, Ann\n").rows[0] == ["Doe, John"]


def test_empty_rows_inside_count_and_a_tail_of_them_does_not():
    table = read_table(b"Name;Email\nA;a@a.org\n;\nB;b@a.org\n" + b";\n" * 500)
    assert [row[0] for row in table.rows] == ["A", "", "B"]


def test_header_only_gives_no_rows():
    table = read_table(b"Name,Email\r\n")
    assert table.headers == ["Name", "Email"] and table.rows == []


def test_excel_text_formulas_lose_their_wrapping():
    table = read_table(b'Name,Zip\nA,="01234"\nB,\'=1+1\n')
    assert [row[1] for row in table.rows] == ["01234", "=1+1"]


def test_samples_are_values_by_column():
    table = read_table(b"Name,Email\nA,\nB,b@b.org\n")
    assert table.samples() == [["A", "B"], ["b@b.org"]]


def test_a_hundred_thousand_rows_are_fast():
    line = 'Ann,Lée,"Firm, Inc",CFO,a@x.example,+33 6 12 34 56 78,1 rue,75001,Paris\n'
    header = "First Name,Last Name,Company,Title,Email,Phone,Street,Zip,City\n"
    data = (header + line * 100_000).encode()
    start = time.process_time()
    table = read_table(data)
    assert len(table.rows) == 100_000
    # 0.6 s on a quiet machine; the margin is for a busy one
    assert time.process_time() - start < 3


# ---------------------------------------------------------------- xlsx


def workbook(fill, **sheets):
    """Give the bytes of a workbook that ``fill`` wrote into."""
    book = openpyxl.Workbook()
    fill(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_xlsx_cells_become_what_people_see():
    def fill(book):
        sheet = book.active
        sheet.append(["Name", "Birthday", "Zip", "Share", "Ok", "Number", "Price"])
        sheet.append(["Ann", datetime.datetime(1980, 5, 4), 1234, 0.25, True, 3.0, 1.5])
        sheet["C2"].number_format = "00000"
        sheet["D2"].number_format = "0%"

    table = read_table(workbook(fill))
    assert table.rows == [["Ann", "1980-05-04", "01234", "25%", "true", "3", "1.5"]]


def test_xlsx_title_rows_are_preamble():
    def fill(book):
        sheet = book.active
        sheet["A1"] = "Contacts 2026"
        sheet.merge_cells("A1:C1")
        for column, name in enumerate(["Name", "Email", "Phone"], 1):
            sheet.cell(3, column, name)
            sheet.cell(4, column, name.lower())

    table = read_table(workbook(fill))
    assert table.headers == ["Name", "Email", "Phone"]
    assert table.row_numbers == [4] and table.preamble[0] == "Contacts 2026"


def hidden_and_empty(book):
    book.active.title = "Empty"
    for title in ("Secret", "People", "More"):
        sheet = book.create_sheet(title)
        sheet.append(["Name", "Email"])
        sheet.append([title, "a@b.org"])
    book["Secret"].sheet_state = "hidden"


def test_first_visible_sheet_with_data_is_read():
    table = read_table(workbook(hidden_and_empty))
    assert table.sheet == "People" and table.sheets == ["People", "More"]


def test_a_sheet_can_be_chosen():
    assert read_table(workbook(hidden_and_empty), sheet="More").rows[0][0] == "More"
    with pytest.raises(TableError) as caught:
        read_table(workbook(hidden_and_empty), sheet="Nowhere")
    assert caught.value.code == "unknown_sheet"
    assert caught.value.params["sheets"] == "People, More"


def test_formula_values_are_read_not_formulas():
    def fill(book):
        book.active.append(["Name", "Zip"])
        book.active.append(["Ann", "=40000+2"])

    data = workbook(fill)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            # the value that a spreadsheet program stores beside its formula
            part = old.read(name).replace(b"</f><v/>", b"</f><v>40002</v>")
            part = part.replace(b"</f><v />", b"</f><v>40002</v>")
            # written so where openpyxl finds lxml
            part = part.replace(b"</f><v></v>", b"</f><v>40002</v>")
            new.writestr(name, part)
    assert read_table(target.getvalue(), "list.csv").rows == [["Ann", "40002"]]
