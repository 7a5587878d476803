"""What a reader sees: the shell, the selection bar, cards, charts, tables and downloads."""
