"""Puts the root of the repository on the path, for tests that need no Odoo."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
