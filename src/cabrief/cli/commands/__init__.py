"""The commands: one module each, with a function of the command's name. A report is a question to the library."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from cabrief.cli.options import SHARED_OPTIONS

if TYPE_CHECKING:
    from cabrief.document import Document
    from cabrief.library.fact_base import FactBase
    from cabrief.library.results import Report
    from cabrief.store.base import Base


def draw_pictures(base: "Base", names: list[str], document: "Document", format_: str) -> "Document":
    """The document with the pictures that are asked for, by name; of a list, its own where none is named."""
    from cabrief.errors import UsageError
    from cabrief.formats import FORMATS
    from cabrief.reports.pictures import PICTURES, with_pictures

    if FORMATS[format_].pictures == "none":
        showing = ", ".join(name for name, form in FORMATS.items() if form.pictures != "none")
        raise UsageError(f"{format_} shows no picture: -f {showing}", f"{format_}には図を載せられない：-f {showing}")
    for name in names:
        if name not in PICTURES:
            known = ", ".join(PICTURES)
            raise UsageError(f"there is no picture {name!r}: {known}", f"「{name}」という図はない。{known}")
    return with_pictures(base, names, document)


def report(view: "Callable[..., Report[Any]]") -> "Callable[..., None]":
    """Make a command of a report: open the facts, ask, print; the options that all reports share come by themselves.

    `view` takes the fact base, then the arguments and options of its own.
    """
    signature = inspect.signature(view)
    own = list(signature.parameters.values())[1:]
    shared = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in SHARED_OPTIONS.items()
    ]

    @wraps(view)
    def run(**arguments: Any) -> None:
        from cabrief.cli.data import wanted_layers
        from cabrief.cli.output import OutputOptions, print_document
        from cabrief.cli.printing import progress, tell
        from cabrief.formats import FORMATS
        from cabrief.library.opening import ask_directories

        as_of, data = arguments.pop("as_of"), arguments.pop("data")
        charts = arguments.pop("charts") or []
        shown = {name: arguments.pop(name) for name in SHARED_OPTIONS if name in arguments}
        options = OutputOptions(sources=shown.pop("show_sources"), **shown)
        format_ = options.format_name()

        def answer(facts: "FactBase") -> None:
            document = view(facts, **arguments).document
            if charts or FORMATS[format_].pictures == "alone":
                document = draw_pictures(facts.base, charts, document, format_)
            if FORMATS[format_].worded:
                from cabrief.reports.ids_in_words import with_words

                document = with_words(facts.base, document)
            print_document(document, options, format_, facts.base)

        found = wanted_layers(data, options)
        ask_directories(answer, found, as_of=as_of, lang=options.lang, tell=tell, progress=progress)

    parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own] + shared
    run.__signature__ = signature.replace(parameters=parameters, return_annotation=None)  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in parameters}
    return run
