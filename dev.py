"""The one door of this tree, behind `make` and on Windows: `python3 dev.py demo`, `test`, `lint`, `revision "why"`.

Needs nothing but Python 3.11. Each command first makes `.venv` and installs the program with its tools there,
again only when pyproject.toml has changed. Work stops at the first step that fails, with that step's exit code.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
TOOLS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = TOOLS / ("python.exe" if os.name == "nt" else "python")
TESTS = (PYTHON, "-m", "pytest", "-n", "2")
STAMP = VENV / "installed-from.sha256"
DEMO = ROOT / "build" / "demo"
DEMO_IS_OURS = ROOT / "build" / ".demo-made-by-dev"
QT_LIBRARIES = (
    *("libegl1", "libgl1", "libopengl0", "libxkbcommon0", "libdbus-1-3", "libfontconfig1", "libglib2.0-0"),
    *("libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0"),
    *("libxcb-render-util0", "libxcb-shape0", "libxcb-xinerama0"),
)
"""What Debian and Ubuntu split off of what Qt's window needs."""
SCREEN_TOOLS = ("xvfb", "xdotool")
"""A screen nobody sits at, and hands for it: with both, one journey is typed and clicked in a real window."""
SCREEN_COMMAND = f"sudo apt-get install {' '.join((*SCREEN_TOOLS, *QT_LIBRARIES))}"


def main(arguments: Sequence[str]) -> None:
    """Run the one command named on the command line."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # an old Windows console lacks some hanzi
    if sys.version_info < (3, 11):  # noqa: UP036  the officer's computer may hold an older one
        stop(f"需要 Python 3.11 或更新的版本，现在是 {sys.version.split()[0]}", "Python 3.11 or newer is needed")
    commands = {"demo": demo, "test": test, "lint": lint, "revision": revision}
    name, *words = arguments or ("",)
    if name not in commands or bool(words) != (name == "revision"):
        usage = 'python3 dev.py demo | test | lint | revision "why"'
        stop(f"用法：{usage}", f"usage: {usage}")
    set_up()
    commands[name](*words)


def revision(*why: str) -> None:
    """Write the next upgrade of the workspace file from what the declarations changed."""
    step("升级文件 revision", PYTHON, ROOT / "packaging" / "revise.py", *why)


def demo() -> None:
    """Make the demo enterprise's workspace and papers in build/demo, replacing the one made here before."""
    if DEMO.exists() and not DEMO_IS_OURS.exists():
        stop(f"{DEMO} 不是本命令生成的，请先移走它", "this folder was not made by this command: move it away first")
    shutil.rmtree(DEMO, ignore_errors=True)
    if DEMO.exists():
        stop(f"{DEMO} 正被其他程序占用，请关闭后重试", "this folder is in use: close the program that holds it")
    DEMO.parent.mkdir(exist_ok=True)
    DEMO_IS_OURS.touch()
    step("演示 demo", PYTHON, "-m", "ankang_desktop", "demo", DEMO)
    open_window(DEMO / "工作区")


def open_window(workspace: Path) -> None:
    """Open the demo enterprise in the window where there is a display; else say how it is opened."""
    has_display = sys.platform in {"win32", "darwin"} or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
    command = (PYTHON, "-m", "ankang_desktop", "window", "--workspace", workspace, "--today", "2026-11-21")
    if has_display and not os.environ.get("CI"):
        step("打开窗口 window（关上窗口即结束）", *command)
    else:
        say("这里没有显示器，没有打开窗口；有显示器时运行 (no display here; with one, run):")
        say("  " + " ".join(str(word) for word in command))


def test() -> None:
    """Run every check, then all tests without Qt, then those of the window: without a screen, and on one of its own."""
    lint()
    step("没有 Qt 的测试 pytest --no-qt", *TESTS, "--dist", "loadfile", "-p", "no:pytest-qt", "--no-qt")
    step("窗口的测试 pytest tests/desktop", *TESTS, "tests/desktop")
    provide_screen()
    step("真窗口里走一遍 pytest tests/xwindow", PYTHON, "-m", "pytest", "-p", "no:pytest-qt", "tests/xwindow")


def lint() -> None:
    """Check style, form, types and the floors of the house."""
    step("代码检查 ruff check", PYTHON, "-m", "ruff", "check", ".")
    step("代码格式 ruff format --check", PYTHON, "-m", "ruff", "format", "--check", ".")
    step("类型检查 mypy", PYTHON, "-m", "mypy")
    step("楼层检查 lint-imports", TOOLS / "lint-imports", "--no-logo")


