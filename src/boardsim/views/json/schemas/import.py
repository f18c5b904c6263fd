"""The schema of `boardsim/import/1`."""  # noqa: N999 -- the document is called so

from boardsim.views.json.blocks import BOOLEAN, COUNT, TEXT, TEXTS, by_name, document, many, maybe, one_of, table

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

SCHEMA = document(
    "import",
    1,
    "What an import did, or would do: rows, events, people, and what was wrong with the rows that are not used.",
    {
        "source": TEXT,
        "log": TEXT,
        "written": BOOLEAN,
        "replayed": BOOLEAN,
        "read": COUNT,
        "used": COUNT,
        "rejected": COUNT,
        "merged": COUNT,
        "vanished": COUNT,
        "events": by_name(COUNT),
        "people": COUNT,
        "orgs": COUNT,
        "roles": COUNT,
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
