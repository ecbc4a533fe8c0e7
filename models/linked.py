"""What the value of a relational field names, however a client writes it."""

from odoo import models
from odoo.api import NewId
from odoo.fields import Command


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


def linked_ids(commands):
    """Return the ids that commands, or ids in place of them, link."""
    linked = set()
    for command in commands if isinstance(commands, list | tuple) else ():
        if not isinstance(command, list | tuple):
            linked.add(linked_id(command))
        elif command[0] == Command.SET:
            linked.update(map(linked_id, command[2]))
        elif command[0] == Command.LINK:
            linked.add(linked_id(command[1]))
    return linked - {False}
