"""Asking before people who left are made anonymous, or records deleted: what it does, what it cannot reach."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QMessageBox, QWidget

from ankang_desktop.actions import leavers
from ankang_desktop.actions.purging import copies_of
from ankang_desktop.desktop.session import Session


def ask_anonymise(session: Session, number: str, parent: QWidget) -> None:
    """Make one person anonymous; why it cannot be done now is said instead."""
    if why := leavers.refusal(session.app, number):
        session.door.say(f"{number} 现在不能匿名化：{why}", "办完这件事再来匿名化", "warning")
    else:
        anonymise_people(session, [number], parent)


def anonymise_people(session: Session, numbers: Sequence[str], parent: QWidget) -> None:
    """Ask, then make people anonymous off the GUI thread and say what is left to look at."""
    app = session.app
    if is_confirmed(parent, "匿名化", leavers_warning(len(numbers), copies_of(app).text), "匿名化，不再恢复"):
        session.do(
            lambda: session.work.run(
                lambda progress: leavers.anonymise(app, numbers, progress),
                partial(tell_anonymised, session, len(numbers)),
                text="正在匿名化",
                writes=True,
            )
        )


def leavers_warning(number: int, copies: str) -> str:
    """Return what making people anonymous does, before it is done."""
    left = f"\n\n这些地方还有原来的姓名，请另行处理：{copies}。" if copies else ""
    return (
        f"把 {number} 名离职职工匿名化？\n\n姓名和工号换成“离职职工-编号”，证书、三级教育考核人、备注和附件清除；"
        "培训、签到、奖励等记录都在，人数、覆盖率和评分不变。\n\n"
        f"这一步不能撤销，它以前的操作也不能再撤销。定稿和报送过的材料保持原样。{left}"
    )


def tell_anonymised(session: Session, number: int, left: Any) -> None:
    """Say that people are anonymous now, and which records' texts still hold a name."""
    if left:
        look = ("查看这些记录", partial(session.open_records, "文字里还写着姓名", left))
        remedy = "可能是同名的人；是他本人的，请打开改掉"
        session.door.say(
            f"已匿名化 {number} 人，另有 {len(left)} 条记录的文字里写着同样的姓名", remedy, "warning", look
        )
    else:
        session.door.say(f"已匿名化 {number} 人，人数和评分不变", "", "good")


def is_confirmed(parent: QWidget, title: str, text: str, act: str) -> bool:
    """Ask before an act that takes something away; the answer at hand is no."""
    box = QMessageBox(QMessageBox.Icon.Warning, title, text, parent=parent)
    yes = box.addButton(act, QMessageBox.ButtonRole.DestructiveRole)
    no = box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no)
    box.exec()
    return box.clickedButton() is yes
