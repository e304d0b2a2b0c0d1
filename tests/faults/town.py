"""A town for one round: a proposal that can be registered, a verification that can be closed, an act to import.

Registering the act hands the plan over to the Nucleo: its package is prepared in the background. The same people work
in all towns.
"""

import json
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile

from deliberations.models import Deliberation
from evaluations.choices import RoundKind
from evaluations.models import Round
from evaluations.rounds import open_round
from objectives.models import Plan
from objectives.workflow import amend, approve, content_hash, propose, submit
from organisation.models import Entity, Membership, User
from organisation.roles import Role
from tests.factories import make_entity, written_act, written_sheet
from tests.faults.person import Person
from tests.results import ON, confirm_all
from tests.sessions import MEMBERS, TODAY, with_opinions
from tests.this_year import YEAR, approved_plan, full_sheet, rewritten, sheet_of

PASSWORD = "una-parola-lunga-per-le-prove"
WORK = {
    "ufficio": Role.UFFICIO,
    "responsabile": Role.RESPONSABILE,
    "segretario": Role.SEGRETARIO,
    "nucleo": Role.NUCLEO,
}
SHEETS = (1, 2)
IMPORTED = 2022


@dataclass(frozen=True)
class Town:
    """What a round works on."""

    entity: Entity
    plan: Plan
    proposal: Deliberation
    verification: Round


def people() -> dict[str, User]:
    """The four who work in all towns, with e-mail addresses."""
    made = {}
    for name in WORK:
        person = User(username=name, first_name=name.capitalize(), last_name="Prova", email=f"{name}@comune.esempio.it")
        person.set_password(PASSWORD)
        person.save()
        made[name] = person
    return made


def make_town(number: int, by: dict[str, User]) -> Town:
    """The town of a round, with all that comes before its deeds."""
    entity = _entity(f"comune-{number}", by)
    sheets = [full_sheet(place, weight=weight) for place, weight in zip(SHEETS, (60, 40), strict=True)]
    plan = approved_plan(entity, *sheets)
    entity.name = f"Comune di {entity.slug.capitalize()}"  # only now: the acts of the tests are of one town
    entity.save()
    verification = open_round(plan, RoundKind.INTERMEDIA, on=ON, by=by["segretario"])
    confirm_all(verification, by["responsabile"])
    return Town(entity, plan, _proposal(plan, by), verification)


def _entity(slug: str, by: dict[str, User]) -> Entity:
    entity = make_entity(slug)
    for name, role in WORK.items():
        Membership(user=by[name], entity=entity, role=role).save()
    return entity


def _proposal(plan: Plan, by: dict[str, User]) -> Deliberation:
    changes = []
    for number in SHEETS:
        draft = rewritten(amend(sheet_of(plan, number), by=by["ufficio"]), by["ufficio"], title=f"Cambiato {number}")
        changes.append(approve(submit(draft, by=by["responsabile"]), by=by["segretario"]))
    return with_opinions(propose(plan, changes, by=by["segretario"]), by["segretario"])


class Deeds:
    """What the Segretario does in a round, by name; each returns whether the program said that it is done."""

    NAMES = ("adozione", "chiusura", "importazione")

    def __init__(self, of: Town, segretario: Person) -> None:
        self.of, self.person = of, segretario
        self.letto = content_hash(of.proposal)  # as the page shows it before anything happens

    def do(self, name: str) -> bool:
        """Do one of them as its page does."""
        return {"adozione": self.adopt, "chiusura": self.close, "importazione": self.bring}[name]()

    def adopt(self) -> bool:
        """Register the act."""
        rows = {"presenze-TOTAL_FORMS": len(MEMBERS), "presenze-INITIAL_FORMS": 0}
        for place, one in enumerate(MEMBERS):
            facts = {"name": one.name, "office": one.office, "present": "1" if one.present else "0"}
            rows |= {f"presenze-{place}-{name}": value for name, value in facts.items()}
        act = {
            "number": 100, "year": YEAR, "session_on": TODAY.isoformat(), "secretary": "Ezio Ivaldi", "votes_for": 2,
            "votes_against": 0, "abstained": 0, "vote": "unanime", "immediately_enforceable": "on", "immediate_for": 2,
            "immediate_reason": "Scadenze vicine.", "publication_days": 15, "azione": "registra", "letto": self.letto,
        }  # fmt: skip
        return self._done(f"/{self.of.entity.slug}/proposte/{self.of.proposal.pk}/registra/", {**rows, **act})

    def close(self) -> bool:
        """Close the verification."""
        return self._done(f"/{self.of.entity.slug}/verifiche/{YEAR}/intermedia/chiudi/", {"nota": ""})

    def bring(self) -> bool:
        """Import an act: bring the file, confirm what was read."""
        act = written_act(7, f"{IMPORTED}-02-07", *(written_sheet(number, weight=50) for number in SHEETS))
        content = json.dumps({**act, "entity": self.of.entity.name}).encode()
        file = SimpleUploadedFile("atto.json", content, "application/json")
        status, waiting, _ = self.person.post(f"/{self.of.entity.slug}/importa/", {"file": file}, files=True)
        return status == 302 and self._done(waiting, {})

    def _done(self, path: str, data: dict[str, object]) -> bool:
        return self.person.post(path, data)[0] == 302
