"""Why a publisher's file is refused: file, row, column, what is there and what should be."""


class RefusedError(ValueError):
    """Figures that are not as they should be. Nothing was replaced.

    Args:
        file: Its name.
        found: What is there.
        expected: What should be.
        row: Where, counted as a spreadsheet does, headings included; 0 for the whole file.
        column: Its heading; empty for the whole row or file.
    """

    def __init__(
        self, file: str, *, found: str, expected: str, row: object = 0, column: str = ""
    ) -> None:
        row_words = [f"row {row}"] if row else []
        column_words = [f"column {column}"] if column else []
        at = ", ".join([file, *row_words, *column_words])
        super().__init__(f"{at}: found {found}, expected {expected}")
