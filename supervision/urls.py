"""Addresses of the service on top; included at the root by wellbeing/urls.py."""

from django.urls import path

from supervision.views import coverage, diary, moving, placing, publishing, sessions
from supervision.views.home import home
from supervision.views.people import person
from supervision.views.team import team
from supervision.views.unbooked import register_add
from supervision.views.waiting import session_wait

urlpatterns = [
    path("", home, name="home"),
    path("sessions/", sessions.session_list, name="session_list"),
    path("sessions/publish/", publishing.session_publish, name="session_publish"),
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
    path("diary/", diary.diary, name="diary"),
    path("people/<uuid:public_id>/", person, name="person"),
    path("team/", team, name="team"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("coverage/national/", coverage.coverage_national, name="coverage_national"),
    path("coverage/areas/<uuid:public_id>/", coverage.coverage_area, name="coverage_area"),
]
