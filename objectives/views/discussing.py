"""Commenting on a draft and enclosing files with it; where that is read again once the sheet is adopted."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from documents.uploads import handed_out
from objectives import workflow
from objectives.forms.discussion import CommentForm, EnclosureForm
from objectives.models import Comment, Enclosure, Sheet
from objectives.permissions import Standing
from objectives.views.discussion_content import discussion_content
from objectives.views.drafts import NOT_HERE, find_draft, get_person
from objectives.views.finding import signed_in
from organisation.rates import limited

NO_FILE = "Questo file non c'è, o è allegato alla bozza di un altro settore: lo scarica solo chi la vede."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("comment", only="POST")
def draft_comments(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show what is said about a version and enclosed with it; add a comment."""
    shown, person = _discussed(request, slug, pk)
    form = CommentForm(request.POST if request.method == "POST" else None, sheet=shown)
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = workflow.comment(shown, said["commento"], by=signed_in(request), to=said["persona"])
        except workflow.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _told(made))
            return redirect(f"{reverse('draft', args=[slug, pk])}#commenti")
    return _page(request, shown, person, comment_form=form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("comment", only="POST")
def draft_enclose(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Show the same page; enclose a file."""
    shown, person = _discussed(request, slug, pk)
    form = EnclosureForm(request.POST, request.FILES) if request.method == "POST" else EnclosureForm()
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = workflow.enclose(shown, said["file"], by=signed_in(request), note=said["descrizione"])
        except workflow.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Il file «{made.name}» è allegato alla bozza.")
            return redirect(f"{reverse('draft', args=[slug, pk])}#allegati")
    return _page(request, shown, person, enclosure_form=form)


@require_safe
def draft_enclosure(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send a file as it came, to who may see the drafts of its settore."""
    place, person = get_person(request, slug)
    here = Enclosure.objects.filter(sheet__objective__plan__entity=place.entity)
    found = here.select_related("document", "sheet").filter(pk=pk).first()
    if found is None or not person.sees_drafts(found.sheet.sector_id):
        raise Http404(NO_FILE)
    return handed_out(request, found.document, found.name)


def _discussed(request: HttpRequest, slug: str, pk: int) -> tuple[Sheet, Standing]:
    """Return a version and what the person is. Raises Http404 also for an adopted one whose drafts are not theirs."""
    place, person = get_person(request, slug)
    shown = find_draft(place, person, pk, with_rows=False)
    if not person.sees_drafts(shown.sector_id):
        raise Http404(NOT_HERE)
    return shown, person


def _page(
    request: HttpRequest,
    shown: Sheet,
    person: Standing,
    comment_form: CommentForm | None = None,
    enclosure_form: EnclosureForm | None = None,
) -> HttpResponse:
    wrong = [form for form in (comment_form, enclosure_form) if form and form.errors]
    content = discussion_content(shown, person, comment_form, enclosure_form)
    context = {"sheet": shown, "plan": shown.objective.plan, **content}
    return render(request, "objectives/draft_comments.html", context, status=422 if wrong else 200)


def _told(made: Comment) -> str:
    """Say whom an e-mail tells of the comment, and who has no address."""
    others = [person for person in made.mentions.all() if person.pk != made.by_id]
    told = ", ".join(str(person) for person in others if person.email)
    untold = ", ".join(str(person) for person in others if not person.email)
    said = ["Il commento è aggiunto."]
    said += [f"Un'e-mail avvisa {told}."] if told else []
    said += [f"Senza indirizzo e-mail, e quindi da avvisare a voce: {untold}."] if untold else []
    return " ".join(said)
