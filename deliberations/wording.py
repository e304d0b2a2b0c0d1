"""The words of proposals: the program's own, those an entity chose, and how their placeholders are filled in.

A placeholder is a name in braces: {ente}. Nothing else of Python's formatting is understood: whoever writes the words
reaches no attribute and no code.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from deliberations.choices import ActTextKind
from deliberations.models import ActText
from organisation.models import Entity

PLACEHOLDERS = {
    "ente": "il nome dell'ente: «Comune di Caluso»",
    "piano": "il nome del piano: «Piano della Performance»",
    "anno": "l'anno del piano: «2022»",
    "triennio": "il triennio del piano: «2022-2024»",
    "atto_modificato": "l'atto che la proposta modifica: «deliberazione della Giunta Comunale n. 8 del 07/02/2022»",
    "atti_citati": "tutti gli atti citati, uno per riga",
    "elenco_variazioni": "le schede della proposta, una per riga, con variazione e peso",
    "numero_schede": "quante schede ha la proposta: «13 schede»",
    "settori": "i settori toccati: «FINANZIARIO, TERRITORIO e STAFF»",
    "motivi": "i motivi indicati nelle schede: «cause esterne e slittamento dei tempi»",
}
"""Every placeholder with what it stands for, in words for whoever writes the texts."""

Facts = Mapping[str, str]
"""What the placeholders stand for in one proposal: a text, maybe empty, for every name of PLACEHOLDERS."""

_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_LONE_BRACE = re.compile(r"[{}]")
_ALONE = re.compile(r"\s*\{([^{}\n]*)\}\s*")


class WordingError(ValueError):
    """A text has a placeholder that does not exist, or a brace too many. The message is a sentence for the user."""


class Words(NamedTuple):
    """What a proposal says: its subject, why it is made, what it decides."""

    subject: str
    premises: str
    dispositions: str


OWN = {
    ActTextKind.APPROVAZIONE: Words(
        "Approvazione del {piano} {anno}, triennio {triennio}.",
        """\
RICHIAMATI il Documento unico di programmazione e il bilancio di previsione per il triennio {triennio}, da cui gli \
obiettivi del {piano} discendono;

VISTI:

- l'art. 169 del D.Lgs. 18 agosto 2000, n. 267, che chiede all'organo esecutivo di fissare gli obiettivi della \
gestione e di affidarli, con le risorse che servono, ai responsabili dei servizi;

- il D.Lgs. 27 ottobre 2009, n. 150, e in particolare gli artt. 5 e 10, sugli obiettivi, sugli indicatori e sul Piano \
della performance;

DATO ATTO che gli obiettivi sono stati concordati con i responsabili dei settori, con il coordinamento del Segretario, \
e che ogni scheda indica fasi, tempi, indici di risultato e valori attesi;

VISTE le schede obiettivo allegate, che fanno parte integrante e sostanziale del presente atto;

RITENUTO di approvare il {piano} {anno};

VISTI il D.Lgs. 267/2000, lo statuto dell'ente e il regolamento sull'ordinamento degli uffici e dei servizi;""",
        """\
1) di approvare il {piano} {anno}, triennio {triennio}, composto dalle schede obiettivo allegate, che fanno parte \
integrante e sostanziale del presente atto;

2) di assegnare gli obiettivi ai responsabili dei settori indicati in ciascuna scheda;

3) di trasmettere il presente atto al Nucleo di Valutazione per la validazione;

