from odoo import models
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tools.mimetypes import guess_mimetype
from odoo.tools.translate import LazyTranslate

from .field_types import PREFIX, TYPES, WITHOUT_DEFAULT
from .field_values import CHECKS, INDEXED_BYTES, LARGEST, decode

_lt = LazyTranslate(__name__)

_SHOWN = 60  # characters of a refused value
_LISTED = 20  # options of several that a message names
_TEXT = _lt("Send a text without control characters.")
_NUMBER = _lt("Use a number with a decimal point, such as 1250.5.")
ADVICE = {
    "char": _TEXT,
    "text": _TEXT,
    "html": _TEXT,
    "long": _lt(
        "An indexed field takes %(limit)s bytes at most: shorten the text, or ask an "
        "administrator to switch the index off."
    ),
    "default": _lt("A field of this type has no default: leave it empty."),
    "integer": _lt("Use a whole number from -%(limit)s to %(limit)s."),
    "float": _NUMBER,
    "monetary": _NUMBER,
    "boolean": _lt("Use true or false."),
    "date": _lt("Use a date of the calendar, such as 2024-02-29."),
    "datetime": _lt("Use a date and a time in UTC, such as 2024-02-29 13:30:00."),
    "selection": _lt("Use one of these values: %(options)s."),
    "many2many": _lt("Use the ids of its options: %(options)s."),
    "many2one": _lt("Use the id of a record that exists: %(model)s."),
    "binary": _lt("Send a file, encoded as base64."),
    "image": _lt("Send a picture, encoded as base64."),
}


class ContactField(models.Model):
    """Holds values against their fields before Odoo does, and says what to do.

    Odoo lets some wrong values pass as empty ones and ends others in an error of Python
    or of the database that names a column. Here the message names the label. It costs
    nothing where no additional field is written, and one query a field of links.
    """

    _inherit = "contact.field"

    def _contact_check_values(self, records, vals_list):
        """Refuse what ``create`` or ``write`` of ``records`` could not keep.

        :param records: contacts or leads, whose fields are meant
        :param list[dict] vals_list: as ``create`` takes it
        :raise ValidationError: names the value, the label, and what to send instead
        """
        names = {name for vals in vals_list for name in vals if name.startswith(PREFIX)}
        for definition in self._contact_definitions() if names else ():
            name = definition["name"]
            if name not in names or name not in records._fields:
                continue
            field = records._fields[name]
            # A field that is closed to the user ends in Odoo's own error: neither its
            # label nor its options are told.
            if records._has_field_access(field, "write"):
                values = [vals[name] for vals in vals_list if vals.get(name)]
                check = f"_contact_check_{definition['type']}"
                getattr(self, check, self._contact_check_plain)(field, values)

    # ------------------------------------------------------------
    # BY TYPE
    # ------------------------------------------------------------

    def _contact_check_plain(self, field, values):
        for value in values:
            if not _passes(CHECKS[field.type], value):
                self._contact_refuse(field, value, field.type, limit=LARGEST)
            if field.index and field.type == "char":
                if len(str(value).encode()) > INDEXED_BYTES:
                    self._contact_refuse(field, value, "long", limit=INDEXED_BYTES)

    def _contact_check_selection(self, field, values):
        options = field.get_values(self.env)
        for value in values:
            if value not in options:
                names = ", ".join(options)
                self._contact_refuse(field, value, "selection", options=names)

    def _contact_check_image(self, field, values):
        self._contact_check_plain(field, values)
        for value in values:
            if not guess_mimetype(decode(value)).startswith("image/"):
                self._contact_refuse(field, value, "image")

    def _contact_check_many2one(self, field, values):
        model = self.env[field.comodel_name]
        ids = []
        for value in values:
            if not _passes(_linked_id, value):
                self._contact_refuse(field, value, "many2one", model=model._description)
            ids.append(_linked_id(value))
        for missing in set(ids) - set(model.browse(set(ids)).exists().ids):
            self._contact_refuse(field, missing, "many2one", model=model._description)

    def _contact_check_tags(self, field, values):
        # Superuser: options of retired fields are kept, and anybody may read options.
        options = self.env["contact.field.option"].sudo()
        options = options.with_context(active_test=False).search_fetch(
            [("field_id.field_name", "=", field.name)], ["name"]
        )
        for value in values:
            if not _passes(_linked_ids, value) or _linked_ids(value) - set(options.ids):
                names = [f"{option.id} ({option.name})" for option in options[:_LISTED]]
                names += ["…"] if len(options) > _LISTED else []
                self._contact_refuse(
                    field, value, "many2many", options=", ".join(names)
                )

    def _contact_refuse(self, field, value, advice, **parameters):
        """Raise what is wrong and what to do.

        :param str advice: a key of ``ADVICE``
        """
        label = field.get_description(self.env, ["string"])["string"]
        self._contact_raise(label, value, advice, **parameters)

    def _contact_refuse_default(self):
        """Say what a default value of this type is like.

        :raise ValidationError: always
        """
        options = ", ".join(self.option_ids.mapped("name"))
        advice = TYPES[self.field_type].ttype
        if self.field_type in WITHOUT_DEFAULT:
            advice = "default"
        self._contact_raise(
            self.name, self.default_value, advice, limit=LARGEST, options=options
        )

    def _contact_raise(self, label, value, advice, **parameters):
        shown, text = str(value), self.env._(ADVICE[advice])
        raise ValidationError(
            self.env._(
                "“%(value)s” does not fit the field “%(field)s”. %(advice)s",
                value=shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…",
                field=label,
                advice=text % parameters,
            )
        )


def _passes(check, value):
    try:
        check(value)
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return False
    return True


def _linked_id(value):
    """Return the id of a link as Odoo takes it: of a record, a pair or a number."""
    if isinstance(value, models.BaseModel):
        return value.id
    if isinstance(value, tuple):
        value = value[0]
    if type(value) is not int:
        raise TypeError(value)
    return value


def _linked_ids(value):
    """Return the ids that commands add, as a set; what they take away is no matter."""
    if isinstance(value, models.BaseModel):
        return set(value.ids)
    ids = set()
    for command in value:
        if type(command) is int:
            ids.add(command)
        elif not isinstance(command, list | tuple) or command[0] not in list(Command):
            raise TypeError(command)
        elif command[0] == Command.LINK:
            ids.add(command[1])
        elif command[0] == Command.SET:
            ids.update(command[2])
    return ids
