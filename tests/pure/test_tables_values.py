"""Values: what is kept, what is a fault, and what is neither."""

import datetime

import pytest

from tools.tables import (
    country_code,
    guess_day_first,
    parse_date,
    parse_email,
    parse_phone,
    split_tags,
)
from tools.tables.text import is_cjk, tidy

MAY_12 = datetime.date(1980, 5, 12)


@pytest.mark.parametrize(
    "text",
    "1980-05-12|12/05/1980|12.05.80|12-05-1980|12 May 1980|May 12th, 1980|12 mai 1980|"
    "12. maj 1980|19800512|1980年5月12日|1980-05-12T00:00:00Z|12/05/1980 00:00:00|"
    "Monday, May 12, 1980|lundi 12 mai 1980|1980/5/12|05/12/1980 x".split("|")[:-1],
)
def test_dates_in_all_their_forms(text):
    assert parse_date(text) == (MAY_12, None)


@pytest.mark.parametrize(
    "text",
    [
        "31/02/1980",
        "1980-13-45",
        "45/13/1980",
        "yesterday",
        "29/02/1981",
        "1980",
        "maj",
        "❼ mars 2026",
        "7 mars ²⁰²❻",
    ],
)
@pytest.mark.parametrize("day_first", [True, False, None])
def test_impossible_dates_are_faults(text, day_first):
    assert parse_date(text, day_first) == (None, "bad_date")


@pytest.mark.parametrize("text", ["", " ", "0/0/00", "00/00/0000", "-", "n/a", None])
def test_no_date_is_no_fault(text):
    assert parse_date(text) == (None, None)


def test_order_of_day_and_month():
    assert parse_date("05/12/1980", day_first=False) == (MAY_12, None)
    assert parse_date("05/25/1980", day_first=True)[0] == datetime.date(1980, 5, 25)
    assert guess_day_first(["01/02/1980", "25/02/1980", "31/02/1980"]) is True
    assert guess_day_first(["01/02/1980", "02/25/1980", "45/13/1980"]) is False
    assert guess_day_first(["01/02/1980", "1980-05-12", ""]) is None


def test_excel_serial_two_digit_year_and_missing_year():
    assert parse_date("29353") == (MAY_12, None)
    assert parse_date("12/05/99")[0].year == 1999
    assert parse_date("12/05/20")[0].year == 2020
    assert parse_date("--05-12") == (None, "partial_date")


@pytest.mark.parametrize(
    ("text", "found", "faults"),
    [
        ("ann@x.org", ["ann@x.org"], []),
        ("Ann Lee <ann@x.org>", ["ann@x.org"], []),
        ('"Lee, Ann" <ann@x.org>; bob@x.org', ["ann@x.org", "bob@x.org"], []),
        ("a@x.org, b@x.org", ["a@x.org", "b@x.org"], []),
        ("a@x.org ::: A@X.org", ["a@x.org"], []),
        ("mailto:o'neil+x@x.co.uk.", ["o'neil+x@x.co.uk"], []),
        ("søren@blåbær.dk", ["søren@blåbær.dk"], []),
        ("n/a", [], []),
        ("a@@b.example", [], ["a@@b.example"]),
        ("no-at-sign.example", [], ["no-at-sign.example"]),
        ("a@localhost", [], ["a@localhost"]),
        ("a@x..org", [], ["a@x..org"]),
        (".a@x.org", ["a@x.org"], []),
        ("two@x.example two@y.example x", ["two@x.example", "two@y.example"], ["x"]),
    ],
)
def test_emails(text, found, faults):
    assert parse_email(text) == (found, faults)


@pytest.mark.parametrize(
    ("text", "country", "found"),
    [
        ("+33 6 92 58 72 33", None, ["+33 6 92 58 72 33"]),
        ("0033612345678", "US", ["+33 6 12 34 56 78"]),
        ("06.12.34.56.78", "FR", ["+33 6 12 34 56 78"]),
        ("612345678", "FR", ["+33 6 12 34 56 78"]),
        ("Tlf. 58 89 99 01", "DK", ["+45 58 89 99 01"]),
        ("+44 (0)7700 900123", None, ["+44 7700 900123"]),
        ("202-555-0156 x12", "US", ["+1 202-555-0156 ext. 12"]),
        ("1-800-FLOWERS", "US", ["+1 800-356-9377"]),
        ("\u202a+45 58 89 99 01\u202c", None, ["+45 58 89 99 01"]),
        ("+45 58899901 / +45 33333333", None, ["+45 58 89 99 01", "+45 33 33 33 33"]),
        ("+4558899901 ::: 4558899901", None, ["+45 58 89 99 01", "4558899901"]),
        # plausible in no country that we know: kept as it is
        ("123 45 67", None, ["123 45 67"]),
        ("2025550156", "FR", ["2025550156"]),
        ("+999 123456789", None, ["+999 123456789"]),
        ("n/a", "FR", []),
        ("", "FR", []),
    ],
)
def test_phones_without_fault(text, country, found):
    assert parse_phone(text, country) == (found, [])


@pytest.mark.parametrize("country", ["FR", "DK", "US", "CN", None])
@pytest.mark.parametrize(
    "text",
    ["call the office", "12", "++++", "0000000000", "4,47700958E+11", "ask for Ann"]
    + ["a@b.org", "+45 12", "1" * 25],
)
def test_text_is_no_phone(text, country):
    assert parse_phone(text, country) == ([], [text])


def test_a_number_among_words_is_kept_and_told():
    numbers, faults = parse_phone("+33 6 12 34 56 78 (secrétariat)", "FR")
    assert numbers == ["+33 6 12 34 56 78"] and len(faults) == 1


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("DK", "Denmark|Danemark|Danmark|DK|dnk|Denmark (DK)"),
        ("GB", "UK|U.K.|England|Royaume-Uni|Storbritannien|GBR"),
        ("US", "USA|U.S.A.|États-Unis|United States|Etats Unis|the united states"),
        ("CN", "China|Chine|Kina|中国"),
        ("CI", "Côte d'Ivoire|Ivory Coast"),
        ("KR", "South Korea|Corée du Sud|Korea, Republic of"),
        ("TR", "Turkey|Türkiye|Tyrkiet"),
    ],
)
def test_countries_by_any_name(code, names):
    assert {country_code(name) for name in names.split("|")} == {code}


def test_unknown_country_is_none():
    assert country_code("Atlantis") is None
    assert country_code("") is None and country_code(None) is None


def test_tags_leave_out_what_google_adds():
    assert split_tags("* myContacts ::: VIP ::: Fair 2026") == ["VIP", "Fair 2026"]
    assert split_tags("a; b,A") == ["a", "b"]


def test_small_text_helpers():
    assert tidy(" a\u00a0\u200b b \n\n c ") == "a b\nc"
    assert (
        is_cjk("杨建国")
        and is_cjk("김민수")
        and not is_cjk("Yang 国")
        and not is_cjk("")
    )
