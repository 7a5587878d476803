"""What numbers mean: selection, indicators, methods, findings, and the door they leave by."""
