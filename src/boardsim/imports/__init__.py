"""Registers in: rows of tables and downloads into the events of a log.

`readers/` has one format a file and `registers/` one register a file, each found by listing its folder.  Both give rows
of text with their places; a map says what the columns mean.  What follows is the same for all of them: dates,
identities, tenures, the difference to what the log already says of this source, and the blocks that say it.
"""
