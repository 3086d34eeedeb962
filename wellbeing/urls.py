"""Every address of the service."""

from django.urls import include, path, register_converter

from wellbeing.converters import IsoDay
from wellbeing.views import (
    absences,
    answers,
    bookings,
    calendars,
    check_ins,
    court_lists,
    health,
    messages,
    people,
    rounds,
)
from wellbeing.views.busy_calendar import busy_calendar, busy_calendar_remove
from wellbeing.views.calendar_feed import calendar_feed
from wellbeing.views.calendar_mine import (
    calendar_address_make,
    calendar_address_renew,
    calendar_address_stop,
    calendar_mine,
)
from wellbeing.views.establishment import establishment
from wellbeing.views.help_now import help_now

register_converter(IsoDay, "day")

urlpatterns = [
    path("accounts/", include("wellbeing.account_urls")),
    path("help-now/", help_now, name="help_now"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("bookings/", bookings.booking_list, name="booking_list"),
    path("bookings/my-bookings.ics", calendars.own_calendar, name="own_calendar"),
    path("bookings/<uuid:public_id>/", bookings.booking_detail, name="booking_detail"),
    path("bookings/<uuid:public_id>/cancel/", bookings.booking_cancel, name="booking_cancel"),
    path("bookings/<uuid:public_id>/answer/", answers.booking_answer, name="booking_answer"),
    path(
        "bookings/<uuid:public_id>/not-right/",
        answers.booking_not_right,
        name="booking_not_right",
    ),
    path("calendar/", calendars.schedule, name="schedule"),
    path("calendar/mine/", calendar_mine, name="calendar_mine"),
    path("calendar/mine/busy/", busy_calendar, name="busy_calendar"),
    path("calendar/mine/busy/remove/", busy_calendar_remove, name="busy_calendar_remove"),
    path("calendar/mine/make/", calendar_address_make, name="calendar_address_make"),
    path(
        "calendar/mine/<uuid:public_id>/renew/",
        calendar_address_renew,
        name="calendar_address_renew",
    ),
    path(
        "calendar/mine/<uuid:public_id>/stop/",
        calendar_address_stop,
        name="calendar_address_stop",
    ),
    path("calendar/<str:secret>.ics", calendar_feed, name="calendar_feed"),
    path("check-ins/", check_ins.check_ins, name="check_ins"),
    path(
        "check-ins/<uuid:public_id>/take-back/",
        check_ins.check_in_take_back,
        name="check_in_take_back",
    ),
    path("messages/", messages.message_list, name="message_list"),
    path(
        "messages/<uuid:public_id>/send-again/",
        messages.message_send_again,
        name="message_send_again",
    ),
    path("people/", people.people, name="people"),
    path("people/establishment/", establishment, name="establishment"),
    path("people/<uuid:public_id>/check-ins/add/", check_ins.check_in_add, name="check_in_add"),
    path("people/<uuid:public_id>/absences/add/", absences.absence_add, name="absence_add"),
    path(
        "people/<uuid:public_id>/absences/<day:start>/end/",
        absences.absence_end,
        name="absence_end",
    ),
    path(
        "people/<uuid:public_id>/absences/<day:start>/take-back/",
        absences.absence_take_back,
        name="absence_take_back",
    ),
    path("rounds/", rounds.rounds, name="rounds"),
    path("rounds/publish/", rounds.round_publish, name="round_publish"),
    path("rounds/<uuid:public_id>/", rounds.round_detail, name="round_detail"),
    path("rounds/<uuid:public_id>/cancel/", rounds.round_cancel, name="round_cancel"),
    path("sessions/court-days/", court_lists.court_lists, name="court_lists"),
    path("sessions/court-days/add/", court_lists.court_list_add, name="court_list_add"),
    path(
        "sessions/court-days/<uuid:public_id>/take-back/",
        court_lists.court_list_take_back,
        name="court_list_take_back",
    ),
    path("", include("supervision.urls")),
]
handler500 = "wellbeing.views.errors.server_error"
