"""Who votes for whom: what the proxies of one station have to do with each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from keys.election.roll import Elector, ElectorStatus

__all__ = ["proxy_faults"]


def proxy_faults(electors: Mapping[int, Elector], most: int) -> Iterator[tuple[int, str]]:
    """What is wrong with the proxies of a station.

    Args:
        electors: Of the station, by roll number.
        most: For how many others one person may vote.

    Yields:
        Roll number of the person whose line is at fault, and the fault.
    """
    held: Counter[str] = Counter()
    for number, elector in sorted(electors.items()):
        holder = electors.get(elector.proxy)
        if elector.proxy and holder is None:
            yield number, f"the proxy is number {elector.proxy}, and there is none at this station"
        elif elector.proxy == number:
            yield number, "nobody is their own proxy"
        elif holder is not None and holder.status is ElectorStatus.STRUCK_OFF:
            yield number, f"the proxy, number {elector.proxy}, is struck off"
        elif elector.proxy or elector.proxy_name:
            name = str(elector.proxy) if elector.proxy else elector.proxy_name.casefold()
            held[name] += 1
            if held[name] > most:
                who = f"number {elector.proxy}" if elector.proxy else elector.proxy_name
                yield number, f"{who} is a proxy for more than {most}, which the definition allows"
