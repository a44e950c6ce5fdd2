"""The window: navigation at the left, year and enterprise at the top, messages, progress, and the screens."""
