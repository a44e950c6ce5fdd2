"""The house is as its plan says: rooms, floors, words, errors, clock and writing, for every module there is.

Each rule reads the syntax tree of a module and yields its faults; beside it stand sources that break it, so that a rule
which stopped seeing anything fails here.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

import ankang_desktop

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "ankang_desktop"
MODULES = {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_bytes()) for path in PACKAGE.rglob("*.py")}
TOP_LEVEL = {
    *("ankang_desktop", "forms", "resources", "tests", "packaging"),
    *("pyproject.toml", "dev.py", "Makefile", ".ci", ".gitignore", ".gitattributes", ".editorconfig"),
    *("README.md", "CHANGELOG.md", "LICENSE"),
}
# Modules that write files otherwise than through kernel.files.write_safely, each with its reason.
WRITERS = {
    "kernel/files.py": "it is write_safely",
    "exchange/reader.py": "the child process points its standard streams at the null device",
    "store/backup.py": "copies into a folder that gets its name only when every file has been hashed again",
    "store/evidence.py": "a temporary copy, flushed and hashed, then renamed to its hash",
}

# What Qt's classes call themselves in lower case; everything in camelCase in desktop/ overrides one of Qt's methods.
QT_OVERRIDES = {"data", "event", "flags", "clone", "index", "paint", "parent", "pixmap"}

Rule = Callable[[str, ast.Module], Iterator[str]]


def has_docstring(path: str, tree: ast.Module) -> Iterator[str]:
    """Every module says what lives there and why."""
    if not ast.get_docstring(tree):
        yield "1: module without a docstring"


def public_is_documented(path: str, tree: ast.Module) -> Iterator[str]:
    """Every public class, method and function is documented; overrides and overloads speak through the original."""
    for node in public(tree):
        if path.startswith("desktop/") and (not node.name.islower() or node.name in QT_OVERRIDES | said_by_bases()):
            continue
        if not ast.get_docstring(node) and not {"override", "overload", "setter"} & decorators(node):
            yield f"{node.lineno}: {node.name} without a docstring"


def said_by_bases() -> set[str]:
    """Return the methods that the desktop's own base classes document for their heirs (Page, Editor, Step)."""
    bases = ("desktop/frame/page.py", "desktop/form/editors/base.py", "desktop/screens/submission/draft.py")
    found = [node for path in bases for node in public(MODULES[path]) if isinstance(node, ast.FunctionDef)]
    return {node.name for node in found if ast.get_docstring(node)}


def public(scope: ast.Module | ast.ClassDef) -> Iterator[ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield the public definitions of a module or class, and of the classes in it."""
    for node in scope.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node)


def decorators(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Return the last names of a definition's decorators."""
    return {last_name(decorator) for decorator in node.decorator_list}


def errors_have_a_remedy(path: str, tree: ast.Module) -> Iterator[str]:
    """A UserError or WorldError is a Chinese sentence and what to do about it."""
    kinds = {"UserError", "WorldError"}
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    heirs = [node for node in classes if kinds & {last_name(base) for base in node.bases}]
    through_super = [call for heir in heirs for call in calls(heir) if ast.unparse(call.func) == "super().__init__"]
    for call in [call for call in calls(tree) if last_name(call.func) in kinds] + through_super:
        sentence = argument(call, 0, "text")
        remedy = argument(call, 1, "remedy")
        if remedy is None or (isinstance(remedy, ast.Constant) and not remedy.value):
            yield f"{call.lineno}: {ast.unparse(call.func)} without a remedy"
        if re.search("[A-Za-z]{2}", fixed_text(sentence)) and not re.search("[\u4e00-\u9fff]", fixed_text(sentence)):
            yield f"{call.lineno}: {ast.unparse(call.func)} is not Chinese"


def argument(call: ast.Call, place: int, keyword: str) -> ast.expr | None:
    """Return an argument by place or keyword."""
    named = [pair.value for pair in call.keywords if pair.arg == keyword]
    return call.args[place] if len(call.args) > place else next(iter(named), None)


def fixed_text(node: ast.expr | None) -> str:
    """Return what of a string, plain or formatted, is written in the source; nothing for any other expression."""
    pieces = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(str(piece.value) for piece in pieces if isinstance(piece, ast.Constant))


def time_comes_from_the_clock(path: str, tree: ast.Module) -> Iterator[str]:
    """Only kernel/clock.py asks the computer (or the database) what time it is."""
    names = {"today", "now", "utcnow", "current_date", "current_timestamp"}
    asked = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in names]
    for node in asked if path != "kernel/clock.py" else []:
        if last_name(node.value) in {"date", "datetime", "func"}:
            yield f"{node.lineno}: {ast.unparse(node)}"


