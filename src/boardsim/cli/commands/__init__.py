"""The commands, one a file, in the function of its name; the table in `boardsim.cli` lists them."""
