"""The texts that the table learns from: own ones, and translations under permissive licences.

Each source gives groups: one thing said in several languages, as a mapping of
language code to text. A word list gives groups of one language. Which package
each source comes from, and its licence, stands in ``docs/vectors.md``.
"""

from __future__ import annotations

import csv
import gettext
import html
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

Group = dict[str, str]

ROOT = Path(__file__).parents[2]
_CLDR = {
    "en": "en",
    "ru": "ru",
    "kk": "kk",
    "ky": "ky",
    "uz": "uz",
    "uz-Cyrl": "uz_Cyrl",
    "tg": "tg",
}
_UDHR = {
    "eng": "en", "rus": "ru", "kaz": "kk", "kir": "ky",
    "uzn_latn": "uz", "uzn_cyrl": "uz_Cyrl", "tgk": "tg",
}  # fmt: skip
_DEVTOOLS = {"en-US": "en", "ru": "ru", "kk": "kk", "ky": "ky", "uz": "uz"}
_MARKUP = re.compile(r"<[^>]*>|\{[^{}]*\}|%\([^)]*\)[a-z]|%[0-9$]*[a-zA-Z]|[~&_$`*#|]|https?://\S+")
_FLUENT = re.compile(r"^([\w-]+) = (\S.*)$", re.MULTILINE)
_LONGEST = 240


def plain(text: str) -> str:
    """Give a message without its tags, places for numbers and keyboard marks."""
    return " ".join(_MARKUP.sub(" ", html.unescape(text)).split())[:_LONGEST]


def own_prose() -> Iterator[Group]:
    """Give the project's own film prose: whole sentences in four languages."""
    for path in sorted((Path(__file__).parent / "texts").glob("*.csv")):
        if path.name == "answers.csv":
            continue
        for row in _rows(path):
            yield {lang: row[lang] for lang in ("en", "ru", "kk", "ky") if row.get(lang)}


def own_answers() -> Iterator[tuple[str, str]]:
    """Give the project's own pairs of a need and what a mentor says who meets it."""
    path = Path(__file__).parent / "texts" / "answers.csv"
    for row in _rows(path):
        yield row["need"], row["answer"]


def vocabulary() -> Iterator[Group]:
    """Give the trade's words: labels of one concept, then its aliases place by place."""
    languages = ("en", "ru", "kk", "ky", "uz", "uz_Cyrl", "tg")
    for path in sorted((ROOT / "matcher" / "vocabulary").glob("*.csv")):
        for row in _rows(path):
            words = {lang: _cell(row.get(lang) or "") for lang in languages}
            deepest = max(map(len, words.values()), default=0)
            for place in range(min(deepest, 8)):
                # Aliases are no translations place by place, but mean one thing.
                yield {
                    lang: cell[min(place, len(cell) - 1)] for lang, cell in words.items() if cell
                }


def emoji_names(packages: Path) -> Iterator[Group]:
    """Give CLDR's names of signs: everyday things in six languages."""
    yield from _annotations(packages, "tts")


def _annotations(packages: Path, kind: str) -> Iterator[Group]:
    folder = packages / "cldr-annotations-full"
    found: defaultdict[str, Group] = defaultdict(dict)
    for code, lang in _CLDR.items():
        path = next(folder.rglob(f"annotations/{code}/annotations.json"), None)
        if path is None:
            continue
        for sign, said in json.loads(path.read_text("utf-8"))["annotations"]["annotations"].items():
            if kind in said:
                found[sign][lang] = ", ".join(said[kind])[:_LONGEST]
    yield from found.values()


def declaration(packages: Path) -> Iterator[Group]:
    """Give the Universal Declaration of Human Rights, paragraph by paragraph."""
    found: defaultdict[str, Group] = defaultdict(dict)
    for code, lang in _UDHR.items():
        page = next((packages / "udhr").rglob(f"declaration/{code}.html")).read_text("utf-8")
        for number, article in re.findall(
            r'<article data-number="(\d+)">(.*?)</article>', page, re.S
        ):
            for place, said in enumerate(re.findall(r"<p>(.*?)</p>", article, re.S)):
                found[f"{number}.{place}"][lang] = plain(said)
    yield from found.values()


