#!/usr/bin/env python3
"""Runs the matching engine on csv files, for a judge that knows the truth.

    matching_cli.py batch RECORDS OUT        pairs inside a file: id1,id2,score
    matching_cli.py live DB QUERIES OUT      warnings while typing: query_id,id,score

Columns of the files: id, is_company, name, function, parent_name, email, phone, mobile,
street, zip, city, country_code, vat, website. Only what would be shown as a warning is
written, at most five a query, the best first.
"""

import argparse
import csv
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.matching import WARN, Model, compare, find_pairs, keys, prepare  # noqa: E402

CAP = 60
SHOWN = 5


def read(path):
    """Ids and features of the contacts of a csv file."""
    with open(path, newline="", encoding="utf-8-sig") as handle:
        rows = list(csv.DictReader(handle))
    return [row["id"] for row in rows], [prepare(contact_values(row)) for row in rows]


def contact_values(row):
    """Values for ``prepare`` from a row of the file."""
    values = {key: value for key, value in row.items() if key != "parent_name"}
    values["company"] = row.get("parent_name")
    values["is_company"] = row.get("is_company") in ("1", "True", "true")
    return values


def batch(records, out):
    """Writes the pairs of one file that are warned of."""
    ids, features = read(records)
    model = Model.learn(features)
    hits = find_pairs(features, model, WARN, CAP)
    write(out, [(ids[i], ids[j], f"{match.score:.4f}") for i, j, match in hits])


def live(database, queries, out):
    """Writes what each typed contact is warned of."""
    ids, stored = read(database)
    model = Model.learn(stored)
    index = defaultdict(list)
    for place, features in enumerate(stored):
        for key in keys(features):
            index[key].append(place)
    rows = []
    for query, features in zip(*read(queries), strict=True):
        for place, score in warnings(features, stored, index, model):
            rows.append((query, ids[place], f"{score:.4f}"))
    write(out, rows)


def warnings(features, stored, index, model):
    """Places and scores of the stored contacts that a typed one is warned of."""
    places = set()
    for key in keys(features):
        found = index.get(key, ())
        if len(found) <= CAP:
            places.update(found)
    scores = {p: compare(features, stored[p], model).score for p in places}
    scored = [hit for hit in scores.items() if hit[1] >= WARN]
    return sorted(scored, key=lambda hit: (-hit[1], hit[0]))[:SHOWN]


def write(path, rows):
    """Writes rows as csv without a header."""
    with open(path, "w", newline="", encoding="utf-8") as handle:
        csv.writer(handle).writerows(rows)


def main():
    """Reads the command line and runs one of the two modes."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    modes = parser.add_subparsers(dest="mode", required=True)
    one = modes.add_parser("batch", help="pairs inside a file")
    one.add_argument("records")
    one.add_argument("out")
    two = modes.add_parser("live", help="warnings while typing")
    two.add_argument("database")
    two.add_argument("queries")
    two.add_argument("out")
    args = parser.parse_args()
    if args.mode == "batch":
        batch(args.records, args.out)
    else:
        live(args.database, args.queries, args.out)


if __name__ == "__main__":
    main()
