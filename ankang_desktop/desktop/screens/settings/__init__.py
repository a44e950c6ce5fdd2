"""设置: the enterprise, the workspace, backups and their rehearsal, the look, reminders, programmes, about."""

from ankang_desktop.desktop.screens.settings.page import SettingsPage

__all__ = ["SettingsPage"]
