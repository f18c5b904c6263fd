"""The schema of `boardsim/bulk_build/1`."""

from boardsim.views.json.blocks import COUNT, TEXT, document, many, maybe, table

REJECTED = table({"line": COUNT, "code": TEXT, "message": TEXT, "hint": maybe(TEXT)})

SCHEMA = document(
    "bulk_build",
    1,
    "What a bulk folder was built from, what was folded now, and what it holds.",
    {
        "folder": TEXT,
        "source": TEXT,
        "known": maybe(TEXT),
        "partitions": COUNT,
        "written": COUNT,
        "folded": COUNT,
        "organizations": COUNT,
        "tenures": COUNT,
        "events": COUNT,
        "findings": COUNT,
        "rejected": COUNT,
        "vanished": COUNT,
        "bytes": COUNT,
        "rejected_rows": many(REJECTED),
    },
)
