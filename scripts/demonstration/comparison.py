"""Compares the certified totals with the `votes` column that the city published, project by project."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from demonstration.commands import Commands, say
from demonstration.day import Day
from demonstration.neighbourhoods import Place
from tally.definition.pabulib import from_pabulib

__all__ = ["compare"]


def compare(commands: Commands, places: Sequence[Place], day: Day) -> bool:
    """Compare the published results.json with the files; the person's own votes are counted apart."""
    say("Compare with the totals that the city of Toulouse published")
    results = json.loads((commands.out / "public" / "results.json").read_text(encoding="utf-8"))
    certified = {
        option["id"]: option["votes"] for contest in results["contests"] for option in contest["options"]
    }
    published = {project.id: project.votes for place in places for project in place.votes.projects}
    missing = _not_cast(places, day)
    own = {name: certified.get(name, 0) - (votes or 0) + missing[name] for name, votes in published.items()}
    ballots, allowed = sum(len(place.votes.voters) for place in places), 3 * sum(day.own.values())
    print(f"   {ballots} ballots of the files, {len(published)} projects, {sum(certified.values())} votes.")
    if day.own:
        print(f"   {sum(day.own.values())} ballots were yours; they gave:")
        for name, votes in own.items():
            if votes:
                print(f"      project {name}: {votes}")
    wrong = [name for name, votes in own.items() if votes < 0 or (votes and not allowed)]
    if wrong or sum(own.values()) > allowed or set(certified) != set(published):
        print(f"   DIFFERENT: projects {', '.join(wrong)}")
        return False
    without = ", without your own votes," if day.own else ""
    print(f"   All {len(published)} certified totals{without} equal the published ones.")
    return True


def _not_cast(places: Sequence[Place], day: Day) -> Counter[str]:
    """Votes of the files that were not cast, because the person had voted under that roll number."""
    vote = from_pabulib([(place.path.name, place.votes) for place in places])
    missing: Counter[str] = Counter()
    for at, place in enumerate(places):
        for number in day.replaced.get(place.number, []):
            options = vote.definition.contests[at].options
            missing.update(options[chosen].id for chosen in vote.choices[at][number - 1])
    return missing
