"""A person before the form of a draft: types, presses its buttons, lets it save itself."""

from objectives.forms.stored import typed_of
from objectives.models import Sheet

BY_ITSELF = {"x-requested-with": "autosalvataggio"}


class Desk:
    """A person before the form of a draft."""

    def __init__(self, client, draft):
        self.client, self.address = client, f"/caluso/bozze/{draft.pk}/modifica/"
        self.typed = typed_of(Sheet.objects.get(pk=draft.pk))

    def write(self, **fields):
        """Type something into fields."""
        self.typed.fields.update({name: [written] for name, written in fields.items()})
        return self

    def sent(self, action, **more):
        data = dict(self.typed.data().lists())
        return {**data, "row_version": self.typed.row_version, "azione": action, **more}

    def press(self, action="salva", **more):
        """Press a button of the page."""
        return self.client.post(self.address, self.sent(action, **more))

    def save_by_itself(self):
        """What the page does on its own."""
        return self.client.post(self.address, self.sent("salva"), headers=BY_ITSELF)
