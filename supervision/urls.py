"""Addresses of the service on top; included at the root by wellbeing/urls.py."""

from django.urls import path

from supervision.views import (
    actions,
    ahead,
    cover_lists,
    coverage,
    diary,
    editing,
    group_members,
    groups,
    hours,
    hours_given,
    list_files,
    moving,
    my_people,
    own_groups,
    own_supervisor,
    placing,
    publishing,
    registrations,
    samples,
    sessions,
    uptake,
    uptake_files,
)
from supervision.views import coverage_over_time as over_time
from supervision.views.announcements import announced, last_month
from supervision.views.coverage_known import coverage_known
from supervision.views.coverage_unit import coverage_unit
from supervision.views.equity import coverage_equity
from supervision.views.evidence import evidence, released_file
from supervision.views.files import coverage_file, people_file
from supervision.views.home import home
from supervision.views.offers import offers, offers_file
from supervision.views.offers_to_all import lead_offer
from supervision.views.people import person
from supervision.views.publish_hours import hours_publish
from supervision.views.record import own_record, person_why
from supervision.views.released import coverage_national
from supervision.views.team import team
from supervision.views.to_do import session_to_do
from supervision.views.today import lead_today, lead_today_people
from supervision.views.unbooked import register_add
from supervision.views.waiting import session_wait

