"""New people for creating and importing; invented from a seed, all of them unknown."""

import csv
import random

from .population.words import DK, FR, GB, US, latin

HEADERS = ["First Name", "Last Name", "Name", "Email", "Phone", "Company", "Job Title",
           "Street", "Zip", "City", "Country"]  # fmt: skip
# What stock can take of it: a company as a mere text, since linking one by its name
# reads the whole table for every row.
LOAD_FIELDS = {
    "Name": "name",
    "Email": "email",
    "Phone": "phone",
    "Company": "company_name",
    "Job Title": "function",
    "Street": "street",
    "Zip": "zip",
    "City": "city",
    "Country": "country_id",
}
COUNTRY_NAMES = {"GB": "United Kingdom", "US": "United States", "FR": "France",
                 "DK": "Denmark"}  # fmt: skip
REPEATED = 0.02


def people(number, seed):
    """Dicts with the keys of ``HEADERS``, endlessly varied and always the same."""
    chance = random.Random(seed)
    for serial in range(number):
        country = chance.choice((GB, US, FR, DK))
        first = chance.choice(country.firsts.split()).replace("_", " ")
        last = chance.choice(country.heads.split()) + chance.choice(
            country.tails.split()
        )
        firm = (
            chance.choice(country.lasts.split()),
            chance.choice(country.firms.split()),
            country.forms.split()[0],
        )
        street = chance.choice(country.streets.split())
        yield {
            "First Name": first,
            "Last Name": last,
            "Name": f"{first} {last}",
            "Email": f"{latin(first)}.{latin(last)}.{seed}{serial}@new.example",
            "Phone": country.dial
            + chance.choice(country.leads.split())
            + "".join(chance.choices("0123456789", k=country.free)),
            "Company": " ".join(firm).replace("_", " "),
            "Job Title": chance.choice(country.jobs.split()).replace("_", " "),
            "Street": f"{street} {serial % 180}".replace("_", " "),
            "Zip": str(chance.randint(1000, 9999)),
            "City": chance.choice(country.cities.split()).replace("_", " "),
            "Country": COUNTRY_NAMES[country.code],
        }


def contact_values(number, country_id, parent_ids):
    """Values for ``create``: half of them under one of the companies."""
    for place, person in enumerate(people(number, seed=1)):
        parent = parent_ids[place % len(parent_ids)] if place % 2 else False
        yield {
            "name": person["Name"],
            "email": person["Email"],
            "phone": person["Phone"],
            "function": person["Job Title"],
            "city": person["City"],
            "country_id": country_id,
            "parent_id": parent,
        }


def write_file(path, number, known):
    """A csv file of ``number`` rows that repeats some of its own and all of ``known``.

    :param known: ``[(name, email)]`` of contacts that are in the database
    :return: how many rows describe somebody new
    """
    chance = random.Random(7)
    rows = list(people(number - len(known), seed=2))
    repeats = chance.sample(range(1, len(rows)), int(REPEATED * len(rows)))
    for place in repeats:
        rows[place] = dict(rows[chance.randrange(place)])
    blank = dict.fromkeys(HEADERS, "")
    for name, email in known:
        first, _space, last = name.rpartition(" ")
        row = {"First Name": first, "Last Name": last, "Name": name, "Email": email}
        rows.insert(chance.randrange(len(rows)), {**blank, **row})
    with open(path, "w", newline="", encoding="utf-8") as handle:
        writer = csv.DictWriter(handle, HEADERS)
        writer.writeheader()
        writer.writerows(rows)
    return number - len(known) - len(repeats)
