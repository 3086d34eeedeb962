"""Why somebody gets no session: one sentence for all reasons, in which nothing private can be read."""

from tests import factories as make
from tests.agreements import make_exclusion
from tests.conftest import NOW, Cast
from tests.pages import page_of
from tests.wellbeing.busy import during, make_busy
from wellbeing.domain.booking import BookingStatus
from wellbeing.operations.bookable import NOT_AVAILABLE
from wellbeing.operations.facts import close

from .test_offers_to_all import DAY, SOON, As, ask, banner, offered, send, without


def test_nobody_is_offered_what_the_rules_or_their_own_days_do_not_allow(
    cast: Cast, as_: As
) -> None:
    """Each of these reaches no place, and all of them read the same to the lead."""
    event = make.make_event(cast.supervisor, SOON, capacity=9, areas=(cast.area,))
    make.make_absence(cast.prosecutor, SOON, SOON)
    make_exclusion(cast.paralegal, cast.supervisor)
    make_busy(cast.manager, during(event))
    names = {
        "Mondays": make.make_staff("Mondays", cast.unit, working_days=0b1),
        "Below": make.make_staff("Below", cast.unit, manager=cast.supervisor),
        "Said No": make.make_staff("Said No", cast.unit),
        "Waits": make.make_staff("Waits", cast.unit),
        "With Nadia": make.make_staff("With Nadia", cast.unit, manager=cast.lead),
    }
    make.make_booking(event, names["Said No"], BookingStatus.DECLINED)
    make.make_booking(event, names["Waits"], BookingStatus.WAITING)
    make.make_court_days(cast.lead, SOON)
    make.make_event(make.make_supervisor("Dr East"), SOON, areas=(cast.elsewhere.area,))
    make.make_event(
        make.make_supervisor("Dr Lapsed", end_on=SOON - DAY), SOON, areas=(cast.area,)
    )
    page = ask(as_(cast.area_lead), cast)
    assert page.context["lines"] == []
    assert sorted(without(page)) == sorted(
        ["Amira Prosecutor", "Joe Paralegal", "Helen Manager", *names]
    )
    main = page_of(page).partition("<main")[2].partition("</main>")[0]
    body = main.partition("</form>")[2].lower()
    for word in ("busy", "calendar", "rather not", "exclu", "absen", "declin", "court"):
        assert word not in body


def test_an_exclusion_reads_to_the_byte_like_a_busy_calendar_or_a_place_taken(
    cast: Cast, as_: As
) -> None:
    event = make.make_event(cast.supervisor, SOON, areas=(cast.area,))
    lead = as_(cast.area_lead)

    def read() -> str:
        page = ask(lead, cast, role="prosecutor")
        assert (page.context["lines"], without(page)) == ([], ["Amira Prosecutor"])
        return page_of(page)

    row = make_exclusion(cast.prosecutor, cast.supervisor)
    excluded = read()
    row.delete()
    assert len(ask(lead, cast, role="prosecutor").context["lines"]) == 1
    calendar = make_busy(cast.prosecutor, during(event))
    assert read() == excluded
    calendar.delete()
    absence = make.make_absence(cast.prosecutor, SOON, SOON)
    make.build_cover()
    assert read() == excluded
    close(absence, by=cast.lead, at=NOW)
    make.make_booking(event, make.make_staff("Zoe", cast.elsewhere))
    assert read() == excluded
    assert "No free place of the next 6 weeks that you look after is left for them." in excluded


def test_what_became_of_no_use_meanwhile_is_not_offered_and_says_nothing_private(
    cast: Cast, as_: As
) -> None:
    make.make_event(cast.supervisor, SOON, capacity=9, areas=(cast.area,))
    lead = as_(cast.area_lead)
    page = ask(lead, cast)
    make.make_absence(cast.prosecutor, SOON - DAY, SOON + DAY)
    make_exclusion(cast.paralegal, cast.supervisor)
    said = banner(lead, send(lead, cast, page))
    assert said.endswith(
        f"Not offered: Amira Prosecutor: {NOT_AVAILABLE} Joe Paralegal: {NOT_AVAILABLE}"
    )
    assert {name for name, _ in offered()} == {"Helen Manager"}
