"""What an import did, as data."""

from boardsim.imports.report import Findings, Report
from boardsim.views.json.log import Json


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
