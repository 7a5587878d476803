"""Another group of councils: its form, and what can be asked of it."""
