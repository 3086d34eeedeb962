"""What the worker does by the clock: name -> (seconds between, what, only if).

`only if` names a question of an instant, asked before the job is handed to the queue; empty:
always. `wellbeing/settings.py` takes this in; docs/jobs.md says what each does, and what happens
when one is missed.
"""

TIMED_JOBS = {
    "deliver_messages": (
        1,
        "wellbeing.tasks.jobs.deliver_messages",
        "wellbeing.queries.messages.is_any_due",
    ),
    "expire_offers": (
        60,
        "wellbeing.tasks.jobs.expire_ended_offers",
        "wellbeing.queries.bookings.is_any_offer_ended",
    ),
    "build_cover": (
        2,
        "supervision.tasks.build_cover",
        "supervision.queries.stale.is_anybody_stale",
    ),
    "add_up_months": (60 * 60, "supervision.tasks.add_up_months", ""),
    "release_last_month": (60 * 60, "supervision.tasks.release_last_month", ""),
    "close_actions": (6 * 60 * 60, "supervision.tasks.close_actions", ""),
    "announce_reports": (60 * 60, "supervision.tasks.announce_reports", ""),
    "remind": (15 * 60, "wellbeing.tasks.jobs.remind", ""),
    "nudge": (6 * 60 * 60, "supervision.tasks.nudge", ""),
    "warn_of_endings": (6 * 60 * 60, "supervision.tasks.warn_of_endings", ""),
    "end_what_is_over": (6 * 60 * 60, "supervision.tasks.end_what_is_over", ""),
    "read_busy_calendars": (10 * 60, "wellbeing.tasks.jobs.read_busy_calendars", ""),
    "stop_feeds": (10 * 60, "wellbeing.tasks.jobs.stop_feeds", ""),
    "forget": (6 * 60 * 60, "wellbeing.tasks.jobs.forget", ""),
}
