"""The text of an act that was only cited fills it and its sheets; the chain of versions stays as it was."""

import datetime as dt

import pytest

from deliberations.models import Citation, Deliberation, ImmutableError
from objectives.comparing import pair, versions_to_compare
from objectives.exchange import act_to_dict, same_act
from objectives.models import Objective, Sheet
from objectives.permissions import standing
from organisation.models import Manager
from tests.base_act import MARK, invented_base
from tests.factories import load, written_act, written_sheet
from tests.refusals import refused, rows_on_record

BASE = [(8, "2022-02-07")]


@pytest.fixture
def changed(caluso):
    """Sheet 1 as GC 30/2022 changed it; GC 8/2022 is known as its citation alone."""
    act = load(written_act(30, "2022-05-03", written_sheet(1, "MODIFICATO"), cites=BASE), caluso).act
    return act.sheets.get()


def told(loaded):
    return [(finding.severity, finding.code, finding.message) for finding in loaded.findings]


def base(*sheets, day="2022-02-07", **facts):
    return written_act(8, day, *(sheets or [written_sheet(1, title="Testo primo")]), **facts)


# ---- The base of the real act ----------------------------------------------------------------------------------------


def test_the_base_of_the_real_act_fills_its_eleven_stubs(act100):
    loaded = load(invented_base(), act100.entity)
    assert (loaded.created, loaded.sheets, loaded.filled, loaded.stubs, told(loaded)) == (True, 13, 11, 0, [])
    act8 = Deliberation.objects.get(number=8)
    assert (act8, act8.on_file, act8.in_force_from) == (loaded.act, True, dt.date(2022, 2, 7))
    assert (act8.attendances.count(), act8.opinions.count()) == (5, 2)
    assert [citation.cited.short for citation in act8.citations.all()] == ["GC 1/2022", "GC 33/2019"]
    assert (Sheet.objects.filter(on_file=False).count(), Objective.objects.count()) == (0, 14)
    changed = Sheet.objects.filter(deliberation=act100, change="MODIFICATO").select_related("base")
    assert {(sheet.base.deliberation_id, sheet.base.description[: len(MARK)]) for sheet in changed} == {(act8.pk, MARK)}


def test_what_is_filled_comes_out_as_it_went_in_and_stays(act100):
    data = invented_base()
    act = load(data, act100.entity).act
    assert same_act(act_to_dict(Deliberation.objects.get(pk=act.pk)), data)
    before = rows_on_record()
    again = load(data, act100.entity)
    assert (again.created, again.findings, rows_on_record()) == (False, (), before)
    filled = act.sheets.filter(on_file=True).first()
    filled.title = "Altro"
    with pytest.raises(ImmutableError):
        filled.save()


def test_rows_are_those_of_the_version_that_follows(act100):
    load(invented_base(), act100.entity)
    for new in Sheet.objects.filter(deliberation=act100, change="MODIFICATO").with_rows():
        earlier = {row.key: row.position for row in new.base.phases.all()}
        now = {row.key: row.position for row in new.phases.all()}
        assert earlier.keys() == now.keys(), new
        if len(now) > 2:
            assert earlier != now, "two phases changed places"
        assert {row.key for row in new.base.indicators.all()} <= {row.key for row in new.indicators.all()}


def test_who_a_later_act_named_answered_for_the_settore_already_then(act100):
    load(invented_base(), act100.entity)
    assert set(Manager.objects.values_list("valid_from", flat=True)) == {dt.date(2022, 2, 7)}
    assert Manager.objects.count() == 6


def test_the_plan_before_the_change_shows_the_texts(act100):
    load(invented_base(), act100.entity)
    acts = act100.entity.deliberations.in_force_on(dt.date(2022, 10, 17))
    before = Sheet.objects.in_force(acts).filter(sector__name="FINANZIARIO").order_by("number")
    assert [(sheet.number, int(sheet.weight), sheet.on_file) for sheet in before] == [
        (1, 25, True),
        (2, 25, True),
        (3, 35, True),
        (4, 15, True),
    ]


# ---- What the later act took from it ---------------------------------------------------------------------------------


@pytest.fixture
def removed(caluso):
    """Sheet 1 as GC 30/2022 removed it: its text is known."""
    act = load(written_act(30, "2022-05-03", written_sheet(1, "ELIMINATO"), cites=BASE), caluso).act
    return act.sheets.get()


def test_the_text_printed_on_what_was_removed_is_the_same(removed, caluso):
    loaded = load(base(written_sheet(1)), caluso)
    assert (loaded.sheets, loaded.filled, told(loaded), Sheet.objects.count()) == (1, 0, [], 2)


