"""The strings of an Android resource table (``resources.arsc``), by language.

Layout: https://android.googlesource.com/platform/frameworks/base, ResourceTypes.h.
"""

from __future__ import annotations

import struct
from collections.abc import Collection

_STRING_POOL, _PACKAGE, _TYPE = 0x0001, 0x0200, 0x0201
_UTF8 = 1 << 8
_COMPLEX = 0x0001
_IS_STRING = 0x03
_ABSENT = 0xFFFFFFFF


def read_strings(table: bytes, languages: Collection[str]) -> dict[str, dict[int, str]]:
    """Give each language's strings by the number of their resource.

    Parameters
    ----------
    table : bytes
        The whole file.
    languages : collection of str
        Two-letter codes; ``en`` is what has no code of its own.
    """
    found: dict[str, dict[int, str]] = {language: {} for language in languages}
    pool: list[str] = []
    at = struct.unpack_from("<H", table, 2)[0]
    while at < len(table):
        kind, header, size = struct.unpack_from("<HHI", table, at)
        if kind == _STRING_POOL:
            pool = _read_pool(table, at)
        elif kind == _PACKAGE:
            inner = at + header
            while inner < at + size:
                kind, _, length = struct.unpack_from("<HHI", table, inner)
                if kind == _TYPE:
                    _read_type(table, inner, pool, found)
                inner += length
        at += size
    return found


def _read_pool(table: bytes, at: int) -> list[str]:
    header = struct.unpack_from("<H", table, at + 2)[0]
    n_strings, _, flags, start = struct.unpack_from("<IIII", table, at + 8)
    offsets = struct.unpack_from(f"<{n_strings}I", table, at + header)
    read = _read_utf8 if flags & _UTF8 else _read_utf16
    return [read(table, at + start + offset) for offset in offsets]


def _read_utf8(table: bytes, at: int) -> str:
    at += 2 if table[at] & 0x80 else 1
    length = table[at]
    at += 1
    if length & 0x80:
        length = (length & 0x7F) << 8 | table[at]
        at += 1
    return table[at : at + length].decode("utf-8", "replace")


def _read_utf16(table: bytes, at: int) -> str:
    length = struct.unpack_from("<H", table, at)[0]
    at += 2
    if length & 0x8000:
        length = (length & 0x7FFF) << 16 | struct.unpack_from("<H", table, at)[0]
        at += 2
    return table[at : at + 2 * length].decode("utf-16-le", "replace")


def _read_type(table: bytes, at: int, pool: list[str], found: dict[str, dict[int, str]]) -> None:
    header = struct.unpack_from("<H", table, at + 2)[0]
    number, flags = table[at + 8], table[at + 9]
    n_entries, start = struct.unpack_from("<II", table, at + 12)
    config = table[at + 20 : at + header]
    language = config[8:10].decode("latin-1").strip("\0") or "en"
    script = config[36:40] if len(config) >= 40 else b""
    # Only what differs by nothing but the language, not by country, script or screen.
    if flags or language not in found or config[10:12] != b"\0\0" or script.strip(b"\0"):
        return
    if any(config[4:8]) or any(config[12:20]):
        return
    for entry, offset in enumerate(struct.unpack_from(f"<{n_entries}I", table, at + header)):
        if offset == _ABSENT:
            continue
        _, entry_flags = struct.unpack_from("<HH", table, at + start + offset)
        if entry_flags & _COMPLEX:
            continue
        kind, value = struct.unpack_from("<BI", table, at + start + offset + 8 + 3)
        if kind == _IS_STRING and value < len(pool):
            found[language].setdefault(number << 16 | entry, pool[value])
