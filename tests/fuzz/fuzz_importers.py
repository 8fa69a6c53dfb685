"""Fuzz one importer of chat exports, guided by coverage.

    pip install atheris
    python tests/fuzz/fuzz_importers.py FORMAT -max_total_time=180

atheris (Apache-2.0) is no part of the ``dev`` extra, for it has wheels for Linux on x86-64 only.
Whatever follows FORMAT goes to libFuzzer (https://llvm.org/docs/LibFuzzer.html#options), folders
too: the first takes new inputs, and without one nothing is kept. What was kept is cut down to
``corpus/FORMAT`` by ``-merge=1``, and ``test_corpus.py`` reads that again in every test run.

An input is one file, or several with a line ``=== NAME`` before each but the first: siblings in its
folder, or, where the first is empty, the members of an archive.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
import tempfile
import zipfile
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"

MARK = "zanzibar"
"""Stands in names and texts of the corpus; no report may show it."""

NAMES = {
    "wechatmsg": "chat_utf8.csv", "pywxdump": "chat_0_5000.csv", "weflow": "chat.json",
    "wechat_stat": "chat.csv", "chatlog": "group_2024-03-05.txt", "wechat_txt": "chat.txt",
    "telegram": "result.json", "telegram_html": "messages.html",
    "discord_json": "channel.json", "discord_csv": "channel.csv", "slack": "export.zip",
    "discourse": "topic.json", "qq_json": "manifest.json", "qq_txt": "chat.txt",
    "irc": "channel.2024-03-05.log", "whatsapp": "_chat.txt", "csv": "table.csv",
}  # fmt: skip
"""What a file of each format is called."""

_NEXT = re.compile(rb"\n=== ([\w\[\]./ -]{1,60})\n")
_WORD = re.compile(rb"[\w<>$./:-]{3,24}|[\x80-\xff]{6,24}")
_LIMITS = ("-timeout=10", "-rss_limit_mb=1024", "-max_len=16384")


def check(name: str, data: bytes) -> None:
    """Read an input as a format.

    Raises:
        AssertionError: The report, or the message that refuses the file, shows :data:`MARK`.
        Exception: Any but a mistake that can be told to a user.
    """
    from sim.errors import UserError
    from sim.logs import importers
    from sim.logs.files import read_head

    form = next(form for form in importers.FORMATS if form.name == name)
    with tempfile.TemporaryDirectory(prefix="fuzz_") as folder:
        path = _laid_out(Path(folder), NAMES[name], data)
        try:
            form.sniff(read_head(path), path)
            _, report = importers.import_files([path], importer=name)
        except UserError as error:
            told = str(error)
        else:
            told = repr(report) + json.dumps(report.table(), ensure_ascii=False)
    assert MARK not in told


def _laid_out(folder: Path, name: str, data: bytes) -> Path:
    """Write the files of an input; the path of the first."""
    first, *rest = _NEXT.split(data)
    files = list(zip((one.decode() for one in rest[::2]), rest[1::2], strict=True))
    path = folder / name
    if files and not first:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for member, content in dict(files).items():
                archive.writestr(member, content)
        path.write_bytes(packed.getvalue())
        return path
    path.write_bytes(first)
    for sibling, content in files:
        parts = [part for part in sibling.split("/") if part.strip(".")]
        target = folder.joinpath(*parts)
        if parts and not target.exists():
            # nothing where an earlier file of the input has the name of the folder
            with contextlib.suppress(FileExistsError, NotADirectoryError):
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
    return path


def dictionary(name: str) -> str:
    """Words of a format's corpus, as libFuzzer takes them."""
    words = {
        word for seed in (CORPUS / name).iterdir() for word in _WORD.findall(seed.read_bytes())
    }
    lines = ("".join(f"\\x{byte:02x}" for byte in word) for word in sorted(words))
    return "".join(f'"{line}"\n' for line in lines)


def main(name: str, *options: str) -> None:
    """Fuzz until something is found or the time is over."""
    import atheris

    with atheris.instrument_imports(include=["sim.logs"]):
        from sim.logs import importers  # noqa: F401
    with tempfile.NamedTemporaryFile("w", suffix=".dict") as words:
        known = words.write(dictionary(name))
        words.flush()
        limits = (*_LIMITS, f"-dict={words.name}") if known else _LIMITS
        # libFuzzer calls itself to merge, through a shell
        itself = f"{sys.executable} {Path(__file__).resolve()} {name}"
        arguments = [itself, *limits, *options, str(CORPUS / name)]
        atheris.Setup(arguments, lambda data: check(name, data))
        atheris.Fuzz()


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] not in NAMES:
        sys.exit(f"{__doc__}\nFORMAT is one of {', '.join(NAMES)}")
    main(*sys.argv[1:])
