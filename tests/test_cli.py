"""The command line from outside, as a process."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ATOLLS, Run

DATA = ("--data", str(ATOLLS))
DAY = ("--as-of", "2031-06-01")


def test_a_pipe_gives_markdown(run: Run) -> None:
    """Into a pipe goes Markdown with footnotes; stderr stays empty."""
    run("country", "aru", *DATA)
    done = run("country", "aru", "--full", *DATA, *DAY)
    assert done.returncode == 0
    assert done.stdout.startswith(
        "# Aru: country profile\n\n*As of 1 June 2031*\n\n## At a glance\n\n- **Capital**: Port Aru[^1]\n"
    )
    assert "\n[^1]: Harbour Office, “The Log”, May 2031, line 1, «Port Aru»\n" in done.stdout
    assert done.stderr == ""


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("arguments", "more"),
    [
        (("country", "aru", *DATA, *DAY), {}),
        (("country", "aru", *DATA, *DAY, "-f", "terminal"), {"FORCE_COLOR": "1"}),
        (("treaties", *DATA, *DAY, "-f", "csv", "--lang", "ja"), {"PYTHONIOENCODING": "latin-1"}),
        (("country", "narnia", *DATA), {"CABRIEF_LANG": "ja"}),
        (("country",), {}),
        (("check", str(ATOLLS), "--strict"), {}),
        (("--help",), {}),
        (("--version",), {}),
        ((), {"LANG": "ja_JP.UTF-8"}),
        (("brief",), {"CABRIEF_CONFIG": "/nowhere/config.toml"}),
        (("diff", "HEAD", "--pack", str(ATOLLS)), {"PATH": "/nowhere"}),
        (("treaties", *DATA, "-o", "/nowhere/out.md"), {}),
    ],
    ids=str,
)
def test_tests_see_what_a_process_prints(
    arguments: tuple[str, ...], more: dict[str, str], run: Run, run_process: Run
) -> None:
    """Most tests run commands within their own process: exit code, output and messages are those of a process."""
    within, alone = run(*arguments, **more), run_process(*arguments, **more)
    assert (within.returncode, within.stdout, within.stderr) == (alone.returncode, alone.stdout, alone.stderr)


@pytest.mark.parametrize("name", ["aru", "Aru", "AR", "ar", "アル", "ｱﾙ", "Áru Isles", "ARU ISLES", "арў"])
def test_forgiving_names(run: Run, name: str) -> None:
    """Any spelling that a user may think of finds the country."""
    assert run("country", name, *DATA).stdout.startswith("# Aru:")


@pytest.mark.parametrize(
    "name", ["kazakhstan", "Kazakhstan", "KZ", "KAZ", "カザフスタン", "kazakstan", "Қазақстан", "カザフ"]
)
def test_names_of_a_shipped_country(run: Run, name: str) -> None:
    assert run("country", name).stdout.startswith("# Kazakhstan:")


def test_unknown_name(run: Run) -> None:
    """Exit 2, nothing on stdout, and what would have been right."""
    done = run("country", "narnia", *DATA)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "cabrief: there is no country 'narnia'. Known: aru, bela.\n"
    done = run("brief", "schols", *DATA)
    assert done.stdout.startswith("# Brief: Schools")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("country",), "names is missing"),
        (("contry", "aru"), "there is no command 'contry'"),
        (("brief", "-f", "papyrus"), "there is no format 'papyrus'"),
        (("brief", "-l", "fr"), "there is no language 'fr'"),
        (("brief", "--as-of", "2031-13"), "there is no month 13"),
        (("timeline", "--since", "soon"), "'soon' is not a date"),
        (("timeline", "--kind", "sumit"), "did you mean 'summit'?"),
        (("facts", "--kind", "n"), "there is no kind 'n'"),
        (("brief", "--data", "/nowhere/at/all"), "there is no directory /nowhere/at/all"),
    ],
)
def test_wrong_requests_exit_2(run: Run, arguments: tuple[str, ...], words: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr


def test_check(run: Run, tmp_path: Path) -> None:
    """Problems go to stdout, one a line, and exit 1; the count goes to stderr."""
    assert run("check", str(ATOLLS)).returncode == 0
    (tmp_path / "mine.yaml").write_text("noets: []\nnotes: {}\n", "utf-8")
    done = run("check", str(tmp_path), *DATA)
    assert done.returncode == 1
    assert [line.split(": ")[1] for line in done.stdout.splitlines()] == ["unknown-kind", "wrong-type"]
    assert done.stderr.endswith(": 2 errors\n")
    asked = run("country", "aru", *DATA, "--data", str(tmp_path), "--layers")
    assert (asked.returncode, asked.stdout) == (1, "")


def test_messages_in_japanese(run: Run, tmp_path: Path) -> None:
    """Problems, their count and what explains a stop are Japanese by flag or environment, with the same places and codes."""
    (tmp_path / "mine.yaml").write_text("noets: []\nnotes: {}\n", "utf-8")
    file = (tmp_path / "mine.yaml").as_posix()
    lines = [
        f"{file}:1:1: unknown-kind: 「noets」という種類の事実はない（「notes」のことか？）",
        f"{file}:2:8: wrong-type: 「notes」の下には記録のリストが必要（各記録を「- id:」で始める）",
    ]
    for done in (
        run("check", str(tmp_path), *DATA, CABRIEF_LANG="ja"),
        run("check", str(tmp_path), *DATA, "--lang", "ja", CABRIEF_LANG="en"),
    ):
        assert (done.returncode, done.stdout.splitlines()) == (1, lines)
        assert done.stderr.endswith("件：誤り2件\n")
    assert "noets' is not a kind" in run("check", str(tmp_path), *DATA, "-l", "en", CABRIEF_LANG="ja").stdout
    assert run("check", str(ATOLLS), "--lang", "fr").returncode == 2
    stopped = run("country", "aru", *DATA, "--data", str(tmp_path), "--layers", CABRIEF_LANG="ja").stderr
    assert stopped.splitlines() == [*lines, "cabrief: 事実ファイルに問題2件、答えるもとがない"]
    for language in (("--lang", "ja"), ("--lang=ja",), ("-l", "ja"), ("-lja",)):
        unknown = run("country", "narnia", *DATA, *language)
        assert unknown.stderr == "cabrief: 「narnia」という国はない。あるのはaru、bela。\n"
    nothing = run("search", "zzzz", *DATA, CABRIEF_LANG="ja")
    assert (nothing.returncode, nothing.stderr) == (1, "cabrief: 「zzzz」を含むものはない。\n")


def test_output_file(run: Run, tmp_path: Path) -> None:
    """The ending picks the format, an explicit format wins, - is stdout, and a file is replaced whole."""
    target = tmp_path / "out.json"
    target.write_text("old")
    assert run("treaties", *DATA, "-o", str(target)).stdout == ""
    assert json.loads(target.read_text("utf-8"))["schema_version"] == 1
    run("treaties", *DATA, "-o", str(target), "-f", "csv")
    assert target.read_text("utf-8-sig").startswith("id,type,country,status")
    assert run("treaties", *DATA, "-o", "-", "-f", "tsv").stdout.startswith("id\ttype")
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]
    done = run("treaties", *DATA, "-o", str(tmp_path / "no" / "such.md"))
    assert done.returncode == 2
    assert "cannot write" in done.stderr


def test_bom(run: Run) -> None:
    assert run("treaties", *DATA, "-f", "csv", "--bom").stdout.startswith("\ufeffid,")


def test_language(run: Run) -> None:
    """Flag before environment before locale."""
    assert run("country", "aru", *DATA, "--lang", "ja", CABRIEF_LANG="en").stdout.startswith("# アル：国別概況")
    assert run("country", "aru", *DATA, CABRIEF_LANG="ja", LANG="en_GB.UTF-8").stdout.startswith("# アル")
    assert run("country", "aru", *DATA, LANG="ja_JP.UTF-8").stdout.startswith("# アル")
    assert run("country", "aru", *DATA, LC_ALL="C").stdout.startswith("# Aru")


def test_closed_pipe_ends_quietly() -> None:
    """`| head` is no error."""
    command = f"{sys.executable} -m cabrief facts | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stdout == "# Facts\n"
    assert [line for line in done.stderr.splitlines() if not line.startswith("cabrief: reading")] == []
    assert done.returncode == 0


def on_terminal(*arguments: str, **more: str) -> str:
    """What a terminal of 80 columns receives."""
    master, slave = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", **more}
    command = [sys.executable, "-m", "cabrief", *arguments]
    with subprocess.Popen(command, stdout=slave, stderr=slave, stdin=slave, env=environment) as process:
        os.close(slave)
        received = b""
        while True:
            try:
                part = os.read(master, 65536)
            except OSError:
                break
            if not part:
                break
            received += part
        process.wait()
    os.close(master)
    return received.decode("utf-8").replace("\r\n", "\n")


def test_a_terminal_gets_a_terminal(run: Run) -> None:
    """On a terminal the report is laid out and coloured; NO_COLOR, TERM=dumb and --no-color take the colour away."""
    run("country", "aru", *DATA)
    coloured = on_terminal("country", "aru", *DATA)
    assert "\x1b[1mAru: country profile\x1b[0m" in coloured
    assert "# Aru" not in coloured
    for plain in (
        on_terminal("country", "aru", *DATA, NO_COLOR="1"),
        on_terminal("country", "aru", *DATA, TERM="dumb"),
        on_terminal("country", "aru", "--no-color", *DATA),
    ):
        assert "\x1b[" not in plain
        assert plain.startswith("Aru: country profile\n")
    assert on_terminal("country", "aru", *DATA, "-f", "markdown").startswith("# Aru: country profile")


def test_a_terminal_that_knows_no_unicode(run: Run) -> None:
    """Where the output cannot carry a rule or a bullet, plain characters stand in; what still does not fit is replaced."""
    done = run("country", "aru", *DATA, "-f", "terminal", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "At a glance ----" in done.stdout
    assert done.stdout.isascii()


def test_force_color_does_not_make_a_pipe_a_terminal(run: Run) -> None:
    assert run("country", "aru", *DATA, FORCE_COLOR="1").stdout.startswith("# Aru")


MODULES = (
    "import sys; sys.argv = ['cabrief', *sys.argv[1:]]\n"
    "from cabrief.cli.application import main\n"
    "try:\n    main()\nexcept SystemExit:\n    pass\n"
    "print(*sys.modules, file=sys.stderr)\n"
)
PARTS = {
    "credits",
    "desk",
    "figures",
    "noting",
    "pages",
    "pages.building",
    "pages.fitting",
    "standings",
}  # of every page


def modules_of(*words: str, **environment: str) -> set[str]:
    """The modules that a command has loaded when it ends."""
    command = [sys.executable, "-c", MODULES, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **environment})
    return set(done.stderr.split())


def below(modules: set[str], folder: str) -> set[str]:
    """The modules of a folder of the package, named from there."""
    return {name.removeprefix(f"cabrief.{folder}.") for name in modules if name.startswith(f"cabrief.{folder}.")}


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("words", "reports"),
    [
        (("country", "aru"), PARTS | {"offices", "pages.countries"}),
        (("brief",), PARTS | {"pages.since", "pages.summit"}),
    ],
    ids=["country", "brief"],
)
@pytest.mark.parametrize("format_", ["markdown", "terminal"])
def test_a_warm_command_imports_little(
    run: Run, own: Path, words: tuple[str, ...], reports: set[str], format_: str
) -> None:
    """A warm page loads what it prints with: no other report or format, nothing that reads facts, into a pipe no Rich."""
    run(*words, *DATA)
    assert list(own.glob("*.sqlite"))
    loaded = modules_of(*words, *DATA, "-f", format_)
    assert below(loaded, "reports") == reports
    assert below(loaded, "formats") == {"notes", format_}
    assert not any(below(loaded, folder) for folder in ("authoring", "checks", "problems", "reading"))
    assert loaded & {"pydantic", "yaml", "rich"} == ({"rich"} if format_ == "terminal" else set())


@pytest.mark.slow
def test_completion_loads_no_report(run: Run, own: Path) -> None:
    """What completes a name needs the facts alone: no report, no format, no Rich."""
    run("brief")
    asked = {"_CABRIEF_COMPLETE": "complete_bash", "COMP_WORDS": "cabrief country カ", "COMP_CWORD": "2"}
    loaded = modules_of(**asked)
    assert "cabrief.store.base" in loaded
    assert not below(loaded, "reports") | below(loaded, "formats") | (loaded & {"pydantic", "yaml", "rich"})


def test_a_check_loads_the_core_of_pydantic_alone(own: Path) -> None:
    """The rest would take longer to import than a check of a small pack takes."""
    loaded = modules_of("check", DATA[-1])
    assert "pydantic_core" in loaded
    assert "pydantic" not in loaded


def test_help_tells_examples(run: Run) -> None:
    """Every command says what it does and shows how it is used."""
    listed = run("--help").stdout
    for command in ("brief", "country", "timeline", "treaties", "facts", "sources", "check", "schema"):
        assert command in listed
        shown = run(command, "--help").stdout
        assert "Examples:" in shown
        assert f"cabrief {command}" in " ".join(shown.split())


def test_completion_knows_countries(run: Run) -> None:
    """The shell completes ids of the facts."""
    command = str(Path(sys.executable).with_name("cabrief"))
    environment = {
        **os.environ,
        "_CABRIEF_COMPLETE": "complete_bash",
        "COMP_WORDS": "cabrief country kaz",
        "COMP_CWORD": "2",
    }
    done = subprocess.run([command], capture_output=True, text=True, env=environment, check=False)
    assert done.stdout.split() == ["kazakhstan"]


def test_a_bug_is_reported_as_one(run: Run, tmp_path: Path) -> None:
    """Whatever else goes wrong ends with exit 3 and a line that asks to report it."""
    program = (
        "import sys; sys.argv = ['cabrief', 'brief']\nfrom cabrief.cli import application\nfrom cabrief.loading import cache\n"
        "def broken(*_, **__): raise RuntimeError('boom')\ncache.ask = broken\napplication.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr == "cabrief: this is a bug, please report it: RuntimeError: boom (CABRIEF_DEBUG=1 shows where)\n"


def test_check_formats(run: Run, tmp_path: Path) -> None:
    """Problems as JSON in both languages, and as annotations whose syntax no file name can break out of."""
    folder = tmp_path / "a,b"
    folder.mkdir()
    (folder / "mine.yaml").write_text("noets: []\n", "utf-8")
    (found,) = json.loads(run("check", str(folder), *DATA, "-f", "json").stdout)
    assert (found["line"], found["column"], found["code"]) == (1, 1, "unknown-kind")
    assert set(found["message"]) == {"en", "ja"}
    line = run("check", str(folder), *DATA, "-f", "github").stdout
    assert line.startswith("::error file=")
    assert "a%2Cb/mine.yaml,line=1,col=1,endColumn=6,title=unknown-kind::" in line
    assert run("check", str(folder), "-f", "xml").returncode == 2


def test_configuration(run: Run, tmp_path: Path) -> None:
    """Language, format and data directories of the user's own; flags and the environment go before them."""
    file = tmp_path / "config.toml"
    (tmp_path / "atolls").symlink_to(ATOLLS)
    file.write_text('language = "ja"\nformat = "json"\ndata = ["atolls"]\n', "utf-8")
    own = {"CABRIEF_CONFIG": str(file)}
    assert json.loads(run("country", "aru", **own).stdout)["title"]["ja"] == "アル：国別概況"
    assert run("country", "aru", "-f", "markdown", **own).stdout.startswith("# アル")
    assert run("country", "aru", **own, CABRIEF_FORMAT="markdown").stdout.startswith("# アル")
    assert run("country", "aru", "-f", "ndjson", **own, CABRIEF_FORMAT="markdown").stdout.startswith("{")
    assert run("country", "aru", **own, CABRIEF_FORMAT="xml").returncode == 2
    assert "という国はない" in run("country", "narnia", **own).stderr, (
        "messages speak the language of the configuration"
    )
    assert "there is no country" in run("country", "narnia", "-len", **own).stderr
    assert run("country", "aru", "-f", "markdown", **own, CABRIEF_LANG="en").stdout.startswith("# Aru")
    assert run("country", "aru", "-f", "markdown", "--lang", "en", **own).stdout.startswith("# Aru")


