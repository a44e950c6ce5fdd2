"""The screens of their own."""
