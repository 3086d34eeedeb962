"""What readers without names take away of a release: its figures as a file, and the evidence pack."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from supervision.forms.coverage import ReleaseAsked, ReleaseForm
from supervision.models import Release
from supervision.presenters.coverage_files import figures
from supervision.presenters.evidence import digest, pack, report_context
from supervision.queries.coverage import Asked, By
from supervision.queries.coverage_as import released_values
from supervision.queries.releases import release_of, released_days
from wellbeing.domain.local_time import local_day
from wellbeing.domain.refusals import Refused
from wellbeing.presenters.dates import short_day
from wellbeing.request import SignedIn

from .file_answers import written


def _release(request: SignedIn) -> tuple[ReleaseAsked, Release]:
    if not (request.viewer.is_lead or request.viewer.is_auditor):
        raise Http404
    days = released_days()
    asked = ReleaseForm(request.GET, days=days).asked() if days else None
    release = release_of(asked.on) if asked else None
    if asked is None or release is None:
        raise Http404
    return asked, release


def released_file(request: SignedIn, kind: str) -> HttpResponseBase:
    """The figures of the page: the whole service by Area, or one Area by unit."""
    asked, release = _release(request)
    question = Asked(asked.on, asked.strand, By.UNIT if asked.area else By.AREA)
    try:
        values = released_values(request.viewer, release, question, asked.area)
    except Refused as refused:
        raise Http404 from refused
    known = f"As released on {short_day(local_day(release.released_at))}"
    return written(kind, figures(values, known=known))


def evidence(request: SignedIn) -> HttpResponse:
    """The pack of one release, for auditors and national leads, who read all of it."""
    viewer = request.viewer
    asked, release = _release(request)
    if viewer.led_areas and not viewer.is_national_lead:
        raise Http404
    context = report_context(asked.on, release.released_at, release.figures)
    report = render_to_string("supervision/evidence_report.html", context)
    response = HttpResponse(pack(report, release.figures), content_type="application/zip")
    name = f"evidence-{asked.on}-{digest(release.figures)[:12]}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
