"""`python -m boardsim`."""

from boardsim.cli import main

main()
