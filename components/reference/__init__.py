"""Tables, indicators, ratios and methods, printed from their registries."""
