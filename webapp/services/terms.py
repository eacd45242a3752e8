"""An edition's lists (needs, forms, genres, stages, …) and their labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import limits
from webapp.config import FALLBACKS
from webapp.enums import TermKind
from webapp.errors import InvalidValue
from webapp.models import Edition, Term
from webapp.services.matching import words
from webapp.services.texts import check_count, check_length, clean_line, clean_lines

TermsByKey = Mapping[str, Term]

LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2", "native")


def seed_terms(session: Session, edition: Edition) -> None:
    """Give a new edition its lists, from the matcher's vocabulary."""
    for kind in TermKind:
        for position, concept in enumerate(words.concepts(kind.value), start=1):
            session.add(
                Term(
                    edition_id=edition.id,
                    kind=kind,
                    key=concept.id,
                    concept_id=concept.id,
                    labels=dict(concept.labels),
                    position=position,
                )
            )
    session.flush()


def list_terms(session: Session, edition: Edition, kind: TermKind) -> list[Term]:
    """List what a form offers of one kind, in the edition's order."""
    return list(
        session.scalars(
            select(Term)
            .where(Term.edition_id == edition.id, Term.kind == kind, Term.is_offered)
            .order_by(Term.position, Term.id)
        )
    )


def terms_by_key(session: Session, edition: Edition) -> dict[str, Term]:
    """Give all terms of an edition by key, those no longer offered too."""
    found = session.scalars(
        select(Term).where(Term.edition_id == edition.id).order_by(Term.position, Term.id)
    )
    return {term.key: term for term in found}


def label(terms: Mapping[str, Term], key: str, language: str) -> str:
    """Give a term's label in a language, else in the nearest one that has it.

    Someone's own words stay as they are. Countries and languages are no terms
    of the edition; their ids are looked up in the vocabulary.
    """
    term = terms.get(key)
    if term is None:
        return words.label(key, language)
    for candidate in (language, FALLBACKS.get(language, ""), "en"):
        if term.labels.get(candidate):
            return str(term.labels[candidate])
    return term.key


def labels(terms: Mapping[str, Term], keys: Iterable[str], language: str) -> list[str]:
    """Give the labels of several terms in their order."""
    return [label(terms, key, language) for key in keys]


def check_terms(
    terms: Mapping[str, Term],
    values: Iterable[str] | None,
    *kinds: TermKind,
    field: str,
    limit: int = limits.N_TERMS,
) -> list[str]:
    """Give keys for what was ticked or typed; unknown words stay as they are."""
    lines = _short_lines(values, field, limit)
    return list(dict.fromkeys(_key(terms, line, kinds) for line in lines))


def _short_lines(values: Iterable[str] | None, field: str, limit: int) -> list[str]:
    """Give the entries of a list, measured before anybody looks them up."""
    lines = clean_lines(values)
    check_count(len(lines), limit, field)
    return [check_length(line, limits.CREDIT, field) for line in lines]


def _key(terms: Mapping[str, Term], text: str, kinds: tuple[TermKind, ...]) -> str:
    """Give the key of the edition's term that somebody meant, else their words."""
    if text in terms and terms[text].kind in kinds:
        return text
    folded = words.fold(text)
    for kind in kinds:
        concept = words.recognise(text, kind.value)
        for term in terms.values():
            if term.kind is kind and (
                (concept and term.concept_id == concept)
                or any(words.fold(str(name)) == folded for name in term.labels.values())
            ):
                return term.key
    return text


def check_countries(values: Iterable[str] | None, *, field: str = "countries") -> list[str]:
    """Give ids of the countries that were written; unknown ones stay as written."""
    lines = _short_lines(values, field, limits.N_TERMS)
    return list(dict.fromkeys(words.recognise(line, "country") or line for line in lines))


def check_languages(
    values: Iterable[Mapping[str, str | None]] | None, *, field: str = "languages"
) -> list[dict[str, str | None]]:
    """Give languages with levels, each language once; no level means unknown."""
    found: dict[str, str | None] = {}
    for value in values or ():
        written = check_length(clean_line(value.get("code")), limits.CREDIT, field)
        if not written:
            continue
        concept = words.recognise(written, "language")
        code = concept.partition(".")[2] if concept else written
        level = value.get("level") or None
        if level is not None and level not in LEVELS:
            raise InvalidValue("unknown_level", field=field, level=level)
        found[code] = level or found.get(code)
    check_count(len(found), limits.N_LANGUAGES, field)
    return [{"code": code, "level": level} for code, level in found.items()]


def language_label(code: str, language: str) -> str:
    """Give a language's name; one that nobody listed stays as written."""
    found = words.codes("language").get(code)
    return words.label(found, language) if found else code
