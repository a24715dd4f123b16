"""The command `schema`."""

from typing import Annotated

import typer

from cabrief.authoring.json_schema import fact_file_schema, pack_file_schema, schema_text
from cabrief.cli.options import LangOption
from cabrief.cli.printing import say
from cabrief.library.languages import output_language


def schema(
    pack: Annotated[bool, typer.Option("--pack", help="The schema of pack.yaml, not of fact files.")] = False,
    lang: LangOption = None,
) -> None:
    """Print the JSON Schema of the fact files, for editors.

    Examples: cabrief schema > facts.schema.json | cabrief schema --pack > pack.schema.json
    """
    made = (pack_file_schema if pack else fact_file_schema)(output_language(lang))
    say(*schema_text(made).splitlines())
