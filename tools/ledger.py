"""A chain of hashes: what was written once can't be changed unnoticed."""

import hashlib
import json

# What stands before the first row of a chain.
START = "0" * 64


def text_digest(text):
    """Return the SHA-256 of a text in hexadecimal; nothing has the digest None."""
    return text and hashlib.sha256(text.encode()).hexdigest()


def chain_hash(previous, facts):
    """Return the hash of a row in hexadecimal.

    :param str previous: the hash of the row before, or ``START``
    :param dict facts: what the row says: names to texts, numbers, None or lists of them
    :raise TypeError: a fact that JSON does not know
    """
    canonical = json.dumps(
        facts, sort_keys=True, ensure_ascii=True, separators=(",", ":")
    )
    return hashlib.sha256(f"{previous}\n{canonical}".encode()).hexdigest()
