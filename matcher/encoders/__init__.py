"""Optional sentence encoders behind one small protocol.

Everything works without one. With one, texts in several languages find each
other better; nothing here is imported before one is asked for.
"""

from matcher.encoders.cached import CachedEncoder, FileStore, MemoryStore, VectorStore, text_key
from matcher.encoders.encoder import Encoder, readable
from matcher.encoders.finding import Found, find_encoder, read_ahead

__all__ = [
    "CachedEncoder",
    "Encoder",
    "FileStore",
    "Found",
    "MemoryStore",
    "VectorStore",
    "find_encoder",
    "read_ahead",
    "readable",
    "text_key",
]