def test_where_it_is_another_text_the_one_on_record_stands_and_that_is_told(removed, caluso):
    other = base(written_sheet(1, title="Altro", weight=30))
    loaded = load(other, caluso)
    warning = (
        "W",
        "R08",
        "FINANZIARIO n° 1: il testo in archivio è quello stampato dall'atto che l'ha eliminata, e qui è diverso in: "
        "peso, titolo. Resta quello in archivio, che non si cambia: confrontarli con l'atto.",
    )
    assert told(loaded) == [warning]
    assert Sheet.objects.get(deliberation=loaded.act).title == "Obiettivo 1"
    again = load(other, caluso)
    assert (again.created, told(again)) == (False, [warning])


def test_the_reason_of_the_removal_is_not_the_earlier_sheets(caluso):
    gone = written_sheet(1, "ELIMINATO", motive="SOSTITUZIONE", motive_text="Non serve più.")
    load(written_act(30, "2022-05-03", gone, cites=BASE), caluso)
    assert (Sheet.objects.get(change="INSERITO").motive_text, told(load(base(written_sheet(1)), caluso))) == ("", [])


# ---- Sheets that nobody knew, and acts before it ---------------------------------------------------------------------


def test_a_sheet_that_nobody_knew_becomes_an_adopted_one(changed, caluso):
    load(base(written_sheet(1), written_sheet(2, title="Mai cambiato")), caluso)
    now = Sheet.objects.in_force(caluso.deliberations.in_force_on(dt.date(2022, 12, 31)))
    assert sorted(sheet.title for sheet in now) == ["Mai cambiato", "Obiettivo 1"]


def test_a_stub_that_the_document_does_not_contain_is_told(changed, caluso):
    loaded = load(base(written_sheet(2)), caluso)
    assert told(loaded) == [
        (
            "W",
            "R09",
            "Il documento non contiene FINANZIARIO n° 1, che la GC 30/2022 ha cambiato: "
            "il suo testo resta non in archivio.",
        )
    ]
    assert (loaded.filled, changed.base.on_file) == (0, False)
    assert [sheet["number"] for sheet in act_to_dict(loaded.act)["sheets"]] == [2]
    assert load(base(written_sheet(2)), caluso).created is False


def test_a_change_in_the_middle_gets_its_own_base(changed, caluso):
    """GC 8/2022 turns out to change a plan of January."""
    loaded = load(base(written_sheet(1, "MODIFICATO", title="Secondo testo"), cites=[(1, "2022-01-10")]), caluso)
    middle = Sheet.objects.get(deliberation=loaded.act)
    assert (loaded.filled, loaded.stubs, middle.change, middle.base.deliberation.short) == (
        1, 1, "MODIFICATO", "GC 1/2022"
    )  # fmt: skip
    assert (middle.objective, middle.base.objective) == (changed.objective, changed.objective)
    first = load(written_act(1, "2022-01-10", written_sheet(1, title="Primo testo")), caluso)
    chain = Sheet.objects.order_by("deliberation__session_on").values_list("title", flat=True)
    assert (first.filled, list(chain)) == (1, ["Primo testo", "Secondo testo", "Obiettivo 1"])
    assert {sheet.phases.get().key for sheet in Sheet.objects.all()} == {changed.phases.get().key}


def test_versions_are_compared_in_the_order_of_their_acts_whichever_came_first(changed, caluso, segretario):
    load(base(written_sheet(1, "MODIFICATO", title="Secondo testo"), cites=[(1, "2022-01-10")]), caluso)
    load(written_act(1, "2022-01-10", written_sheet(1, title="Primo testo")), caluso)
    versions = versions_to_compare(changed.objective, standing(segretario, caluso))
    assert [sheet.title for sheet in versions] == ["Primo testo", "Secondo testo", "Obiettivo 1"]
    assert pair(versions[1].pk, versions[0].pk) == (versions[0], versions[1])


def test_it_may_change_what_is_on_record_and_nobody_changed_since(changed, caluso):
    load(written_act(1, "2022-01-10", written_sheet(5)), caluso)
    load(base(written_sheet(1), written_sheet(5, "MODIFICATO", title="Nuovo 5")), caluso)
    newer = Sheet.objects.get(title="Nuovo 5")
    assert (newer.base.deliberation.short, newer.phases.get().key) == ("GC 1/2022", newer.base.phases.get().key)


