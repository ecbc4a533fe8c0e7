"""Splitting and joining names of persons."""

import pytest

from tools.matching import join_name, normalise_name, split_name

SPLITS = [
    ("Søren Kierkegaard Nielsen", "Søren Kierkegaard", "Nielsen"),
    ("Dr. Anne-Marie van der Berg", "Dr. Anne-Marie", "van der Berg"),
    ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
    ("Jean de La Fontaine", "Jean", "de La Fontaine"),
    ("Hans af Klint", "Hans", "af Klint"),
    ("John Smith Jr.", "John", "Smith Jr."),
    ("Mr Smith", "Mr", "Smith"),
    ("Madonna", "Madonna", ""),
    ("杨建国", "建国", "杨"),
    ("欧阳建国", "建国", "欧阳"),
    ("司馬光", "光", "司馬"),
    ("陳方安生", "安生", "陳方"),
    ("杨", "", "杨"),
    ("김민수", "민수", "김"),
    ("Владимир Путин", "Владимир", "Путин"),
    ("محمد علي", "محمد", "علي"),
]
TURNED = [
    ("O'Neill, Pat", "Pat", "O'Neill"),
    ("DUPONT Jean", "Jean", "DUPONT"),
    ("DE LA TOUR Jean", "Jean", "DE LA TOUR"),
    ("Pat O'Neill, PhD", "Pat", "O'Neill, PhD"),
]


@pytest.mark.parametrize(("name", "first", "last"), SPLITS + TURNED)
def test_a_name_is_split_as_its_script_writes_it(name, first, last):
    assert split_name(name) == (first, last)


@pytest.mark.parametrize("name", [row[0] for row in SPLITS] + ["  Anna \t Maria  Bo "])
def test_a_split_name_joins_to_itself(name):
    assert join_name(*split_name(name)) == " ".join(name.split())


def test_the_language_decides_where_the_script_leaves_it_open():
    assert split_name("Nagy János", "hu_HU") == ("János", "Nagy")
    assert join_name("János", "Nagy", "hu_HU") == "Nagy János"
    assert join_name("太郎", "山田", "ja_JP") == "山田 太郎"
    assert join_name("太郎", "山田", "zh_CN") == "山田太郎"


@pytest.mark.parametrize(
    "name",
    ["", None, False, "\x00\x07", "🙂", ",", ", ,", "x" * 10_000, "a, b, c", ["x"], 12],
)
def test_nothing_a_user_types_breaks_the_split(name):
    first, last = split_name(name)
    assert isinstance(first, str)
    assert isinstance(last, str)


@pytest.mark.parametrize("name", ["Dr.", "van", "Dr. van", "III", "de la", "van der"])
def test_no_word_is_lost_when_a_name_is_only_particles(name):
    assert join_name(*split_name(name)) == name


def test_a_plain_name_has_no_case_accent_or_double_space():
    assert normalise_name("  ÉLISE\u00a0 Œuvré Ørsted ") == "elise oeuvre orsted"
    assert normalise_name("Ｊｏｈｎ\u200b") == "john"
    assert normalise_name("楊建國") == "楊建國"
