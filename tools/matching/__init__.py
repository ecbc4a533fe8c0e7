"""Finding the same contact twice: pure Python, without Odoo and without a database.

``prepare`` makes features of a contact, ``keys`` says under which keys it is filed,
``compare`` scores two contacts with a ``Model``. One engine serves typing, import and
the scan of a whole database.
"""

from .batch import candidate_pairs, find_pairs
from .features import Features, is_shared_mailbox, prepare
from .keys import hash_key, keys, name_key, phone_key
from .model import Model
from .normalise import as_text, normalise_email, normalise_name, normalise_phone
from .person_name import join_name, split_name
from .score import REASONS, SHOW, WARN, Match, compare, compare_by_reasons

__all__ = [
    "Features",
    "Match",
    "Model",
    "REASONS",
    "SHOW",
    "WARN",
    "as_text",
    "candidate_pairs",
    "compare",
    "compare_by_reasons",
    "find_pairs",
    "hash_key",
    "is_shared_mailbox",
    "join_name",
    "keys",
    "name_key",
    "normalise_email",
    "normalise_name",
    "normalise_phone",
    "phone_key",
    "prepare",
    "split_name",
]
