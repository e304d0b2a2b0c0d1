"""A small mail server on loopback that keeps what it is given, in a process that nobody kills."""

import email
import socketserver
import threading
from collections import Counter
from email import policy
from urllib.parse import urlsplit


class _Talk(socketserver.StreamRequestHandler):
    """One connection: the few words of SMTP that a sender needs."""

    server: "Mailbox"

    def handle(self) -> None:
        """Answer until the sender leaves."""
        self._say("220 mailbox")
        while line := self.rfile.readline().decode("ascii", "replace").strip():
            match line.split()[0].upper():
                case "DATA":
                    self._say("354 go on")
                    self.server.take(self._message())
                    self._say("250 kept")
                case "QUIT":
                    self._say("221 bye")
                    return
                case _:
                    self._say("250 well")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def _message(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if line == b"":
            raise ConnectionResetError("The sender died before the end of the message.")
        return b"".join(lines)


class Mailbox(socketserver.ThreadingTCPServer):
    """The server; `kept` counts the messages by address, subject, and the page to which they lead."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.kept: Counter[tuple[str, str, str]] = Counter()
        self._lock = threading.Lock()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """What EMAIL_URL says of it."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def take(self, content: bytes) -> None:
        """Keep a message that arrived whole."""
        message = email.message_from_bytes(content, policy=policy.default)
        subject = str(message["Subject"]).removeprefix("[DATI DIMOSTRATIVI] ")
        _, _, page = message.get_content().replace("\r\n", "\n").partition("\n\nPagina: ")
        with self._lock:
            self.kept[str(message["To"]), subject, urlsplit(page.split("\n")[0].strip()).path] += 1

    def handle_error(self, request: object, client_address: object) -> None:
        """A sender that was killed is no news here."""
