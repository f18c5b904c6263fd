"""What is printed, or opened in a browser: whole pages of HTML without a script."""
