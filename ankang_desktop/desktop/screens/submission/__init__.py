"""报送: from the period to the receipt in six steps, and every package that ever went out."""

from ankang_desktop.desktop.screens.submission.page import SubmissionPage

__all__ = ["SubmissionPage"]
