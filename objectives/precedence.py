"""The order of acts: an act changes only what came before it, and never takes effect before it (R09, R17)."""

from deliberations.models import Deliberation


def why_not_after(act: Deliberation, earlier: Deliberation | None) -> tuple[str, str] | None:
    """Return (rule, sentence) why `act` can't change what `earlier` adopted, or None.

    An act known only because another cites it has no days of its own, and is taken to come before.
    """
    if earlier is None or not earlier.on_file:
        return None
    if earlier.place > act.place:
        return "R09", f"la modifica la {earlier.short}, che è successiva: gli atti vanno in ordine."
    effect = act.days.in_force_from
    if effect and (earlier.in_force_from is None or effect < earlier.in_force_from):
        return "R17", f"l'atto avrebbe effetto prima della {earlier.short} che modifica: controllare le date."
    return None
