"""Addresses of the service on top; included at the root by wellbeing/urls.py."""

from django.urls import path

from supervision.views import coverage, diary, publishing, sessions
from supervision.views.home import home
from supervision.views.people import person
from supervision.views.team import team

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
    path("diary/", diary.diary, name="diary"),
    path("people/<uuid:public_id>/", person, name="person"),
    path("team/", team, name="team"),
    path("coverage/", coverage.coverage, name="coverage"),
    path("coverage/national/", coverage.coverage_national, name="coverage_national"),
    path("coverage/areas/<uuid:public_id>/", coverage.coverage_area, name="coverage_area"),
]
