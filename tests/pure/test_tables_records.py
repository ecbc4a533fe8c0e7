"""Rows: clean values, and exactly the faults that are there."""

import datetime
import json
import pathlib

from tools.tables import FAULT_CODES, match_headers, read_table, to_records

SAMPLES = pathlib.Path(__file__).parents[3] / "shared" / "data" / "import"

INVENTED = """\
First Name,Last Name,Company,Title,Email,Mobile,Mailing Street,Mailing City,Country,DOB
Ann,Lee,Acme,CFO,ann@x.org,+45 58 89 99 01,"1 High St
Flat 2",Aarhus,Denmark,25/12/1980
建国,杨,华泰,CEO,a@@b.example,+86 138 0033 9075,六盘水路H座,平市,CN,04/05/1975
,,,,,,,,FR,
Zoé,Lévy,Søn,CTO,z@x.org; z2@x.org,call the office,2 rue,Lyon,France,31/02/1980
Bob,,,,"two@x.example two@y.example x",12,,,US,yesterday
,,,,no-at-sign.example,,,,US,
Eve,Ek,X,Y,e@x.org,++++,s,c,SE,05/06/1980,surplus
"""
FAULTS = {
    (1, "bad_email"),
    (2, "empty"),
    (3, "bad_phone"),
    (3, "bad_date"),
    (4, "bad_email"),
    (4, "bad_phone"),
    (4, "bad_date"),
    (5, "bad_email"),
    (6, "bad_phone"),
    (6, "too_long_row"),
}


def records(data, **options):
    table = read_table(data if isinstance(data, bytes) else data.encode())
    matches = match_headers(table.headers, table.samples())
    return list(to_records(table, matches, **options))


def faults(rows):
    return {(row.index, fault.code) for row in rows for fault in row.faults}


def test_each_fault_is_found_and_no_other():
    rows = records(INVENTED)
    assert faults(rows) == FAULTS
    assert all(fault.code in FAULT_CODES for row in rows for fault in row.faults)


def test_faults_of_the_sample_exports_where_they_are_at_hand():
    """The invented table stands in for them elsewhere, so this tests everywhere."""
    cases = [(INVENTED.encode(), 7, FAULTS)]
    if SAMPLES.is_dir():
        expected = json.loads((SAMPLES / "expected.json").read_text())
        for name, facts in expected.items():
            planted = {(fault["row"], fault["kind"]) for fault in facts["faults"]}
            cases.append(((SAMPLES / name).read_bytes(), facts["rows"], planted))
        assert len(cases) > 6
    for data, count, planted in cases:
        rows = records(data)
        assert len(rows) == count
        assert faults(rows) == planted


def test_values_are_clean_and_typed():
    values = records(INVENTED)[0].values
    assert values["name"] == "Ann Lee"
    assert values["birthdate"] == datetime.date(1980, 12, 25)
    assert (values["street"], values["street2"]) == ("1 High St", "Flat 2")
    assert values["country"] == "DK" and values["function"] == "CFO"


def test_names_in_chinese_characters_start_with_the_family():
    assert records(INVENTED)[1].values["name"] == "杨建国"


def test_further_emails_and_phones_are_kept():
    row = records(
        "Name,Email,Email 2,Phone,Mobile\n"
        "A,a@x.org; b@x.org,A@x.org c@x.org,+4558899901 / +4533333333,+4558899901\n"
    )[0]
    assert row.values["email"] == "a@x.org"
    assert row.values["extra_emails"] == ["b@x.org", "c@x.org"]
    assert row.values["phone"] == row.values["mobile"] == "+45 58 89 99 01"
    assert row.values["extra_phones"] == ["+45 33 33 33 33"]


def test_a_row_left_with_nothing_is_fatal_and_a_spoilt_value_is_not():
    rows = records(INVENTED)
    assert rows[2].fatal and rows[5].fatal and rows[6].fatal
    assert not rows[1].fatal and not rows[3].fatal and not rows[4].fatal


def test_a_stray_quote_that_swallows_rows_is_told():
    data = (
        "Name,Email,Phone,City,Zip,Company\n"
        'A,a@x.org,,"Lyon,1,X\nB,b@x.org,,Paris,2,Y\nC,c@x.org,,Nice",3,Z\n'
    )
    rows = records(data)
    assert faults(rows) == {(0, "torn_row")} and rows[0].fatal


def test_phones_use_the_country_of_the_row_or_the_default():
    data = "Name,Phone,Country\nA,58899901,\nB,06 12 34 56 78,France\n"
    rows = records(data, default_country="Denmark")
    phones = [row.values["phone"] for row in rows]
    assert phones == ["+45 58 89 99 01", "+33 6 12 34 56 78"]


def test_the_column_decides_the_order_of_day_and_month():
    data = "Name,Birthday\nA,02/03/1980\nB,02/25/1980\n"
    assert records(data)[0].values["birthdate"] == datetime.date(1980, 2, 3)
    lone = "Name,Birthday\nA,02/03/1980\n"
    assert records(lone)[0].values["birthdate"].month == 3
    us = records(lone, default_country="US")[0]
    assert us.values["birthdate"].month == 2


def test_formatted_addresses_and_joined_cells_are_taken_apart():
    data = (
        'Name,Full address\nA,"Flat 1\n2 High St\n8000 Aarhus C\nDenmark"\n'
        'B,"12 Main St, Boston, MA 02110, USA"\n'
    )
    first, second = (row.values for row in records(data))
    assert (first["street"], first["street2"]) == ("Flat 1", "2 High St")
    assert (first["zip"], first["city"], first["country"]) == ("8000", "Aarhus C", "DK")
    assert second["country"] == "US" and second["street"].startswith("12 Main St")
    joined = records("Navn,Postnr./by\nA,8000 Aarhus\n")[0].values
    assert (joined["zip"], joined["city"]) == ("8000", "Aarhus")


def test_mapping_may_be_a_list_or_a_dict_and_pass_on_other_fields():
    table = read_table(b"A,B,C\nAnn,gold,a@x.org\n")
    by_list = next(to_records(table, ["first_name", "x_contact_tier", "email"]))
    by_name = next(
        to_records(table, {"A": "first_name", "B": "x_contact_tier", 2: "email"})
    )
    assert by_list.values == by_name.values
    assert by_list.values["x_contact_tier"] == "gold" and by_list.number == 2


def test_several_columns_of_one_target_are_joined():
    table = read_table(b"A,B,C\nAnn,one,two\n")
    row = next(to_records(table, ["name", "comment", "comment"]))
    assert row.values["comment"] == "one\ntwo"


def test_an_unknown_country_is_told_and_the_row_stays():
    row = records("Name,Email,Country\nA,a@x.org,Atlantis\n")[0]
    assert [fault.code for fault in row.faults] == ["bad_country"] and not row.fatal
