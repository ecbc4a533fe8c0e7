"""What a value of a many2one field names, however a client writes it."""

from odoo import models
from odoo.api import NewId


def linked_id(value):
    """Return the id that PostgreSQL would be given, or False.

    A script may send ``7``, ``"7"`` or ``7.0``, a form a record with its id; code of
    the server also a record, which it has read, and that asks for nothing more.
    """
    if not value or isinstance(value, models.BaseModel):
        return False
    if isinstance(value, list | tuple):
        return linked_id(value[0])
    if isinstance(value, dict):
        return linked_id(value.get("id"))
    if isinstance(value, NewId):
        return linked_id(value.origin)
    try:
        return int(value)
    except (TypeError, ValueError):
        return False
