"""What an import did, as data."""

from boardsim.imports.report import Findings, Report
from boardsim.views.json.blocks import (
    BOOLEAN,
    COUNT,
    TEXT,
    TEXTS,
    Json,
    by_name,
    document,
    each,
    many,
    maybe,
    one_of,
    table,
)


def import_json(report: Report) -> Json:
    """`boardsim/import/1`: what was read, what came of it, and what was wrong with the rest."""
    return {
        "schema": "boardsim/import/1",
        "source": report.source,
        "log": report.log,
        "written": report.written,
        "replayed": report.is_replayed,
        "read": report.read,
        "used": report.used,
        "rejected": report.rejected,
        "merged": report.merged,
        "vanished": report.vanished,
        "events": dict(sorted(report.events.items())),
        "people": report.people,
        "orgs": report.orgs,
        "roles": report.roles,
        "first": report.first,
        "last": report.last,
        "known_assumed": report.known_assumed,
        "rejects": report.rejects,
        "matches": {"open": report.matches, "file": report.matches_file},
        "problems": [_findings_json(found) for found in report.findings.values()],
        "tries": list(report.tries),
    }


def _findings_json(found: Findings) -> Json:
    return {
        "code": found.code,
        "severity": "note" if found.is_note else "error",
        "count": found.count,
        "examples": [
            {
                "file": example.file,
                "row": example.line,
                "column": example.column,
                "cell": example.cell,
                "message": example.message,
                "hint": example.hint or None,
            }
            for example in found.examples
        ],
    }


EXAMPLE = table(
    {
        "file": TEXT,
        "row": COUNT,
        "column": maybe(TEXT),
        "cell": maybe(TEXT),
        "message": TEXT,
        "hint": maybe(TEXT),
    }
)

IMPORT = document(
    "import",
    1,
    "What an import did, or would do: rows, events, people, and what was wrong with the rows that are not used.",
    {
        "source": TEXT,
        "log": TEXT,
        "written": BOOLEAN,
        "replayed": BOOLEAN,
        **each("read used rejected merged vanished", COUNT),
        "events": by_name(COUNT),
        **each("people orgs roles", COUNT),
        "first": maybe(TEXT),
        "last": maybe(TEXT),
        "known_assumed": BOOLEAN,
        "rejects": maybe(TEXT),
        "matches": table({"open": COUNT, "file": maybe(TEXT)}),
        "problems": many(
            table({"code": TEXT, "severity": one_of(("error", "note")), "count": COUNT, "examples": many(EXAMPLE)})
        ),
        "tries": TEXTS,
    },
)
