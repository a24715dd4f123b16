"""Modules that a report never uses are not loaded by it, and are themselves as soon as somebody uses them."""

import subprocess
import sys

import pytest

from cabrief.cli.postponed import SELDOM_USED

STATE = "import sys; from cabrief.cli.postponed import *\n"
REPORT = (
    "import atexit, cabrief.__main__ as entry\n"
    "from cabrief.cli import streams\n"
    "finish = streams.finish\n"
    "def tell(code):\n"
    "    left = [n for n in SELDOM_USED if isinstance(sys.modules[n], PostponedModule)]\n"
    "    print(*left, file=sys.stderr)\n"
    "    finish(code)\n"
    "streams.finish = tell\n"
    "sys.argv = ['cabrief', *sys.argv[1:]]\n"
    "entry.run()\n"
)


def told(program: str, *words: str) -> subprocess.CompletedProcess[str]:
    """What a program of its own prints."""
    return subprocess.run([sys.executable, "-c", STATE + program, *words], capture_output=True, text=True, check=True)


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    "words", [("country", "kazakhstan"), ("brief", "--lang", "ja"), ("treaties", "--format", "json")]
)
def test_a_report_loads_none_of_them(words: tuple[str, ...]) -> None:
    told(REPORT, *words)  # the build is there then
    done = told(REPORT, *words)
    assert done.stderr.split() == list(SELDOM_USED)
    assert done.stdout


USED = {
    "ast": "NodeVisitor",
    "bz2": "BZ2File",
    "difflib": "get_close_matches",
    "gettext": "gettext",
    "ipaddress": "ip_address",
    "locale": "getlocale",
    "lzma": "LZMAFile",
    "platform": "system",
    "subprocess": "run",
    "textwrap": "fill",
    "tokenize": "tokenize",
    "traceback": "StackSummary",
    "urllib.parse": "quote_from_bytes",
    "uuid": "UUID",
}


@pytest.mark.parametrize("name", SELDOM_USED)
def test_a_module_is_whole_at_its_first_use(name: str) -> None:
    """To import it runs nothing of it; to use a name of it does, and then it is an ordinary module with all its names."""
    told(
        "postpone()\n"
        f"import {name} as module\n"
        f"assert type(module) is PostponedModule and {USED[name]!r} not in vars(module)\n"
        f"assert callable(module.{USED[name]})\n"
        "assert type(module) is type(sys) and sys.modules[module.__name__] is module\n"
        "assert not hasattr(module, 'no_such_name')\n"
    )
    told(f"postpone()\nfrom {name} import {USED[name]}\nassert type(sys.modules[{name!r}]) is type(sys)\n")


def test_whoever_starts_threads_loads_all() -> None:
    told("postpone(); load_postponed()\nassert all(type(sys.modules[n]) is type(sys) for n in SELDOM_USED)\n")


def test_what_was_imported_before_stays_as_it_is() -> None:
    told("import textwrap; fill = textwrap.fill\npostpone()\nassert sys.modules['textwrap'].fill is fill\n")


@pytest.mark.parametrize(
    ("module", "use"),
    [
        ("ast", "import inspect, fractions\nassert 'class Fraction' in inspect.getsource(fractions.Fraction)"),
        ("difflib", "import typer.core\nassert typer.core.get_close_matches('ab', ['abc', 'x']) == ['abc']"),
        ("gettext", "import typer.core\nassert typer.core._('Options') == 'Options'"),
        ("traceback", "import typer.main\nassert not typer.main.StackSummary.from_list([])"),
        ("urllib.parse", "import pathlib\nassert pathlib.Path('/a b').as_uri() == 'file:///a%20b'"),
        ("uuid", "import typer.main\nassert typer.main.UUID(int=1).int == 1"),
    ],
)
def test_what_was_taken_by_name_is_the_thing_itself_once_it_is_used(module: str, use: str) -> None:
    before, _, after = use.partition("\n")
    told(
        f"postpone()\n{before}\nassert type(sys.modules[{module!r}]) is PostponedModule\n"
        f"{after}\nassert type(sys.modules[{module!r}]) is type(sys)\n"
    )
