"""A register of a country: many organizations, each folded by itself, as a folder of Parquet files.

What there is to be folded is dealt out to partitions by a hash of the organization, so that no process ever holds more
than one of them, and partitions are folded side by side.  The files of a folder never change: a newer source writes
others, and then a new list of those that count.
"""
