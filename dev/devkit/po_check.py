"""Are the translations whole? Run as: python -m devkit.po_check FOLDER

Every term of the template is translated in every language, none is marked fuzzy,
placeholders and tags are those of the English text, and nothing is left over.
"""

import re
import sys
from collections import Counter
from pathlib import Path

import polib

LANGUAGES = ("fr", "da")
TEMPLATE = "contact_person.pot"
PLACEHOLDER = re.compile(r"%\(\w+\)[sdfr]|%[sdr]|\{\w*\}|</?\w+")


def key(entry):
    """What identifies a term in both files."""
    return entry.msgctxt, entry.msgid


def check_language(template, translated):
    """Sentences about what is wrong with one language's file."""
    wanted = {key(entry): entry for entry in template if not entry.obsolete}
    have = {key(entry): entry for entry in translated if not entry.obsolete}
    for name in wanted.keys() - have.keys():
        yield f"missing: {name[1]!r}"
    for name in have.keys() - wanted.keys():
        yield f"not in the template any more: {name[1]!r}"
    for name in wanted.keys() & have.keys():
        yield from check_entry(have[name])


def check_entry(entry):
    """Sentences about what is wrong with one translation."""
    if entry.fuzzy:
        yield f"fuzzy: {entry.msgid!r}"
    elif not entry.msgstr.strip():
        yield f"not translated: {entry.msgid!r}"
    elif Counter(PLACEHOLDER.findall(entry.msgid)) != Counter(
        PLACEHOLDER.findall(entry.msgstr)
    ):
        yield f"other placeholders or tags: {entry.msgid!r} -> {entry.msgstr!r}"


def problems(folder):
    """All sentences, each with the file it is about."""
    pot = folder / TEMPLATE
    if (folder / "en.po").exists():
        yield "en.po: English is the source language, this file must go"
    if not pot.exists():
        yield f"{TEMPLATE} is missing: run dev/translate"
        return
    template = polib.pofile(str(pot))
    for language in LANGUAGES:
        path = folder / f"{language}.po"
        if not path.exists():
            yield f"{path.name} is missing: run dev/translate"
            continue
        for problem in sorted(check_language(template, polib.pofile(str(path)))):
            yield f"{path.name}: {problem}"


def main(folder):
    """Print what is wrong; 1 if anything is."""
    found = list(problems(Path(folder)))
    for problem in found:
        print(problem)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
