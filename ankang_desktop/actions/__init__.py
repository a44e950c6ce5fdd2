"""What a person can do: plain functions over an App. Their titles are the texts of the Undo menu."""
