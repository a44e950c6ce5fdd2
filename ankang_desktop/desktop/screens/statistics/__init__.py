"""统计表: the table in its own sentences, every number opens its records."""

from ankang_desktop.desktop.screens.statistics.page import StatisticsPage

__all__ = ["StatisticsPage"]
