"""Make `src/quotewise/_text/o200k_base.packed` from a `.tiktoken` file whose sha256 is the one tiktoken pins.

The packed file holds 199,998 length bytes, then the bytes of all tokens in the order of their ranks: half the
size, and read twice as fast. The source is any copy of OpenAI's file: one that is given, or the one inside
the litellm wheel, which `pip download` fetches from the package registry.

    python tools/pack_vocabulary.py                          # from the registry
    python tools/pack_vocabulary.py o200k_base.tiktoken      # from a file
    python tools/pack_vocabulary.py --check                  # only compare with the file in the package
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

# `expected_hash` of o200k_base in tiktoken_ext/openai_public.py.
PINNED = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
PACKED = Path(__file__).parents[1] / "src" / "quotewise" / "_text" / "o200k_base.packed"


def pack(source: bytes) -> bytes:
    """The packed form of a `.tiktoken` file: lines of a base64 token and its rank."""
    lines = [line.split() for line in source.splitlines() if line]
    if [int(rank) for _, rank in lines] != list(range(len(lines))):
        raise ValueError("the ranks do not run from 0 without a gap")
    tokens = [base64.b64decode(token) for token, _ in lines]
    return bytes(map(len, tokens)) + b"".join(tokens)


def from_registry() -> bytes:
    """The pinned file out of the litellm wheel; the wheel is downloaded, never installed or run."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
        subprocess.run([*command, "--dest", folder, "litellm"], check=True)
        for wheel in Path(folder).glob("*.whl"):
            if found := _pinned_member(wheel):
                return found
    raise SystemExit("No file in the litellm wheel has the pinned sha256: give a .tiktoken file instead.")


def _pinned_member(wheel: Path) -> bytes | None:
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            if member.file_size > 3_000_000 and _is_pinned(data := archive.read(member)):
                return data
    return None


def _is_pinned(data: bytes) -> bool:
    return hashlib.sha256(data).hexdigest() == PINNED


def main() -> int:
    """0 where the package holds (now) what the source packs to, 1 where `--check` finds a difference."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("source", nargs="?", type=Path, help="a .tiktoken file; else the litellm wheel")
    options.add_argument("--check", action="store_true", help="compare, and write nothing")
    given = options.parse_args()
    source = given.source.read_bytes() if given.source else from_registry()
    if not _is_pinned(source):
        raise SystemExit("This is not the file that tiktoken pins: its sha256 differs.")
    packed = pack(source)
    if given.check:
        same = PACKED.read_bytes() == packed
        print("the same" if same else "different")
        return 0 if same else 1
    PACKED.write_bytes(packed)
    print(f"{len(packed):,} bytes, sha256 {hashlib.sha256(packed).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
