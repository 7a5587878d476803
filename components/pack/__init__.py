"""A finding as one ZIP file: its rows, what they were made from, and how to make them again."""
