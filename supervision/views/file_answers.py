"""A file of a page, in the format that was asked for: sent as it is made, and kept by no cache."""

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse

from supervision.presenters.take_away import KINDS, Taken
from wellbeing.presenters.dates import short_day
from wellbeing.presenters.tables import csv_lines, json_lines
from wellbeing.request import SignedIn

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def check_kind(kind: str) -> None:
    """A format that there is not is not there, and nothing is written down of it."""
    if kind not in KINDS:
        raise Http404


def known_now(request: SignedIn) -> str:
    """As of when a file is known, in words."""
    return f"Known on {short_day(request.on)}"


def written(kind: str, taken: Taken) -> HttpResponseBase:
    """The file; `Http404` of a format that there is not."""
    response: HttpResponseBase
    if kind == "csv":
        response = StreamingHttpResponse(
            csv_lines(taken.tables[0]), content_type="text/csv; charset=utf-8"
        )
    elif kind == "json":
        tables = taken.tables if taken.in_json is None else taken.in_json
        response = StreamingHttpResponse(
            json_lines(taken.head, tables), content_type="application/json; charset=utf-8"
        )
    elif kind == "xlsx":
        from wellbeing.presenters.excel import workbook  # 16 MB that no other page needs

        response = HttpResponse(workbook(taken.tables, taken.said), content_type=EXCEL)
    else:
        raise Http404
    response["Content-Disposition"] = f'attachment; filename="{taken.stem}.{kind}"'
    response["Cache-Control"] = "private, no-store"
    return response
