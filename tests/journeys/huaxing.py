"""华兴机械厂, the made-up enterprise of every journey: 240 staff, 60 women, 4 workshops, 12 teams, 30 posts.

40 staff are exposed to occupational hazards, 90 to heat; 16 inspectors. The year is 2026, the day 2026-11-21.
Everything goes through the store as a person's work would; proof is a box number.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ankang_desktop.declare.forms import Form, read_form
from ankang_desktop.kernel import paths
from ankang_desktop.kernel.clock import Clock
from ankang_desktop.ledgers import LEDGERS
from ankang_desktop.ledgers.accidents import DeclaredAbsence
from ankang_desktop.ledgers.activities import ActivityKind
from ankang_desktop.ledgers.contracts.performance import ClauseResult, ReportTopic
from ankang_desktop.ledgers.contracts.words import ContractKind
from ankang_desktop.ledgers.drills import DrillKind
from ankang_desktop.ledgers.enterprise.people import Sex
from ankang_desktop.ledgers.facilities import AssetKind
from ankang_desktop.ledgers.hazards.words import Acceptance, HazardLevel, Source, Stage
from ankang_desktop.ledgers.health import DeclarationKind, ExamKind, WomenAction
from ankang_desktop.ledgers.heat_care import Give
from ankang_desktop.ledgers.inspections import InspectionKind
from ankang_desktop.ledgers.network import Grade, NetworkLevel, NetworkPost
from ankang_desktop.ledgers.organisation import CommitmentKind, CommitteeRole, DocumentKind
from ankang_desktop.ledgers.suggestions import SuggestionKind
from ankang_desktop.ledgers.team_activities import TeamActivityKind
from ankang_desktop.ledgers.upper import AwardKind
from ankang_desktop.ledgers.vocabulary import Campaign, Domain, Topic
from ankang_desktop.scoring import evaluation, statistics
from ankang_desktop.scoring.card import Card
from ankang_desktop.scoring.periods import Period
from ankang_desktop.scoring.scope import Outside, Scope
from ankang_desktop.scoring.statistics import Statistics
from ankang_desktop.store.query import ids_of
from ankang_desktop.store.unit import begin
from ankang_desktop.store.workspace import create_workspace, open_workspace

TODAY = date(2026, 11, 21)
START, END = date(2026, 1, 1), date(2026, 12, 31)
SIX_TOPICS = tuple(Topic)[:6]
BOX = {"box": "1"}
ISSUED = date(2026, 1, 10)
KEPT = Outside(calendar=(10, 10))


def day(month: int, number: int) -> date:
    """A day of 2026."""
    return date(2026, month, number)


def form(code: str) -> Form:
    """A paper shipped with the program."""
    return read_form(paths.forms() / code / "form.toml")


class Huaxing:
    """The enterprise in a workspace; `close()` it."""

    def __init__(self, folder: Path, template: Path | None = None) -> None:
        if template is not None:
            shutil.copytree(template, folder)
        self.workspace = open_workspace(folder) if template is not None else create_workspace(folder)
        self.clock = Clock(TODAY)

    def close(self) -> None:
        self.workspace.close()

    # --- writing -------------------------------------------------------------------------------------------------

    def add(self, ledger: str, rows: dict[str, Any] | None = None, **values: Any) -> int:
        """Add one record; proof is a box number wherever the ledger asks for proof."""
        return self.add_all(ledger, [(values, rows or {})])[0]

    def add_all(self, ledger: str, drafts: Iterable[tuple[dict[str, Any], dict[str, Any]]]) -> list[int]:
        """Add many records as one step."""
        proof = BOX if LEDGERS[ledger].needs_proof else {}
        with begin(self.workspace.database, LEDGERS, self.clock, "登记") as unit:
            return unit.add_many(LEDGERS[ledger], [({**proof, **values}, rows) for values, rows in drafts])

    def change(self, record: int, rows: dict[str, Any] | None = None, **values: Any) -> None:
        with begin(self.workspace.database, LEDGERS, self.clock, "修改") as unit:
            unit.change(record, values, rows)

    def move(self, record: int, move: str, **taken: Any) -> None:
        with begin(self.workspace.database, LEDGERS, self.clock, "办理") as unit:
            unit.move(record, move, taken)

    def remove(self, record: int) -> None:
        with begin(self.workspace.database, LEDGERS, self.clock, "删除") as unit:
            unit.remove(record)

    def ids(self, ledger: str, *where: Any) -> list[int]:
        with self.workspace.database.read() as connection:
            return ids_of(connection, LEDGERS[ledger], *where)

    def document(self, kind: DocumentKind, on: date = ISSUED, **values: Any) -> int:
        return self.add(
            "document", kind=kind, title=kind.value, reference=f"华兴〔2026〕{kind.name}", issued_on=on, **values
        )

    # --- asking --------------------------------------------------------------------------------------------------

    def scope(self, connection: Any, as_of: date = TODAY, outside: Outside = KEPT) -> Scope:
        return Scope(connection, LEDGERS, Period(START, END, as_of), outside=outside)

    def card(self, as_of: date = TODAY, paper: Form | None = None) -> Card:
        with self.workspace.database.read() as connection:
            return evaluation.evaluate(paper or form("national_card_2020"), self.scope(connection, as_of))

    def june(self, paper: Form | None = None) -> Statistics:
        with self.workspace.database.read() as connection:
            scope = Scope(connection, LEDGERS, Period(day(6, 1), day(6, 30), TODAY))
            return statistics.evaluate(paper or form("jiaozuo_2023"), scope)

    # --- the enterprise ------------------------------------------------------------------------------------------

    def found(self) -> None:
        """Profile, workshops, teams, posts and roster; nothing that earns a point but duties of posts."""
        self.add("profile", name="华兴机械厂", short_name="华兴", high_risk=False, officer="甲")
        self.workshops = self.add_all("workshop", [({"name": f"{n}车间"}, {}) for n in "一二三四"])
        self.teams = self.add_all(
            "team", [({"name": f"{n + 1}班", "workshop": self.workshops[n % 4]}, {}) for n in range(12)]
        )
        self.posts = self.add_all(
            "post",
            [
                ({"name": f"岗位{n + 1}", "exposed": n < 5, "heat": 5 <= n < 15, "duty_document": "岗位职责汇编"}, {})
                for n in range(30)
            ],
        )
        self.staff = self.add_all("employee", [(self._person(n), {}) for n in range(240)])

    def _person(self, n: int) -> dict[str, Any]:
        post = n // 8 if n < 40 else 5 + (n - 40) // 9 if n < 130 else 15 + (n - 130) % 15
        sex = Sex.female if n >= 180 else Sex.male
        return {
            "code": f"{n:04d}",
            "name": f"职工{n}",
            "sex": sex,
            "team": self.teams[n % 12],
            "post": self.posts[post],
        }

    def remember(self, other: Huaxing) -> None:
        """Take over the ids of the enterprise this one is a copy of."""
        self.workshops, self.teams, self.posts, self.staff = other.workshops, other.teams, other.posts, other.staff

    def people(self, number: int, **more: Any) -> list[dict[str, Any]]:
        """Attendance rows of the first so many of the staff."""
        return [{"person": person, **more} for person in self.staff[:number]]

    def full_house(self) -> None:
        """Meet every condition of every AUTO rule, and sign both declarations; the bonus stays untouched."""
        self.organise()
        self.educate()
        self.work_in_teams()
        self.manage()
        self.protect_health()
        self.keep_equipment()
        self.stand_the_heat()
        self.supervise()
        self.declare_absence()

    def organise(self) -> None:
        roles = [CommitteeRole.chair, CommitteeRole.vice_chair, CommitteeRole.office_head] + [CommitteeRole.member] * 3
        for n, role in enumerate(roles):
            self.add(
                "committee_member",
                person=self.staff[n],
                role=role,
                department=f"部门{n}",
                is_principal=n == 0,
                since=day(1, 5),
            )
        for kind in (*list(DocumentKind)[:8], DocumentKind.committee, DocumentKind.committee_minutes):
            self.document(kind)

    def educate(self) -> None:
        topics = (*SIX_TOPICS, Topic.occ_health, Topic.emergency, Topic.fire, Topic.traffic)
        self.add(
            "training",
            {"attendance": self.people(240, passed=True)},
            title="全员安全培训",
            held_on=day(4, 26),
            hours=Decimal(8),
            topics=topics,
            campaigns=(Campaign.occ_disease_law_week,),
        )
        self.add("drill", title="综合演练", held_on=day(6, 20), kind=DrillKind.comprehensive, headcount=200)
        for kind, on, tags in (
            (ActivityKind.family_care, day(5, 9), ()),
            (ActivityKind.warning_education, day(6, 16), (Campaign.safety_month,)),
            (ActivityKind.lecture_tour, day(11, 10), (Campaign.safety_law_week,)),
        ):
            self.add("activity", title=kind.value, kind=kind, held_on=on, campaigns=tags, headcount=100)
        for kind in (AssetKind.corridor, AssetKind.warning_sign, AssetKind.banner):
            self.add("asset", kind=kind, place="厂区", since=date(2024, 1, 1), photo_on=day(6, 1))

    def work_in_teams(self) -> None:
        month = [
            (
                {
                    "held_on": day(m, 15),
                    "team": team,
                    "kind": TeamActivityKind.pre_shift_meeting,
                    "topic": "班前会",
                    "sessions": 2,
                    "headcount": 40,
                },
                {},
            )
            for team in self.teams
            for m in range(1, 11)
        ]
        once = [
            ({"held_on": day(3, 3), "team": team, "kind": kind, "topic": kind.value, "headcount": 20}, {})
            for team in self.teams
            for kind in (
                TeamActivityKind.family_care,
                TeamActivityKind.warning_education,
                TeamActivityKind.skills_training,
            )
        ]
        self.add_all("team_activity", month + once)
        ideas = [
            (
                {
                    "proposed_on": day(5, 5),
                    "kind": SuggestionKind.suggestion,
                    "title": f"建议{n}",
                    "team": team,
                    "measures": "改",
                },
                {},
            )
            for n, team in enumerate(self.teams)
        ]
        self.add_all("suggestion", ideas)
        self.add("activity", title="成果展示", kind=ActivityKind.achievements, held_on=day(9, 9), headcount=60)

    def manage(self) -> None:
        for kind in (
            DocumentKind.safety_organisation,
            DocumentKind.safety_plan,
            DocumentKind.occ_health_plan,
            DocumentKind.responsibility_system,
            DocumentKind.assessment_system,
            DocumentKind.assessment_result,
            DocumentKind.occ_health_system,
            DocumentKind.occ_health_procedure,
            DocumentKind.occ_health_archive,
        ):
            self.document(kind)
        self.document(DocumentKind.work_scheme, has_owners=True)
        for n, team in enumerate(self.teams):
            self.change(team, safety_person=self.staff[n])
        signed = {"signatories": [{"person": person} for person in self.staff]}
        self.add("commitment", signed, kind=CommitmentKind.responsibility, signed_on=day(2, 2))
        self.add(
            "award", awarded_on=day(9, 1), kind=AwardKind.responsibility_reward, title="考核奖励", person=self.staff[9]
        )
        self.contract(ContractKind.special, day(1, 5), day(1, 8), date(2028, 1, 4))

    def contract(self, kind: ContractKind, signed: date, filed: date, until: date, *, checked: bool = True) -> int:
        contract = self.add(
            "contract", title=kind.value, kind=kind, signed_on=signed, filed_on=filed, valid_until=until
        )
        if checked:
            clauses = {"clauses": [{"clause": "1", "result": ClauseResult.kept}]}
            self.add("fulfilment", clauses, contract=contract, checked_on=day(11, 11))
        return contract

    def protect_health(self) -> None:
        self.exams(43, 43)
        self.add(
            "occ_declaration",
            kind=DeclarationKind.annual,
            declared_on=day(2, 10),
            receipt="回执1",
            authority="卫生健康局",
        )
        self.add("ppe_standard", post=self.posts[0], item="防尘口罩")
        self.add_all(
            "ppe_issue",
            [
                ({"issued_on": day(1, 6), "person": person, "item": "防尘口罩", "certificate": "LA-1"}, {})
                for person in self.staff[:8]
            ],
        )
        for month in (2, 5, 8):
            self.add("ppe_check", checked_on=day(month, 10), checker=self.staff[20], sampled=10, passed=10)

    def exams(self, done: int, notified: int) -> list[int]:
        """6 before the job, 34 in service, 3 on leaving are due; so many are done, so many of those told in writing."""
        kinds = [ExamKind.pre_job] * 6 + [ExamKind.in_service] * 34 + [ExamKind.leaving] * 3
        people = [*self.staff[:40], *self.staff[130:133]]
        return self.add_all(
            "health_exam",
            [
                (
                    {
                        "person": person,
                        "kind": kind,
                        "due_on": day(5, 1),
                        "done_on": day(5, 2) if n < done else None,
                        "notified_on": day(5, 20) if n < notified else None,
                    },
                    {},
                )
                for n, (kind, person) in enumerate(zip(kinds, people, strict=True))
            ],
        )

    def keep_equipment(self) -> None:
        self.add_all(
            "equipment", [({"code": f"S{n}", "name": "冲床", "safety_device": "光电保护"}, {}) for n in range(50)]
        )
        checks = {"checks": [{"checked_on": day(11, 10), "fine": True}]}
        self.add_all(
            "fire_item",
            [
                ({"code": f"X{n}", "kind": "灭火器", "place": "车间", "keeper": self.staff[n]}, checks)
                for n in range(20)
            ],
        )

    def stand_the_heat(self, cooled: int = 90) -> int:
        self.document(DocumentKind.heat_plan, day(5, 20))
        supply = self.add("supply", name="绿豆", quantity=500, received_on=day(7, 1))
        issues = [{"supply": supply, "person": person, "quantity": 1} for person in self.staff[40 : 40 + cooled]]
        care = self.add("heat_care", {"issues": issues}, held_on=day(7, 15), place="铸造车间", gives=(Give.supplies,))
        for month in (6, 7, 8, 9):
            self.add("heat_allowance", month=day(month, 1), persons=90, amount=Decimal(9000))
        self.add("heat_log", logged_on=day(7, 20), forecast=Decimal("36.5"), adjustment="错峰作业")
        return care

    def supervise(self) -> None:
        for kind in (DocumentKind.union_committee, DocumentKind.dual_report_system, DocumentKind.women_system):
            self.document(kind)
        lines = {
            "trainings": [{"trained_on": day(3, 1)}],
            "assessments": [{"assessed_on": day(10, 1), "grade": Grade.competent}],
        }
        for n, workshop in enumerate(self.workshops):
            self.inspector(
                lines, self.staff[100 + n], level=NetworkLevel.workshop, post=NetworkPost.inspector, workshop=workshop
            )
        for n, team in enumerate(self.teams):
            self.inspector(
                lines, self.staff[120 + n], level=NetworkLevel.team, post=NetworkPost.team_inspector, team=team
            )
        for month in range(1, 11):
            self.inspection(day(month, 15))
        self.hazard()
        self.add("congress_report", session="三届二次", reported_on=day(10, 20), topics=(ReportTopic.hazards,))
        informed = {"informed": [{"person": person} for person in self.staff[180:]]}
        self.add("women_protection", informed, kind=WomenAction.notice, done_on=day(3, 8))

    def inspector(self, lines: dict[str, Any], person: int, **values: Any) -> int:
        return self.add("network_member", lines, person=person, since=date(2025, 1, 1), **values)

    def inspection(self, on: date) -> int:
        return self.add(
            "inspection",
            checked_on=on,
            kind=InspectionKind.inspector_patrol,
            domains=tuple(Domain),
            place="全厂",
            leader=self.staff[100],
            findings="已查",
        )

    def hazard(self, **values: Any) -> int:
        """A general hazard, closed in time with its five fixed items."""
        whole = {
            "found_on": day(6, 1),
            "source": Source.snapshot,
            "place": "一车间",
            "description": "防护罩松动",
            "domain": Domain.safety,
            "level": HazardLevel.general,
            "responsible": self.staff[50],
            "measures": "紧固",
            "funds": Decimal(0),
            "deadline": day(6, 10),
            "contingency": "停机",
            "rectified_on": day(6, 5),
            "acceptor": self.staff[51],
            "accepted_on": day(6, 6),
            "acceptance": Acceptance.accepted,
            "closed_on": day(6, 6),
            "stage": Stage.closed,
        }
        return self.add("hazard", **{**whole, **values})

    def declare_absence(self) -> None:
        for subject in DeclaredAbsence:
            self.add(
                "zero_declaration",
                subject=subject,
                period_from=START,
                period_until=TODAY,
                signed_on=TODAY,
                head_signed=True,
                chair_signed=True,
            )
