"""Whether the Segretario sits in the Nucleo (R21); R20 is tried with the deed."""

import pytest

from evaluations.packages.conflicts import warnings
from tests.validations import requested


@pytest.fixture
def validation(plan, segretario):
    """The plan handed over by Segretario Rossi."""
    return requested(plan, segretario)


@pytest.mark.parametrize("name", ["Segretario Rossi", "dott. ROSSI Segretario"])
def test_the_segretario_among_the_members_is_told(validation, name):
    assert warnings(validation, ["Luca Neri", name]) == [
        f"{name} risulta Segretario dell'ente: il Segretario non fa parte del Nucleo (R21, ANAC 180/2020)."
    ]


def test_so_is_the_one_that_the_act_names(validation):
    validation.act.secretary = "Ezio IVALDI"
    assert len(warnings(validation, ["Ezio Ivaldi"])) == 1


def test_others_are_not_nor_nobody(validation):
    assert warnings(validation, ["Luca Neri", "Dott.", "Rossi"]) == []
