import datetime
import functools

import pytz

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import html2plaintext, plaintext2html
from odoo.tools.sql import escape_psql

from ...tools.matching import normalise_name
from ...tools.tables import (
    Fault,
    guess_day_first,
    match_headers,
    normalise_header,
    parse_date,
    parse_number,
    parse_time,
    parse_truth,
    split_tags,
)
from ..field.field_types import IMPORT, PREFIX, TYPES
from .contact_import_values import NOTED
from .texts import TARGET_LABELS

# Targets that would only be noted on the contact.
FIELDLESS = frozenset(NOTED) - {"state", "lang", "owner"}
# Names looked up in one query.
NAMES = 200


class ContactImportFields(models.Model):
    """Additional fields as columns of a file: those that name the place Import."""

    _inherit = "contact.import"

    # ------------------------------------------------------------
    # COLUMNS
    # ------------------------------------------------------------

    def _additional_fields(self):
        """Return the definitions that this user may import, by field name."""
        offered = self.env["contact.field"]._contact_placed(IMPORT)
        return {
            field["name"]: field
            for field in self.env["res.partner"]._contact_view_fields()
            if field["name"] in offered and TYPES[field["type"]].imported
        }

    def _additional_labels(self):
        """Return ``{field name: label}`` of the fields that a column may go to."""
        names = list(self._additional_fields())
        if not names:
            return {}
        found = self.env["res.partner"].fields_get(names, ["string"])
        return {name: found[name]["string"] for name in names}

    def _known_headers(self):
        """Return ``{header: target}`` of additional fields and of what was chosen.

        Labels count in every language. Those of Odoo's own fields go there, as ever;
        what would only be noted goes to the field that was made for it.
        """
        definitions = self._additional_fields()
        texts = self._definition_records(definitions)
        known = {}
        for record in texts:
            for text in (*_texts(record), record.field_name):
                [stock] = match_headers([text])
                own = not stock.target or stock.confidence < 0.9
                if own or stock.target in FIELDLESS:
                    known.setdefault(normalise_header(text), record.field_name)
        usable = {*TARGET_LABELS, *definitions, None}
        chosen = self._remembered().items()
        return known | {header: target for header, target in chosen if target in usable}

    def _usable_targets(self):
        """Return the target of each column, ``None`` for a field closed since."""
        usable = {*TARGET_LABELS, *self._additional_fields()}
        targets = self.mapping_ids.sorted("sequence").mapped("target")
        return [target if target in usable else None for target in targets]

    def _definition_records(self, names):
        # Superuser: users who import need not be able to read definitions.
        definitions = self.env["contact.field"].sudo()
        return definitions.search([("field_name", "in", list(names))])

    # ------------------------------------------------------------
    # READING
    # ------------------------------------------------------------

    def _read_additional(self, records):
        """Turn the texts of additional fields into values; note what is none.

        :param list records: ``Row`` of the table package
        """
        used = {name for record in records for name in record.values}
        for definition in self._definition_records(
            name for name in used if name.startswith(PREFIX)
        ):
            name = definition.field_name
            having = [record for record in records if name in record.values]
            texts = [record.values.pop(name) for record in having]
            read = self._reader(definition, texts)
            for record, text in zip(having, texts, strict=True):
                try:
                    record.values[name] = read(text)
                except (ValueError, OverflowError):
                    told = f"{definition.name}: {text}"
                    record.faults.append(Fault("bad_value", name, told))

    def _reader(self, definition, texts):
        """Return what turns a text into a value, or raises a ``ValueError``."""
        kind = definition.field_type
        if kind in ("date", "datetime"):
            day_first = guess_day_first(parse_time(text)[0] for text in texts)
            read = _read_date if kind == "date" else self._read_datetime
            return functools.partial(read, day_first=day_first)
        if kind in ("selection", "tags"):
            options = _options(definition)
            read = _read_option if kind == "selection" else _read_tags
            return functools.partial(read, options=options)
        if kind == "many2one":
            known = self._linked_records(definition.relation_model, set(texts))
            return functools.partial(_read_link, known=known)
        return _READERS.get(kind, str)

    def _read_datetime(self, text, day_first):
        """Return a moment in UTC; without an offset it is the user's time."""
        moment = _iso_moment(text)
        if moment is None:
            day, clock = parse_time(text)
            day = datetime.date.fromisoformat(_read_date(day, day_first))
            local = datetime.datetime.combine(day, datetime.time(*clock))
            moment = pytz.timezone(self.env.user.tz or "UTC").localize(local)
        utc = moment.astimezone(pytz.utc).replace(tzinfo=None)
        return fields.Datetime.to_string(utc)

    def _linked_records(self, model_name, texts):
        """Return ``{folded name: id, or None where several have it}``."""
        records = self.env[model_name]
        name = records._rec_name
        found = {}
        if not name or not records._fields[name].store:
            for text in texts:
                ids = [id_ for id_, _label in records.name_search(text, operator="=")]
                found[normalise_name(text)] = ids[0] if len(ids) == 1 else None
            return found
        texts = sorted(texts)
        for start in range(0, len(texts), NAMES):
            part = texts[start : start + NAMES]
            same = (Domain(name, "=ilike", escape_psql(text)) for text in part)
            for record in records.search_fetch(Domain.OR(same), [name]):
                key = normalise_name(record[name])
                found[key] = None if key in found else record.id
        return found

    # ------------------------------------------------------------
    # WRITING
    # ------------------------------------------------------------

    def _additional_values(self, values):
        """Return those of a row's values that go to additional fields."""
        names = [name for name in values if name.startswith(PREFIX)]
        usable = self._additional_fields() if names else ()
        return {name: values[name] for name in names if name in usable}

    def _same_additional(self, contact, name, value):
        """Whether the contact has what a row says."""
        known = contact[name]
        if isinstance(value, list):
            return set(value) <= set(known.ids)
        if isinstance(known, models.BaseModel):
            return known.id == value
        if isinstance(known, bool) and not isinstance(value, bool):
            return False  # an empty text or date
        if isinstance(known, float):
            return abs(known - value) < 1e-9
        if contact._fields[name].type == "html":
            return html2plaintext(known) == html2plaintext(value)
        return str(known) == str(value)


