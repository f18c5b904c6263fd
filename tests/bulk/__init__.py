"""Bulk folders: registers of a country, as folders of Parquet."""
