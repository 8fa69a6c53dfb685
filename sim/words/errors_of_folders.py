"""What is wrong with a folder or a file of results: missing, damaged, taken, no room."""

from __future__ import annotations

FOLDER_ERRORS: dict[str, tuple[str, str]] = {
    "error.not_found.folder": ("no folder {file}.{meant}", "没有文件夹 {file}。{meant}"),
    "error.not_found.result": (
        "no result in {file}: it has no manifest.json. Name the folder that a command wrote with --out",
        "{file} 里没有结果：缺 manifest.json。请写用 --out 生成的文件夹",
    ),
    "error.cannot_read.newer_schema": (
        "schema = {value}{where} is newer than this program, which reads up to {newest}. Update qunsim",
        "schema = {value}{where}，比这个程序新（最高读到 {newest}）。请升级 qunsim",
    ),
    "error.cannot_read.other_code": (
        "{file} was written by {version}, whose configuration this version does not take. Use that one for it",
        "{file} 是 {version} 写的，这一版的参数与它不同。请用那一版来读",
    ),
    "error.cannot_read.other_sources": (
        "sources changed since: {names}",
        "此后变化的源文件：{names}",
    ),
    "error.damaged.unreadable": (
        "{file} cannot be unpacked. Download or export it again",
        "{file} 解不开。请重新下载或导出",
    ),
    "error.damaged.not_json": (
        "{file} is not what a command wrote. Delete its folder, or choose another --out",
        "{file} 已损坏。请删掉它所在的文件夹，或换一个 --out",
    ),
    "error.damaged.run_file": (
        "{file} cannot be read. Delete it and repeat the command: only that future is computed again",
        "{file} 读不了。删掉它再执行同一条命令，只会重算这一个模拟未来",
    ),
    "error.damaged.parquet": (
        "{file} cannot be read. Delete it and repeat the command",
        "{file} 读不了。删掉它再执行同一条命令",
    ),
    "error.taken.folder": (
        "{file} holds another experiment{detail}. Choose --out {suggestion}; nothing was overwritten",
        "{file} 里是另一个实验{detail}。请换 --out {suggestion}；没有覆盖任何东西",
    ),
    "error.taken.file": (
        "{file} is a file. Choose --out {suggestion}; nothing was overwritten",
        "{file} 是一个文件。请换 --out {suggestion}；没有覆盖任何东西",
    ),
    "error.taken.foreign": (
        "{file} holds something that is no result. Choose --out {suggestion}; nothing was overwritten",
        "{file} 里放着别的东西。请换 --out {suggestion}；没有覆盖任何东西",
    ),
    "error.no_space.disk_full": (
        "no room for {file}. Free some space and repeat the command",
        "写不下 {file}。请清理磁盘后重新执行",
    ),
    "error.no_permission.file": (
        "{file}. Choose another place, or change its permissions",
        "{file}。请换一个位置，或修改权限",
    ),
    "error.damaged.changed": (
        "{file} is not the community that this result was made from. Bring the old file back, or choose another --out",
        "{file} 已不是生成这个结果时的社群。请换回原文件，或换一个 --out",
    ),
    "error.taken.busy": (
        "{file} is being written to by another process. Wait for it, or choose another --out",
        "{file} 正有另一个进程在写。等它结束，或换一个 --out",
    ),
}
