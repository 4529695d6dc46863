"""What a selection is in each ballot form, and that choices and totals are its inverse."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keys.crypto.errors import CryptoError
from keys.crypto.group import Scalar, base_mul
from keys.crypto.randomness import SeededDraw
from keys.election.definition import Contest, Option, Terms
from keys.election.forms import Flaw, Shape, make_ballot_of
from keys.election.manifest import contest_params
from keys.election.packing import body_size, pack, unpack
from keys.election.question import WholeParams, fingerprint
from keys.election.rules import Form
from keys.findings import Refused
from tests.simulator.polling import definition

KEY = base_mul(Scalar(2022))


def shape(form: Form, options: int = 3, least: int = 1, most: int = 3, highest: int = 1) -> Shape:
    return Shape(form, options, least, most, highest)


MARKS = shape(Form.MARKS, most=2)
POINTS = shape(Form.POINTS, least=2, most=5, highest=3)
RANKS = shape(Form.RANKS, least=2, most=3, highest=3)
GRADES = shape(Form.GRADES, highest=6)
APPROVALS = shape(Form.APPROVALS, most=2)
SPENDING = replace(shape(Form.APPROVALS), spend=400, costs=(100, 300, 301))


@pytest.mark.parametrize(
    ("form", "selection", "flaw"),
    [
        (MARKS, (1, 1, 0), None),
        (MARKS, (0, 0, 0), None),
        (MARKS, (1, 1, 1), Flaw.TOO_MANY),
        (MARKS, (2, 0, 0), Flaw.VALUE),
        (MARKS, (1, 0), Flaw.VALUE),
        (MARKS, (-1, 1, 1), Flaw.VALUE),
        (MARKS, (True, 0, 0), Flaw.VALUE),
        (POINTS, (3, 2, 0), None),
        (POINTS, (1, 0, 0), Flaw.TOO_FEW),
        (POINTS, (3, 3, 0), Flaw.TOO_MANY),
        (POINTS, (4, 0, 0), Flaw.VALUE),
        (RANKS, (2, 1, 0), None),
        (RANKS, (3, 1, 2), None),
        (RANKS, (1, 1, 0), Flaw.TWICE),
        (RANKS, (1, 3, 0), Flaw.GAP),
        (RANKS, (2, 3, 0), Flaw.GAP),
        (RANKS, (1, 0, 0), Flaw.TOO_FEW),
        (RANKS, (4, 1, 2), Flaw.VALUE),
        (GRADES, (6, 0, 1), None),
        (GRADES, (7, 1, 1), Flaw.VALUE),
        (APPROVALS, (0, 1, 1), None),
        (APPROVALS, (1, 1, 1), Flaw.TOO_MANY),
        (SPENDING, (1, 1, 0), None),
        (SPENDING, (1, 0, 1), Flaw.TOO_DEAR),
        (SPENDING, (0, 0, 1), None),
        (SPENDING, (0, 0, 0), None),
        (replace(SPENDING, spend=None), (1, 0, 1), None),
        (replace(SPENDING, most=1), (1, 0, 1), Flaw.TOO_MANY),
    ],
)  # fmt: skip
def test_flaws(form: Shape, selection: tuple[int, ...], flaw: Flaw | None) -> None:
    assert form.flaw(selection) is flaw
    if flaw is not None:
        with pytest.raises(CryptoError, match="choices"):
            form.choices(selection)


def test_points_fill_their_slots_from_the_first() -> None:
    assert POINTS.choices((2, 0, 3)) == (1, 1, 0, 0, 0, 0, 1, 1, 1)
    assert POINTS.answers(("A", "B", "C"))[:4] == ("A, point 1", "A, point 2", "A, point 3", "B, point 1")
    assert POINTS.totals((4, 9, 8, 1, 2, 0, 0, 5, 5, 5)) == (4, (18, 2, 15))
    with pytest.raises(CryptoError, match="totals"):
        POINTS.totals((4, 9, 8, 1))
    with pytest.raises(CryptoError, match="totals"):
        RANKS.totals((4, 1, 1, 1))


def selections(form: Shape) -> st.SearchStrategy[tuple[int, ...]]:
    values = st.tuples(*[st.integers(0, form.highest)] * form.options)
    return values.filter(lambda selection: form.flaw(selection) is None)


@given(st.lists(selections(POINTS), max_size=8))
def test_points_added_slot_by_slot_are_the_points_added(votes: list[tuple[int, ...]]) -> None:
    rows = [POINTS.choices(vote) for vote in votes]
    sums = [sum(column) for column in zip(*rows, strict=True)] or [0] * 9
    expected = tuple(sum(column) for column in zip(*votes, strict=True)) or (0, 0, 0)
    assert POINTS.totals((0, *sums)) == (0, expected)


@pytest.mark.parametrize("form", [RANKS, GRADES, APPROVALS])
def test_whole_selections_are_read_back(form: Shape) -> None:
    @settings(max_examples=30)
    @given(selections(form))
    def check(selection: tuple[int, ...]) -> None:
        assert form.read(form.choices(selection)) == selection

    check()


def contest(form: str, options: int = 3, **changes: object) -> Contest:
    made = Contest(
        id="x",
        title={"fr": "X"},
        rule="plurality",
        least=1,
        most=2,
        options=tuple(Option(str(at), {"fr": f"Option {at}"}) for at in range(options)),
        stations=(0,),
        terms=Terms(),
        form=form,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_shapes_follow_from_the_definition() -> None:
    assert Shape.of(contest("marks")) == shape(Form.MARKS, most=2)
    assert Shape.of(contest("points", points_each=3, most=9)) == shape(Form.POINTS, most=9, highest=3)
    ranks = contest("whole-ranks", terms=Terms(exactly=3), most=3)
    assert Shape.of(ranks) == shape(Form.RANKS, least=3, most=3, highest=3)
    grades = contest("whole-grades", terms=Terms(grades=("bad", "good")), most=3)
    assert Shape.of(grades).highest == 2
    assert Shape.of(replace(grades, terms=Terms())).highest == 7
    assert Shape.of(replace(priced(100, 300, 301), spend=400)) == replace(SPENDING, most=2)
    assert Shape.of(priced(100, 300, 301)) == shape(Form.APPROVALS, most=2)


def priced(*costs: int | None, form: str = "whole-approvals") -> Contest:
    made = contest(form, options=len(costs), currency="EUR")
    options = (replace(option, cost=cost) for option, cost in zip(made.options, costs, strict=True))
    return replace(made, options=tuple(options))


def test_a_contest_without_a_spending_limit_has_the_bytes_it_had() -> None:
    made = priced(100, 300)
    assert set(made.to_content()) == {*range(1, 12)}
    limited = replace(made, spend=300)
    assert set(limited.to_content()) - set(made.to_content()) == {14}
    assert Contest.from_content(limited.to_content(), "contest") == limited
    with pytest.raises(Refused, match="V-104"):
        replace(made, spend=-1).to_content()


@pytest.mark.parametrize(
    "made",
    [
        contest("other"),
        contest("marks", most=4),
        contest("marks", least=3),
        contest("points", points_each=3, most=10),
        contest("points", options=81, points_each=3),
        contest("whole-ranks", options=41),
        contest("whole-grades", options=81),
        contest("whole-grades", terms=Terms(grades=tuple("abcdefgh"))),
        contest("whole-ranks", terms=Terms(exactly=4)),
        replace(priced(100, 300, form="marks"), spend=300),
        replace(priced(100, 300, form="points"), spend=300),
        replace(priced(100, 300, form="whole-ranks"), spend=300),
        replace(priced(100, 300, form="whole-grades"), spend=300),
        replace(priced(100, None), spend=300),
        replace(priced(100, 300), spend=99),
        replace(priced(100, 300, 200), spend=299, least=2),
    ],
)
def test_what_no_ballot_can_hold_is_refused(made: Contest) -> None:
    with pytest.raises(Refused, match="V-616"):
        Shape.of(made)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 1000), st.booleans()), min_size=1, max_size=240), st.integers(0, 9_000)
)
def test_a_selection_is_a_ballot_exactly_while_its_options_can_be_paid(
    options: list[tuple[int, bool]], spend: int
) -> None:
    costs = tuple(cost for cost, _ in options)
    selection = tuple(int(ticked) for _, ticked in options)
    form = Shape(Form.APPROVALS, len(options), 1, len(options), 1, spend, costs)
    total = sum(cost for cost, ticked in options if ticked)
    assert form.spent(selection) == total
    assert (form.flaw(selection) is Flaw.TOO_DEAR) is (total > spend)
    assert form.over(selection) == max(0, total - spend)
    exact = replace(form, spend=total)
    assert exact.flaw(selection) is None
    assert exact.read(exact.choices(selection)) == selection
    if total:
        assert replace(form, spend=total - 1).flaw(selection) is Flaw.TOO_DEAR


@pytest.mark.parametrize(
    ("made", "selection"),
    [
        (contest("points", points_each=2, most=4), (2, 0, 1)),
        (contest("whole-ranks", most=3), (2, 1, 3)),
        (contest("whole-grades", most=3), (7, 0, 1)),
        (contest("whole-approvals"), (1, 0, 1)),
    ],
)  # fmt: skip
def test_ballots_of_each_form_have_the_size_of_their_slots(made: Contest, selection: tuple[int, ...]) -> None:
    defined = replace(definition(), contests=(made,))
    params = contest_params(defined, "HcNdVzzEcCHXPe", 0, KEY)
    form, mark = Shape.of(made), fingerprint(params.to_json_bytes())
    assert isinstance(params, WholeParams) is form.is_whole
    bodies = []
    for chosen in (selection, form.blank):
        draw = SeededDraw(bytes(32), b"forms")
        unsigned = make_ballot_of(form, params, mark, base_mul(Scalar(7)), chosen, draw)
        bodies.append(pack(unsigned.sign(Scalar(7), draw)))
        assert unpack(bodies[-1], params, mark).unsigned == unsigned
    assert {len(body) for body in bodies} == {body_size(params)}