4) di pubblicare il piano nella sezione «Amministrazione trasparente» del sito istituzionale, ai sensi dell'art. 10, \
comma 8, del D.Lgs. 14 marzo 2013, n. 33.""",
    ),
    ActTextKind.MODIFICA: Words(
        "Modifica del {piano} {anno}.",
        """\
RICHIAMATI gli atti con cui il {piano} {anno} è stato approvato o già modificato:

{atti_citati}

VISTI:

- l'art. 169 del D.Lgs. 18 agosto 2000, n. 267, che chiede all'organo esecutivo di fissare gli obiettivi della \
gestione e di affidarli, con le risorse che servono, ai responsabili dei servizi;

- il D.Lgs. 27 ottobre 2009, n. 150, e in particolare l'art. 6, per cui le variazioni degli obiettivi e degli \
indicatori avvenute durante l'anno sono riportate nella Relazione sulla performance e valutate per la sua validazione;

PRESO ATTO che dalle verifiche sullo stato di attuazione degli obiettivi è emersa la necessità di variarne alcuni, e \
che ogni variazione, con il suo motivo, è riportata nel prospetto allegato;

DATO ATTO che le variazioni sono proposte dai responsabili dei settori e approvate, per il coordinamento che gli \
compete, dal Segretario;

VISTE le schede obiettivo allegate, che fanno parte integrante e sostanziale del presente atto;

RITENUTO di modificare di conseguenza il {piano} {anno};

VISTI il D.Lgs. 267/2000, lo statuto dell'ente e il regolamento sull'ordinamento degli uffici e dei servizi;""",
        """\
1) di approvare le variazioni al {piano} {anno} che risultano dal prospetto e dalle schede obiettivo allegati, parte \
integrante e sostanziale del presente atto;

2) di dare atto che gli obiettivi non compresi tra quelli allegati restano come già approvati;

3) di trasmettere il presente atto al Nucleo di Valutazione per la validazione;

4) di pubblicare il piano, come modificato, nella sezione «Amministrazione trasparente» del sito istituzionale, ai \
sensi dell'art. 10, comma 8, del D.Lgs. 14 marzo 2013, n. 33.""",
    ),
}
"""The program's own words: laws cited are TUEL 169, D.Lgs. 150/2009 artt. 5, 6, 10, D.Lgs. 33/2013 art. 10 c. 8."""


def words_of(entity: Entity, kind: str) -> Words:
    """Return the words that an entity uses for a kind of proposal, placeholders not filled in."""
    chosen = ActText.objects.filter(entity=entity, kind=kind).first()
    return Words(chosen.subject, chosen.premises, chosen.dispositions) if chosen else OWN[ActTextKind(kind)]


def texts_for(kind: str, entity: Entity, facts: Facts) -> Words:
    """Return subject, premises and dispositions of a proposal of `kind`, placeholders filled in.

    Raises WordingError when the words of the entity have a placeholder that does not exist.
    """
    return filled(words_of(entity, kind), facts)


def filled(words: Words, facts: Facts) -> Words:
    """Return the words with their placeholders filled in. Raises WordingError."""
    return Words(*(fill(text, facts) for text in words))


def fill(text: str, facts: Facts) -> str:
    """Return `text` with each placeholder replaced; what replaces it is not looked at again.

    A paragraph made of a placeholder alone that stands for nothing is left out. Raises WordingError.
    """
    wrong = problems(text)
    if wrong:
        raise WordingError(" ".join(wrong))
    paragraphs = (part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")))
    kept = (part for part in paragraphs if part and not _stands_for_nothing(part, facts))
    return "\n\n".join(_PLACEHOLDER.sub(lambda found: facts[found[1]], part) for part in kept)


def _stands_for_nothing(paragraph: str, facts: Facts) -> bool:
    alone = _ALONE.fullmatch(paragraph)
    return bool(alone and not facts[alone[1]])


def problems(text: str) -> list[str]:
    """Return what is wrong with the placeholders of a text, in sentences; none when it can be filled in."""
    unknown = dict.fromkeys(name for name in _PLACEHOLDER.findall(text) if name not in PLACEHOLDERS)
    sentences = [
        f"Il segnaposto {{{name}}} non esiste: usare uno di quelli elencati, scritto nello stesso modo."
        for name in unknown
    ]
    if _LONE_BRACE.search(_PLACEHOLDER.sub("", text)):
        sentences.append("C'è una parentesi graffa aperta e non chiusa, o il contrario: un segnaposto è come {anno}.")
    return sentences
