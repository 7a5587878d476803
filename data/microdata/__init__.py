"""The five record tables: what each row is, and which answers a column takes."""
