"""From the published figures to the tables of this project."""
