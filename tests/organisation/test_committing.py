"""A test that commits leaves the next one an empty database with all its guards."""

import pytest
from django.db import IntegrityError, connection, transaction

from objectives.models import Sheet


def delete_all(table):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{table}"')


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("run", [1, 2])
def test_the_guards_are_there_again(act100, run):
    assert Sheet.objects.count() == 25  # 13 of the act, 12 earlier versions
    for table in ("objectives_sheet", "objectives_historicalsheet", "deliberations_deliberation"):
        with pytest.raises(IntegrityError):
            delete_all(table)
