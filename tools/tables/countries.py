"""Country names and codes to ISO 3166-1 alpha-2."""

import functools
import pathlib

from .text import fold

_DATA = pathlib.Path(__file__).parent / "data" / "countries.tsv"
# What people type that is in no list of official names
_ALIASES = {
    "AE": "UAE|Emirates|Dubai|Abu Dhabi",
    "BA": "Bosnia|Bosnie",
    "CI": "Ivory Coast|Elfenbenskysten",
    "CD": "DR Congo|DRC|RDC|Democratic Republic of the Congo",
    "CN": "PRC|P.R. China|People's Republic of China|China PR|Mainland China|中国大陆",
    "CZ": "Czech Republic|République tchèque|Tjekkiet",
    "DE": "BRD|Federal Republic of Germany|FRG",
    "DK": "Kongeriget Danmark|Dänemark",
    "FR": "France métropolitaine|République française",
    "GB": (
        "UK|Great Britain|Britain|England|Scotland|Wales|Northern Ireland|"
        "Royaume Uni|Grande Bretagne|Angleterre|Écosse|Pays de Galles|"
        "Storbritannien|Skotland"
    ),
    "HK": "Hong Kong|Hongkong",
    "IE": "Republic of Ireland|Eire|Éire",
    "IR": "Islamic Republic of Iran",
    "KP": "North Korea",
    "KR": "Korea|South Korea|Republic of Korea|Corée|Sydkorea",
    "MD": "Moldova|Republic of Moldova",
    "MK": "Macedonia",
    "MM": "Burma",
    "MO": "Macau|Macao",
    "NL": "Holland|Hollande|The Netherlands|Les Pays-Bas",
    "PS": "Palestine",
    "RU": "Russian Federation|Fédération de Russie",
    "SY": "Syrian Arab Republic",
    "SZ": "Swaziland",
    "TR": "Turkey",
    "TW": "Taiwan ROC|Chinese Taipei",
    "TZ": "United Republic of Tanzania",
    "US": (
        "USA|U.S.A.|U.S.|America|United States of America|The United States|"
        "Etats Unis d'Amérique|États-Unis|Amerikas Forenede Stater|Estados Unidos"
    ),
    "VA": "Holy See|Vatican",
    "VN": "Viet Nam",
    "XK": "Kosovo",
}


@functools.lru_cache(maxsize=1)
def _codes():
    """Map folded names, alpha-2 and alpha-3 codes to alpha-2."""
    codes, named = {}, {}
    for line in _DATA.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        alpha2, alpha3, names = line.split("\t")
        codes[alpha2.casefold()] = codes[alpha3.casefold()] = alpha2
        for name in names.split("|"):
            named.setdefault(fold(name), alpha2)
    for alpha2, names in _ALIASES.items():
        codes[alpha2.casefold()] = alpha2
        for name in names.split("|"):
            named[fold(name)] = alpha2
    return {**named, **codes}


@functools.lru_cache(maxsize=4096)
def country_code(text):
    """Give the ISO 3166-1 alpha-2 code of a country, or None if it is unknown.

    Takes alpha-2 and alpha-3 codes and names in English, French, Danish and the
    country's own language, whatever the case and accents.
    """
    key = fold(text or "")
    if not key:
        return None
    codes = _codes()
    # "United Kingdom (GB)", "DK - Denmark", "D-": the longest part that is known
    if key in codes:
        return codes[key]
    if key.replace(" ", "") in codes:
        return codes[key.replace(" ", "")]
    return _by_part(text, codes)


def _by_part(text, codes):
    for mark in ("(", " - ", ",", "/"):
        parts = [fold(part) for part in text.split(mark)]
        found = {codes[part] for part in parts if part in codes}
        if len(parts) > 1 and len(found) == 1:
            return found.pop()
    return None
