"""The tables of the project: one entry each, and where they were published."""
