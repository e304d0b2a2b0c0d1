"""Work outside a request: the e-mails."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from organisation.sending import send


@task(priority=10)  # before the large PDFs: an e-mail is quick, and somebody waits for it
def send_notice(pk: int) -> str:
    """Send a notice and return how it went; after a refusal of the mail server, queue the next attempt."""

    def again(wait: timedelta) -> None:
        send_notice.using(run_after=timezone.now() + wait).enqueue(pk=pk)

    return send(pk, again)
