"""The schema of `boardsim/init/1`."""

from boardsim.views.json.blocks import TEXTS, document

SCHEMA = document("init", 1, "The files of a new case.", {"files": TEXTS})