def files_are_written_safely(path: str, tree: ast.Module) -> Iterator[str]:
    """A file is written by write_safely: in a function handed to it, or in one that such a function calls."""
    if path in WRITERS:
        return
    handed = list(handed_to_write_safely(tree))
    allowed = {id(call) for node in handed for call in calls(node)}
    for call in calls(tree):
        if writes(call) and id(call) not in allowed:
            yield f"{call.lineno}: {ast.unparse(call)}"


def handed_to_write_safely(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield the arguments of write_safely and every function of the module they name, near or far."""
    functions: dict[str, list[ast.AST]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            functions.setdefault(node.name, []).append(node)
    safe_calls = [call for call in calls(tree) if last_name(call.func) == "write_safely"]
    waiting: list[ast.AST] = [part for call in safe_calls for part in (*call.args, *call.keywords)]
    while waiting:
        node = waiting.pop()
        yield node
        for name in {last_name(part) for part in ast.walk(node)} & functions.keys():
            waiting += functions.pop(name)


def writes(call: ast.Call) -> bool:
    """Say whether a call writes a file in place."""
    name, source = last_name(call.func), last_name(getattr(call.func, "value", call.func))
    if name in {"write_text", "write_bytes"}:
        return True
    if source == "shutil":
        return name in {"copy", "copy2", "copyfile", "copytree", "move"}
    if name in {"open", "ZipFile"} and source != "os":
        modes = [*call.args[:2], *(pair.value for pair in call.keywords if pair.arg == "mode")]
        return any(re.fullmatch("[rwaxbt+]*[wax+][rwaxbt+]*", fixed_text(mode)) for mode in modes)
    return False


def only_desktop_knows_qt(path: str, tree: ast.Module) -> Iterator[str]:
    """PySide6 is imported in the room `desktop` alone."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and not path.startswith("desktop/"):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            if {name.split(".")[0] for name in names} & {"PySide6", "shiboken6"}:
                yield f"{node.lineno}: {ast.unparse(node)}"


def no_widget_is_asked_for_its_screen(path: str, tree: ast.Module) -> Iterator[str]:
    """The collector would delete the screen with the widget (see desktop/look/room.py)."""
    for call in calls(tree):
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"screen", "windowHandle"}:
            yield f"{call.lineno}: {ast.unparse(call)}"


def calls(scope: ast.AST) -> Iterator[ast.Call]:
    """Yield every call within a piece of source."""
    return (node for node in ast.walk(scope) if isinstance(node, ast.Call))


def last_name(node: ast.AST) -> str:
    """Return `c` of `a.b.c`, of `c` and of `c(…)`; empty for anything else."""
    if isinstance(node, ast.Call):
        return last_name(node.func)
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


