"""A workspace with a password: set, locked at once and by itself, opened again, forgotten, removed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel

from ankang_desktop.desktop.lock.idle import PREFERENCE
from ankang_desktop.desktop.lock.unlock import Unlock
from ankang_desktop.store.workspace import is_locked
from tests.desktop.journeys import screen
from tests.desktop.journeys.steps import Officer

SECRET, OTHER = "warm tea 17 maps", "long cold river 42"


def unlock(officer: Officer) -> Unlock:
    """Return the screen that asks for the password."""
    assert officer.starter is not None
    assert officer.starter.window is None
    assert officer.starter.unlock is not None
    return officer.starter.unlock


def set_password(officer: Officer, password: str) -> str:
    """Choose a password in the dialog in front; returns the recovery code shown."""
    officer.fill("新密码", password)
    officer.fill("再输一遍新密码", f"{password} not")
    officer.click("下一步：恢复码")
    officer.sees("两遍输入的不一样，请再输一遍")
    officer.fill("再输一遍新密码", password)
    officer.press("Return")
    officer.sees("它只显示这一次")
    return next(
        each.text() for each in screen.parts() if isinstance(each, QLabel) and each.accessibleName() == "恢复码"
    )


def test_set_locked_unlocked_forgotten_and_removed(at_work: Officer) -> None:
    officer = at_work
    folder: Path = officer.app.workspace.folder
    officer.press("Ctrl+L")
    officer.sees("这个工作区还没有密码，锁不了")
    officer.click("设密码")
    officer.sees("没有设密码：能打开这台电脑的人，都能打开这个工作区。")
    officer.click("设密码")
    code = set_password(officer, SECRET)
    assert (last := screen.button("设密码并加密")) is not None
    assert not last.isEnabled()
    officer.click("我已抄下或打印")
    officer.click("设密码并加密")
    officer.sees("已设密码，记录已经加密", "已设密码：记录、没保存的内容和以后的备份都加密存放")
    assert is_locked(folder)

    officer.jump("隐患", "新登记 隐患排查治理台账")
    officer.fill("隐患描述", "还没写完的一句")
    officer.window.session.preferences.put(PREFERENCE, 5)
    assert officer.starter is not None
    officer.starter.idle.look()  # he has only just typed
    officer.sees("隐患描述")
    officer.starter.idle._seen -= 301
    officer.starter.idle.look()  # nobody here for five minutes: no question, nothing lost
    officer.rests()
    unlock(officer)
    assert "还没写完的一句".encode() not in b"".join(each.read_bytes() for each in (folder / "drafts").iterdir())
    officer.fill("密码", "wrong")
    officer.press("Return")
    officer.sees("密码不对")
    officer.write(SECRET)
    officer.press("Return")
    officer.sees("上次有 1 张表单没来得及保存，填的内容还在")
    officer.jump("新登记隐患", "新登记 隐患排查治理台账")
    officer.sees("还没写完的一句")
    with officer.answering("不保存"):
        officer.press("Ctrl+L")
    asked = unlock(officer)

    officer.click("忘记密码")
    officer.write("AAAA")
    officer.press("Return")
    officer.sees("恢复码不对")
    officer.write("".join(code.split()).lower())
    officer.press("Return")
    assert asked.isVisible()
    set_password(officer, OTHER)
    officer.click("我已抄下或打印")
    officer.click("改用新密码")
    officer.rests()

    officer.closes()
    officer.starts()
    unlock(officer)
    officer.write(SECRET)
    officer.press("Return")
    officer.sees("密码不对")
    officer.write(OTHER)
    officer.click("解锁")
    officer.jump("设置")
    officer.click_line("密码")
    officer.click("取消密码")
    officer.write(OTHER)
    officer.click("取消密码，不再加密")
    officer.sees("已取消密码，记录不再加密")
    assert not is_locked(folder)