def devtools(packages: Path) -> Iterator[Group]:
    """Give the strings of the Chrome DevTools."""
    found: defaultdict[str, Group] = defaultdict(dict)
    folder = next((packages / "chrome-devtools-frontend").rglob("core/i18n/locales"))
    for code, lang in _DEVTOOLS.items():
        for key, said in json.loads((folder / f"{code}.json").read_text("utf-8")).items():
            found[key][lang] = plain(said["message"])
    yield from found.values()


def django(packages: Path) -> Iterator[Group]:
    """Give the strings of Django."""
    yield from _catalogues(packages / "django", "locale/{}/LC_MESSAGES/*.mo")


def _catalogues(folder: Path, pattern: str) -> Iterator[Group]:
    found: defaultdict[str, Group] = defaultdict(dict)
    for lang in ("ru", "kk", "ky", "uz", "tg"):
        for path in sorted(folder.rglob(pattern.format(lang))):
            with path.open("rb") as file:
                catalogue = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
            for key, said in catalogue.items():
                english = (key[0] if isinstance(key, tuple) else key).split("\4")[-1]
                if english and said:
                    found[english]["en"] = plain(english)
                    found[english][lang] = plain(said)
    yield from found.values()


def android(packages: Path) -> Iterator[Group]:
    """Give the strings of the Android framework."""
    from android_strings import read_strings  # noqa: PLC0415

    path = next((packages / "android-framework-res").rglob("framework-res.apk"))
    with zipfile.ZipFile(path) as pack:
        table = pack.read("resources.arsc")
    found: defaultdict[int, Group] = defaultdict(dict)
    for lang, strings in read_strings(table, ("en", "ru", "kk", "ky", "uz")).items():
        for key, said in strings.items():
            found[key][lang] = plain(said)
    yield from found.values()


def word_lists(packages: Path) -> Iterator[Group]:
    """Give words of spelling dictionaries: en, ru, kk."""
    for lang, pattern in (
        ("en", "dictionary-en/**/index.dic"),
        ("ru", "dictionary-ru/**/index.dic"),
        ("kk", "hunspell-kk/**/kk_KZ.dic"),
    ):
        path = next(packages.glob(pattern))
        for line in path.read_text("utf-8-sig").splitlines()[1:]:
            word = line.split("/")[0].strip()
            if len(word) > 2 and word.islower():
                yield {lang: word}


SOURCES: dict[str, Callable[[Path], Iterator[Group]]] = {
    "own prose": lambda _: own_prose(),
    "vocabulary": lambda _: vocabulary(),
    "CLDR annotations": emoji_names,
    "Declaration": declaration,
    "DevTools": devtools,
    "Django": django,
    "Android": android,
    "dictionaries": word_lists,
}


# How many groups of each source are used at most, and in which languages: the
# first three sources are the trade's own, the rest is everyday language.
_FOUR = frozenset({"en", "ru", "kk", "ky"})
_LIMITS: dict[str, tuple[int, frozenset[str]]] = {
    "Android": (1_700, _FOUR),
    "DevTools": (2_500, _FOUR),
    "dictionaries": (15_000, frozenset({"en", "ru", "kk"})),
}


def read_groups(packages: Path, seed: int = 0) -> Iterator[tuple[str, Group]]:
    """Give (source, group) of everything, large sources sampled, in a fixed order."""
    for source, read in SOURCES.items():
        groups = list(read(packages))
        most, languages = _LIMITS.get(source, (len(groups), frozenset(_CLDR.values())))
        chosen = np.random.default_rng(seed).permutation(len(groups))[:most]
        for number in sorted(chosen):
            group = {
                lang: text
                for lang, text in groups[number].items()
                if lang in languages and any(map(str.isalpha, text))
            }
            if group:
                yield source, group


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _cell(cell: str) -> list[str]:
    return [word.strip() for word in cell.split(";") if word.strip()]
