"""Moving an open version on: sending, approving, sending back, taking back, withdrawing: exactly what was read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from objectives.models import Sheet
from objectives.permissions import NEEDS, Standing
from objectives.views.drafts import draft_context, find_draft, get_person, judged
from objectives.views.path_deeds import APPROVE, SEND_BACK, SUBMIT, TAKE_BACK, WITHDRAW, PathDeed, form_of
from objectives.workflow import Refused, Stale
from organisation.access import Place
from organisation.models import User

CHANGED = "La scheda è cambiata dopo che questa pagina è stata aperta: rileggerla."


@dataclass(frozen=True)
class Visit:
    """Who came to the page of which deed, and where."""

    request: HttpRequest
    place: Place
    person: Standing
    deed: PathDeed

    def answer(self, shown: Sheet) -> HttpResponse:
        """Ask (GET) or do (POST). Raises PermissionDenied for a role that may never do it."""
        if refusal := self.person.why_not_sector(NEEDS[self.deed.deed][0], shown.sector):
            raise PermissionDenied(refusal)
        if refusal := self.person.why_not(self.deed.deed, shown):
            return self.too_late(shown, refusal)
        return self.do(shown) if self.request.method == "POST" else self.ask(shown)

    def ask(self, shown: Sheet, data: Any = None, status: int = 200) -> HttpResponse:
        """Show what will happen, the sheet it will happen to, and the form."""
        judgement = judged(shown)
        form = form_of(self.deed, shown, self.person, judgement.open_warnings, data)
        context = {**draft_context(shown, self.person, judgement), "deed": self.deed, "form": form}
        return render(self.request, "objectives/draft_deed.html", context, status=status)

    def do(self, shown: Sheet) -> HttpResponse:
        """Do the deed on what was read; else show what is in the way, with what was typed."""
        form = form_of(self.deed, shown, self.person, judged(shown).open_warnings, self.request.POST)
        if not form.is_valid():
            return self.ask(shown, self.request.POST, status=422)
        try:
            self.deed.run(shown, cast(User, self.request.user), form.cleaned_data)
        except Refused as refusal:
            return self.refused(shown, refusal)
        messages.success(self.request, self.deed.done)
        slug = self.place.entity.slug
        return redirect("drafts", slug) if self.deed is WITHDRAW else redirect("draft", slug, shown.pk)

    def refused(self, shown: Sheet, refusal: Refused) -> HttpResponse:
        """Show the sheet as it is now, with the sentence and with what was typed."""
        now = find_draft(self.place, self.person, shown.pk)
        if reason := self.person.why_not(self.deed.deed, now):
            return self.too_late(now, reason)
        messages.error(self.request, str(refusal))
        data = {**self.request.POST.dict(), "versione": now.row_version}
        return self.ask(now, data, status=409 if isinstance(refusal, Stale) else 422)

    def too_late(self, now: Sheet, reason: str) -> HttpResponse:
        """Say why the deed does not fit any more: a double click, the back button, somebody was faster."""
        read, note = self.request.POST.get("versione"), self.request.POST.get("nota", "").strip()
        said = [CHANGED] if read and read != str(now.row_version) else []
        said += [reason, f"La nota scritta qui: «{note}»"] if note else [reason]
        messages.warning(self.request, " ".join(said))
        return redirect("sheet" if now.is_adopted else "draft", self.place.entity.slug, now.pk)

    def withdrew(self, pk: int) -> bool:
        """Tell whether this person withdrew the version already: the second click of two."""
        gone = Sheet.history.filter(id=pk, history_type="-", history_user=cast(User, self.request.user))
        mine: bool = gone.filter(objective__plan__entity=self.place.entity).exists()
        return self.deed is WITHDRAW and mine


def _page(deed: PathDeed) -> Callable[[HttpRequest, str, int], HttpResponse]:
    """Return the page of a deed."""

    def view(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        visit = Visit(request, *get_person(request, slug), deed)
        try:
            return visit.answer(find_draft(visit.place, visit.person, pk))
        except Http404:
            if not visit.withdrew(pk):
                raise
        messages.info(request, deed.done)
        return redirect("drafts", slug)

    return never_cache(require_http_methods(["GET", "HEAD", "POST"])(view))


submit = _page(SUBMIT)
take_back = _page(TAKE_BACK)
send_back = _page(SEND_BACK)
approve = _page(APPROVE)
withdraw = _page(WITHDRAW)
