"""The rules of a password, where Django's own words are not there in Italian."""

from django.contrib.auth.password_validation import MinimumLengthValidator


class LongEnough(MinimumLengthValidator):
    """Django's rule; its refusal, as of 5.2, speaks English."""

    def get_error_message(self) -> str:
        """Return the refusal."""
        return f"Questa password è troppo breve: servono almeno {self.min_length} caratteri."
