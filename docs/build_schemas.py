"""Write the JSON Schemas of all documents into `schemas/`: python docs/build_schemas.py."""  # noqa: INP001 -- a script beside its pages

import json
from collections.abc import Mapping
from pathlib import Path

from boardsim.views.json.documents import documents, output_schema

FOLDER = Path(__file__).parent / "schemas"


def files() -> Mapping[Path, str]:
    """The text of each file."""
    return {FOLDER / f"{name}.json": json.dumps(output_schema(name), indent=2) + "\n" for name in documents()}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    made = files()
    for path in FOLDER.glob("*.json"):
        if path not in made:
            path.unlink()
    for path, text in made.items():
        path.write_text(text, "utf-8")
