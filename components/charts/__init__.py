"""Rows in, figures out as plain dictionaries. The only room that knows Plotly."""
