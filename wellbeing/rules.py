"""The service's rules that have no column in the policy file, each by its name.

`wellbeing/settings.py` takes them in as settings, so that an installation or a test can set
another value, and no figure stands in the code (domain.md, Words).
"""

import os
from datetime import time

ONE_TO_ONE_MINUTES = 60
GROUP_MINUTES = 90
GROUP_LEAST = 3
GROUP_MOST = 6
LATE_CANCELLATION_HOURS = 48
PUT_RIGHT_HOURS = 48
OFFER_HOURS = 48
# Nobody is offered a place so late that they could not come.
WAITING_STOPS_HOURS = 2
DISPUTE_DAYS = 10
REOFFER_WORKING_DAYS = 10
# So far back a lead's list of things to do goes.
TO_DO_WEEKS = 8
CLOSING_DAYS = 10
# Seats to add are proposed for a day so many days ahead where there is a choice, and within
# these hours where a supervisor has said none of their own.
EXTRA_SEAT_NOTICE_DAYS = 7
EXTRA_SEAT_FROM = time(9)
EXTRA_SEAT_TO = time(17)
# So many days before a supervisor's registration or indemnity ends, they and leads are told.
REGISTRATION_WARNING_DAYS = (90, 30, 7)
# An agreement with a supervisor is looked at again after so long; leads see which are due
# so many days before.
AGREEMENT_REVIEW_DAYS = 365
AGREEMENT_REVIEW_WARNING_DAYS = 30
# Whom a supervisor has declined asks another, and may ask the same again after so long.
AGREEMENT_ASK_AGAIN_DAYS = 90
# So long without any registration of its supervisor an agreement or a group still stands.
AGREEMENT_UNREGISTERED_DAYS = 28
# So long a worker may take over one message before it is taken for dead.
LEASE_SECONDS = int(os.environ.get("LEASE_SECONDS", "120"))
REMINDER_DAYS = (7, 1)
# Whoever stays overdue is written to again after so long.
NUDGE_AGAIN_DAYS = 14
# After an absence of more than so long, an invitation to book within so many days of it.
LONG_ABSENCE_DAYS = 28
BACK_DAYS = 14
# A calendar elsewhere is read again after so long.
BUSY_CALENDAR_SECONDS = 3 * 60 * 60
# Nobody has it read sooner than so long after the last try.
BUSY_CALENDAR_LEAST_SECONDS = 60
# Its owner is told of failures when they have lasted so long.
BUSY_FAILURE_HOURS = 24
# A team is marked as in court for so many days at a time at most.
COURT_LIST_MOST_DAYS = 92
MESSAGE_DAYS = 365
# So long a form that was sent is told from a new one.
FORM_TOKEN_HOURS = 48
# So many people whose facts change at once have their cover built in the same transaction;
# more are marked, and built by the worker.
COVER_AT_ONCE = 500
# While more are marked than this, a page that would have to work them out says so instead;
# the worker builds about so many a minute.
COVER_STALE_AT_MOST = 2_000
COVER_BUILT_A_MINUTE = 15_000
# So many month-ends a trend shows, and so many Mondays a forecast.
TREND_MONTHS = 24
FORECAST_WEEKS = 13
# Coverage of prosecutors below this percentage is said above a table of Areas or units.
LOW_COVERAGE_PERCENT = 80
# What was called off more than so many days before its start was called off early.
EARLY_NOTICE_DAYS = 7
# Leads are told where so many of a unit's bookings, and more than this percentage of them, were
# cancelled because of court within the period of the report.
COURT_LEAST = 5
COURT_PERCENT = 10
# Groups of fewer people are not compared, and a difference of fewer percentage points is none.
EQUITY_LEAST_PEOPLE = 20
EQUITY_POINTS = 5
# Over the first limit by so many days and fewer: the bands of people not yet seen.
NEVER_SEEN_BANDS = (28, 84)
# The longest gap against the interval, in per cent of it: the bands of gaps.
GAP_BANDS = (100, 150, 200)
COVER_LIST_PER_PAGE = 50
# So many people of a file are read at once while it is sent.
FILE_ROWS_AT_ONCE = 500
# A month-end is released on this working day of the next month.
RELEASE_WORKING_DAY = 3
# People of an auditor's sample, and how many samples one auditor asks for of one strand and month-end.
SAMPLE_LEAST = 5
SAMPLE_MOST = 50
SAMPLES_OF_A_DAY = 5
# So many people at a time a lead offers a session to in one step, in so many weeks from today.
OFFER_TO_ALL_MOST = 25
OFFER_TO_ALL_WEEKS = 6
