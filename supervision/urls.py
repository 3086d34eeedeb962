"""Addresses of the service on top; included at the root by wellbeing/urls.py."""

urlpatterns = []
