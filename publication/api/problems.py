"""What the interface says when it has nothing to give: problem+json (RFC 9457), in Italian."""

from enum import Enum
from typing import Any

from django.http import JsonResponse


class Kind(Enum):
    """What went wrong: status and title. Explained on the page `api`."""

    PARAMETRO = 400, "Parametro non valido", "Un parametro non c'è o non si legge: «parametro» dice quale."
    NON_TROVATO = 404, "Non trovato", "L'indirizzo non c'è, o ciò che nomina non è pubblicato."
    METODO = 405, "Metodo non ammesso", "Si legge soltanto: GET."
    TROPPE_RICHIESTE = 429, "Troppe richieste", "Da questo indirizzo: «Retry-After» dice fra quanti secondi riprovare."
    NON_PIU_PUBBLICATO = 410, "Non più pubblicato", "Dopo cinque anni si chiede all'ente, con l'accesso civico."

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.value[0]

    @property
    def title(self) -> str:
        """The title, the same whenever it happens."""
        return self.value[1]

    @property
    def explanation(self) -> str:
        """What to do, in a sentence."""
        return self.value[2]

    @property
    def anchor(self) -> str:
        """Where its explanation stands on the page `api`."""
        return self.name.lower().replace("_", "-")


class Problem(Exception):
    """An answer that is no data. `detail` is a sentence; `parameter` the one that is wrong, if one is.

    `seconds` is how long to wait before asking again, where that helps.
    """

    def __init__(self, kind: Kind, detail: str, parameter: str = "", seconds: int = 0) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.parameter, self.seconds = kind, detail, parameter, seconds

    def answer(self) -> JsonResponse:
        """Return it as a response."""
        told: dict[str, Any] = {
            "type": f"/api/#{self.kind.anchor}",
            "title": self.kind.title,
            "status": self.kind.status,
            "detail": self.detail,
        }
        if self.parameter:
            told["parametro"] = self.parameter
        response = JsonResponse(
            told,
            status=self.kind.status,
            content_type="application/problem+json",
            json_dumps_params={"ensure_ascii": False},
        )
        response["Content-Language"] = "it"
        response["Cache-Control"] = "no-store"
        if self.seconds:
            response["Retry-After"] = str(self.seconds)
        return response
