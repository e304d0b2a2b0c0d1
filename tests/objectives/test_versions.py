"""The versions of an objective, and what a page says of the one it shows."""

import pytest

from objectives.models import Sheet
from objectives.versions import versions_of
from tests.plans import adopt, cites, sheet_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(caluso):
    """One objective: inserted, modified, and modified again by an act that waits for its publication."""
    first = adopt(caluso, 1, "2022-01-10", sheet_data(title="Primo testo"))
    second = adopt(caluso, 2, "2022-03-15", sheet_data(title="Secondo testo", change="MODIFICATO"), cites=cites(first))
    third = sheet_data(title="Terzo testo", change="MODIFICATO")
    adopt(caluso, 3, "2022-05-20", third, cites=cites(second), immediately_enforceable=False)
    return [versions_of(sheet) for sheet in Sheet.objects.order_by("deliberation__number")]


def title(sheet):
    return sheet and sheet.title


def test_the_versions_stand_in_the_order_of_adoption(chain):
    assert [title(version) for version in chain[0].every] == ["Primo testo", "Secondo testo", "Terzo testo"]


def test_each_version_knows_its_neighbours(chain):
    assert [(title(one.previous), title(one.following)) for one in chain] == [
        (None, "Secondo testo"),
        ("Primo testo", "Terzo testo"),
        ("Secondo testo", None),
    ]


def test_each_version_says_how_it_stands_today(chain):
    assert [one.standing for one in chain] == [
        "Testo non più in vigore: GC 2/2022 ha sostituito questo testo dal 15 marzo 2022.",
        "Testo vigente dal 15 marzo 2022.",
        "Testo non ancora in vigore.",
    ]
    assert [title(one.in_force) for one in chain] == ["Secondo testo"] * 3


def test_a_removed_objective_has_no_version_in_force(act100):
    removed = versions_of(Sheet.objects.get(change="ELIMINATO"))
    base = versions_of(removed.previous)
    assert removed.in_force is None
    assert removed.standing == (
        "Obiettivo eliminato dal 18 ottobre 2022 con deliberazione GC 100/2022: "
        "il testo che segue è quello non più in vigore."
    )
    assert base.standing == "Testo non più in vigore: GC 100/2022 ha eliminato l'obiettivo dal 18 ottobre 2022."


def test_a_version_that_will_be_in_force_says_from_when(caluso):
    later = {"immediately_enforceable": False, "publication_start": "2099-02-06", "publication_days": 15}
    adopt(caluso, 7, "2099-01-10", sheet_data(), **later)
    assert versions_of(Sheet.objects.get()).standing == "Testo non ancora in vigore: lo sarà dal 17 febbraio 2099."


@pytest.mark.parametrize(
    ("published", "when"),
    [({}, "quando l'atto avrà effetto"), ({"publication_start": "2099-02-06"}, "dal 17 febbraio 2099")],
)
def test_a_removal_that_waits_is_not_told_as_done(caluso, published, when):
    first = adopt(caluso, 1, "2022-01-10", sheet_data())
    removal = sheet_data(change="ELIMINATO")
    waiting = {"immediately_enforceable": False, **({"publication_days": 15} if published else {}), **published}
    adopt(caluso, 2, "2022-03-15", removal, cites=cites(first), **waiting)
    before, removed = (versions_of(sheet) for sheet in Sheet.objects.order_by("deliberation__number"))
    assert before.standing == "Testo vigente dal 10 gennaio 2022."
    assert removed.standing == (
        f"L'obiettivo sarà eliminato {when}, con deliberazione GC 2/2022: il testo che segue vale fino ad allora."
    )


def test_of_two_changes_to_come_the_first_is_not_told_as_past(caluso):
    waiting = {"immediately_enforceable": False, "publication_days": 15}
    first = adopt(caluso, 1, "2099-01-10", sheet_data(), publication_start="2099-02-06", **waiting)
    changed = sheet_data(change="MODIFICATO")
    adopt(caluso, 2, "2099-01-20", changed, cites=cites(first), publication_start="2099-03-06", **waiting)
    sheet = Sheet.objects.get(change="INSERITO")
    assert versions_of(sheet).standing == "Testo non ancora in vigore: lo sarà dal 17 febbraio 2099."


@pytest.mark.parametrize(
    ("change", "published", "said"),
    [
        ("MODIFICATO", {}, "L'obiettivo cambia quando l'atto avrà effetto, con GC 2/2022, già adottata."),
        (
            "ELIMINATO",
            {"publication_start": "2099-02-06", "publication_days": 15},
            "L'obiettivo è eliminato dal 17 febbraio 2099, con GC 2/2022, già adottata.",
        ),
    ],
)
def test_the_text_in_force_says_what_waits_for_it(caluso, change, published, said):
    first = adopt(caluso, 1, "2022-01-10", sheet_data())
    adopt(
        caluso,
        2,
        "2022-03-15",
        sheet_data(change=change),
        cites=cites(first),
        immediately_enforceable=False,
        **published,
    )
    before, after = (versions_of(sheet) for sheet in Sheet.objects.order_by("deliberation__number"))
    assert (before.coming, after.coming) == (said, "")
