"""A matrix from a file: every number as it stands, every bad cell named."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from matcher.errors import MatcherError
from matcher.files.matrices import Matrix, read_matrix, write_affinity


@pytest.fixture
def saved(tmp_path: Path):
    def save(content: bytes, name: str = "m.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return save


@pytest.fixture
def saved_array(tmp_path: Path):
    def save(array: np.ndarray) -> Path:
        path = tmp_path / "m.npy"
        np.save(path, array, allow_pickle=True)
        return path

    return save


def refused(source) -> MatcherError:
    with pytest.raises(MatcherError) as caught:
        read_matrix(source)
    assert "“" in str(caught.value)
    return caught.value


def parts(matrix: Matrix) -> tuple:
    return matrix.project_ids, matrix.mentor_ids, matrix.values.tolist()


@pytest.mark.parametrize(
    "content",
    [
        b"project,m1,m2\n01,-0.5,1e15\nb,1e-9,3\n",
        b"\xef\xbb\xbfproject, m1 ,m2\r\n 01 , -0.5,1e15\r\n\r\nb,1e-9,3,,\r\n,,\r\n",
        b"project;m1;m2\n01;-0.5;1e15\nb;1e-9;3\n",
        b",m1,m2,\n01,-0.5,1e15,\nb,1e-9,3,\n",
    ],
)
def test_a_csv_matrix_is_read_as_it_stands(saved, content: bytes) -> None:
    assert parts(read_matrix(saved(content))) == (
        ("01", "b"),
        ("m1", "m2"),
        [[-0.5, 1e15], [1e-9, 3.0]],
    )


def test_no_projects_and_no_mentors_are_legal(saved) -> None:
    assert read_matrix(saved(b"project,m1\n")).values.shape == (0, 1)
    assert read_matrix(saved(b"project\na\nb\n")).values.shape == (2, 0)


@pytest.mark.parametrize(
    ("content", "code", "row", "column"),
    [
        (b"project,m1,m2\na,1,\n", "matrix_cell_empty", 2, "m2"),
        (b"project,m1,m2\na,1,2\nb,1\n", "matrix_cell_empty", 3, "m2"),
        (b"project,m1\na,nan\n", "matrix_cell_not_finite", 2, "m1"),
        (b"project,m1\n\na,-inf\n", "matrix_cell_not_finite", 3, "m1"),
        (b"project,m1\na,1e999\n", "matrix_cell_not_finite", 2, "m1"),
        (b'project,m1\na,"0,5"\n', "matrix_cell_unreadable", 2, "m1"),
        (b"project,m1\na,1_0\n", "matrix_cell_unreadable", 2, "m1"),
        (b"project,m1\na,good\n", "matrix_cell_unreadable", 2, "m1"),
        (b"project,m1\n,1\n", "id_empty", 2, "project"),
        (b"project,m1\na,1\n a,2\n", "id_double", 3, "project"),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column(saved, content, code, row, column) -> None:
    error = refused(saved(content))
    assert (error.code, error.params["row"], error.params["column"]) == (code, row, column)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"project,m1,m1\na,1,2\n", "column_double"),
        (b"project,,m2\na,1,2\n", "matrix_column_without_id"),
        (b"project,m1\na,1,2\n", "row_too_long"),
        (b"PK\x03\x04", "file_is_workbook"),
    ],
)
def test_a_bad_matrix_file_is_refused(saved, content: bytes, code: str) -> None:
    assert refused(saved(content)).code == code


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"0.5,0.25\n0.1,0.9\n", "matrix_without_ids"), (b",,\n,\n", "file_empty")],
)
def test_a_matrix_without_ids_is_not_read_as_if_its_numbers_were_ids(
    saved, content: bytes, code: str
) -> None:
    with pytest.raises(MatcherError) as raised:
        read_matrix(saved(content))
    assert raised.value.code == code


def test_numbers_may_be_ids(saved) -> None:
    matrix = read_matrix(saved(b",0,1\n0,0.5,0.25\n"))
    assert (matrix.project_ids, matrix.mentor_ids) == (("0",), ("0", "1"))


@pytest.mark.parametrize("kind", ["float64", "float32", "int64", "uint8", "bool"])
def test_numpy_matrices_have_numbers_for_ids(saved_array, kind: str) -> None:
    array = np.array([[1, 0, 1], [0, 1, 1]], dtype=kind)
    assert parts(read_matrix(str(saved_array(array)))) == (
        ("0", "1"),
        ("0", "1", "2"),
        array.astype(float).tolist(),
    )
    assert read_matrix(saved_array(np.zeros((0, 3)))).values.shape == (0, 3)


def test_a_bad_number_of_a_numpy_matrix_is_named_from_zero(saved_array) -> None:
    array = np.zeros((3, 4))
    array[2, 1] = np.nan
    error = refused(saved_array(array))
    assert (error.code, error.params["row"], error.params["column"]) == (
        "matrix_cell_not_finite",
        2,
        "1",
    )


@pytest.mark.parametrize(
    ("array", "code"),
    [
        (np.zeros(3), "matrix_not_two_dimensional"),
        (np.zeros((2, 2, 2)), "matrix_not_two_dimensional"),
        (np.array([[1j]]), "matrix_not_numbers"),
        (np.array([["a"]]), "matrix_not_numbers"),
        (np.array([[object()]]), "matrix_unreadable"),
    ],
)
def test_other_arrays_are_refused(saved_array, array: np.ndarray, code: str) -> None:
    assert refused(saved_array(array)).code == code


def test_broken_numpy_files_are_refused(saved) -> None:
    promised = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        promised, {"descr": "<f8", "fortran_order": False, "shape": (10**7, 10**7)}
    )
    for content in (b"\x93NUMPY", b"abc", promised.getvalue()):
        assert refused(saved(content, "m.npy")).code == "matrix_unreadable"
    assert refused(saved(b"", "m.npy")).code == "file_empty"
    several = io.BytesIO()
    np.savez(several, a=np.zeros((2, 2)))
    assert refused(saved(several.getvalue(), "m.npy")).code == "matrix_unreadable"


def test_a_matrix_that_is_not_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "m.npy").code == "file_missing"
    assert refused(tmp_path / "m.csv").code == "file_missing"
    assert refused(tmp_path).code == "file_is_folder"


@given(
    arrays(
        np.float64,
        array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=4),
        elements=st.floats(allow_nan=False, allow_infinity=False),
    )
)
def test_a_written_matrix_reads_the_same(values: np.ndarray) -> None:
    rows, columns = values.shape
    project_ids = tuple(f"-{number}" for number in range(rows))
    mentor_ids = tuple(f"=m{number}" for number in range(columns))
    written = io.StringIO()
    write_affinity(written, project_ids, mentor_ids, values)
    again = read_matrix(io.StringIO(written.getvalue(), newline=""))
    assert parts(again) == (project_ids, mentor_ids, values.tolist())
