"""What commands do once their words are understood: ask the library, and show what it says."""
