"""The page as one HTML file: the template with the events, the style, the script, and the data that the script reads.

Whatever a log says is text: Jinja escapes it in the template, the data are JSON without a `<`, and the script never
reads markup.  The policy in the head allows the one style and the one script by their hashes, and nothing else.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from typing import Any

from boardsim.formats.schema.hints import quantity
from boardsim.loading.garbage import uncollected
from boardsim.problems import BoardsimError, Problem
from boardsim.views.page.packed import packed
from boardsim.views.page.start import fault_of, register_of, start_of

Json = dict[str, Any]

LEAD = "Who sat on the board, who held which office, and what anybody outside could know, moment by moment."


@uncollected
def render(page: Json, *, live: str | None = None, banner: str = "", log: str | None = None) -> str:
    """The HTML of a page.

    Args:
        page: the document, `boardsim/page/1`.
        live: where the page is served, what it is known by until the next edit.
        banner: what is to be said on top of the page.
        log: the log itself, as JSON Lines, for whoever wants to download it; None where it is not carried.

    Raises:
        BoardsimError: the extra `page` is not installed.
    """
    css, script = _squeezed(_asset("page.css")), _asset("page.js").strip()
    made: str = _template().render(
        page=page,
        policy=_policy(css, script, live=live is not None),
        css=_markup(css),
        script=_markup(script),
        data=_markup(script_json(packed(page) | {"live": live} | ({} if log is None else {"log": log}))),
        linked=_markup(script_json(_linked(page))),
        lead=LEAD,
        live=live is not None,
        has_log=log is not None,
        banner=banner,
        start=start_of(page),
        register=[*register_of(page)],
        days=[*_days(page)],
        sources=[[*_parts(source)] for source in page["sources"]],
        facts=quantity(len({page["events"][row[0]]["id"] for row in page["rulings"]}), "dated fact"),
        problems=quantity(len(page["problems"]), "problem"),
        place=page["zone"].rpartition("/")[2].replace("_", " "),
    )
    return made


def _template() -> Any:
    try:
        from jinja2 import Environment, StrictUndefined, select_autoescape  # noqa: PLC0415 -- an extra
    except ImportError:
        message, hint = "pages are made with Jinja, which is not installed", "pip install 'boardsim[page]'"
        raise BoardsimError(Problem(code="missing-extra", message=message, hint=hint)) from None
    made = Environment(
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return made.from_string(_asset("page.html.j2"))


def _markup(text: str) -> Any:
    from markupsafe import Markup  # noqa: PLC0415 -- comes with Jinja

    return Markup(text)  # noqa: S704 -- our own files, or JSON without a `<`


def _squeezed(css: str) -> str:
    """The style without the spaces that are there for whoever reads it."""
    return re.sub(r"\s*([{};,>]|: )\s*", lambda found: found[1].strip(), css).replace(";}", "}").strip()


def _asset(name: str) -> str:
    return (files("boardsim.views.page") / name).read_text(encoding="utf-8")


def script_json(document: Any) -> str:
    """JSON that can stand inside of a script element: no `<` ends it, and no line separator breaks it."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _policy(css: str, script: str, *, live: bool) -> str:
    style, code = (f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in (css, script))
    rules = ["default-src 'none'", f"script-src {code}", f"style-src {style}", "img-src data:", "base-uri 'none'"]
    return "; ".join([*rules, "form-action 'none'", *(["connect-src 'self'"] if live else [])])


def _linked(page: Json) -> Json:
    """What a search engine reads: a data set, of what time, and by which receipt it is known."""
    times = [event["at"] for event in page["events"]]
    coverage = f"{page['times'][min(times)]}/{page['times'][max(times)]}" if times else None
    found = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": page["title"],
        "identifier": page["receipt"] or page["case"],
        "temporalCoverage": coverage,
        "about": [{"@type": "Organization", "name": org["name"]} for org in page["orgs"]],
    }
    return {key: value for key, value in found.items() if value}


def _days(page: Json) -> Iterator[Json]:
    """The events day by day, with those that stand only in another world, or did before they were corrected."""
    rulings = {row[0]: row for row in page["rulings"] if row[6] is None}
    votes = {vote["event"]: vote["words"] for vote in page["votes"]}
    order = sorted(range(len(page["events"])), key=lambda n: page["events"][n]["at"])
    rows = [(page["events"][n]["heading"], _shown(page, n, rulings, votes)) for n in order]
    for heading, group in groupby(rows, key=lambda one: one[0]):
        yield {"heading": heading, "events": [row for _, row in group]}


def _shown(page: Json, n: int, rulings: dict[int, list[Any]], votes: dict[str, str]) -> Json:
    event, row = page["events"][n], rulings.get(n)
    tally = votes.get(event["id"]) if row is not None else None
    fault = fault_of(row) if row is not None and row[1] != "effective" else ""
    return {
        **{key: event[key] for key in ("clock", "text", "note", "sources")},
        "span": _sentence(event["span"] or ""),
        "n": n,
        "moves": event["moves"],
        "status": ", ".join(_status(event)),
        "tally": _sentence(tally or ""),
        "fault": fault,
        "hidden": row is None,
    }


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}." if words else ""


def _status(event: Json) -> Iterator[str]:
    """All that a reader must be told of how sure the record is."""
    if event["status"] != "confirmed":
        yield event["status"] + (f", due {event['due']}" if event["due"] else "")
    if "assumed" in event["tags"] and event["status"] != "assumed":
        yield "assumed"
    if event["corrected"]:
        yield f"corrected {event['corrected']}"
    day = (event["public_words"] or "").rsplit(", ", 1)[0]
    if day and not event["when"].startswith(day):
        yield f"public since {day}"


_LINK = re.compile(r"https?://[^\s<>\"'\\]+[^\s<>\"'\\.,;:!?)\]]")


def _parts(source: str) -> Iterator[Json]:
    """A source in parts: addresses of the web are links, and everything else is text."""
    place = 0
    for found in _LINK.finditer(source):
        yield {"text": source[place : found.start()], "link": False}
        yield {"text": found[0], "link": True}
        place = found.end()
    yield {"text": source[place:], "link": False}
