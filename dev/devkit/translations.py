"""``dev/translate``: the terms of the addon, from a database to the files in i18n."""

import os
import sys
from datetime import UTC, datetime

import polib

from . import cluster, databases, po_check, server, settings, template
from .settings import ADDON, ROOT, say


def main(_arguments):
    """Export the template, merge it into each language, say what is to be done."""
    with cluster.for_tests() as postgres:
        os.environ.update(postgres.environment)
        databases.sweep(postgres)
        base = template.ensure(postgres)
        folder = settings.WORK / "translate"
        config = server.write_config(folder / "odoo.conf", folder / "data")
        env = server.environment(postgres, config)
        with databases.fresh_copy(base, "translate") as database:
            say("Installing the addon to read its terms")
            server.show(server.install_addon(database, env, folder / "install.log"))
            found = export(database, env, folder)
    pot = write_template(found)
    for language in po_check.LANGUAGES:
        merge(pot, language)
    return 0


def export(database, env, folder):
    """The terms of the addon as it is installed in ``database``, as a polib file."""
    path = folder / f"{ADDON}.pot"
    server.odoo_quietly(
        ["i18n", "export", "-d", database, "-l", "pot", "-o", path, ADDON],
        env,
        folder / "export.log",
    )
    return polib.pofile(str(path))


def outdated(found):
    """Sentences about terms that i18n/contact_person.pot lacks or has too many."""
    path = ROOT / "i18n" / po_check.TEMPLATE
    if not path.exists():
        return [f"{path.name} is missing: run dev/translate"]
    have = {po_check.key(entry) for entry in polib.pofile(str(path))}
    now = {po_check.key(entry) for entry in found}
    return [f"term not in {path.name}: {name[1]!r}" for name in now - have] + [
        f"term of {path.name} that is no more: {name[1]!r}" for name in have - now
    ]


def write_template(found):
    """Write the template; its date changes only when its terms do."""
    path = ROOT / "i18n" / po_check.TEMPLATE
    path.parent.mkdir(exist_ok=True)
    if path.exists():
        before = polib.pofile(str(path))
        if [str(entry) for entry in before] == [str(entry) for entry in found]:
            say(f"{path.name}: {len(found)} terms, unchanged")
            return before
    found.save(str(path))
    say(f"{path.name}: {len(found)} terms")
    return found


def merge(pot, language):
    """Bring one language's file up to the template, keeping what is translated."""
    path = ROOT / "i18n" / f"{language}.po"
    translated = polib.pofile(str(path)) if path.exists() else _new(language)
    translated.merge(pot)
    for entry in translated.obsolete_entries():
        translated.remove(entry)
    order = {po_check.key(entry): at for at, entry in enumerate(pot)}
    translated.sort(key=lambda entry: order[po_check.key(entry)])
    translated.save(str(path))
    left = len(translated.untranslated_entries()) + len(translated.fuzzy_entries())
    say(f"{path.name}: {left} of {len(translated)} terms still to be translated")


def _new(language):
    plural = "n > 1" if language == "fr" else "n != 1"
    file = polib.POFile()
    file.metadata = {
        "Project-Id-Version": "Odoo Server 19.0",
        "POT-Creation-Date": f"{datetime.now(UTC):%Y-%m-%d %H:%M+0000}",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "",
        "Plural-Forms": f"nplurals=2; plural=({plural});",
    }
    return file


if __name__ == "__main__":
    sys.exit(settings.main(main))
