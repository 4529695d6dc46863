"""A page for every question."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from keys.findings import Misuse
from station import questions as q
from station.officers import package as p
from station.officers import takingover as over
from station.officers import tasks as t
from station.officers.switchoff import AskOff
from station.visits import contest_questions as c
from station.wording import (
    cards,
    closing,
    contests,
    copies,
    desk,
    endings,
    grades,
    incident,
    leaving,
    loading,
    marks,
    officers,
    opening,
    points,
    ranks,
    readiness,
    reports,
    review,
    takeover,
    voter,
)
from station.wording.frame import Frame
from station.wording.page import Page

__all__ = ["page_of"]

_PAGES: dict[type[q.Question], Callable[[Any, Frame], Page]] = {
    q.AskPerson: desk.person_page,
    q.ShowHandOver: desk.hand_over_page,
    q.SignHere: desk.sign_page,
    q.ChooseLanguage: voter.language_page,
    q.ListContests: contests.list_page,
    c.AskMarks: marks.MarksPage.of,
    c.AskPoints: points.PointsPage.of,
    c.AskRanks: ranks.RanksPage.of,
    c.AskGrades: grades.GradesPage.of,
    c.ConfirmBlank: leaving.confirm_blank_page,
    c.Incomplete: leaving.incomplete_page,
    q.Review: review.review_page,
    q.CheckCode: voter.slip_page,
    q.Decide: voter.decide_page,
    q.Opened: voter.opened_page,
    q.Recorded: endings.recorded_page,
    q.HandBack: endings.hand_back_page,
    q.Covered: voter.cover_page,
    q.Stopped: endings.stopped_page,
    q.InDoubt: endings.doubt_page,
    p.ShowUnloaded: loading.unloaded_page,
    p.AskPoster: loading.poster_page,
    p.ShowLoaded: loading.loaded_page,
    t.ShowStart: opening.start_page,
    t.ShowReadiness: readiness.readiness_page,
    t.AskCards: cards.cards_page,
    t.AskReason: opening.reason_page,
    AskOff: opening.off_page,
    t.ShowZero: opening.zero_page,
    t.ShowPause: officers.pause_page,
    t.AskAddition: officers.addition_page,
    t.AskProxy: officers.proxy_page,
    t.AskIncident: incident.incident_page,
    t.AskReprint: reports.reprint_page,
    t.ShowPower: officers.power_page,
    t.ShowFault: officers.fault_page,
    over.AskTakeover: takeover.takeover_page,
    over.AskDeadSignatures: takeover.dead_signatures_page,
    over.ShowTakenOver: takeover.taken_over_page,
    t.AskEarly: closing.early_page,
    t.AskClosing: closing.closing_page,
    t.AskSignatures: closing.signatures_page,
    t.ShowClosed: closing.closed_page,
    t.ShowExport: copies.export_page,
    t.ShowCopy: copies.copy_page,
}


def page_of(question: q.Question, frame: Frame) -> Page:
    """The page of a question.

    Raises:
        Misuse: There is none: a question without a face.
    """
    make = _PAGES.get(type(question))
    if make is None:
        raise Misuse(f"nobody draws {type(question).__name__}")
    return make(question, frame)
