"""What a connection says to PostgreSQL before it asks: two settings of the session, which the policies read.

It is there before any model: Django makes its connections first.
"""

from organisation.sight import Sight

EVERYTHING = "caluso.everything"
ENTITIES = "caluso.entities"
_SET = f"SELECT set_config('{EVERYTHING}', %s, false), set_config('{ENTITIES}', "
# Which entities they are is asked in the same breath: the two tables of READ_BY_ALL are told to any query.
_NOBODYS = f"{_SET}'{{}}', false)"
_OF_PERSON = "SELECT array_agg(DISTINCT entity_id)::text FROM organisation_membership WHERE user_id = %s"
_OF_ADDRESS = "SELECT array_agg(id)::text FROM organisation_entity WHERE slug = %s"
_PERSONS = f"{_SET}coalesce(({_OF_PERSON}), '{{}}'), false)"
_ADDRESSS = f"{_SET}coalesce(({_OF_ADDRESS}), '{{}}'), false)"


def telling(sight: Sight) -> tuple[str, list[str | int]]:
    """Return the statement that tells the database what may be seen, and its values."""
    if sight.everything:
        return _NOBODYS, ["on"]
    if sight.person is not None:
        return _PERSONS, ["", sight.person]
    if sight.slug is not None:
        return _ADDRESSS, ["", sight.slug]
    return _NOBODYS, [""]