urlpatterns = [
    path("", home, name="home"),
    path("today/", lead_today, name="lead_today"),
    path("today/offer/", lead_offer, name="lead_offer"),
    path("today/people/", lead_today_people, name="lead_today_people"),
    path("actions/", actions.actions, name="actions"),
    path("actions/open/", actions.action_open, name="action_open"),
    path("actions/<uuid:public_id>/", actions.action, name="action"),
    path("actions/<uuid:public_id>/change/", actions.action_change, name="action_change"),
    path("actions/<uuid:public_id>/withdraw/", actions.action_withdraw, name="action_withdraw"),
    path("sessions/", sessions.session_list, name="session_list"),
    path("sessions/publish/", publishing.session_publish, name="session_publish"),
    path("sessions/to-do/", session_to_do, name="session_to_do"),
    path("sessions/published/", publishing.session_schedule, name="session_schedule"),
    path("sessions/<uuid:public_id>/", sessions.session_detail, name="session_detail"),
    path("sessions/<uuid:public_id>/book/", sessions.session_book, name="session_book"),
    path(
        "sessions/<uuid:public_id>/register/", diary.session_register, name="session_register"
    ),
    path("sessions/<uuid:public_id>/cancel/", publishing.session_cancel, name="session_cancel"),
    path("sessions/<uuid:public_id>/wait/", session_wait, name="session_wait"),
    path("sessions/<uuid:public_id>/register/add/", register_add, name="register_add"),
    path("bookings/<uuid:public_id>/move/", moving.booking_move, name="booking_move"),
    path(
        "bookings/<uuid:public_id>/move/<uuid:event_id>/",
        moving.booking_move_to,
        name="booking_move_to",
    ),
    path("people/<uuid:public_id>/places/", placing.person_places, name="person_places"),
    path(
        "people/<uuid:public_id>/places/<uuid:event_id>/",
        placing.person_place,
        name="person_place",
    ),
    path("sessions/<uuid:public_id>/edit/", editing.session_edit, name="session_edit"),
    path(
        "sessions/<uuid:public_id>/cancel-later/",
        editing.session_cancel_following,
        name="session_cancel_following",
    ),
    path("diary/", diary.diary, name="diary"),
    path("diary/today/cancel/", editing.cannot_come_today, name="cannot_come_today"),
    path("hours/", hours.hours, name="hours"),
    path("hours/add/", hours.hours_add, name="hours_add"),
    path("hours/one-day/", hours.exception_add, name="exception_add"),
    path("hours/days-off/", hours.leave_add, name="leave_add"),
    path("hours/days-off/cancel/", editing.cancel_while_off, name="cancel_while_off"),
    path("hours/publish/", hours_publish, name="hours_publish"),
    path("hours/given/", hours_given.hours_given, name="hours_given"),
    path("hours/given.<str:kind>", hours_given.hours_given_file, name="hours_given_file"),
    path("hours/<uuid:public_id>/change/", hours.hours_change, name="hours_change"),
    path("hours/<uuid:public_id>/end/", hours.hours_end, name="hours_end"),
    path(
        "hours/otherwise/<uuid:public_id>/take-back/",
        hours.exception_take_back,
        name="exception_take_back",
    ),
    path("registration/", registrations.registration, name="registration"),
    path("registrations/", registrations.registrations, name="registrations"),
    path(
        "registrations/<uuid:public_id>/move/",
        registrations.sessions_move,
        name="sessions_move",
    ),
    path("supervisor/", own_supervisor.own_supervisor, name="own_supervisor"),
    path("supervisor/choose/", own_supervisor.supervisor_choose, name="supervisor_choose"),
    path("supervisor/agreement/", own_supervisor.agreement_sign, name="agreement_sign"),
    path("supervisor/agreement/end/", own_supervisor.agreement_end, name="agreement_end"),
    path("supervisor/not-this-person/", own_supervisor.exclusion_add, name="exclusion_add"),
    path(
        "supervisor/not-this-person/<uuid:public_id>/take-back/",
        own_supervisor.exclusion_take_back,
        name="exclusion_take_back",
    ),
    path(
        "supervisor/groups/<uuid:public_id>/invitation/",
        own_groups.group_invitation,
        name="group_invitation",
    ),
    path(
        "supervisor/groups/<uuid:public_id>/leave/",
        own_groups.group_leave,
        name="group_leave",
    ),
    path(
        "supervisor/groups/newcomers/<uuid:public_id>/",
        own_groups.group_newcomer,
        name="group_newcomer",
    ),
    path("my-people/", my_people.my_people, name="my_people"),
    path(
        "my-people/<uuid:public_id>/decline/",
        my_people.agreement_decline,
        name="agreement_decline",
    ),
    path(
        "my-people/<uuid:public_id>/reviewed/",
        my_people.agreement_review,
        name="agreement_review",
    ),
    path("agreements/", my_people.agreements, name="agreements"),
    path("groups/", groups.groups, name="groups"),
    path("groups/make/", groups.group_make, name="group_make"),
    path("groups/<uuid:public_id>/", groups.group_detail, name="group_detail"),
    path("groups/<uuid:public_id>/invite/", groups.group_invite, name="group_invite"),
    path(
        "groups/<uuid:public_id>/withdraw/",
        group_members.group_withdraw,
        name="group_withdraw",
    ),
    path(
        "groups/members/<uuid:public_id>/remove/",
        group_members.group_remove,
        name="group_remove",
    ),
    path("groups/<uuid:public_id>/publish/", groups.group_publish, name="group_publish"),
    path("groups/<uuid:public_id>/close/", groups.group_close, name="group_close"),
    path("people/<uuid:public_id>/", person, name="person"),
    path("people/<uuid:public_id>/why/", person_why, name="person_why"),
    path("record/", own_record, name="own_record"),
    path("team/", team, name="team"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("coverage/offers/", offers, name="offers"),
    path("coverage/offers/file.<str:kind>", offers_file, name="offers_file"),
    path("coverage/hours/", hours_given.supervisors_hours, name="supervisors_hours"),
    path(
        "coverage/hours.<str:kind>",
        hours_given.supervisors_hours_file,
        name="supervisors_hours_file",
    ),
    path("coverage/known/", coverage_known, name="coverage_known"),
    path("coverage/ahead/", ahead.coverage_ahead, name="coverage_ahead"),
    path(
        "coverage/ahead/publish/", ahead.coverage_ahead_publish, name="coverage_ahead_publish"
    ),
    path("coverage/national/", coverage_national, name="coverage_national"),
    path("coverage/uptake/", uptake.coverage_uptake, name="coverage_uptake"),
    path("coverage/court/", uptake.coverage_court, name="coverage_court"),
    path("coverage/gaps/", cover_lists.coverage_gaps, name="coverage_gaps"),
    path("coverage/never-seen/", cover_lists.coverage_never_seen, name="coverage_never_seen"),
    path("coverage/list/", cover_lists.coverage_list, name="coverage_list"),
    path("coverage/equity/", coverage_equity, name="coverage_equity"),
    path("coverage/uptake/file.<str:kind>", uptake_files.uptake_file, name="uptake_file"),
    path(
        "coverage/uptake/bookings.<str:kind>", uptake_files.bookings_file, name="bookings_file"
    ),
    path("coverage/court/file.<str:kind>", uptake_files.court_file, name="court_file"),
    path("coverage/equity/file.<str:kind>", uptake_files.equity_file, name="equity_file"),
    path("coverage/gaps/file.<str:kind>", list_files.gaps_file, name="gaps_file"),
    path(
        "coverage/gaps/people.<str:kind>", list_files.gaps_people_file, name="gaps_people_file"
    ),
    path(
        "coverage/never-seen/file.<str:kind>",
        list_files.never_seen_file,
        name="never_seen_file",
    ),
    path(
        "coverage/never-seen/people.<str:kind>",
        list_files.never_seen_people_file,
        name="never_seen_people_file",
    ),
    path(
        "coverage/list/people.<str:kind>", list_files.list_people_file, name="list_people_file"
    ),
    path("coverage/areas/<uuid:public_id>/", coverage.coverage_area, name="coverage_area"),
    path("coverage/units/<uuid:public_id>/", coverage_unit, name="coverage_unit"),
    path("coverage/file.<str:kind>", coverage_file, name="coverage_file"),
    path(
        "coverage/areas/<uuid:area>/file.<str:kind>", coverage_file, name="coverage_area_file"
    ),
    path(
        "coverage/units/<uuid:unit>/file.<str:kind>", coverage_file, name="coverage_unit_file"
    ),
    path("coverage/people.<str:kind>", people_file, name="people_file"),
    path("coverage/areas/<uuid:area>/people.<str:kind>", people_file, name="area_people_file"),
    path("coverage/units/<uuid:unit>/people.<str:kind>", people_file, name="unit_people_file"),
    path("coverage/national/file.<str:kind>", released_file, name="released_file"),
    path("coverage/national/evidence.zip", evidence, name="evidence"),
    path("coverage/announced/", announced, name="announced"),
    path("coverage/last-month/", last_month, name="last_month"),
    path("coverage/forecast/", over_time.coverage_forecast, name="coverage_forecast"),
    path(
        "coverage/areas/<uuid:public_id>/forecast/",
        over_time.coverage_area_forecast,
        name="coverage_area_forecast",
    ),
    path("coverage/compared/", over_time.coverage_compared, name="coverage_compared"),
    path(
        "coverage/areas/<uuid:public_id>/compared/",
        over_time.coverage_area_compared,
        name="coverage_area_compared",
    ),
    path("audit/samples/", samples.sample_list, name="sample_list"),
    path("audit/samples/draw/", samples.sample_make, name="sample_make"),
    path("audit/samples/<uuid:public_id>.csv", samples.sample_file, name="sample_file"),
    path("audit/samples/<uuid:public_id>/", samples.sample, name="sample"),
    path(
        "audit/samples/<uuid:public_id>/<str:row>/", samples.sample_trace, name="sample_trace"
    ),
]
