"""Who may do what, by equality: a new role or deed has to be written down here too."""

import pytest

from organisation.roles import MAY, Deed, Role, roles_that_may


def test_every_role_is_written_down():
    assert set(MAY) == set(Role)


@pytest.mark.parametrize(
    ("deed", "roles"),
    [
        (Deed.READ, set(Role)),
        (Deed.IMPORT, {Role.SEGRETARIO, Role.AMMINISTRATORE}),
        (Deed.DRAFT, {Role.UFFICIO, Role.RESPONSABILE}),
        (Deed.SUBMIT, {Role.RESPONSABILE}),
        (Deed.APPROVE, {Role.SEGRETARIO}),
        (Deed.PROPOSE, {Role.SEGRETARIO}),
        (Deed.RULES, {Role.SEGRETARIO}),
        (Deed.RESULTS, {Role.UFFICIO, Role.RESPONSABILE}),
        (Deed.CONFIRM, {Role.RESPONSABILE}),
        (Deed.EVALUATE, {Role.SEGRETARIO}),
        (Deed.VALIDATE, {Role.NUCLEO}),
        (Deed.MANAGE, {Role.AMMINISTRATORE}),
    ],
)
def test_a_deed_belongs_to_its_roles(deed, roles):
    assert {role for role, deeds in MAY.items() if deed in deeds} == roles


def test_every_deed_is_tested_above():
    changing = {Deed.DRAFT, Deed.SUBMIT, Deed.APPROVE, Deed.PROPOSE, Deed.RULES}
    judging = {Deed.RESULTS, Deed.CONFIRM, Deed.EVALUATE, Deed.VALIDATE}
    assert set(Deed) == {Deed.READ, Deed.IMPORT, Deed.MANAGE} | changing | judging


def test_a_refusal_can_name_who_may():
    assert roles_that_may(Deed.IMPORT) == ["Segretario", "Amministratore"]
