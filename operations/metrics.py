"""What is counted for Prometheus: requests by the form of their address, the queue, the worker. Nobody is in it.

Several processes of gunicorn count together where PROMETHEUS_MULTIPROC_DIR names an empty folder (the library's own
variable); without it each answers for itself.
"""

import os
from collections.abc import Iterator

from django.db.models import Count, Min
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector

from operations.worker_life import seconds_since_sign

KNOWN_METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
REQUESTS = Counter("caluso_requests", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram("caluso_request_seconds", "Seconds until the answer began", ["route"])


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    """Count a request that was answered; a method that HTTP doesn't know makes no series of its own."""
    REQUESTS.labels(method if method in KNOWN_METHODS else "-", route, str(status)).inc()
    SECONDS.labels(route).observe(seconds)


class _Shared(Collector):
    """What the database knows for all processes."""

    def collect(self) -> Iterator[Metric]:
        ready = DBTaskResult.objects.ready().aggregate(count=Count("pk"), since=Min("enqueued_at"))
        oldest = (timezone.now() - ready["since"]).total_seconds() if ready["since"] else 0
        yield GaugeMetricFamily("caluso_tasks_waiting", "Tasks that a worker could begin", ready["count"])
        yield GaugeMetricFamily("caluso_tasks_oldest_seconds", "How long the oldest of them waits", oldest)
        since = seconds_since_sign()
        if since is not None:
            yield GaugeMetricFamily("caluso_worker_seen_seconds", "Since a worker's last sign of life", since)


def exposition() -> bytes:
    """Return everything in the text format of Prometheus."""
    shared = CollectorRegistry()
    shared.register(_Shared())
    counted: CollectorRegistry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        counted = CollectorRegistry()
        MultiProcessCollector(counted)
    return generate_latest(counted) + generate_latest(shared)
