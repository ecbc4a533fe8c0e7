from odoo import models

from .field_types import PREFIX

# What a column without a value is read as, for types whose cache is what is read.
_EMPTY = {
    "char": False,
    "text": False,
    "selection": False,
    "date": False,
    "datetime": False,
    "boolean": False,
    "integer": 0,
    "float": 0.0,
}


class ResPartner(models.Model):
    """Reading many additional fields of many contacts: a list may show a hundred.

    Odoo takes each value through the record, access check included. Here access is
    asked once a field, and plain values are taken from where Odoo has fetched them to.
    """

    _inherit = "res.partner"

    def _read_format(self, fnames, load="_classic_read"):
        plain = {name: self._fields[name] for name in fnames if self._is_plain(name)}
        if len(self) < 2 or not plain:
            return super()._read_format(fnames, load)
        others = [name for name in fnames if name not in plain]
        result = super()._read_format(others, load)
        for name, field in plain.items():
            cache, empty = field._get_cache(self.env), _EMPTY[field.type]
            for vals in result:
                value = cache[vals["id"]]
                vals[name] = empty if value is None else value
        return result

    def _is_plain(self, name):
        if not name.startswith(PREFIX):
            return False
        field = self._fields[name]
        if field.type not in _EMPTY or not self._has_field_access(field, "read"):
            return False
        return field._get_cache(self.env).keys() >= set(self._ids)
