"""Gunicorn for Caluso Perf: `gunicorn --config deploy/gunicorn.conf.py caluso_perf.wsgi`, in the program's folder."""

import os

bind = os.environ.get("GUNICORN_BIND", "unix:/run/caluso-perf/web.sock")
workers = int(os.environ.get("GUNICORN_WORKERS", "2"))
threads = 4
timeout = 30
graceful_timeout = 25
max_requests = 2000
max_requests_jitter = 200
forwarded_allow_ips = "127.0.0.1"

if os.environ.get("LOG_FORMAT") == "json":
    logconfig_dict = {
        "formatters": {"json": {"()": "operations.log_lines.JsonLines"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "gunicorn.error": {"level": "INFO", "handlers": ["console"], "propagate": False},
            "gunicorn.access": {"level": "CRITICAL", "handlers": [], "propagate": False},
        },
    }


def child_exit(server, worker):
    """Let the metrics forget the gauges of a process that is gone."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        from prometheus_client.multiprocess import mark_process_dead

        mark_process_dead(worker.pid)
