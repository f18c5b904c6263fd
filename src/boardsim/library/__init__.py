"""Everything that a command does, for whoever embeds boardsim: one function a file, under the command's name."""
