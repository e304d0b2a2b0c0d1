"""Who may do what with a sheet: every role, every deed, every state, by equality."""

import pytest

from objectives.choices import State
from objectives.models import Sheet
from objectives.permissions import SheetDeed, standing
from organisation.models import Manager, Membership
from organisation.roles import Deed, Role
from tests.factories import make_draft, make_plan, make_sector

DEEDS = [deed for name, deed in vars(SheetDeed).items() if name.isupper()]
OPEN = {State.BOZZA, State.INVIATA, State.APPROVATA}
MAY = {
    "ufficio": {
        SheetDeed.SEE: {*State},
        SheetDeed.AMEND: {State.ADOTTATA},
        SheetDeed.ELIMINATE: {State.ADOTTATA},
        SheetDeed.EDIT: OPEN,
        SheetDeed.WITHDRAW: {State.BOZZA},
        SheetDeed.DISCUSS: OPEN,
    },
    "segretario": {
        SheetDeed.SEE: {*State},
        SheetDeed.SEND_BACK: {State.INVIATA, State.APPROVATA},
        SheetDeed.APPROVE: {State.INVIATA},
        SheetDeed.GATHER: {State.APPROVATA},
        SheetDeed.CORRECT: {State.ADOTTATA},
        SheetDeed.DISCUSS: OPEN,
    },
    **{who: {SheetDeed.SEE: {State.ADOTTATA}} for who in ("nucleo", "amministratore", "lettura", "estraneo")},
}
MAY["responsabile"] = {**MAY["ufficio"], SheetDeed.SUBMIT: {State.BOZZA}, SheetDeed.TAKE_BACK: {State.INVIATA}}


@pytest.fixture
def sheet(caluso):
    """A sheet of the FINANZIARIO; its state is not looked up again."""
    return make_draft(make_sector(caluso), make_plan(caluso))


@pytest.mark.parametrize("who", MAY)
def test_a_person_may_do_exactly_this(request, who, sheet, caluso):
    person = standing(request.getfixturevalue(who), caluso)
    may: dict[str, set[str]] = {}
    for deed in DEEDS:
        for state in State:
            sheet.state = state
            if person.why_not(deed, sheet) is None:
                may.setdefault(deed, set()).add(state)
    assert may == MAY[who]


def test_a_role_in_some_settori_is_none_in_the_others(ufficio, sheet, caluso):
    other = make_sector(caluso, "TECNICO")
    ufficio.memberships.get().sectors.add(other)
    person = standing(ufficio, caluso)
    assert person.why_not(SheetDeed.EDIT, sheet) == (
        "Il settore FINANZIARIO non è tra i suoi: lo può fare chi vi lavora."
    )
    assert not person.sees(sheet)
    assert list(person.visible(Sheet.objects.all())) == []
    sheet.sector = other
    assert person.why_not(SheetDeed.EDIT, sheet) is None


def test_open_versions_are_seen_by_who_prepares_or_approves_them(
    ufficio, responsabile, segretario, nucleo, lettura, amministratore, estraneo, sheet, caluso
):
    seen = {
        person.username: list(standing(person, caluso).visible(Sheet.objects.all()))
        for person in (ufficio, responsabile, segretario, nucleo, lettura, amministratore, estraneo)
    }
    nothing = {key: [] for key in ("nucleo", "lettura", "amministratore", "estraneo")}
    assert seen == {"ufficio": [sheet], "responsabile": [sheet], "segretario": [sheet], **nothing}


def test_several_roles_add_up(ufficio, sheet, caluso):
    Membership(user=ufficio, entity=caluso, role=Role.SEGRETARIO).save()
    person = standing(ufficio, caluso)
    assert person.may(Deed.APPROVE)
    assert person.why_not(SheetDeed.EDIT, sheet) is None


def test_who_is_switched_off_is_nobody(ufficio, sheet, caluso):
    ufficio.is_active = False
    ufficio.save()
    assert standing(ufficio, caluso).why_not(SheetDeed.EDIT, sheet) is not None


def test_a_refusal_says_who_may(nucleo, sheet, caluso):
    assert standing(nucleo, caluso).why_not(SheetDeed.EDIT, sheet) == (
        "Il suo ruolo non permette di preparare e modificare le schede del proprio settore: "
        "lo può fare chi è Ufficio o Responsabile di settore."
    )


def test_a_wrong_state_is_said_in_a_sentence(segretario, sheet, caluso):
    assert standing(segretario, caluso).why_not(SheetDeed.APPROVE, sheet) == (
        "Non si può approvare la scheda: la scheda FINANZIARIO n° 1 è ancora una bozza."
    )


class TestNobodyApprovesTheirOwn:
    """R20: who sent a sheet, or answers for it, approves it only by a written exception."""

    def test_a_stranger_to_the_sheet_needs_no_exception(self, segretario, sheet, caluso):
        assert standing(segretario, caluso).needs_exception(sheet) is None

    def test_who_sent_it_does(self, segretario, sheet, caluso):
        sheet.submitted_by = segretario
        assert "Ha inviato lei" in standing(segretario, caluso).needs_exception(sheet)

    def test_who_is_its_responsabile_does(self, segretario, sheet, caluso):
        sheet.manager = Manager(sector=sheet.sector, name="Il Segretario", user=segretario, valid_from="2022-01-01")
        assert "È responsabile" in standing(segretario, caluso).needs_exception(sheet)

    def test_who_answers_for_its_settore_today_does_and_who_did_once_does_not(self, segretario, sheet, caluso):
        manager = Manager(sector=sheet.sector, name="Il Segretario", user=segretario, valid_from="2022-01-01")
        manager.save()
        assert "È responsabile" in standing(segretario, caluso).needs_exception(sheet)
        manager.valid_to = "2022-12-31"
        manager.save()
        assert standing(segretario, caluso).needs_exception(sheet) is None

    def test_who_has_the_role_in_its_settore_does(self, segretario, sheet, caluso):
        Membership(user=segretario, entity=caluso, role=Role.RESPONSABILE).save()
        assert "È responsabile" in standing(segretario, caluso).needs_exception(sheet)
        segretario.memberships.get(role=Role.RESPONSABILE).sectors.add(make_sector(caluso, "TECNICO"))
        assert standing(segretario, caluso).needs_exception(sheet) is None


def test_two_queries_tell_who_somebody_is(ufficio, sheet, caluso, django_assert_num_queries):
    with django_assert_num_queries(2):
        person = standing(ufficio, caluso)
        assert [person.why_not(deed, sheet) for deed in DEEDS].count(None) == 4
