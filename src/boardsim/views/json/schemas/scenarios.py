"""The schema of `boardsim/scenarios/2`."""

from boardsim.views.json.blocks import document, many, table
from boardsim.views.json.schemas.whatif import PROPERTIES

SCENARIO = table({"schema": {"const": "boardsim/whatif/2"}, **PROPERTIES})

SCHEMA = document("scenarios", 2, "Several scenarios side by side, each as in whatif.", {"scenarios": many(SCENARIO)})
