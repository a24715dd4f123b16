"""YAML text to data, and the position of every path in it.

Scalars stay the strings that were written: `NO` is Norway, `12:30` a time, `1.10` a version; the schema says what is a
number, a date or a flag. What fact files have no use for is refused with its place: a key twice, anchors and aliases
(which can multiply), tags, several documents in a file, nesting without end.
"""

import re
import unicodedata
from collections.abc import Callable
from itertools import chain, islice, pairwise
from typing import Any

import yaml

from cabrief.language.text import EMPTY, Text, cut, joins, quoted, template, unprintable
from cabrief.model.fields import LONGEST_TEXT
from cabrief.model.record import Place
from cabrief.problems.problem import Problem, Where
from cabrief.reading.yaml_errors import mark_place, yaml_problem

Position = tuple[int, int, int]  # line, column, and the column behind the last character where that is on the line
MOST_DIRECTIVES = 100
MOST_FILE_BYTES = 1_000_000
MOST_DEPTH = 20
MOST_VALUES = 60_000  # of one file, which is more than a megabyte of facts has
MOST_ITEMS = 1_000  # of one list or mapping inside a record
MOST_TOLD = 100  # problems that reading alone finds
RECORD = 2  # length of the path of a record in its file: kind, index
_Loader: Any = getattr(yaml, "CLoader", yaml.Loader)
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_MARKS_16 = (b"\xff\xfe", b"\xfe\xff")
LONE_CR = r"\r(?!\n)"  # a line end of machines of the last century
LINE_ENDS = f"{LONE_CR}|[\x85\u2028\u2029]"  # at which YAML begins a line, and nobody else does
_MOST_UNSEEN = 20  # invisible characters that are told of one file


class Nodes:
    """What a file holds: mappings, lists and strings (None for null), where each stands, and what was wrong."""

    def __init__(self, raw: bytes, file: str, shallow: int | None = RECORD) -> None:
        """`shallow` says how long the paths are that have a position so far; None stands for all."""
        self.raw, self.file, self.shallow = raw, file, shallow
        self.data: Any = None
        self.problems: list[Problem] = []
        self.positions: dict[Place, Position] = {}
        self.keys: dict[Place, Position] = {}  # where the key itself stands

    def where(self, path: Place, *, key: bool = False) -> Where:
        """Position of what stands under a path, or of its key; or of the nearest place above it that has one.

        Positions inside records are asked for only where something is wrong, so the file is read again for them then.
        """
        if self.shallow is not None and (key or len(path) > self.shallow):
            whole = _read(self.raw, self.file, None)
            self.positions, self.keys, self.shallow = whole.positions, whole.keys, None
        if key and path in self.keys:
            return Where(self.file, *self.keys[path])
        while path and path not in self.positions:
            path = path[:-1]
        return Where(self.file, *self.positions.get(path, (1, 1, 0)))


class _Refused(Exception):
    def __init__(self, code: str, message: Text, mark: Any, hint: Text = EMPTY) -> None:
        super().__init__(message.en)
        self.code, self.message, self.mark, self.hint = code, message, mark, hint


def read(raw: bytes, file: str) -> Nodes:
    """Read a file's bytes as YAML; `file` is what problems call it.

    Nothing is raised: problems come with the data, which is None where nothing could be read.
    """
    return _read(raw, file, RECORD)


