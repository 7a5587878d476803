"""The programmes that can be explored: one TOML file each, read and checked at the start."""
