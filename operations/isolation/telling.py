"""What a connection says to PostgreSQL before it asks: two settings of the session, which the policies read."""

from organisation.models import Entity, Membership
from organisation.sight import Sight

EVERYTHING = "caluso.everything"
ENTITIES = "caluso.entities"
_SET = f"SELECT set_config('{EVERYTHING}', %s, false), set_config('{ENTITIES}', "
# Which entities they are is asked in the same breath: the two tables of READ_BY_ALL are told to any query.
_NOBODYS = f"{_SET}'{{}}', false)"
_PERSONS = (
    f"{_SET}coalesce((SELECT array_agg(DISTINCT entity_id)::text FROM {Membership._meta.db_table} "  # noqa: S608
    "WHERE user_id = %s), '{}'), false)"
)
_ADDRESSS = f"{_SET}coalesce((SELECT array_agg(id)::text FROM {Entity._meta.db_table} WHERE slug = %s), '{{}}'), false)"  # noqa: S608


def telling(sight: Sight) -> tuple[str, list[str | int]]:
    """Return the statement that tells the database what may be seen, and its values."""
    if sight.everything:
        return _NOBODYS, ["on"]
    if sight.person is not None:
        return _PERSONS, ["", sight.person]
    if sight.slug is not None:
        return _ADDRESSS, ["", sight.slug]
    return _NOBODYS, [""]
