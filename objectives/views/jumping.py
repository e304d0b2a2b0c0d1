"""What the dialog «Vai a…» asks for as somebody types (static/js/jump.js)."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from objectives.jumping import goals
from objectives.views.finding import signed_in
from organisation.access import get_place
from organisation.rates import limited


@limited("jump")
@never_cache
@require_safe
def jump(request: HttpRequest, slug: str) -> JsonResponse:
    """Answer where the letters typed lead, the best first: kind, name, detail and address of each."""
    place = get_place(request, slug)
    found = goals(place, signed_in(request), request.GET.get("q", ""))
    told = [{"kind": one.kind, "name": one.name, "detail": one.detail, "url": one.url} for one in found]
    return JsonResponse({"goals": told})
