"""What people type to sign in."""

from typing import Any

from allauth.account.forms import LoginForm


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