SETTINGS = {
    'language = "en"\ncolour = 1\n': (
        "2: there is no setting 'colour'; known: language, format, data",
        "2: 「colour」という設定はない。",
    ),
    "data = 1\n": (
        '1: data: expected a list of directories, ["…"], found 1',
        '1: data: フォルダーのリスト["…"]が必要、実際は「1」',
    ),
    "\ndata = [1]\n": ('2: data: expected a list of directories, ["…"], found [1]', "2: data: "),
    'data = [""]\n': ("1: data: expected a list", "1: data: "),
    "[data]\nx = 1\n": ("1: data: expected a list", "1: data: "),
    'language = "fr"\n': ("1: language: expected en or ja, found 'fr'", "1: language: enかjaが必要、実際は「fr」"),
    "language = true\n": ("1: language: expected en or ja, found True", "1: language: "),
    'data = []\n"format" = "xml"\n': (
        "2: format: expected one of terminal, markdown,",
        "2: format: 次のいずれか：terminal",
    ),
    "format = 1\n": ("1: format: expected the name of a format, found 1", "1: format: 形式の名前が必要"),
    "colour = 1\ndata = 2\n": ("1: there is no setting 'colour'", "2: data: "),
    "data = [\n": ("2: expected TOML, found: ", "2: TOMLとして読めない："),
    'data = []\nlanguage = "en\n': ("2: expected TOML, found: ", "2: TOMLとして読めない："),
    "x = " + "9" * 9_000: ("1: expected TOML, found: ", "1: TOMLとして読めない："),
    "#\n#\udcff\n": ("2: the file is not UTF-8 from here on", "2: ここからUTF-8ではない"),
    "#" * 30_000: ("1: the file has more than 20,000 bytes", "1: ファイルが20,000バイトを超える"),
}


