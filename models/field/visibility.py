"""Turn a domain into the expression of a view modifier; plain Python."""

_COMPARED = {"=": "==", "!=": "!=", "<": "<", ">": ">", "<=": "<=", ">=": ">="}
_TYPES = (
    "char",
    "text",
    "integer",
    "float",
    "monetary",
    "boolean",
    "selection",
    "many2one",
    "many2many",
)


def domain_fields(domain):
    """Return the names of the fields that a domain asks for."""
    return {leaf[0] for leaf in domain if not isinstance(leaf, str)} - {1, 0}


def domain_expression(domain, field_types):
    """Return the Python expression of a view modifier that says the same.

    :param list domain: in prefix notation, with explicit operators
    :param dict[str, str] field_types: type of each field that may be asked for
    :raise ValueError: a condition that the web client can't judge while a form is
        being edited: a path, a date or a search inside a text
    """
    stack = []
    for token in reversed(domain):
        if token in ("&", "|"):
            joint = " and " if token == "&" else " or "
            stack.append(f"({stack.pop()}{joint}{stack.pop()})")
        elif token == "!":
            stack.append(f"(not {stack.pop()})")
        else:
            stack.append(_leaf_expression(*token, field_types))
    return " and ".join(reversed(stack)) or "True"


def _leaf_expression(name, operator, value, field_types):
    if isinstance(name, int):  # a leaf that is always true or never
        return str(bool(name == value))
    ttype = field_types.get(name)
    if ttype not in _TYPES:
        raise ValueError(name)
    if value is False and operator in ("=", "!="):
        return f"(not {name})" if operator == "=" else f"bool({name})"
    if operator in ("in", "not in"):
        return _membership(name, operator, value, ttype)
    if operator not in _COMPARED or ttype == "many2many":
        raise ValueError(operator)
    if not isinstance(value, str | int | float):
        raise ValueError(value)
    return f"({name} {_COMPARED[operator]} {value!r})"


def _membership(name, operator, values, ttype):
    values = list(values)
    if not all(isinstance(value, str | int | float) for value in values):
        raise ValueError(values)
    if ttype == "many2many":
        found = " or ".join(f"{value!r} in {name}" for value in values) or "False"
    else:
        found = f"{name} in {values!r}"
    return f"({found})" if operator == "in" else f"(not ({found}))"
