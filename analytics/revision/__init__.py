"""What new figures change in what the explorer says, before they replace the present ones."""