def test_a_substitution_in_it_is_linked(caluso):
    load(written_act(1, "2022-01-10", written_sheet(1, title="Vecchio")), caluso)
    load(written_act(30, "2022-05-03", written_sheet(2, "MODIFICATO"), cites=BASE), caluso)
    load(base(written_sheet(2), written_sheet(1, "ELIMINATO"), written_sheet(1, title="Nuovo")), caluso)
    assert Sheet.objects.get(title="Nuovo").substitutes.change == "ELIMINATO"


# ---- What would bend the chain ---------------------------------------------------------------------------------------


def test_a_removal_of_what_was_changed_afterwards_is_refused(changed, caluso):
    assert refused(base(written_sheet(1, "ELIMINATO"), cites=[(1, "2022-01-10")]), caluso) == [
        (
            "R09",
            "Scheda 1 (FINANZIARIO n° 1): qui è eliminata, ma la sua scheda è ancora nel piano, che la GC 30/2022 "
            "ha cambiato.",
        )
    ]


def test_versions_that_follow_each_other_are_not_parted(caluso):
    load(written_act(1, "2022-01-10", written_sheet(1)), caluso)
    cites = [(1, "2022-01-10"), *BASE]
    load(written_act(30, "2022-05-03", written_sheet(1, "MODIFICATO"), cites=cites), caluso)
    assert refused(base(written_sheet(1, "MODIFICATO"), cites=[(1, "2022-01-10")]), caluso)[0] == (
        "R09",
        "Scheda 1 (FINANZIARIO n° 1): in archivio il testo della GC 1/2022 è cambiato direttamente dalla GC 30/2022: "
        "le versioni adottate non si possono più separare.",
    )


def test_a_number_that_was_given_since_is_refused(changed, caluso):
    load(written_act(60, "2022-07-05", written_sheet(9)), caluso)
    assert [code for code, _ in refused(base(written_sheet(1), written_sheet(9)), caluso)] == ["R04"]


def test_a_number_that_stood_before_is_refused(changed, caluso):
    load(written_act(1, "2022-01-10", written_sheet(9)), caluso)
    assert [code for code, _ in refused(base(written_sheet(1), written_sheet(9)), caluso)] == ["R04"]


def test_the_plan_of_another_year_is_refused(changed, caluso):
    other = base() | {"plan": {"year": 2021, "triennium": [2021, 2023]}}
    assert refused(other, caluso) == [
        (
            "R09",
            "La GC 8/2022: il documento è del piano 2021, ma le sue schede già note sono del 2022. "
            "Controllare l'anno del piano.",
        )
    ]


WAITING = {"immediately_enforceable": False}
DATES = {"publication_start": "2022-04-27", "publication_days": 15, "enforceable_on": "2022-05-08"}


@pytest.mark.parametrize(
    ("facts", "stands"),
    [
        (WAITING, "non ha ancora effetto (mancano le date)"),
        (WAITING | DATES, "ha effetto dal 08/05/2022"),
    ],
)
def test_it_never_takes_effect_after_what_changes_it(changed, caluso, facts, stands):
    assert refused(base(**facts), caluso) == [
        (
            "R17",
            f"La GC 8/2022 è della seduta del 07/02/2022 e {stands}, ma la GC 30/2022 che la modifica è della "
            "seduta del 03/05/2022 e ha effetto dal 03/05/2022: controllare le date.",
        )
    ]


def test_its_effect_is_its_own_now(changed, caluso):
    act = load(base(**WAITING, publication_start="2022-02-14", publication_days=15), caluso).act
    assert (act.in_force_from, act.counting) == (dt.date(2022, 2, 25), "PRIMO_GIORNO_ESCLUSO")
    assert not Sheet.objects.in_force(caluso.deliberations.in_force_on(dt.date(2022, 2, 24))).exists()


def test_the_day_that_others_said_gives_way_to_its_own(changed, caluso):
    loaded = load(base(day="2022-02-08"), caluso)
    assert told(loaded) == [("W", "R09", "Chi la citava indicava la seduta il 07/02/2022: vale ora quella dell'atto.")]
    assert (loaded.act.session_on, loaded.act.in_force_from) == (dt.date(2022, 2, 8), dt.date(2022, 2, 8))


def test_a_session_after_the_act_that_changes_it_is_refused(changed, caluso):
    assert [code for code, _ in refused(base(day="2022-06-01"), caluso)] == ["R09"]


def test_an_act_that_was_cited_for_another_reason_is_filled_too(changed, caluso):
    load(written_act(60, "2022-07-05", written_sheet(4), cites=[(50, "2022-06-01")]), caluso)
    loaded = load(written_act(50, "2022-06-01", written_sheet(5)), caluso)
    assert (loaded.created, loaded.filled, Citation.objects.filter(cited=loaded.act).count()) == (True, 0, 1)
