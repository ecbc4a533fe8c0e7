"""Scores, rules about look-alikes, and learning."""

import csv
import json
import random
import sys
import time
from pathlib import Path

import pytest

from tools.matching import (
    REASONS,
    SHOW,
    WARN,
    Model,
    candidate_pairs,
    compare,
    compare_by_reasons,
    find_pairs,
    prepare,
)
from tools.matching.levels import FIELDS

from test_matching_keys import HOSTILE, STORED  # isort: skip

MODEL = Model.default()
ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT.parent / "shared" / "data" / "matching" / "contacts"


def match(one, two, model=MODEL):
    one, two = ({"is_company": False, **v} for v in (one, two))
    return compare(prepare(one), prepare(two), model)


SAME = [
    ({"name": "Nielsen Søren"}, {"name": "Søren Nielsen"}, "name_swapped"),
    ({"name": "Élise Dubreuil"}, {"name": "ELISE DUBREUIL"}, "name_same"),
    ({"name": "Elise Dubreul"}, {"name": "Élise Dubreuil"}, "name_similar"),
    ({"name": "杨建国"}, {"name": "Yang Jianguo"}, "name_reading"),
    ({"name": "淑兰林", "company": "兰金"}, {"name": "林淑兰", "company": "兰金"},
     "name_swapped"),
    ({"phone": "20304050", "country_code": "DK"}, {"mobile": "+45 20 30 40 50"},
     "phone_same"),
    ({"email": "Soren@Acme.dk"}, {"email": "soren@acme.dk", "name": "Søren Bo"},
     "email_same"),
    ({"name": "Bob Smith", "email": "bob@x.com"},
     {"name": "Robert Smith", "email": "bob@x.com"}, "name_nickname"),
    ({"name": "Eva Lund", "birthdate": "1990-01-02"},
     {"name": "Eva Lund", "birthdate": "1990-01-02"}, "birthdate_same"),
    ({"name": "Acme", "is_company": True, "phone": "+33145678901"},
     {"name": "ACME SARL", "is_company": True, "phone": "01 45 67 89 01"},
     "phone_same"),
    ({"name": "Acme", "is_company": True, "vat": "DK12345678"},
     {"name": "Acme ApS", "is_company": True, "vat": "12345678"}, "vat_same"),
]  # fmt: skip

HOME = {"street": "Nygade 12", "zip": "8000", "city": "Aarhus", "phone": "+45 86123456"}
FIRM = {"company": "Acme A/S", "phone": "+33 1 45 67 89 01", "city": "Paris",
        "street": "3 rue Zola", "email": "info@acme.fr"}  # fmt: skip
DIFFERENT = [
    # twins and couples: all shared but the given name
    ({"name": "Anna Lund", "birthdate": "1990-01-02", **HOME},
     {"name": "Peter Lund", "birthdate": "1991-05-02", **HOME}),
    ({"name": "Anna Lund", "email": "lund@mail.dk", **HOME},
     {"name": "Peter Lund", "email": "lund@mail.dk", **HOME}),
    # colleagues on a switchboard with a shared mailbox
    ({"name": "Luc Martin", **FIRM}, {"name": "Jeanne Durand", **FIRM}),
    ({"name": "Luc Martin", **FIRM}, {"name": "Luc Durand", "company": "Acme"}),
    # father and son
    ({"name": "Hans Lund", "birthdate": "1950-03-01", **HOME},
     {"name": "Hans Lund", "birthdate": "1980-07-09", **HOME}),
    # a person and a company
    ({"name": "Lund", **HOME}, {"name": "Lund", "is_company": True, **HOME}),
    # branches of a firm
    ({"name": "Acme SARL", "is_company": True, "city": "Paris", "zip": "75001",
      "phone": "+33145678901"},
     {"name": "Acme SARL", "is_company": True, "city": "Lyon", "zip": "69001",
      "phone": "+33478112233"}),
]  # fmt: skip


@pytest.mark.parametrize(("one", "two", "reason"), SAME)
def test_the_same_contact_is_warned_of_with_its_reason(one, two, reason):
    found = match(one, two)
    assert found.score >= WARN
    assert reason in found.reasons


