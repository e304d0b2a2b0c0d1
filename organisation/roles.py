"""Who may do what: the one page to read.

A person has one role per membership (entity × role); several memberships add up. What is not listed is refused.
"""

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person is in an entity."""

    UFFICIO = "UFFICIO", "Ufficio"
    RESPONSABILE = "RESPONSABILE", "Responsabile di settore"
    SEGRETARIO = "SEGRETARIO", "Segretario"
    NUCLEO = "NUCLEO", "Nucleo di Valutazione"
    AMMINISTRATORE = "AMMINISTRATORE", "Amministratore"
    LETTURA = "LETTURA", "Lettura"


class Deed(TextChoices):
    """What can be done in an entity."""

    READ = "READ", "consultare il piano e gli atti"
    IMPORT = "IMPORT", "importare un atto"
    DRAFT = "DRAFT", "preparare e modificare le schede del proprio settore"
    SUBMIT = "SUBMIT", "inviare al Segretario le schede del proprio settore"
    APPROVE = "APPROVE", "approvare o rinviare le schede"
    PROPOSE = "PROPOSE", "preparare le proposte di deliberazione e registrare gli atti"
    RULES = "RULES", "cambiare le regole e i testi del piano"
    RESULTS = "RESULTS", "inserire i risultati delle verifiche del proprio settore"
    CONFIRM = "CONFIRM", "confermare i risultati del proprio settore"
    EVALUATE = "EVALUATE", "aprire e chiudere le verifiche, trasmettere al Nucleo e preparare la Relazione"
    VALIDATE = "VALIDATE", "validare il piano e la Relazione"
    MANAGE = "MANAGE", "gestire utenti, settori e responsabili"


MAY: dict[str, frozenset[Deed]] = {
    Role.UFFICIO: frozenset({Deed.READ, Deed.DRAFT, Deed.RESULTS}),
    Role.RESPONSABILE: frozenset({Deed.READ, Deed.DRAFT, Deed.SUBMIT, Deed.RESULTS, Deed.CONFIRM}),
    Role.SEGRETARIO: frozenset({Deed.READ, Deed.IMPORT, Deed.APPROVE, Deed.PROPOSE, Deed.RULES, Deed.EVALUATE}),
    Role.NUCLEO: frozenset({Deed.READ, Deed.VALIDATE}),
    Role.AMMINISTRATORE: frozenset({Deed.READ, Deed.IMPORT, Deed.MANAGE}),
    Role.LETTURA: frozenset({Deed.READ}),
}


def roles_that_may(deed: Deed) -> list[str]:
    """Return the names, as people read them, of the roles that may do `deed`."""
    return [Role(role).label for role, deeds in MAY.items() if deed in deeds]
