"""Every address of the service."""

from django.urls import include, path

from wellbeing.views import calendars, health
from wellbeing.views.help_now import help_now

urlpatterns = [
    path("accounts/", include("wellbeing.account_urls")),
    path("help-now/", help_now, name="help_now"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("calendar/", calendars.schedule, name="schedule"),
    path("bookings/my-bookings.ics", calendars.own_calendar, name="own_calendar"),
    path("", include("supervision.urls")),
]
handler500 = "wellbeing.views.errors.server_error"
