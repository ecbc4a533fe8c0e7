"""Files that are broken, hostile or something else: a clear error, never a crash."""

import io
import random
import time
import zipfile

import pytest

from tools.tables import (
    TABLE_CODES,
    TableError,
    match_headers,
    read_table,
    to_records,
    write_xlsx,
)

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def good_xlsx():
    target = io.BytesIO()
    write_xlsx(target, ["Name", "Email"], [["Ann", "a@b.org"], ["Bob", "b@b.org"]])
    return target.getvalue()


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def with_sheet(content):
    return packed({**parts_of(good_xlsx()), SHEET: content})


def sheet_of(rows):
    return b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (
        NAMESPACE,
        rows,
    )


def code_of(data):
    with pytest.raises(TableError) as caught:
        read_table(data)
    error = caught.value
    assert error.params.keys() == set(TABLE_CODES[error.code])
    return error.code


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("empty_file", b""),
        ("empty_file", b"\xef\xbb\xbf\r\n\r\n"),
        ("old_excel", OLE),
        ("encrypted", OLE + "EncryptedPackage".encode("utf-16-le")),
        ("not_a_table", b"%PDF-1.4"),
        ("not_a_table", b"\x89PNG\r\n\x1a\n"),
        ("not_a_table", b"\xff\xd8\xff\xe0 jpeg"),
        ("not_a_table", b"BEGIN:VCARD\r\nFN:Ann\r\nEND:VCARD"),
        ("not_a_table", b'[{"name": "Ann"}]'),
        ("other_spreadsheet", b"\xef\xbb\xbf <html><table><tr><td>x"),
        (
            "other_spreadsheet",
            packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
        ),
        ("archive", b"\x1f\x8b\x08 gzip"),
        ("archive", packed({"contacts.csv": "Name\nAnn\n"})),
        ("broken_xlsx", b"PK\x03\x04 and then nothing"),
        ("not_text", bytes(range(256)) * 20),
        ("open_quote", b'Name,Email\nA,"x\nB,b@b.org\nC,c@c.org\n'),
        ("cell_too_long", b'Name,Email\nA,"' + b"x,y\n" * 100_000),
        ("cell_too_long", b"Name,Email\nA," + b"x" * 10_000_000),
        ("too_many_columns", b",".join(b"c%d" % i for i in range(1500)) + b"\n"),
    ],
)
def test_error_tells_what_the_file_is(code, data):
    assert code_of(data) == code


def test_an_unclosed_quote_is_told_with_its_line():
    with pytest.raises(TableError) as caught:
        read_table(b'Name,Email\nZ,z@z.org\nA,"x\nB,b@b.org\n')
    assert caught.value.params == {"line": 3}


def test_a_cut_xlsx_is_broken_wherever_it_is_cut():
    data = good_xlsx()
    for end in range(4, len(data) - 1, 211):
        assert code_of(data[:end]) == "broken_xlsx"


def test_a_zip_bomb_is_not_unpacked():
    data = with_sheet(b"<worksheet>" + b" " * (200 << 20))
    start = time.process_time()
    assert code_of(data) == "zip_bomb"
    assert time.process_time() - start < 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entity_bombs_are_refused_in_any_encoding(encoding):
    entities = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    bomb = (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        f'<!DOCTYPE l [<!ENTITY l0 "ha">{entities}]><worksheet>&l11;</worksheet>'
    )
    assert code_of(with_sheet(bomb.encode(encoding))) == "unsafe_xml"


def test_external_entities_are_refused_in_shared_parts():
    bomb = b'<!DOCTYPE w SYSTEM "file:///etc/passwd"><workbook/>'
    assert code_of(packed({**parts_of(good_xlsx()), "xl/workbook.xml": bomb})) == (
        "unsafe_xml"
    )


def test_forged_row_numbers_burn_no_time():
    cell = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>Name</t></is></c></row>'
    rows = b"".join(cell % (n, n) for n in (1, 2, 10**9))
    assert code_of(with_sheet(sheet_of(rows))) == "too_many_rows"


def test_forged_column_letters_burn_no_time():
    cell = b'<row r="%d"><c r="XFD%d" t="inlineStr"><is><t>x</t></is></c></row>'
    rows = b"".join(cell % (n, n) for n in range(1, 3000))
    assert code_of(with_sheet(sheet_of(rows))) == "too_many_columns"


def test_a_stray_cell_far_below_makes_no_million_rows():
    cell = b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>Name</t></is></c></row>'
    rows = b"".join(cell % (n, n) for n in (1, 2, 1_000_000))
    table = read_table(with_sheet(sheet_of(rows)))
    assert table.row_numbers == [2, 1_000_000]


def test_a_workbook_without_data_says_so():
    assert code_of(with_sheet(sheet_of(b""))) == "no_sheet"


def spoilt(data, rnd, count):
    data = bytearray(data)
    for _ in range(rnd.randrange(1, count)):
        data[rnd.randrange(len(data))] = rnd.randrange(256)
    return bytes(data)


def test_signs_that_only_look_like_digits_are_no_numbers():
    data = "Name,Email ❼,Birthday,Phone\nAnn,a@b.org,❼ mars 2026,❼❼❼❼❼❼❼\n"
    table = read_table(data.encode())
    [row] = to_records(table, match_headers(table.headers, table.samples()))
    assert {fault.code for fault in row.faults} == {"bad_date", "bad_phone"}


def fuzz_inputs(rnd, good):
    parts = parts_of(good)
    alphabet = b"a1@,;\t|\"'\r\n =+\xe9\xc3\xa9\0"
    marks = [b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"sep=", b"\xff\xfe\0\0"]
    for _ in range(120):
        yield rnd.randbytes(rnd.randrange(1, 3000))
        yield spoilt(good, rnd, 8)
        yield bytes(rnd.choice(alphabet) for _ in range(rnd.randrange(1, 400)))
        yield rnd.choice(marks) + rnd.randbytes(rnd.randrange(200))
        name = rnd.choice(sorted(parts))
        yield packed({**parts, name: spoilt(parts[name], rnd, 6)})


def test_random_input_gives_a_table_or_a_table_error():
    read = 0
    for data in fuzz_inputs(random.Random(5), good_xlsx()):
        try:
            table = read_table(data)
        except TableError:
            continue
        read += 1
        assert all(len(row) == len(table.headers) for row in table.rows)
        assert len(table.rows) == len(table.row_numbers)
        rows = list(to_records(table, match_headers(table.headers, table.samples())))
        assert len(rows) == len(table.rows)
    assert read > 50
