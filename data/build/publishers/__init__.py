"""From the publishers' own files, in their layouts, to the rows of the project's tables."""
