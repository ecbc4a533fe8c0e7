import pytest

from tools.tables import parse_number, parse_time, parse_truth


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("2,5", 2.5),
        ("2.5", 2.5),
        ("1.234,50", 1234.5),
        ("1,234.50", 1234.5),
        ("1 234 567", 1234567),
        ("1\u00a0234,5", 1234.5),
        ("−3", -3),
        ("€ 1.250,00", 1250),
        ("250 kr", 250),
        ("1.250", 1.25),
        ("", None),
        ("twelve", None),
        ("1.2.3", None),
        ("12 34", None),
    ],
)
def test_numbers_are_read_as_people_write_them(text, number):
    assert parse_number(text) == number


def test_a_whole_number_has_no_decimals_but_thousands():
    assert parse_number("1.250", whole=True) == 1250
    assert parse_number("1,250", whole=True) == 1250


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("Yes", True),
        ("OUI", True),
        ("ja", True),
        ("✓", True),
        ("no", False),
        ("Non", False),
        ("nej", False),
        ("0", False),
        ("perhaps", None),
        ("", None),
    ],
)
def test_yes_and_no_are_read_in_three_languages(text, truth):
    assert parse_truth(text) is truth


def test_a_time_is_parted_from_its_date():
    assert parse_time("2024-02-29 12:30") == ("2024-02-29", (12, 30, 0))
    assert parse_time("29.2.2024 8h05") == ("29.2.2024", (8, 5, 0))
    assert parse_time("29.2.2024") == ("29.2.2024", (0, 0, 0))
