"""The enterprise itself: profile, yearly figures, workshops, teams, posts, employees. Everything else leans on it."""

from ankang_desktop.ledgers.enterprise.people import EMPLOYEES, POSTS, TEAMS, WORKSHOPS
from ankang_desktop.ledgers.enterprise.profile import PROFILE, YEARLY_FIGURES

__all__ = ["EMPLOYEES", "POSTS", "PROFILE", "TEAMS", "WORKSHOPS", "YEARLY_FIGURES"]
