"""The catalogues' tool: gathering twice changes nothing, and a broken sentence is refused."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def messages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The tool, at work in a package of three sentences."""
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    package = tmp_path / "webapp"
    (package / "templates").mkdir(parents=True)
    (package / "pages.py").write_text(
        "# Translators: above the list\n_('Who with whom')\n"
        "ngettext('%(num)d film', '%(num)d films', n)\n",
        encoding="utf-8",
    )
    (package / "templates" / "a.html").write_text(
        "<p>{% trans %}Write to %(name)s{% endtrans %}</p>{{ pgettext('a film', 'Keep') }}"
        "{% trans n=3 %}One\n   more{% pluralize %}{{ n }}\n   more{% endtrans %}",
        encoding="utf-8",
    )
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setattr(tool, "PACKAGE", package)
    monkeypatch.setattr(tool, "FOLDER", package / "translations")
    monkeypatch.setattr(tool, "TEMPLATE", package / "translations" / "messages.pot")
    return tool


def russian(messages: ModuleType) -> Path:
    path: Path = messages.catalogue_path("ru")
    return path


def translate(messages: ModuleType, sentence: str, translation: str) -> None:
    path = russian(messages)
    old = f'msgid "{sentence}"\nmsgstr ""'
    text = path.read_text(encoding="utf-8")
    assert old in text
    new = f'msgid "{sentence}"\nmsgstr "{translation}"'
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_sentences_of_code_and_pages_are_gathered_without_lines_and_dates(
    messages: ModuleType,
) -> None:
    messages.gather()
    text = russian(messages).read_text(encoding="utf-8")
    for part in ('msgid "Who with whom"', "#. above the list", 'msgctxt "a film"', "msgstr[2]"):
        assert part in text
    assert 'msgid "One more"' in text
    for part in ("#:", "Date", "Translator:", "Team"):
        assert part not in text


def test_gathering_again_keeps_translations_and_changes_nothing(messages: ModuleType) -> None:
    messages.gather()
    translate(messages, "Who with whom", "Кто с кем")
    messages.gather()
    once = russian(messages).read_bytes()
    messages.gather()
    assert russian(messages).read_bytes() == once
    assert "Кто с кем" in once.decode()


def test_a_sentence_that_is_gone_goes(messages: ModuleType) -> None:
    messages.gather()
    translate(messages, "Who with whom", "Кто с кем")
    (messages.PACKAGE / "pages.py").write_text("_('Who is with whom')", encoding="utf-8")
    messages.gather()
    text = russian(messages).read_text(encoding="utf-8")
    assert "Кто с кем" not in text
    assert 'msgid "Who is with whom"\nmsgstr ""' in text


def test_a_translation_that_would_break_its_page_is_named(
    messages: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    messages.gather()
    translate(messages, "Write to %(name)s", "Напишите %(имя)s")
    assert messages.compile_catalogues() == 1
    assert "Write to %(name)s" in capsys.readouterr().err
    translation = russian(messages).read_text(encoding="utf-8").replace("%(имя)s", "%(name)s")
    russian(messages).write_text(translation, encoding="utf-8")
    assert messages.compile_catalogues() == 0
    assert russian(messages).with_suffix(".mo").exists()
