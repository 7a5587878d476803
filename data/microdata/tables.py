"""The five record tables, by key."""

from typing import Final

from data.microdata.case_records import CASE_RECORDS
from data.microdata.families import FAMILY_INTERVIEWS
from data.microdata.record import RecordTable
from data.microdata.self_profile import SELF_PROFILE
from data.microdata.social_workers import SOCIAL_WORKER_SURVEY, TIME_DIARIES

RECORD_TABLES: Final[dict[str, RecordTable]] = {
    table.key: table
    for table in (
        SOCIAL_WORKER_SURVEY,
        TIME_DIARIES,
        FAMILY_INTERVIEWS,
        CASE_RECORDS,
        SELF_PROFILE,
    )
}
