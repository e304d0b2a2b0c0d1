"""The program's server as a process of its own on the loopback interface, alone or two of them behind nginx."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

PATIENCE = 30  # seconds for a server to answer
NGINX = """
daemon off; master_process off; worker_processes 1; pid nginx.pid; error_log stderr crit;
events {{ worker_connections 512; }}
http {{
    access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi; scgi_temp_path scgi;
    upstream servers {{ {servers} keepalive 32; }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://servers; proxy_http_version 1.1; proxy_set_header Connection "";
            proxy_set_header Host $host; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        }}
    }}
}}
"""


class ProgramMissing(RuntimeError):
    """A program of the machine that the measurement needs is not there; the message names it and its package."""


def program(name: str) -> str:
    """Where a program is, also one for administrators. Raises ProgramMissing."""
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if found is None:
        raise ProgramMissing(f"{name} is not installed (Debian: apt install {name})")
    return found


@contextmanager
def gunicorn(workers: int = 1, threads: int = 2) -> Iterator[int]:
    """The program's server; the port on which it answers."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "caluso_perf.wsgi", "--bind", f"127.0.0.1:{port}", "--preload"]
    command += ["--workers", str(workers), "--threads", str(threads), "--keep-alive", "30", "--log-level", "warning"]
    with running(command, port):
        yield port


@contextmanager
def nginx(ports: Sequence[int]) -> Iterator[int]:
    """Nginx, with its whole configuration above, before servers on these ports. Raises ProgramMissing."""
    command, port = program("nginx"), free_port()
    servers = " ".join(f"server 127.0.0.1:{one};" for one in ports)
    with tempfile.TemporaryDirectory(prefix="nginx-") as folder:
        Path(folder, "nginx.conf").write_text(NGINX.format(servers=servers, port=port), encoding="utf-8")
        with running([command, "-p", folder, "-c", "nginx.conf"], port):
            yield port


@contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    """A server as a process, from when it answers."""
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=os.environ)
    try:
        wait_for(port, process)
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Wait until the server answers. Raises AssertionError when it ends or takes too long."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server does not answer")
