"""`python -m benchmarks [--quick]`: every figure with its goal, and whether it was met."""

import argparse
import importlib
import importlib.util
import platform
from collections.abc import Iterable
from types import ModuleType

from benchmarks import report, sections


def peers() -> ModuleType | None:
    """The same board in `eventsourcing`; None where that package is not installed."""
    if importlib.util.find_spec("eventsourcing") is None:
        return None
    return importlib.import_module("benchmarks.peers")


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes and few runs: does it work at all?")
    plan = sections.QUICK if parser.parse_args(arguments).quick else sections.Plan()
    other = peers()
    print(f"boardsim on Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    print("Medians; compared programs run by turns; garbage is collected as Python does by default.")
    print("Times are per event, per read or per process. Trust the ratios; the times are this machine's.")
    if other is None:
        print("\neventsourcing is not installed, so nothing is compared with it: pip install 'boardsim[bench]'")
    figures = []
    parts: dict[str, Iterable[report.Figure]] = {
        "Replay: a board of ten seats": sections.replays(plan, other),
        "As-of read in the middle of a history": sections.as_of(plan, other),
        "Growth: payroll and length": sections.growth(plan),
        "Loading: beside bare parsing of the same text": sections.loading(plan),
        "Memory by event kept": sections.memory(plan),
        "A whole process, beside a typer program that does nothing": sections.processes(plan),
    }
    figures = []
    for title, part in parts.items():
        found = list(part)  # measured here, not before
        print("\n".join(report.table(title, found)), flush=True)
        figures += found
    print("\n".join(report.verdict(figures)))


if __name__ == "__main__":
    main()