@pytest.mark.parametrize("text", SETTINGS, ids=lambda text: text[:20])
def test_a_broken_configuration(text: str, run: Run, tmp_path: Path) -> None:
    """As a broken fact file: file, line, what was found and what was expected, in both languages; all of it at once."""
    file = tmp_path / "config.toml"
    file.write_text(text, "utf-8", "surrogateescape")
    for lang, words in zip(("en", "ja"), SETTINGS[text], strict=True):
        done = run("country", "aru", *DATA, CABRIEF_CONFIG=str(file), CABRIEF_LANG=lang)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"cabrief: {file}:")
        assert words.partition(": ")[2] in done.stderr
        assert f"{file}:{words}" in done.stderr


def test_a_directory_of_the_configuration_that_is_not_there(run: Run, tmp_path: Path) -> None:
    """File, line and what was expected are told, of each that is missing; a command that needs no facts does not mind."""
    file = tmp_path / "config.toml"
    file.write_text(f'language = "en"\ndata = [\n  "{ATOLLS}",\n  "gone",\n  "config.toml",\n]\n', "utf-8")
    done = run("country", "aru", CABRIEF_CONFIG=str(file))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"cabrief: {file}:4: data: expected a directory that exists, found 'gone'; "
        f"{file}:5: data: expected a directory that exists, found 'config.toml'\n"
    )
    japanese = run("check", CABRIEF_CONFIG=str(file), CABRIEF_LANG="ja").stderr
    assert f"{file}:4: data: 存在するフォルダーが必要、実際は「gone」" in japanese
    assert run("schema", CABRIEF_CONFIG=str(file)).returncode == 0


