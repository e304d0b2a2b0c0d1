"""A copy of everything in one file, the same from SQLite and from PostgreSQL, and its return into an empty database."""

from operations.backup.archive import BackupError, Manifest
from operations.backup.restoring import restore
from operations.backup.verifying import opened
from operations.backup.writing import write

__all__ = ["BackupError", "Manifest", "opened", "restore", "write"]
