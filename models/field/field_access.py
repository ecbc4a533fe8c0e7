"""Who may see an additional field; asked for each value that anybody reads."""

from .field_types import PREFIX

_KEY = "contact_closed"


def is_closed(env, field):
    """Tell whether ``field`` is an additional one that is closed to the user.

    The answer is kept for the transaction: Odoo asks at every access to a value, which
    is thousands of times for one list.
    """
    if env.su or not field.name.startswith(PREFIX):
        return False
    by_user = env.cr.cache.get(_KEY)
    if by_user is None:
        by_user = env.cr.cache[_KEY] = {}
    names = by_user.get(env.uid)
    if names is None:
        names = by_user[env.uid] = env["contact.field"]._contact_closed_to_user()
    return field.name in names


def forget(env):
    """Ask anew: definitions or groups have changed."""
    env.cr.cache.pop(_KEY, None)