def test_a_setting_that_is_nested_deeply(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f"language{'.a' * 9000} = 1\n", "utf-8")
    done = run("brief", CABRIEF_CONFIG=str(file))
    assert done.returncode == 2
    assert done.stderr.startswith(f"cabrief: {file}:1: language: expected")
    assert len(done.stderr) < 400 + len(str(file))


def test_configuration_as_editors_write_it(run: Run, tmp_path: Path) -> None:
    """A byte-order mark and Windows line ends are no fault; a wish on the command line needs no right format in the file."""
    file = tmp_path / "config.toml"
    file.write_bytes('\ufefflanguage = "ja"\r\nformat = "xml"\r\n'.encode())
    done = run("country", "aru", *DATA, "-f", "json", CABRIEF_CONFIG=str(file))
    assert done.returncode == 0
    assert f"{file}:2: format: " in run("country", "aru", *DATA, CABRIEF_CONFIG=str(file)).stderr


def test_relative_homes(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The XDG specification says that a relative path is ignored: nothing is read from or written to where one happens to be."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here" / "cabrief").mkdir(parents=True)
    (tmp_path / "here" / "cabrief" / "config.toml").write_text('language = "ja"\n', "utf-8")
    (tmp_path / "home").mkdir()
    homes = {"HOME": str(tmp_path / "home"), "CABRIEF_CACHE_DIR": "", "CABRIEF_CONFIG": ""}
    for where in ("here", "./here", "~/here"):
        done = run("country", "aru", *DATA, **homes, XDG_CACHE_HOME=where, XDG_CONFIG_HOME=where)
        assert done.stdout.startswith("# Aru")
        assert sorted(path.name for path in tmp_path.rglob("*.sqlite*")) == sorted(
            path.name for path in (tmp_path / "home" / ".cache" / "cabrief").glob("*.sqlite")
        )
    absolute = {"XDG_CACHE_HOME": str(tmp_path / "there"), "XDG_CONFIG_HOME": str(tmp_path / "here")}
    assert run("country", "aru", *DATA, **homes, **absolute).stdout.startswith("# アル")
    assert len(list((tmp_path / "there" / "cabrief").glob("facts-*"))) == 2


def test_without_a_word(run: Run) -> None:
    """The help, in the language of the environment."""
    assert "Commands" in run().stdout
    assert "コマンド" in run(CABRIEF_LANG="ja").stdout


def test_lines_that_begin_alike_are_told_to_be_more(run: Run) -> None:
    """`why` shows the first of them."""
    done = run("why", "Japan", "-l", "en")
    assert done.stderr == "cabrief: more lines begin with 'Japan': the first 5 follow\n"
    assert run("why", "Uranium mining in Tajikistan", "-l", "en").stderr == ""
