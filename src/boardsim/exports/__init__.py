"""A history in the forms that other programs read: one format a file in `formats/`, found by its name.

Every format is written from the same two tables (`tenures`, `events`), or from what falls due at an organization.  What
is not known exactly is never written as if it were: each format says so by the means that it has.
"""
