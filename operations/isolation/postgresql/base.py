"""The connection: before a statement it tells the database what the work at hand may see, if it has not told it yet."""

from typing import Any

from django.db.backends.postgresql import base

from operations.isolation.telling import telling
from organisation.sight import Sight, sight


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection outlives a request: what was told for one never holds for the next.

    Every cursor compares what the work at hand may see with what was told last. What is told inside a transaction is
    undone with it, and a new connection may be anybody's old one: after both it is told anew.
    """

    _told: Sight | None = None

    def connect(self) -> None:
        """Connect; nothing is told yet."""
        self._told = None
        super().connect()

    def create_cursor(self, name: str | None = None) -> Any:
        """Return a cursor for what the work at hand may see."""
        if self._told != sight():
            statement, values = telling(sight())
            self.connection.cursor().execute(statement, values).close()
            self._told = sight()
        return super().create_cursor(name)

    def _rollback(self) -> None:
        super()._rollback()
        self._told = None

    def _savepoint_rollback(self, sid: str) -> None:
        self._told = sight()  # a transaction that failed takes no other statement than this
        try:
            super()._savepoint_rollback(sid)
        finally:
            self._told = None
