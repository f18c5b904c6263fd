"""Who can decide a vote, and how often; imports the heart alone."""
