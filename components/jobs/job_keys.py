"""Names of what web processes and workers tell each other of a job, in Redis."""

from typing import Final

PREFIX: Final = "explorer:job:"
PRESENT: Final = "explorer:workers:"  # before the queue whose workers are there


def progress(question: str) -> str:
    """Name how far the answer to a question is."""
    return f"{PREFIX}{question}:progress"


def pulse(job: str) -> str:
    """Name that someone is at a job, or will be."""
    return f"{PREFIX}{job}:pulse"


def start(job: str, count: int) -> str:
    """Name a start of a job."""
    return f"{PREFIX}{job}:start:{count}"


def again(job: str) -> str:
    """Name that a job was handed over once more."""
    return f"{PREFIX}{job}:again"


def over(job: str) -> str:
    """Name that a job has told its result, or was stopped."""
    return f"{PREFIX}{job}:over"


def result(job: str) -> str:
    """Name what a job has to say."""
    return f"{PREFIX}{job}:result"
