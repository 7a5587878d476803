"""What a worker is handed: a job, its question and its arguments, signed."""

import json
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass

from analytics.publication.signing import Signer


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A job on its way to a worker.

    Attributes:
        job: Its number.
        question: The key of its question.
        args: What the callback is given.
    """

    job: str
    question: str
    args: list[object]

    def signed(self, secret: str, queue: str) -> str:
        """Return this as text that only those who know the secret can make.

        Args:
            secret: Known to web processes and workers.
            queue: The queue it goes by; in another it is worth nothing.
        """
        held = json.dumps(asdict(self)).encode()
        return b64encode(Signer(secret).signed(queue, held)).decode()

    @classmethod
    def read(cls, found: object, secret: str, queue: str) -> "Ticket | None":
        """Return the ticket that was signed; None for anything else.

        Args:
            found: What came with a message.
            secret: Known to web processes and workers.
            queue: The queue it came by.
        """
        if not isinstance(found, str):
            return None
        try:
            held = Signer(secret).read(queue, b64decode(found, validate=True))
        except ValueError:
            return None
        return None if held is None else cls(**json.loads(held))
