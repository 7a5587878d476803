"""The five record tables, by key."""

from typing import Final

from data.records.case_records import CASE_RECORDS
from data.records.families import FAMILY_INTERVIEWS
from data.records.record import RecordTable
from data.records.self_profile import SELF_PROFILE
from data.records.social_workers import SOCIAL_WORKER_SURVEY, TIME_DIARIES

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
