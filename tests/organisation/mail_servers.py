"""Mail servers in a bad hour."""

from smtplib import SMTPDataError, SMTPServerDisconnected

from django.core.mail.backends.base import BaseEmailBackend


class Down(BaseEmailBackend):
    """Nobody answers."""

    def open(self):
        raise ConnectionRefusedError("connection refused")


class Full(BaseEmailBackend):
    """Answers that it can't take the message now."""

    def send_messages(self, messages):
        raise SMTPDataError(452, b"mailbox full")


class BrokenOff(BaseEmailBackend):
    """Takes the message and falls silent: nobody knows whether it was accepted."""

    def send_messages(self, messages):
        raise SMTPServerDisconnected("Connection unexpectedly closed")
