"""The searches that people keep under a name: each their own, in one entity; nobody else sees or changes them."""

from django.db import transaction

from objectives.models import SavedSearch
from objectives.workflow import Refused
from organisation.folding import fold
from organisation.holding import hold
from organisation.models import Entity, User
from organisation.recording import recording

MOST = 50
LONGEST_NAME = 80
LONGEST_QUERY = 1000
NO_NAME = "Scrivere il nome della ricerca."
NAME_TOO_LONG = f"Il nome ha al massimo {LONGEST_NAME} caratteri."
TOO_LONG = "Questa ricerca è troppo lunga per essere salvata: cercare meno parole."
TOO_MANY = f"Si possono salvare al massimo {MOST} ricerche: toglierne prima una."


def searches_of(user: User, entity: Entity) -> list[SavedSearch]:
    """Return the searches that a person keeps in an entity, by name, in one query."""
    return sorted(SavedSearch.objects.filter(user=user, entity=entity), key=lambda one: (fold(one.name), one.pk))


def keep_search(entity: Entity, name: str, query: str, *, by: User) -> SavedSearch:
    """Keep a search, `query` being what stands after the ? of its address. The same again changes nothing.

    Raises Refused without a name, for one that another search has, and for what is too long or one too many.
    """
    with transaction.atomic(), recording(by=by, why="Ricerca salvata"):
        kept = _held(entity, by)
        name = _readable(name)
        if same := _named(kept, name):
            if same.query == query:
                return same
            raise Refused(_taken(same.name))
        if len(query) > LONGEST_QUERY:
            raise Refused(TOO_LONG)
        if len(kept) >= MOST:
            raise Refused(TOO_MANY)
        search = SavedSearch(user=by, entity=entity, name=name, query=query)
        search.save()
        return search


def rename_search(search: SavedSearch, name: str, *, by: User, known_as: str) -> SavedSearch:
    """Give a search another name; `known_as` is the one that the person read.

    Raises Refused without a name, for one that another search has, where it was renamed or removed in the meantime,
    and for who does not own it.
    """
    with transaction.atomic(), recording(by=by, why="Ricerca salvata rinominata"):
        kept = _held(search.entity, by)
        stored = _own(kept, search)
        name = _readable(name)
        if stored.name == name:
            return stored
        if stored.name != known_as:
            raise Refused(f"Questa ricerca ora si chiama «{stored.name}»: cambiare quel nome, se non va bene.")
        other = _named(kept, name)
        if other and other.pk != stored.pk:
            raise Refused(_taken(other.name))
        stored.name = name
        stored.save()
        return stored


def remove_search(search: SavedSearch, *, by: User) -> None:
    """Remove a search; its history stays. Raises Refused where it is gone, and for who does not own it."""
    with transaction.atomic(), recording(by=by, why="Ricerca salvata tolta"):
        _own(_held(search.entity, by), search).delete()


def _held(entity: Entity, by: User) -> list[SavedSearch]:
    """The searches of a person, whose requests come one after the other: two tabs can't both take a name."""
    hold(User.objects.filter(pk=by.pk))
    return searches_of(by, entity)


def _own(kept: list[SavedSearch], search: SavedSearch) -> SavedSearch:
    for one in kept:
        if one.pk == search.pk:
            return one
    raise Refused("Questa ricerca salvata non c'è più: è stata tolta.")


def _readable(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused(NO_NAME)
    if len(name) > LONGEST_NAME:
        raise Refused(NAME_TOO_LONG)
    return name


def _named(kept: list[SavedSearch], name: str) -> SavedSearch | None:
    return next((one for one in kept if fold(one.name) == fold(name)), None)


def _taken(name: str) -> str:
    return f"C'è già una ricerca salvata che si chiama «{name}»: scegliere un altro nome."
