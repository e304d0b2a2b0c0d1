"""A person before the page of results of a settore: types, presses its buttons, lets it save itself."""

import json

from evaluations.models import Result
from tests.this_year import YEAR


class Office:
    """A person before the page of results of a settore."""

    def __init__(self, client, sector):
        self.client = client
        self.address = f"/caluso/verifiche/{YEAR}/intermedia/settori/{sector.pk}/"
        self.response = client.get(self.address)

    @property
    def page(self):
        """What the last answer shows."""
        return self.response.context["page"]

    def part(self, number=1):
        """A sheet of the page."""
        return next(part for part in self.page.sheets if part.sheet.number == number)

    def row(self, place=0, number=1):
        """The row of an indicator, in the order of the sheet."""
        return self.part(number).indicators[place].row

    def form(self, **typed):
        """All that the form sends, with `typed` (cell id → text) in it."""
        rows = self.page.rows.values()
        stood = {cell.id: cell.value for row in rows for cell in row.cells.values()}
        return {**stood, **{f"{row.name}-version": row.token for row in rows}, "azione": "salva", **typed}

    def press(self, action="salva", **typed):
        """Press a button of the page."""
        self.response = self.client.post(self.address, {**self.form(**typed), "azione": action})
        return self.response

    def by_itself(self, *rows, **values):
        """What the page sends on its own: the same values for each of `rows`."""
        sent = [{"name": row.name, "token": row.token, "values": values} for row in rows]
        return self.send({"rows": sent})

    def send(self, body):
        """Send anything to where the page saves by itself."""
        return self.client.post(f"{self.address}salva/", json.dumps(body), content_type="application/json")


def achieved():
    """What is stored of the results, in the order in which they were written."""
    return list(Result.objects.order_by("pk").values_list("achieved", flat=True))