def _texts(record):
    """Return the names of a record in all languages."""
    texts = record._fields["name"]._get_stored_translations(record) or {}
    return [text for text in texts.values() if text]


def _options(definition):
    """Return ``{folded text: option}`` by label in every language, and by value."""
    found = {}
    for option in definition.option_ids:
        for text in (option.value, *_texts(option)):
            found.setdefault(normalise_name(text), option)
    return found


def _found(known, text):
    value = known.get(normalise_name(text))
    if not value:
        raise ValueError(text)
    return value


def _read_option(text, options):
    return _found(options, text).value


def _read_tags(text, options):
    if normalise_name(text) in options:
        return [_found(options, text).id]
    return [_found(options, name).id for name in split_tags(text)]


def _read_link(text, known):
    return _found(known, text)


def _read_date(text, day_first):
    date, _fault = parse_date(parse_time(text)[0], day_first)
    if date is None:
        raise ValueError(text)
    return date.isoformat()


def _iso_moment(text):
    """Return a moment that is written with its offset to UTC, else ``None``."""
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _read_number(text):
    value = parse_number(text)
    if value is None:
        raise ValueError(text)
    return value


def _read_integer(text):
    value = parse_number(text, whole=True)
    if value is None or value != int(value) or abs(value) >= 2**31:
        raise ValueError(text)
    return int(value)


def _read_truth(text):
    value = parse_truth(text)
    if value is None:
        raise ValueError(text)
    return value


_READERS = {
    "html": lambda text: str(plaintext2html(text)),
    "integer": _read_integer,
    "float": _read_number,
    "monetary": _read_number,
    "boolean": _read_truth,
}
