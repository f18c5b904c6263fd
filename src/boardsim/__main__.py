"""`python -m boardsim`."""

from boardsim_start import run

run()