@pytest.mark.parametrize(("one", "two"), DIFFERENT)
def test_look_alikes_are_not_warned_of(one, two):
    assert match(one, two).score < WARN


@pytest.mark.parametrize(("one", "two"), [pair[:2] for pair in SAME] + DIFFERENT)
def test_comparing_is_symmetric(one, two):
    there, back = match(one, two), match(two, one)
    assert there.bits == pytest.approx(back.bits)
    assert set(there.reasons) == set(back.reasons) <= set(REASONS)


def test_hostile_values_can_be_compared():
    features = [prepare(values) for values in [*HOSTILE, STORED]]
    for one in features:
        for two in features:
            assert 0 <= compare(one, two, MODEL).score <= 100


def test_the_thresholds_leave_room_for_a_grey_list():
    assert 0 < SHOW < WARN < 100
    landline = match({"phone": "+33 1 45 67 89 01"}, {"name": "Luc Martin", **FIRM})
    assert SHOW <= landline.score < WARN


GIVEN = "Anna Peter Lise Hans Eva Carl Ida Otto Ulla Bent Maja Finn Rosa Emil Nora Axel"
FAMILY = "Lund Holm Dahl Bak Friis Juhl Krogh Ravn Skov Toft Vang Winther Bech Dam"


def town(count=400, seed=7):
    """Invented contacts, every fourth of them twice."""
    rng = random.Random(seed)
    out = []
    for n in range(count):
        name = f"{rng.choice(GIVEN.split())} {rng.choice(FAMILY.split())}"
        one = {"name": name, "is_company": False, "email": f"user{n}@mail{n}.dk"}
        one["mobile"] = f"+4520{rng.randrange(10**6):06d}"
        out.append(one)
        if n % 4 == 0:
            first, last = name.split()
            out.append({**one, "name": f"{last} {first}", "email": None})
    return [prepare(values) for values in out]


def test_learning_counts_the_words_of_names():
    model = Model.learn(town())
    assert model.family_share("lund") > 0.6
    assert model.family_share("anna") < 0.4
    rare = [prepare({"name": "Ottilia Zwergel"}), prepare({"name": "Ottilia Zwergel"})]
    often = [prepare({"name": "Anna Lund"}), prepare({"name": "Anna Lund"})]
    assert compare(*rare, model).bits > compare(*often, model).bits + 1


def test_a_database_of_namesakes_does_not_take_them_for_one():
    given = "Anna Bo Carl Dorte Erik Hanne Ida Jens Lise Mads Ole Rita".split()
    family = "Jensen Nielsen Hansen Pedersen Larsen Madsen".split()
    people = [
        prepare(
            {
                "name": f"{given[n % 12]} {family[n // 12 % 6]}",
                "email": f"m{n * 7919:x}q@firm{n % 97}.example",
                "phone": f"+45 {20_000_000 + n * 7919}",
                "company": f"Firma {n % 97} ApS",
                "country_code": "DK",
            }
        )
        for n in range(1_500)
    ]
    learnt = Model.learn(people)
    namesakes = [(people[n], people[n + 360]) for n in range(100)]
    assert all(one.name == two.name for one, two in namesakes)
    taken = sum(compare(one, two, learnt).score >= WARN for one, two in namesakes)
    assert taken < 5


def test_learning_moves_weights_towards_what_a_database_shows():
    model = Model.learn(town())
    before = MODEL.data["weights"]["p"]["phone"]["same_mobile"]
    assert model.data["weights"]["p"] != MODEL.data["weights"]["p"]
    assert abs(model.data["weights"]["p"]["phone"]["same_mobile"] - before) <= 1.0


def test_learning_from_nothing_gives_the_default():
    assert Model.learn([]).data["weights"] == MODEL.data["weights"]


def test_a_model_survives_json():
    model = Model.learn(town())
    text = model.to_json()
    assert len(text) < 100_000
    again = Model.from_json(text)
    assert again.to_json() == text
    levels = ("same", *["none"] * (len(FIELDS) - 1))
    assert again.bits("p", levels) == model.bits("p", levels)
    with pytest.raises(ValueError):
        Model.from_json(json.dumps({"weights": {}}))


