"""What a page shows, read from its elements as whoever uses assistive technology meets them."""

from datetime import datetime
from typing import Any

from playwright.sync_api import Page

from boardsim.formats.schema.times import iso

READ = """(hashes) => hashes.map((hash) => {
  history.replaceState(null, "", hash);
  window.dispatchEvent(new HashChangeEvent("hashchange"));
  const text = (node) => node.textContent.trim();
  const regions = [...document.querySelectorAll("[role=region][aria-label^=Board]")];
  return regions.map((region) => ({
    directors: [...region.querySelectorAll("li[data-person]")].map((li) => li.dataset.person).sort(),
    unsure: [...region.querySelectorAll("li[data-person]")]
      .filter((li) => /not certain|reported|disputed|assumed/.test(text(li)))
      .map((li) => li.dataset.person).sort(),
    died: [...region.querySelectorAll("li[data-person]")]
      .filter((li) => [...li.querySelectorAll(".mark")].some((mark) => text(mark).split(", ").includes("died")))
      .map((li) => li.dataset.person).sort(),
    dissolved: [...region.querySelectorAll(".below")].some((line) => text(line).startsWith("Dissolved: ")),
    vacant: [...region.querySelectorAll("li.chair")]
      .filter((li) => /^[A-Z]{0,2}(Vacant|Not on record)/.test(text(li))).length,
    chief: [...region.querySelectorAll(".executive .who")].map(text).sort(),
    summary: text(region.querySelector(".summary")),
    rules: [...region.querySelectorAll(".below")].some((line) => /^Not certain:.*the rules: /.test(text(line))),
    lost: Number(/(\\d+) events? would not have/.exec(text(region.querySelector(".remark") ?? region))?.[1] ?? 0),
    fault: text(document.getElementById("fault")),
  }));
})"""


def read(page: Page, hashes: list[str]) -> Any:
    """What each of these hashes shows, board by board."""
    return page.evaluate(READ, hashes)


def address(at: datetime, known: datetime | None = None, world: str = "", drop: str = "") -> str:
    """The hash of an instant, as known at another, in a world."""
    parts = [f"at={iso(at)}"]
    parts += [f"known={iso(known)}"] if known else []
    parts += [f"world={world}"] if world else []
    parts += [f"drop={drop}"] if drop else []
    return "#" + "&".join(parts)
