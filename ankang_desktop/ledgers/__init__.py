"""What we keep: every ledger, one declaration each, in the order a person sees them."""

from ankang_desktop.declare.ledger import Ledgers
from ankang_desktop.ledgers.accidents import ABSENCE_NOTES, ACCIDENTS, ZERO_DECLARATIONS
from ankang_desktop.ledgers.activities import ACTIVITIES, EXPOSURES, MEDIA
from ankang_desktop.ledgers.choices import DUTY_NOTES, KEEPING_PERIODS, PROGRAMME_CHOICES, UNIT_SCORES
from ankang_desktop.ledgers.contracts import CONGRESS_REPORTS, CONTRACTS, FULFILMENTS
from ankang_desktop.ledgers.drills import DRILLS
from ankang_desktop.ledgers.enterprise import EMPLOYEES, POSTS, PROFILE, TEAMS, WORKSHOPS, YEARLY_FIGURES
from ankang_desktop.ledgers.facilities import ASSETS, EQUIPMENT, FIRE_ITEMS
from ankang_desktop.ledgers.hazards import HAZARD_POINTS, HAZARDS
from ankang_desktop.ledgers.health import HEALTH_EXAMS, OCC_DECLARATIONS, WOMEN_PROTECTIONS
from ankang_desktop.ledgers.heat_care import HEAT_CARE, SUPPLIES
from ankang_desktop.ledgers.heat_log import HEAT_ALLOWANCES, HEAT_LOG
from ankang_desktop.ledgers.inspections import INSPECTIONS
from ankang_desktop.ledgers.network import NETWORK_MEMBERS
from ankang_desktop.ledgers.organisation import (
    COMMITMENTS,
    COMMITTEE_MEMBERS,
    DOCUMENTS,
    REGISTRATIONS,
    SAFETY_STAFF,
    WATCHES,
)
from ankang_desktop.ledgers.ppe import PPE_CHECKS, PPE_ISSUES, PPE_STANDARDS
from ankang_desktop.ledgers.suggestions import SUGGESTIONS
from ankang_desktop.ledgers.team_activities import TEAM_ACTIVITIES
from ankang_desktop.ledgers.trainings import CONTESTS, TRAININGS
from ankang_desktop.ledgers.upper import AWARDS, OPINION_LETTERS, SUBMISSIONS, VISITS

LEDGERS = Ledgers(
    (
        PROFILE,
        YEARLY_FIGURES,
        WORKSHOPS,
        TEAMS,
        POSTS,
        EMPLOYEES,
        PROGRAMME_CHOICES,
        COMMITTEE_MEMBERS,
        SAFETY_STAFF,
        NETWORK_MEMBERS,
        DOCUMENTS,
        COMMITMENTS,
        REGISTRATIONS,
        WATCHES,
        TRAININGS,
        CONTESTS,
        DRILLS,
        ACTIVITIES,
        MEDIA,
        EXPOSURES,
        ASSETS,
        TEAM_ACTIVITIES,
        SUGGESTIONS,
        INSPECTIONS,
        HAZARDS,
        HAZARD_POINTS,
        OPINION_LETTERS,
        HEALTH_EXAMS,
        OCC_DECLARATIONS,
        PPE_STANDARDS,
        PPE_ISSUES,
        PPE_CHECKS,
        WOMEN_PROTECTIONS,
        EQUIPMENT,
        FIRE_ITEMS,
        SUPPLIES,
        HEAT_CARE,
        HEAT_LOG,
        HEAT_ALLOWANCES,
        CONTRACTS,
        FULFILMENTS,
        CONGRESS_REPORTS,
        ACCIDENTS,
        ZERO_DECLARATIONS,
        ABSENCE_NOTES,
        VISITS,
        AWARDS,
        SUBMISSIONS,
        UNIT_SCORES,
        DUTY_NOTES,
        KEEPING_PERIODS,
    )
)
