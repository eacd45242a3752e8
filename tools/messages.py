"""Sentences for translators: gather them from code and pages, and compile the catalogues.

``gather`` writes messages.pot and brings every messages.po up to date with it;
``compile`` makes the .mo files that pages read. Catalogues hold no source lines,
no dates and no names, so that two people's changes meet only where they differ.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

# Languages that have a catalogue of their own from the first gathering on.
WRITTEN = ("ru",)
ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "webapp"
FOLDER = PACKAGE / "translations"
TEMPLATE = FOLDER / "messages.pot"

METHODS = [("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2"), ("**.py", "python")]
OPTIONS = {"**.html": {"trimmed": "true", "silent": "false"}}
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "lazy_gettext": None,
    "lazy_pgettext": DEFAULT_KEYWORDS["pgettext"],
    "lazy_ngettext": DEFAULT_KEYWORDS["ngettext"],
    "lazy_npgettext": DEFAULT_KEYWORDS["npgettext"],
}
HEADINGS = (
    "Project-Id-Version",
    "Language",
    "Plural-Forms",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
)


class PlainCatalog(Catalog):
    """A catalogue whose header says what tools need, and nothing about people."""

    def _get_mime_headers(self) -> list[tuple[str, str]]:
        return [entry for entry in super()._get_mime_headers() if entry[0] in HEADINGS]

    mime_headers = property(_get_mime_headers, Catalog._set_mime_headers)


def empty_catalog(locale: str | None = None) -> PlainCatalog:
    """Give a catalogue without sentences."""
    return PlainCatalog(
        locale,
        project="Campfire",
        version="0",
        header_comment="# Campfire's sentences.",
        fuzzy=False,
    )


def gather_template() -> PlainCatalog:
    """Give every sentence of code and pages, with the notes written for translators."""
    template = empty_catalog()
    found = extract_from_dir(
        PACKAGE,
        method_map=METHODS,
        options_map=OPTIONS,
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    )
    for _file, _line, words, comments, context in found:
        template.add(words, auto_comments=comments, context=context)
    return template


def merge(locale: str, template: Catalog) -> PlainCatalog:
    """Give a language's catalogue with today's sentences; new ones are empty."""
    path = catalogue_path(locale)
    merged = empty_catalog(locale)
    if path.exists():
        with path.open("rb") as file:
            for message in read_po(file, locale=locale):
                if message.id:
                    merged[message.id] = message
    # A guess from a similar sentence is often its opposite: better empty.
    merged.update(template, no_fuzzy_matching=True, update_header_comment=False)
    return merged


def catalogue_path(locale: str) -> Path:
    """Give where a language's sentences are."""
    return FOLDER / locale / "LC_MESSAGES" / "messages.po"


def locales() -> list[str]:
    """List the languages that have a catalogue."""
    return sorted(path.parent.parent.name for path in FOLDER.glob("*/LC_MESSAGES/messages.po"))


def write(catalogue: Catalog, path: Path) -> None:
    """Write a catalogue so that a second time changes nothing."""
    with path.open("wb") as file:
        write_po(
            file,
            catalogue,
            width=0,
            no_location=True,
            sort_output=True,
            ignore_obsolete=True,
            include_previous=False,
        )


def missing(catalogue: Catalog) -> list[Message]:
    """List the sentences that nobody has translated yet."""
    return [
        message
        for message in catalogue
        if message.id and not (all(message.string) if message.pluralizable else message.string)
    ]


def broken(catalogue: Catalog) -> Iterator[str]:
    """Name translations whose parameters differ from their sentence's."""
    for message, errors in catalogue.check():
        for error in errors:
            yield f"{message.id!r}: {error}"


def gather() -> int:
    """Bring the template and every catalogue up to date."""
    FOLDER.mkdir(exist_ok=True)
    template = gather_template()
    write(template, TEMPLATE)
    print(f"{len(template)} sentences in {TEMPLATE.relative_to(ROOT)}")
    for locale in sorted({*WRITTEN, *locales()}):
        catalogue = merge(locale, template)
        catalogue_path(locale).parent.mkdir(parents=True, exist_ok=True)
        write(catalogue, catalogue_path(locale))
        print(f"  {locale}: {len(missing(catalogue))} to translate")
    return 0


def compile_catalogues() -> int:
    """Make what pages read; refuse a translation that would break its page."""
    faults = []
    for locale in locales():
        path = catalogue_path(locale)
        with path.open("rb") as file:
            catalogue = read_po(file, locale=locale)
        faults += [f"{path.relative_to(ROOT)}: {fault}" for fault in broken(catalogue)]
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def main() -> int:
    """Gather or compile."""
    acts = {"gather": gather, "compile": compile_catalogues}
    wanted = sys.argv[1] if len(sys.argv) > 1 else "gather"
    if wanted not in acts:
        print(f"Say gather or compile, not {wanted!r}.", file=sys.stderr)
        return 2
    return acts[wanted]()


if __name__ == "__main__":
    raise SystemExit(main())
