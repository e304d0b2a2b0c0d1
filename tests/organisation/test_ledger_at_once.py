"""The ledger while several people write and several processes lengthen its chain."""

from django.core.management import call_command
from django.db import connection

from organisation.ledger import HistoryEntry, chain, last
from tests.at_once import at_once, committed
from tests.factories import make_sector

if connection.vendor == "postgresql":
    db = committed


def test_many_who_write_and_chain_at_once_make_one_chain(caluso):
    def writing(name):
        def write():
            for turn in range(5):
                make_sector(caluso, f"{name}{turn}")
                chain()

        return write

    assert at_once(*(writing(name) for name in "ABCDEF")) == [None] * 6
    assert last().position == HistoryEntry.objects.count() == 31
    call_command("verify_history")
