"""What the page shows, as data: every fact with its intervals of time and of knowledge, in every world."""
