"""What a page costs: to build, in bytes, and to draw again at each step of its slider in Chromium."""

import shutil
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import boards
from benchmarks.plan import Plan
from benchmarks.report import Figure, goal, seconds
from benchmarks.timing import alternate
from boardsim.cli.pages import PageQuestion, page_document
from boardsim.kernel import replay
from boardsim.views.json.page.document import PageOptions, page_json
from boardsim.views.page.render import render

TITLE = "Pages: built, in bytes, and drawn again"

SCENARIOS = ("sutskever-votes-no", "two-thirds")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")

STEPS = 60
"""How many steps of the slider are taken, all over it."""

OPENED = 5
"""How often a page is opened for its first paint: the first one in a new browser pays for the browser's start, too."""

STEP = """(place) => {
  const slider = document.getElementById("slider");
  slider.value = String(Math.round(place * Number(slider.max)));
  slider.dispatchEvent(new Event("input"));
  document.body.getBoundingClientRect();
}"""
PARTS = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")
"""What a step takes of the browser's main thread, by the names of its metrics, in seconds of processor time."""


def figures(plan: Plan) -> Iterator[Figure]:
    """The bundled case with two scenarios, then boards with so many events; each built, and then drawn."""
    question = PageQuestion(case="openai-2023", scenarios=SCENARIOS)
    pages = {"the weekend": partial(_weekend, question)}
    pages |= {f"{count:,} events": partial(_board, count) for count in plan.pages}
    made = {}
    for name, build in pages.items():
        took = alternate({"page": build}, 1 if name.startswith("10,") else min(plan.rounds_of(1_000), 3)).of("page")
        made[name] = build()
        yield from _built(name, took, made[name].encode())
    yield from _drawn(made)


def _weekend(question: PageQuestion) -> str:
    return render(page_document(question))


def _board(count: int) -> str:
    record = replay(boards.log(boards.moves(count)))
    return render(page_json(record, PageOptions()))


LIMITS = {"the weekend": (3.0, 250, 40), "10,000 events": (5.0, 6_000, None)}
"""By page: seconds to build it, kilobytes, and kilobytes compressed, at the most."""


def _built(name: str, took: float, page: bytes) -> Iterator[Figure]:
    small = zlib.compress(page, 9)
    most, size, compressed = LIMITS.get(name, (None, None, None))
    yield _at_most(f"{name}: build", took, seconds(took), most, "s")
    for what, data, limit in (("bytes", page, size), ("compressed", small, compressed)):
        kilobytes = len(data) / 1000
        yield _at_most(f"{name}: {what}", kilobytes, f"{kilobytes:,.1f} KB", limit, "KB")


def _at_most(what: str, value: float, told: str, limit: float | None, unit: str) -> Figure:
    if limit is None:
        return Figure(what, told)
    return Figure(what, told, "", told, f"<= {limit:,g} {unit}", goal(value, "<=", limit))


def _drawn(pages: dict[str, str]) -> Iterator[Figure]:
    """How long a step of the slider takes; that there is no browser is said, where there is none."""
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- an extra
    except ImportError:
        yield Figure("drawing a page", "not measured", "", "", "no playwright")
        return
    if chromium is None:
        yield Figure("drawing a page", "not measured", "", "", "no Chromium")
        return
    with TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, page in pages.items():
            file = Path(folder) / "page.html"
            file.write_text(page, encoding="utf-8")
            yield from _steps(name, browser, file.as_uri())
        browser.close()


def _steps(name: str, browser: Any, address: str) -> Iterator[Figure]:
    """A step by the processor time of the page's own thread; the first paint, the soonest of several, by the wall."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address)
    page.wait_for_selector("html.laid")  # all of it is laid out, too, what lies beyond the screen
    metrics = page.context.new_cdp_session(page)
    metrics.send("Performance.enable", {"timeDomain": "threadTicks"})
    took = []
    for number in range(STEPS):
        before = _spent(metrics)
        page.evaluate(STEP, number / STEPS)
        took.append(_spent(metrics) - before)
    page.close()
    paint = min((found for _ in range(OPENED) if (found := _first_paint(browser, address)) is not None), default=None)
    step, is_bundled = sorted(took)[STEPS * 95 // 100], name in LIMITS and LIMITS[name][2] is not None
    yield _at_most(f"{name}: a step, p95", step * 1000, seconds(step), 16 if is_bundled else None, "ms")
    if paint is not None:
        yield _at_most(f"{name}: first paint, by the wall", paint, f"{paint:.0f} ms", 300 if is_bundled else None, "ms")


def _first_paint(browser: Any, address: str) -> float | None:
    """Milliseconds from when a page is asked for until something of it is seen; None where it was not drawn."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address)
    page.wait_for_selector("html.laid")
    paint: float | None = page.evaluate("performance.getEntriesByName('first-paint')[0]?.startTime")
    page.close()
    return paint


def _spent(metrics: Any) -> float:
    found = {one["name"]: one["value"] for one in metrics.send("Performance.getMetrics")["metrics"]}
    return float(sum(found[part] for part in PARTS))