def _read(raw: bytes, file: str, shallow: int | None) -> Nodes:
    nodes = Nodes(raw, file, shallow=shallow)
    try:
        _bounded(raw)
        text = raw.decode("utf-8-sig")
        nodes.problems += _invisible(text, file)
        if nodes.problems:  # told above; YAML alone would begin a new line there, and hide a record in a comment
            text = re.sub(LINE_ENDS, " ", text)
        loader = _Loader(text)
        try:
            _Builder(nodes, loader.get_event, text).document()
        finally:
            loader.dispose()
    except UnicodeDecodeError as error:
        nodes.problems.append(_no_utf8(raw, error.start, file))
        nodes.data = None
    except yaml.reader.ReaderError as error:
        if not nodes.problems:  # else the character has been told
            words = template("a character that YAML forbids: {why}", "YAMLで使えない文字：{why}", why=error.reason)
            nodes.problems.append(Problem(_place(text, error.position, file), "encoding", words))
        nodes.data = None
    except yaml.MarkedYAMLError as error:
        nodes.problems.append(yaml_problem(error, text, file))
        nodes.data = None
    except _Refused as refused:
        nodes.problems.append(Problem(mark_place(file, refused.mark), refused.code, refused.message, refused.hint))
        nodes.data = None
    return nodes


def _no_utf8(raw: bytes, start: int, file: str) -> Problem:
    line = raw.rfind(b"\n", 0, start) + 1
    where = Where(file, raw.count(b"\n", 0, start) + 1, len(raw[line:start].decode("utf-8-sig", "replace")) + 1)
    words = Text("the file is not UTF-8 from here on", "ここからUTF-8ではない")
    return Problem(where, "encoding", words, Text("save it as UTF-8", "UTF-8で保存する"))


def _place(text: str, position: int, file: str) -> Where:
    """Line and column of a character."""
    return Where(file, text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position))


def _invisible(text: str, file: str) -> list[Problem]:
    """A problem for each character that a reader does not see or that steers a terminal."""
    found = []
    lone = re.finditer(LONE_CR, text) if "\r" in text else ()
    for match in islice(chain(unprintable(text), lone), _MOST_UNSEEN + 1):
        where = _place(text, match.start(), file)
        found.append(Problem(where._replace(end=where.column + 1), "invisible", *_unseen(match[0])))
    if len(found) > _MOST_UNSEEN:
        words = Text(
            "there are more invisible characters; mend these first", "ほかにも目に見えない文字がある。まずこれらを直す"
        )
        found[_MOST_UNSEEN:] = [Problem(found[_MOST_UNSEEN].where, "too-many", words)]
    return found


def _unseen(character: str) -> tuple[Text, Text]:
    name = "carriage return" if character == "\r" else unicodedata.name(character, "a control character").lower()
    words = template(
        "an invisible character, U+{code:04X} ({name})",
        "目に見えない文字U+{code:04X}（{name}）",
        code=ord(character),
        name=name,
    )
    return words, Text("delete it", "消す")


# types of events, looked at for every value of every file
SCALAR, ALIAS, SEQUENCE = yaml.ScalarEvent, yaml.AliasEvent, yaml.SequenceStartEvent
SEQUENCE_END, MAPPING_END = yaml.SequenceEndEvent, yaml.MappingEndEvent
_HALF = 3  # of so many bytes one is NUL, where text is UTF-16


def _bounded(raw: bytes) -> None:
    if len(raw) > MOST_FILE_BYTES:
        en, ja = "the file has more than {most:,} bytes", "ファイルが{most:,}バイトを超える"
        hint = Text("split it by the things that people look for", "人が探す単位に分ける")
        raise _Refused("too-large", template(en, ja, most=MOST_FILE_BYTES), None, hint)
    if raw.count(b"\n%") > MOST_DIRECTIVES:  # each is compared with all before
        words = Text("too many lines begin with %, as directives of YAML do", "行頭が%の行（YAMLの指示）が多すぎる")
        raise _Refused("too-large", words, None, Text("no fact file needs them", "事実ファイルには要らない"))
    if raw[:2] in _MARKS_16 or raw.count(b"\0") * _HALF > len(raw) > 1:
        words = Text("the file is UTF-16, not UTF-8", "UTF-8でなくUTF-16のファイル")
        raise _Refused("encoding", words, None, Text("save it as UTF-8", "UTF-8で保存する"))


def _span(event: Any) -> Position:
    mark, end = event.start_mark, event.end_mark
    return mark.line + 1, mark.column + 1, end.column + 1 if end.line == mark.line else 0


