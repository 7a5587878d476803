"""The queue of slow work: JSON only, and nothing is done for a message but our own jobs.

A job whose worker is lost is handed over again by whoever waits for it, who notices in seconds;
Celery itself would only after ``REDELIVERED``, when the job has expired.
"""

import logging
from queue import Empty
from typing import Final, Literal

from celery import Celery
from kombu.transport.redis import Channel, QoS, Transport
from typing_extensions import override

from analytics.publication.finding import release
from analytics.publication.shared import PATIENCE

log = logging.getLogger(__name__)

UNTAKEN: Final = 60  # seconds until a job that no worker takes is given up
LONGEST: Final = 120  # seconds of work, after which a job is stopped
LAST: Final = LONGEST + 10  # seconds after which its process is
REDELIVERED: Final = LAST + 30  # seconds after which a job of a silent worker is someone else's

#: What reading a message raises that is none.
NO_MESSAGE: Final = (ValueError, TypeError, LookupError, AttributeError)


class CarefulQoS(QoS):
    """Messages taken and not done yet; one that is none is not given back."""

    @override
    def restore_by_tag(self, tag: object, client: object = None, leftmost: bool = False) -> None:
        try:
            super().restore_by_tag(tag, client, leftmost)
        except NO_MESSAGE:
            log.warning("something among the jobs at work is no message and was dropped")


class CarefulChannel(Channel):
    """Reads the queue; Kombu's own ends the worker where something in it is no message."""

    QoS = CarefulQoS

    @override
    def _brpop_read(self, **options: object) -> Literal[True]:
        try:
            return super()._brpop_read(**options)
        except NO_MESSAGE as fault:
            log.warning("something in the queue is no message and was dropped")
            raise Empty from fault


class CarefulTransport(Transport):
    """Redis, with a reader that goes on whatever is in the queue."""

    Channel = CarefulChannel


def celery(url: str) -> Celery:
    """Return the queue that web processes and workers of the same code and tables share.

    Args:
        url: Of the Redis it is in.
    """
    queue = f"explorer:queue:{release()[:16]}"
    app = Celery("explorer", broker=url, set_as_current=False)
    app.conf.update(
        task_serializer="json",
        accept_content=["json"],
        task_default_queue=queue,
        task_ignore_result=True,
        task_acks_late=True,
        task_reject_on_worker_lost=False,
        task_soft_time_limit=LONGEST,
        task_time_limit=LAST,
        worker_prefetch_multiplier=1,
        worker_enable_remote_control=False,
        worker_hijack_root_logger=False,
        worker_cancel_long_running_tasks_on_connection_loss=False,
        broker_transport=f"{__name__}:{CarefulTransport.__name__}",
        broker_connection_timeout=PATIENCE,
        broker_connection_retry_on_startup=True,
        broker_transport_options={
            "visibility_timeout": REDELIVERED,
            "socket_connect_timeout": PATIENCE,
        },
    )
    app.finalize()
    for name in [one for one in app.tasks if one.startswith("celery.")]:
        del app.tasks[name]
    return app
