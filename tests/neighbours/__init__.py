"""Tests in a database with an app that the addon only knows if it is there.

``dev/test`` runs them after that app was installed, so ``tests/__init__.py`` does not
import them.
"""
