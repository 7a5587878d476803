"""The queue of slow work: JSON only, and nothing is done for a message but our own jobs.

A job whose worker is lost is handed over again by whoever waits for it, who notices in seconds;
Celery itself would only after ``REDELIVERED``, when the job has expired.
"""

from typing import Final

from celery import Celery

from analytics.publication.finding import release
from analytics.publication.shared import PATIENCE

UNTAKEN: Final = 60  # seconds until a job that no worker takes is given up
LONGEST: Final = 120  # seconds of work, after which a job is stopped
LAST: Final = LONGEST + 10  # seconds after which its process is
REDELIVERED: Final = LAST + 30  # seconds after which a job of a silent worker is someone else's


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
