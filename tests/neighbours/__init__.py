"""Tests in a database with apps that the addon only knows if they are there.

``dev/test`` runs them after those were installed, so ``tests/__init__.py`` does not
import them.
"""
