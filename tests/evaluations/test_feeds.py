"""The private address of a calendar: shown once, kept as a hash, revoked by the next one."""

import pytest

from evaluations.choices import Digest
from evaluations.feeds import choose_digest, new_address, revoke_address, subscriber, subscription_of
from evaluations.models import Subscription
from objectives.workflow import Refused
from tests.at_once import at_once

pytestmark = pytest.mark.django_db


def test_an_address_leads_to_who_made_it(segretario):
    assert subscriber(new_address(by=segretario)) == segretario


def test_the_secret_is_not_on_record(segretario):
    secret = new_address(by=segretario)
    stored = [*Subscription.objects.values_list(), *Subscription.history.values_list()]
    assert len(secret) >= 43
    assert secret not in str(stored)


def test_a_new_address_revokes_the_one_before(segretario):
    first, second = new_address(by=segretario), new_address(by=segretario)
    assert (subscriber(first), subscriber(second)) == (None, segretario)


def test_a_revoked_address_leads_nowhere(segretario):
    secret = new_address(by=segretario)
    revoke_address(by=segretario)
    assert subscriber(secret) is None
    with pytest.raises(Refused, match="nessun indirizzo"):
        revoke_address(by=segretario)


def test_who_left_has_no_calendar(segretario):
    secret = new_address(by=segretario)
    segretario.is_active = False
    segretario.save()
    assert subscriber(secret) is None


def test_nor_has_who_has_no_role_left(segretario):
    secret = new_address(by=segretario)
    segretario.memberships.get().delete()
    assert subscriber(secret) is None


def test_a_person_chooses_how_often_a_digest_comes(segretario):
    segretario.email = "segretario@esempio.invalid"
    segretario.save()
    choose_digest(Digest.GIORNALIERO, by=segretario)
    assert subscription_of(segretario).digest == Digest.GIORNALIERO
    choose_digest(Digest.MAI, by=segretario)
    assert [row.digest for row in Subscription.history.order_by("history_id")] == [Digest.GIORNALIERO, Digest.MAI]


@pytest.mark.parametrize(("choice", "why"), [(Digest.SETTIMANALE, "indirizzo di e-mail"), ("MENSILE", "Scegliere")])
def test_what_cannot_be_chosen_is_refused(segretario, choice, why):
    with pytest.raises(Refused, match=why):
        choose_digest(choice, by=segretario)
    assert not Subscription.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_make_one_row_and_one_address(segretario):
    secrets = at_once(lambda: new_address(by=segretario), lambda: new_address(by=segretario))
    assert Subscription.objects.count() == 1
    assert sorted(subscriber(secret) is not None for secret in secrets) == [False, True]
