"""What commands do, for whoever embeds boardsim: one function a file, under the command's name."""
