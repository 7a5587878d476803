"""The one door: check, suppress, keep, put into words, seal, export."""