def test_planted_duplicates_of_a_list_are_found_and_no_others():
    features = town()
    hits = find_pairs(features, MODEL, WARN)
    planted = {
        (i, i + 1)
        for i in range(len(features) - 1)
        if features[i].phones == features[i + 1].phones
    }
    assert {(i, j) for i, j, _match in hits} == planted
    assert [hit[2].score for hit in hits] == sorted(
        (hit[2].score for hit in hits), reverse=True
    )


def test_a_card_between_father_and_son_is_less_sure_than_it_looks():
    father = prepare({"name": "Hans Toft", "birthdate": "1960-01-01", **HOME})
    son = prepare({"name": "Hans Toft", "birthdate": "1991-05-17", **HOME})
    card = prepare({"name": "Hans Toft", **HOME})
    alone = compare(father, card, MODEL).score
    among = {(i, j): m.score for i, j, m in find_pairs([father, son, card], MODEL, 0)}
    assert among[0, 2] < alone


def test_hot_keys_are_left_out():
    crowd = [prepare({"phone": "+33145678901"}) for _n in range(70)]
    assert candidate_pairs(crowd) == []
    assert len(candidate_pairs(crowd[:10])) == 45


@pytest.mark.parametrize("silent", [{}, {"zip": "8000"}, {"function": "CEO"}, FIRM])
@pytest.mark.parametrize("is_company", [False, True])
def test_the_score_of_reasons_is_the_same_whatever_else_is_typed(silent, is_company):
    stored = {"name": "Eva Lund", "email": "eva@lund.dk", **HOME, "function": "CEO"}
    stored = prepare({**stored, "is_company": is_company})
    typed = prepare({**silent, "name": "Eva Lund", "is_company": is_company})
    told = compare_by_reasons(typed, stored, MODEL)
    plain = prepare({"name": "Eva Lund", "is_company": is_company})
    assert told == compare(plain, plain, MODEL)
    assert told.score > WARN


@pytest.mark.parametrize("name", ["Eva", "Eva Lindt", "Lund", "E. Lund", "Eve Lundh"])
@pytest.mark.parametrize("email", [None, "eva@lund.dk", "bob.q@lund.dk", "info@x.dk"])
def test_what_no_reason_names_shows_in_no_likeness(name, email):
    stored = {"name": "Eva Lund", "is_company": False}
    bare = compare_by_reasons(prepare({**stored, "name": name}), prepare(stored), MODEL)
    stored = prepare({**stored, **HOME, "email": email, "function": "CEO"})
    for also in ({}, {"zip": "8000"}, {"zip": "9000"}, {"city": "Aarhus"}, FIRM):
        typed = prepare({"is_company": False, **also, "name": name})
        assert compare_by_reasons(typed, stored, MODEL) == bare
        assert compare_by_reasons(stored, typed, MODEL) == bare


def test_a_comparison_is_quick():
    features = town(200)
    pairs = [(a, b) for a in features[:60] for b in features[60:120]]
    start = time.perf_counter()
    for a, b in pairs:
        compare(a, b, MODEL)
    assert (time.perf_counter() - start) / len(pairs) < 0.001


def quality_on_the_sample_holds():
    sys.path.insert(0, str(ROOT / "dev"))
    from matching_cli import read

    ids, features = read(SAMPLE / "records.csv")
    with open(SAMPLE / "truth.csv", newline="", encoding="utf-8") as handle:
        truth = {frozenset(row[:2]) for row in list(csv.reader(handle))[1:]}
    start = time.perf_counter()
    hits = find_pairs(features, Model.learn(features), WARN)
    assert time.perf_counter() - start < 60
    found = {frozenset((ids[i], ids[j])) for i, j, _match in hits}
    right = len(found & truth)
    assert right / len(found) > 0.93
    assert right / len(truth) > 0.92


if SAMPLE.exists():  # the sample lies beside the repository, not in it
    test_quality_on_the_sample_holds = quality_on_the_sample_holds
