"""What a user is told about a mistake: what is wrong, where, how to mend it.

A lower layer raises ``UserError("not_found", "preset", name="knowlege", suggestion="knowledge")``;
the sentence stands here under ``error.not_found.preset``. To add one, add one line. Every value
given to the error may be used as a placeholder; two placeholders are always there:

* ``{where}``: the place, from the values ``file``, ``line`` and ``column`` as far as given,
  in brackets, with its space; empty if none is given;
* ``{meant}``: " Did you mean ...?" (``是不是 ...？``) from the value ``suggestion`` (a name or a
  list of names), to stand after a full stop; empty if there is none.

Sentences have no full stop at the end.
"""

from __future__ import annotations

KINDS: dict[str, tuple[str, str]] = {
    "kind.not_found": ("Not found", "找不到"),
    "kind.unknown_key": ("Unknown key", "没有这个参数"),
    "kind.cannot_read": ("Cannot read", "读不了"),
    "kind.wrong_form": ("Wrong form", "写法不对"),
    "kind.out_of_range": ("Out of range", "超出范围"),
    "kind.contradiction": ("Do not fit", "前后矛盾"),
    "kind.never_happens": ("Never happens", "不会发生"),
    "kind.wrong_file": ("Not a chat export", "不是聊天记录导出"),
    "kind.too_short": ("Too short", "数据太短"),
    "kind.taken": ("Already taken", "已被占用"),
    "kind.no_space": ("Disk full", "磁盘满了"),
    "kind.no_permission": ("Not allowed to write", "没有写入权限"),
    "kind.damaged": ("Damaged", "文件损坏"),
    "kind.too_big": ("Too large", "太大"),
    "kind.policy_failed": ("A policy failed", "动作出错"),
    "kind.missing_extra": ("Needs an extra part", "缺少组件"),
    "kind.stopped": ("Stopped", "已停止"),
}

ERRORS: dict[str, tuple[str, str]] = {
    "error.more": ("… and {count} more.", "……另外还有 {count} 处。"),
    # Not found
    "error.not_found.preset": (
        'no preset "{name}"{meant} All: qunsim presets',
        "没有叫 {name} 的预设{where}。{meant}全部预设：qunsim presets",
    ),
    "error.not_found.policy": (
        'no policy "{name}"{where}.{meant} All: qunsim policies',
        "没有叫 {name} 的动作{where}。{meant}全部动作：qunsim policies",
    ),
    "error.not_found.file": ("no file {file}", "没有文件 {file}"),
    "error.not_found.folder": ("no folder {file}", "没有文件夹 {file}"),
    "error.not_found.time_zone": (
        'no time zone "{name}". Write it as Asia/Shanghai',
        "没有叫 {name} 的时区。请写成 Asia/Shanghai 这样",
    ),
    # Wrong form
    "error.wrong_form.language": (
        'no words in "{value}". Choose en or zh',
        "不支持语言 {value}。请用 en 或 zh",
    ),
    "error.wrong_form.folder": (
        "{file} is a folder. Name a file in it",
        "{file} 是文件夹。请写里面的文件",
    ),
    "error.wrong_form.date": (
        '"{value}" is not a date. Write it as 2026-05-01',
        "{value} 不是日期。请写成 2026-05-01 这样",
    ),
    # Cannot read
    "error.cannot_read.columns": (
        "no column for {missing}{where}. The first line must name the columns timestamp and member",
        "缺少 {missing} 列{where}。第一行要写出列名，至少有 timestamp 和 member",
    ),
    "error.cannot_read.row": (
        "{count} of {rows} rows have too few columns, the first{where}. Export the file again",
        "{rows} 行里有 {count} 行列数不够，第一处{where}。请重新导出",
    ),
    "error.cannot_read.row_time": (
        "{count} of {rows} rows have no readable time, the first{where}. Write times as 2026-05-01T09:30:00Z",
        "{rows} 行里有 {count} 行时间认不出，第一处{where}。时间请写成 2026-05-01T09:30:00Z",
    ),
    "error.cannot_read.row_event": (
        "{count} of {rows} rows have an unknown event, the first{where}. Known: message, join, leave, red_packet",
        "{rows} 行里有 {count} 行事件认不出，第一处{where}。可用的有 message、join、leave、red_packet",
    ),
    "error.cannot_read.row_amount": (
        "{count} of {rows} rows have an amount that is not a number, the first{where}. Write 12.50",
        "{rows} 行里有 {count} 行金额不是数字，第一处{where}。请写成 12.50 这样",
    ),
    # Not a chat export
    "error.wrong_file.empty": ("{file} is empty. Export it again", "{file} 是空的。请重新导出"),
    "error.wrong_file.excel": (
        "{file} is an Excel workbook. Save it as CSV, or export again; formats: qunsim import --formats",
        "{file} 是 Excel 文件。另存为 CSV，或重新导出；支持的格式：qunsim import --formats",
    ),
    "error.wrong_file.zip": (
        "{file} is a ZIP archive. Unpack it and name the files in it",
        "{file} 是压缩包。请先解压，再写里面的文件",
    ),
    "error.wrong_file.archive": (
        "{file} is a packed archive. Unpack it and name the files in it",
        "{file} 是压缩包。请先解压，再写里面的文件",
    ),
    "error.wrong_file.pdf": (
        "{file} is a PDF. Export the chat as text, CSV or JSON",
        "{file} 是 PDF。请把聊天记录导出成文本、CSV 或 JSON",
    ),
    "error.wrong_file.image": (
        "{file} is a picture. Export the chat as text, CSV or JSON",
        "{file} 是图片。请把聊天记录导出成文本、CSV 或 JSON",
    ),
    "error.wrong_file.sqlite": (
        "{file} is a database. Export the chat from the program that made it",
        "{file} 是数据库文件。请用生成它的程序导出聊天记录",
    ),
    "error.wrong_file.parquet": (
        "{file} is a Parquet file. Save it as CSV",
        "{file} 是 Parquet 文件。请另存为 CSV",
    ),
    "error.wrong_file.binary": (
        "{file} is not a text file. Export the chat as text, CSV or JSON",
        "{file} 不是文本文件。请把聊天记录导出成文本、CSV 或 JSON",
    ),
    # Ranges, lengths, space
    "error.out_of_range.until_before_log": (
        "no event before {until}; the log begins on {first}. Choose a later --until",
        "{until} 之前没有任何记录，聊天记录从 {first} 开始。请把 --until 往后调",
    ),
    "error.too_short.no_events": (
        "{file} has a header and no events",
        "{file} 只有表头，没有记录",
    ),
    "error.damaged.unreadable": (
        "{file} cannot be unpacked. Download or export it again",
        "{file} 解不开。请重新下载或导出",
    ),
    "error.no_space.disk_full": (
        "no room for {file}. Free some space and repeat the command",
        "写不下 {file}。请清理磁盘后重新执行",
    ),
    "error.no_permission.file": (
        "{file}. Choose another place, or change its permissions",
        "{file}。请换一个位置，或修改权限",
    ),
}
