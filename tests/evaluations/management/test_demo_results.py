"""The demonstration shows a verification half way: in the invented town only, and once."""

import pytest
from django.core.management import CommandError, call_command

from evaluations.measuring import measure
from evaluations.models import PhaseProgress, Result, Round, SheetReview
from organisation.models import Entity


def test_the_invented_town_has_a_verification_half_way(db, settings, capsys):
    settings.DEMO = True
    call_command("load_demo")
    call_command("load_demo_results")
    told = [(str(one), f"{one.on:%d/%m}", one.plan.entity.slug, one.is_closed) for one in Round.objects.all()]
    assert told == [("Verifica intermedia 2026", "30/06", "esempio", False)]
    first = measure(Round.objects.get()).sectors[0].sheets[:3]
    assert [(one.sheet.number, one.below_target) for one in first] == [(1, True), (2, True), (3, True)]
    written = (Result.objects.count(), PhaseProgress.objects.count(), SheetReview.objects.count())
    assert written == (8, 7, 1)
    call_command("load_demo_results")
    assert (Round.objects.count(), Result.objects.count(), Result.history.count()) == (1, 8, 8)


def test_without_the_invented_town_or_a_demonstration_nothing_begins(db, settings, capsys):
    settings.DEMO = True
    Entity.objects.create(slug="esempio", name="Comune di Esempio")
    call_command("load_demo_results")
    assert Round.objects.count() == 0
    settings.DEMO = False
    with pytest.raises(CommandError) as refusal:
        call_command("load_demo_results")
    assert str(refusal.value).startswith("I dati dimostrativi si caricano solo in una dimostrazione")