BROKEN: dict[Rule, tuple[str, ...]] = {
    has_docstring: ("x = 1",),
    public_is_documented: ("def f(): ...", "class A:\n  'a'\n  def f(self): ...", "class A: ...", "async def f(): ..."),
    errors_have_a_remedy: (
        "raise UserError('没有这张表')",
        "raise errors.WorldError(f'磁盘已满：{x}', '')",
        "raise UserError(text='没有', remedy='')",
        "raise UserError('no such form', '请检查')",
        "class Gone(UserError):\n  def __init__(self): super().__init__('没有了')",
    ),
    time_comes_from_the_clock: (
        "date.today()",
        "datetime.datetime.now()",
        "field(default=date.today)",
        "func.current_date()",
    ),
    files_are_written_safely: (
        "path.write_text('a')",
        "path.write_bytes(b'')",
        "path.open('w')",
        "open(path, 'ab')",
        "open(path, mode='r+')",
        "zipfile.ZipFile(path, 'w')",
        "shutil.copyfile(a, b)",
        "def save(p): p.write_text('a')\nsave(target)",
    ),
    no_widget_is_asked_for_its_screen: ("self.screen()", "window.windowHandle().screen()"),
    only_desktop_knows_qt: ("import PySide6.QtCore", "from PySide6 import QtCore", "import shiboken6"),
}
WHOLE = '''
"""A module that keeps every rule."""
def save(target, clock):
    """Write today's page."""
    def page(temporary): head(temporary)
    write_safely(target, page, lambda path: path.read_text())
    write_safely(target, lambda temporary: temporary.write_bytes(b""), check)
    if target.open() or target.open("rb") or os.open(target, os.O_RDONLY) or ZipFile(target):
        raise UserError(f"“{target}”已存在", remedy="请换一个名称")
    raise WorldError(sentences["gone"], remedy(error) or clock.today())
def head(temporary):
    """Write the head."""
    with temporary.open("w") as stream, zipfile.ZipFile(temporary, "w"): ...
'''


@pytest.mark.parametrize("rule", BROKEN, ids=lambda rule: rule.__name__)
def test_every_module_keeps(rule: Rule) -> None:
    assert [f"{path}:{fault}" for path, tree in MODULES.items() for fault in rule(path, tree)] == []


@pytest.mark.parametrize(("rule", "source"), [(rule, source) for rule, sources in BROKEN.items() for source in sources])
def test_a_rule_sees_what_breaks_it(rule: Rule, source: str) -> None:
    assert list(rule("scoring/card.py", ast.parse(source)))


@pytest.mark.parametrize("rule", BROKEN, ids=lambda rule: rule.__name__)
def test_a_rule_leaves_good_source_alone(rule: Rule) -> None:
    assert list(rule("scoring/card.py", ast.parse(WHOLE))) == []


def drawn_floors() -> list[set[str]]:
    """Return the floors drawn in the package's docstring, from the top down, each as the set of its rooms."""
    lines = re.findall(r"^ {4}(\S.*)$", ankang_desktop.__doc__ or "", re.MULTILINE)
    return [set(re.split(r"\s+\|\s+", re.split(r"\s{2,}", line)[0])) for line in lines]


def test_drawing_shows_the_rooms_on_disk() -> None:
    on_disk = {path.split("/")[0].removesuffix(".py") for path in MODULES} - {"__init__"}
    assert set().union(*drawn_floors()) == on_disk


def test_drawing_is_the_contract_of_the_floors() -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    layers = next(contract for contract in tools["importlinter"]["contracts"] if contract["type"] == "layers")
    assert layers["exhaustive"]
    assert drawn_floors() == [set(re.split(r"\s+[|:]\s+", layer)) for layer in layers["layers"]]


def test_arrows_point_down() -> None:
    program = "from importlinter.cli import lint_imports; exit(lint_imports(no_cache=True, no_logo=True))"
    command = [sys.executable, "-X", "utf8", "-c", program]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_top_level_holds_only_the_plan() -> None:
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text("utf-8").split()]
    found = {path.name for path in ROOT.iterdir()} - {".git"}
    assert {name for name in found if not any(fnmatch(name, pattern) for pattern in ignored)} == TOP_LEVEL


def test_rooms_are_importable_packages() -> None:
    rooms = {path.split("/")[0] for path in MODULES if "/" in path}
    assert [room for room in sorted(rooms) if f"{room}/__init__.py" not in MODULES] == []
