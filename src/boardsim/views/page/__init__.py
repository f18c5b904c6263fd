"""The page: one HTML file that shows a board's history to people, and the picture of its lanes."""
