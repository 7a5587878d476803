"""A finding on a page: its card, table, method and files."""