def set_up() -> None:
    """Make `.venv` where it is missing or broken, and install when pyproject.toml has changed."""
    if not works(PYTHON, "-c", "import pip"):
        provide_venv_module()
        step("建立环境 python -m venv .venv", sys.executable, "-m", "venv", "--clear", VENV)
    # The root belongs to the stamp: an editable install names it, so a copied tree installs anew.
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + os.fsencode(ROOT)).hexdigest()
    if STAMP.exists() and STAMP.read_text("utf-8") == wanted:
        return
    STAMP.unlink(missing_ok=True)
    step("安装依赖 pip install -e .[dev]", PYTHON, "-m", "pip", "install", "-qq", "--editable", ".[dev]")
    provide_qt_libraries()
    STAMP.write_text(wanted, "utf-8")


def provide_venv_module() -> None:
    """Install Debian's split-off venv package where it is missing and we are root; else say the command."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return
    package = f"python3.{sys.version_info.minor}-venv"
    if not shutil.which("apt-get") or os.geteuid() != 0:
        command = f"sudo apt-get install {package}"
        stop(f"Python 缺少 venv，请先运行：{command}", f"Python lacks venv, first run: {command}")
    step("更新软件源 apt-get update", "apt-get", "update", "-qq")
    step(f"安装 {package}", "apt-get", "install", "-y", "-qq", package)


def provide_qt_libraries() -> None:
    """Install the system libraries that Qt's window needs where they are missing and we are root; else say how."""
    if works(PYTHON, "-c", "import PySide6.QtWidgets, PySide6.QtPrintSupport, PySide6.QtSvg"):
        return
    if not shutil.which("apt-get") or os.geteuid() != 0:
        command = f"sudo apt-get install {' '.join(QT_LIBRARIES)}"
        stop(f"Qt 缺少系统库，请先运行：{command}", f"Qt lacks system libraries, first run: {command}")
    step("更新软件源 apt-get update", "apt-get", "update", "-qq")
    step("安装 Qt 的系统库", *installing(QT_LIBRARIES))


def installing(names: Sequence[str]) -> tuple[str, ...]:
    """Return the command that installs those of the packages that this release has."""
    known = (name for name in names if works("apt-cache", "show", name))
    return ("apt-get", "install", "-y", "-qq", *known)


def provide_screen() -> None:
    """Install what shows a real window where it is missing and we are root; else the journey there is skipped."""
    if sys.platform != "linux" or has_screen(PYTHON):
        return
    if not shutil.which("apt-get") or os.geteuid() != 0:
        say(f"没有虚拟屏幕，真窗口的测试会跳过；要它跑，先运行 (to have it run, first): {SCREEN_COMMAND}")
        return
    say(f"==> 安装虚拟屏幕 {' '.join(SCREEN_TOOLS)}")
    works("apt-get", "update", "-qq")
    if not works(*installing((*SCREEN_TOOLS, *QT_LIBRARIES))):
        say("没有装成，真窗口的测试会跳过 (could not be installed: the test in a real window is skipped)")


def has_screen(python: Path) -> bool:
    """Say whether Xvfb and xdotool are here, and whether Qt's X platform finds its libraries."""
    platform = "next(pathlib.Path(PySide6.__path__[0]).rglob('libqxcb.so'))"
    program = f"import ctypes, pathlib, PySide6; ctypes.CDLL(str({platform}))"
    has_tools = all(shutil.which(name) for name in ("Xvfb", "xdotool"))
    return sys.platform == "linux" and has_tools and works(python, "-c", program)


def works(*command: str | Path) -> bool:
    """Run a command silently and say whether it succeeded."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def step(heading: str, *command: str | Path) -> None:
    """Print a heading and run a command in the tree's root; stop with its exit code when it fails."""
    say(f"==> {heading}")
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if code:
        stop(f"失败：{heading}（退出码 {code}）", f"failed with exit code {code}", code)


def say(text: str) -> None:
    """Print a line at once, so that it stands before what the next step prints."""
    print(text, flush=True)


def stop(chinese: str, english: str, code: int = 2) -> None:
    """Say what is wrong in both languages and leave with `code`."""
    print(f"{chinese}\n{english}", file=sys.stderr, flush=True)
    sys.exit(code)


if __name__ == "__main__":
    main(sys.argv[1:])
