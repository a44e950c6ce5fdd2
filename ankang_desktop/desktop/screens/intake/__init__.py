"""随手拍: a folder of phone photos becomes drafts of hazards, one keystroke each."""

from ankang_desktop.desktop.screens.intake.page import IntakePage

__all__ = ["IntakePage"]
