"""The measures themselves, by subject; importing this package registers them all."""

from ankang_desktop.scoring.measures import (
    accidents,
    contracts,
    education,
    equipment,
    general,
    hazards,
    health,
    heat,
    network,
    organisation,
    papers,
    programmes,
    teams,
    women,
)

__all__ = [
    "accidents",
    "contracts",
    "education",
    "equipment",
    "general",
    "hazards",
    "health",
    "heat",
    "network",
    "organisation",
    "papers",
    "programmes",
    "teams",
    "women",
]
