"""What is typed to sign in, and to give a person an access."""

from typing import Any

from allauth.account.forms import LoginForm
from django.contrib.auth.forms import AdminUserCreationForm
from django.forms import ChoiceField, RadioSelect

NO_WAY_IN = "Per scegliere la password la persona riceve un'e-mail: scriverne l'indirizzo, o dare una password."


class SignInForm(LoginForm):
    """Name or e-mail, and password, with labels an office understands."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Nome utente o e-mail"
        self.fields["login"].widget.attrs.update(autocomplete="username", autocapitalize="none", spellcheck="false")
        self.fields["login"].widget.attrs["autofocus"] = True
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class NewPersonForm(AdminUserCreationForm):
    """A person who gets an access: with a password that somebody tells them, or one that they choose."""

    usable_password = ChoiceField(
        label="Chi sceglie la password",
        required=False,
        initial="true",
        choices={"false": "la persona: riceve un'e-mail", "true": "chi la scrive qui sotto, provvisoria"},
        widget=RadioSelect(attrs={"class": "radiolist"}),
        help_text="Una password provvisoria si consegna a voce, e la persona la cambia.",
    )

    def clean(self) -> dict[str, Any]:
        """Refuse who would have no way in."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("set_usable_password", True) and not cleaned.get("email"):
            self.add_error("email", NO_WAY_IN)
        return cleaned