class _Builder:
    """Turns the parser's events into data; an event stream needs no recursion in the parser, so depth is ours to bound."""

    def __init__(self, nodes: Nodes, event: Callable[[], Any], text: str) -> None:
        self.nodes, self.event, self.text = nodes, event, text
        self.deepest = MOST_DEPTH if nodes.shallow is None else nodes.shallow
        self.values = 0
        self.there: dict[str, bool] = {}

    def document(self) -> None:
        documents = 0
        while not isinstance(event := self.event(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _Refused(
                        "second-document",
                        Text("a fact file holds one YAML document", "事実ファイルのYAML文書は一つだけ"),
                        event.start_mark,
                        Text("remove '---'", "「---」を消す"),
                    )
            elif not isinstance(event, (yaml.StreamStartEvent, yaml.DocumentEndEvent)):
                self.nodes.data = self.value(event, (), 0)

    def value(self, event: Any, path: Place, depth: int) -> Any:
        kind, mark = type(event), event.start_mark
        if kind is ALIAS or event.anchor:
            words = Text(
                "anchors and aliases are not read in fact files", "事実ファイルではアンカーとエイリアスを読まない"
            )
            raise _Refused("alias", words, mark, Text("write it out", "省かずに書く"))
        if event.tag and event.tag != "!":
            en, ja = "tags are not read in fact files: {tag}", "事実ファイルではタグを読まない：{tag}"
            raise _Refused("tag", template(en, ja, tag=cut(event.tag)), mark, Text("remove the tag", "タグを消す"))
        if depth <= self.deepest:
            self.nodes.positions[path] = _span(event) if kind is SCALAR else (mark.line + 1, mark.column + 1, 0)
        if kind is SCALAR:
            return self.word(event)
        if depth >= MOST_DEPTH:
            words = template("nested more than {most} deep", "入れ子が{most}段を超える", most=MOST_DEPTH)
            raise _Refused("too-deep", words, mark)
        return (self.sequence if kind is SEQUENCE else self.mapping)(path, depth + 1)

    def bounded(self, items: Any, depth: int, mark: Any) -> Any:
        """A list or mapping that was read, if a fact can have one of its size, and its file so many values."""
        self.values += len(items)
        if depth != RECORD and len(items) > MOST_ITEMS:
            words = template("more than {most:,} values", "値が{most:,}個を超える", most=MOST_ITEMS)
            raise _Refused("too-large", words, mark)
        if self.values > MOST_VALUES:
            en, ja = "the file has more than {most:,} values", "ファイルの値が{most:,}個を超える"
            raise _Refused("too-large", template(en, ja, most=MOST_VALUES), mark)
        return items

    def tell(self, problem: Problem) -> None:
        """Keep a problem, unless there are more than anybody reads."""
        if len(self.nodes.problems) < MOST_TOLD:
            self.nodes.problems.append(problem)

    def sequence(self, path: Place, depth: int, before: int = 0) -> list[Any]:
        items: list[Any] = []
        event, kept = self.event, depth <= self.deepest
        while type(item := event()) is not SEQUENCE_END:
            # most are mere words in places whose position nobody keeps, and need nothing else
            plain = not kept and type(item) is SCALAR and not item.anchor and not item.tag
            items.append(
                self.word(item) if plain else self.value(item, (*path, before + len(items)) if kept else path, depth)
            )
        return self.bounded(items, depth, item.start_mark)  # type: ignore[no-any-return]

    def mapping(self, path: Place, depth: int) -> dict[str, Any]:
        items: dict[str, Any] = {}
        event, kept, keys = self.event, depth <= self.deepest, self.nodes.shallow is None
        twice = False
        while type(head := event()) is not MAPPING_END:
            if type(head) is not SCALAR:
                raise _Refused("bad-key", Text("a key must be a plain word", "キーはただの語に限る"), head.start_mark)
            key = head.value
            if head.style == '"':
                self.word(head)
            if key in items:
                self.values += 1
                if not twice and len(self.nodes.problems) < MOST_TOLD:
                    self.tell(self.twice(head, depth))
                if self.values > MOST_VALUES:
                    self.bounded(items, depth, head.start_mark)
                # the first stays; a record that begins without its dash would have all its keys twice
                twice = twice or key == "id"
                self.again(items[key], event(), (*path, key), depth)
                continue
            if keys:
                self.nodes.keys[(*path, key)] = _span(head)
            item = event()
            plain = not kept and type(item) is SCALAR and not item.anchor and not item.tag
            items[key] = self.word(item) if plain else self.value(item, (*path, key) if kept else path, depth)
        return self.bounded(items, depth, head.start_mark)  # type: ignore[no-any-return]

    def again(self, first: Any, event: Any, path: Place, depth: int) -> None:
        """Read what stands under a key that is there already; records of a kind go to the first, each of which is looked at."""
        if depth == 1 and type(first) is list and type(event) is SEQUENCE and not event.anchor and not event.tag:
            first += self.sequence(path, depth + 1, len(first))
        else:
            self.value(event, (*path[:-1], f"{path[-1]} again"), depth)

    def twice(self, head: Any, depth: int) -> Problem:
        """A key that stands in a mapping twice."""
        hint = EMPTY
        if depth == 1:
            hint = Text("put its records under the first", "記録を最初の方にまとめる")
        elif head.value == "id":
            hint = Text("does a new record begin here? put '- ' before it", "ここから新しい記録なら、前に「- 」を置く")
        words = template("the key {key} appears twice", "キー{key}が重複している", key=quoted(head.value))
        return Problem(Where(self.nodes.file, *_span(head)), "duplicate-key", words, hint)

    def stands_in_file(self, character: str) -> bool:
        """Whether a character is in the file as itself; each is looked for once."""
        if character not in self.there:
            self.there[character] = character.encode() in self.nodes.raw
        return self.there[character]

    def word(self, event: Any) -> str | None:
        """The words of a scalar, with no space where a line ends between East Asian characters.

        Only double quotes can spell a character that does not stand in the file.
        """
        style, value = event.style, event.value
        if not style:
            if value in _NULLS:
                return None
            if value.isascii():  # as most are: keys of records, dates, English
                return value  # type: ignore[no-any-return]
        if style == '"':
            for match in islice(unprintable(value), MOST_TOLD - len(self.nodes.problems)):
                if not self.stands_in_file(match[0]):
                    self.tell(Problem(mark_place(self.nodes.file, event.start_mark), "invisible", *_unseen(match[0])))
        if style != "|" and " " in value and not value.isascii() and len(value) < 2 * LONGEST_TEXT:
            begin, end = event.start_mark, event.end_mark
            if end.line > begin.line:
                return _unfolded(value, self.text[begin.index : end.index], style)
        return value  # type: ignore[no-any-return]


def _unfolded(value: str, written: str, style: str | None) -> str:
    """A value that is written in several lines, without the spaces that YAML puts between East Asian characters for them."""
    lines = [line.strip() for line in written.split("\n")]
    if style and style in "'\"":
        lines[0], lines[-1] = lines[0].removeprefix(style), lines[-1].removesuffix(style)
        lines = [_unquoted(line, style) for line in lines]
    parts, start, at = [], 0, 0
    for above, below in pairwise(lines):
        if style == ">" and at == 0 and not value.startswith(above):
            continue  # the head of the block
        if (place := value.find(above, at)) < 0:
            break
        at = place + len(above)
        if below and joins(above, below) and value.startswith(f" {below}", at):
            parts.append(value[start:at])
            start = at = at + 1
    return "".join([*parts, value[start:]])


def _unquoted(line: str, quote: str) -> str:
    """A line of words in quotes as it is read; as it is written where it cannot be read by itself."""
    if quote == "'":
        return line.replace("''", "'")
    if "\\" not in line:
        return line
    try:
        return str(yaml.safe_load(f'"{line}"'))
    except yaml.YAMLError:
        return line
