"""The one place that shows errors, by their four kinds (architecture: four kinds, four doors)."""

from ankang_desktop.desktop.report.door import Door

__all__ = ["Door"]
