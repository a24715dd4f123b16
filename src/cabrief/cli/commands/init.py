"""The command `init`."""

import os
import shlex
from pathlib import Path
from typing import Annotated

import typer

from cabrief.authoring.skeletons import pack_skeleton
from cabrief.cli.options import LangOption, read_folder
from cabrief.cli.printing import say, tell
from cabrief.errors import UsageError
from cabrief.language.text import Text
from cabrief.library.languages import output_language
from cabrief.loading.cache import open_base
from cabrief.model.fields import FLAGS, LONGEST_ID, SLUG
from cabrief.model.names import fold


def init(
    directory: Annotated[
        Path, typer.Argument(parser=read_folder, help="Folder to make; it must be empty or not there.")
    ],
    lang: LangOption = None,
) -> None:
    """Make a pack for another host and region, which builds at once, with an example of each kind.

    Examples: cabrief init my-pack && cabrief brief --data my-pack
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise UsageError(f"{directory} is there already, and not empty", f"{directory}はすでにあり、空でない")
    speech = output_language(lang)
    name = fold(Path(os.path.realpath(directory)).name)
    if not SLUG.fullmatch(name) or len(name) > LONGEST_ID or name in (*FLAGS, "null"):
        name = "pack"
    try:
        directory.mkdir(parents=True, exist_ok=True)
        files = pack_skeleton(name, speech)
        for file, text in files.items():
            (directory / file).write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(
            f"cannot write {directory}: {error.strerror}", f"{directory}に書き込めない：{error.strerror}"
        ) from None
    say(*(str(directory / file) for file in files))
    open_base([directory])
    shown = shlex.quote(str(directory))
    tell(Text(f"now try: cabrief brief --data {shown}", f"まず試す：cabrief brief --data {shown}"))
    tell(
        Text(
            "then write: pack.yaml first, a source in facts.yaml, facts that rest on it; cabrief check tells what is wrong",
            "次に書く：pack.yaml、facts.yamlの出典、それに基づく事実の順。誤りは cabrief check で分かる",
        )
    )
