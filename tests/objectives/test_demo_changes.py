"""The demonstration shows a change at every step of its path."""

from django.core.management import call_command

from objectives.management.demo_changes import begin_changes
from objectives.models import Plan, Sheet
from tests.this_year import YEAR, approved_plan, full_sheet

WEIGHTS = [50, 30, 20]


def stand(plan):
    unfinished = Sheet.objects.of(plan).exclude(state="ADOTTATA").order_by("number")
    return list(unfinished.values_list("number", "change", "state"))


def test_a_change_stands_at_each_step_and_a_second_time_nothing_more(esempio, settings):
    settings.DEMO = True
    # the factory writes acts of Caluso
    esempio.name = "Comune di Caluso"
    plan = approved_plan(esempio, *(full_sheet(n, weight=weight) for n, weight in enumerate(WEIGHTS, 1)))
    call_command("create_demo_users")
    for _ in range(2):
        begin_changes(esempio)
        assert stand(plan) == [(1, "MODIFICATO", "APPROVATA"), (2, "MODIFICATO", "INVIATA"), (3, "MODIFICATO", "BOZZA")]


def test_an_entity_without_a_plan_of_this_year_is_left_alone(esempio):
    Plan(entity=esempio, year=YEAR - 1).save()
    begin_changes(esempio)
    assert Sheet.objects.count() == 0
