"""What a user is told about a mistake: what is wrong, where, how to mend it.

A lower layer raises ``UserError("not_found", "preset", name="knowlege", suggestion="knowledge")``;
the sentence stands here under ``error.not_found.preset``. To add one, add one line. Every value
given to the error may be used as a placeholder; two placeholders are always there:

* ``{where}``: the place, from the values ``file``, ``line`` and ``column`` as far as given,
  in brackets, with its space; empty if none is given;
* ``{platform_name}``: what people call the value ``platform``;
* ``{meant}``: " Did you mean ...?" (``是不是 ...？``) from the value ``suggestion`` (a name or a
  list of names), to stand after a full stop; empty if there is none.

Sentences have no full stop at the end.
"""

from __future__ import annotations

from sim.words.errors_of_folders import FOLDER_ERRORS
from sim.words.errors_of_logs import LOG_ERRORS
from sim.words.errors_of_regression import REGRESSION_ERRORS
from sim.words.errors_of_sensitivity import SENSITIVITY_ERRORS
from sim.words.errors_of_studies import STUDY_ERRORS
from sim.words.errors_of_web import WEB_ERRORS
from sim.words.web_server import WORK_ERRORS

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
    **FOLDER_ERRORS,
    **LOG_ERRORS,
    **STUDY_ERRORS,
    **SENSITIVITY_ERRORS,
    **REGRESSION_ERRORS,
    **WEB_ERRORS,
    **WORK_ERRORS,
    "error.more": ("… and {count} more.", "……另外还有 {count} 处。"),
    # Not found
    "error.not_found.preset": (
        'no preset "{name}"{where}.{meant} All: qunsim presets',
        "没有叫 {name} 的预设{where}。{meant}全部预设：qunsim presets",
    ),
    "error.not_found.term": (
        'no word "{name}" in the glossary.{meant} All: qunsim glossary',
        "词典里没有 {name}。{meant}全部词条：qunsim glossary",
    ),
    "error.not_found.policy": (
        'no policy "{name}"{where}.{meant} All: qunsim policies',
        "没有叫 {name} 的动作{where}。{meant}全部动作：qunsim policies",
    ),
    "error.not_found.audience": (
        '{key} = "... {value}"{where}. Known: {known}',
        "{key} 里的 {value}{where}。可用的有 {known}",
    ),
    "error.not_found.file": ("no file {file}.{meant}", "没有文件 {file}。{meant}"),
    "error.not_found.no_files": (
        "no file was named. Name the chat exports, or a folder that holds them",
        "没有写文件。请写聊天记录文件，或放着它们的文件夹",
    ),
    "error.not_found.format": (
        'no format "{name}". Choose {suggestion}, or leave --format out',
        "没有叫 {name} 的格式。可选 {suggestion}，也可以不写 --format",
    ),
    "error.not_found.time_zone": (
        'no time zone "{name}". Write it as Asia/Shanghai',
        "没有叫 {name} 的时区。请写成 Asia/Shanghai 这样",
    ),
    "error.not_found.verb": (
        'no command "{name}".{meant} All: qunsim --help',
        "没有 {name} 这个命令。{meant}全部命令：qunsim --help",
    ),
    # Unknown key
    "error.unknown_key.observed": (
        "{key}: {value}{where}. What can be watched: {known}",
        "{key}：{value}{where}。可以看的指标：{known}",
    ),
    "error.unknown_key.parameter": ("{key}{where}.{meant}", "{key}{where}。{meant}"),
    "error.unknown_key.policy_parameter": (
        "{key}{where}. Known: {known}",
        "{key}{where}。可用的有 {known}",
    ),
    "error.unknown_key.source": (
        "sources: {path} is nothing that this community sets or has{where}.{meant}",
        "sources 里的 {path} 不是这个群的参数，也不是它用到的动作{where}。{meant}",
    ),
    "error.unknown_key.option": (
        "{name}.{meant} All options: add --help",
        "{name}。{meant}全部选项：在命令后加 --help",
    ),
    # Wrong form
    "error.wrong_form.option_alone": (
        "{name} needs a value behind it",
        "{name} 后面要写一个值",
    ),
    "error.wrong_form.option_decimal": (
        "{name} needs a number, e.g. {name} 20",
        "{name} 后面要写数，例如 {name} 20",
    ),
    "error.wrong_form.option_number": (
        "{name} needs a whole number, e.g. {name} 20",
        "{name} 后面要写整数，例如 {name} 20",
    ),
    "error.wrong_form.missing": (
        "{name} is missing. Examples: add --help",
        "缺少 {name}。例子见 --help",
    ),
    "error.wrong_form.extra": (
        '"{value}" is too much here. Values with spaces need quotes',
        "这里多了 {value}。带空格的值要加引号",
    ),
    "error.wrong_form.usage": ("{detail}. Examples: add --help", "{detail}。例子见 --help"),
    "error.wrong_form.policy_option": (
        '--policy "{value}". Write key:name=value, e.g. red_packet:amount=200,every=7',
        "--policy {value}。请写成 key:name=value，例如 red_packet:amount=200,every=7",
    ),
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
    "error.wrong_form.assignment": (
        '"{value}" sets nothing. Write path=value, e.g. member.activity_sigma=2',
        "{value} 没有设置任何东西。请写成 路径=取值，例如 member.activity_sigma=2",
    ),
    "error.wrong_form.percent": (
        "{key} = {value}{where}. A share is written {mend}",
        "{key} = {value}{where}。比例请写 {mend}",
    ),
    "error.wrong_form.unit": (
        "{key} = {value}{where}. Write the number without its unit: {mend}",
        "{key} = {value}{where}。数字不带单位，请写 {mend}",
    ),
    "error.wrong_form.quoted_number": (
        "{key} = {value}{where}. A number has no quotes: {mend}",
        "{key} = {value}{where}。数字不加引号，请写 {mend}",
    ),
    "error.wrong_form.weekday": (
        "{key} = {value}{where}. Days of the week are {names}",
        "{key} = {value}{where}。星期请写 {names}",
    ),
    "error.wrong_form.condition": (
        '{key} = "{value}"{where}. Write a comparison, e.g. when = "speakers_7d < 20"',
        '{key} = "{value}"{where}。请写成比较，例如 when = "speakers_7d < 20"',
    ),
    "error.wrong_form.audience": (
        '{key} = "{value}"{where}. Write {everyone}, newcomers, silent:30, level:2, role:leader, channel:giveaway, payers, muted or hunters',
        '{key} = "{value}"{where}。可写 {everyone}、newcomers、silent:30、level:2、role:leader、channel:giveaway、payers、muted、hunters',
    ),
    "error.wrong_form.number": (
        "{key} = {value}{where}. Write a number from {low} to {high} ({unit})",
        "{key} = {value}{where}。请写 {low} 到 {high} 之间的数（{unit}）",
    ),
    "error.wrong_form.number_between": (
        "{key} = {value}{where}. Write a number from {low} to {high}",
        "{key} = {value}{where}。请写 {low} 到 {high} 之间的数",
    ),
    "error.wrong_form.whole_number": (
        "{key} = {value}{where}. Write a whole number: {mend}",
        "{key} = {value}{where}。请写整数，例如 {mend}",
    ),
    "error.wrong_form.finite": (
        "{key} = {value}{where}. Write an ordinary number",
        "{key} = {value}{where}。请写普通的数",
    ),
    "error.wrong_form.choice": (
        "{key} = {value}{where}.{meant} Choose one of {choices}",
        "{key} = {value}{where}。{meant}可选 {choices}",
    ),
    "error.wrong_form.table": (
        "{key} = {value}{where}. Write a section: [{key}] on a line of its own, its keys beneath",
        "{key} = {value}{where}。这里要写成一节：[{key}] 单独一行，参数写在下面",
    ),
    "error.wrong_form.name": (
        "name = {value}{where}. It becomes part of a folder's name: no / : * ? and at most 80 characters",
        "name = {value}{where}。它会成为文件夹名：不能有 / : * ?，最多 80 个字",
    ),
    "error.wrong_form.text": (
        '{key} = {value}{where}. Write a text in quotes: "..."',
        '{key} = {value}{where}。请写成引号里的文字："..."',
    ),
    "error.wrong_form.start": (
        "{key} = {value}{where}. Write a date as 2026-03-02",
        "{key} = {value}{where}。日期请写成 2026-03-02 这样",
    ),
    "error.wrong_form.schema": (
        "{key} = {value}{where}. Write schema = 1, or leave it out",
        "{key} = {value}{where}。请写 schema = 1，或去掉这一行",
    ),
    "error.wrong_form.policies": (
        '{key} = {value}{where}. A policy is written [[policies]] with use = "red_packet" beneath',
        '{key} = {value}{where}。动作写成 [[policies]]，下面一行 use = "red_packet"',
    ),
    "error.wrong_form.policy_use": (
        '{key} does not say which policy{where}. Add use = "red_packet"; all: qunsim policies',
        '{key} 没写是哪个动作{where}。请加一行 use = "red_packet"；全部动作：qunsim policies',
    ),
    "error.wrong_form.policy_value": (
        "{key} = {value}{where}. Write a number, a text, true or false, or a list of these",
        "{key} = {value}{where}。请写数、文字、true 或 false，或它们的列表",
    ),
    "error.wrong_form.experiment": (
        "an experiment with variants stands where one community is needed{where}. Use qunsim compare",
        "这里要一个群的设定，给的却是带多个方案的实验{where}。请用 qunsim compare",
    ),
    "error.wrong_form.source": (
        '{key} = {value}{where}. Write {{ source = "why", confidence = "low" }}',
        '{key} = {value}{where}。请写成 {{ source = "理由或出处", confidence = "low" }}',
    ),
    "error.wrong_form.base": (
        "{key} = {value}{where}. Write the name of a preset or of a TOML file",
        "{key} = {value}{where}。请写预设名，或 TOML 文件名",
    ),
    # Cannot read
    "error.cannot_read.full_width": (
        "full-width {character}{where}. TOML needs the straight {straight}. Fixed copy: {fixed}",
        "这里用了中文标点 {character}{where}，要用英文的 {straight}。已另存改好的 {fixed}",
    ),
    "error.cannot_read.full_width_only": (
        "full-width {character}{where}. TOML needs the straight {straight}",
        "这里用了中文标点 {character}{where}，要用英文的 {straight}",
    ),
    "error.cannot_read.toml": (
        "{detail}{where}. Mend that line; a text needs quotes, a section stands in [ ]",
        "TOML 写法有误{where}：{detail}。请改这一行：文字要加引号，节名写在 [ ] 里",
    ),
    "error.cannot_read.nested": (
        "{file} is nested too deeply. A scenario has sections and keys, no more",
        "{file} 嵌套太深。群设定只有节和参数两层",
    ),
    "error.cannot_read.directory": (
        "{file} is a folder. Name a TOML file in it",
        "{file} 是文件夹。请写里面的 TOML 文件",
    ),
    "error.cannot_read.not_a_file": (
        "{file} is not an ordinary file. Name a TOML file",
        "{file} 不是普通文件。请写一个 TOML 文件",
    ),
    "error.cannot_read.denied": (
        "{file}: {detail}. Check its name and permissions",
        "{file}：{detail}。请检查文件名和权限",
    ),
    "error.cannot_read.binary": (
        "{file} is not a text file. A scenario is a TOML file",
        "{file} 不是文本文件。群设定要写成 TOML 文件",
    ),
    "error.cannot_read.not_utf8": (
        "{file} is not UTF-8 (line {line}). Save it again as UTF-8",
        "{file} 不是 UTF-8 编码（第 {line} 行）。请另存为 UTF-8",
    ),
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
    # Ranges, contradictions, what never happens
    "error.out_of_range.group": (
        "{key} = {value}{where}. Groups are numbered 0 to {last}",
        "{key} = {value}{where}。群的编号是 0 到 {last}",
    ),
    "error.out_of_range.limits": (
        "{key} = {value}{where}. Allowed: {low} to {high} ({unit})",
        "{key} = {value}{where}，可取 {low} 到 {high}（{unit}）",
    ),
    "error.out_of_range.text_length": (
        "{key}{where} is too long. At most {limit} characters",
        "{key}{where} 太长，最多 {limit} 个字",
    ),
    "error.out_of_range.platform_capacity": (
        '{key} = {value}{where}; a {platform_name} holds {low} to {high}. Choose {high}, or platform = "{other}" ({other_high}), or more groups',
        '{key} = {value}{where}，{platform_name}是 {low} 到 {high} 人。写 {high}，或 platform = "{other}"（{other_high} 人），或多开几个群',
    ),
    "error.contradiction.roles": (
        "leaders {leaders} + seed users {seed_users} + administrators {administrators} + guests {guests} + owner {owner} = {total}, but members.initial = {initial}{where}. Lower the roles or raise members.initial",
        "意见领袖 {leaders} + 种子用户 {seed_users} + 管理员 {administrators} + 嘉宾 {guests} + 群主 {owner} = {total} 人，但初始只有 {initial} 人{where}。减少角色，或增加初始人数",
    ),
    "error.contradiction.places": (
        "{groups} groups of {capacity} hold {places}, but members.initial = {initial}{where}. Raise groups.number or lower members.initial",
        "{groups} 个 {capacity} 人的群只能放 {places} 人，但初始有 {initial} 人{where}。多开几个群，或减少初始人数",
    ),
    "error.contradiction.audience": (
        '{policy} cannot be aimed{where}: all it does is for everybody. Take out to = "{value}"',
        '{policy} 不能只给一部分人{where}，它的效果是给所有人的。请去掉 to = "{value}"',
    ),
    "error.contradiction.audiences": (
        'to = "{value}"{where} is one audience too many. A run has at most {most}; let policies share some',
        'to = "{value}"{where}，人群太多了，一次模拟最多 {most} 种。让几个动作共用同一种人群',
    ),
    "error.contradiction.base_loop": (
        "base = {value}{where} leads back to itself. Choose a preset or another file",
        "base = {value}{where} 绕回了自己。请换一个预设或文件",
    ),
    "error.never_happens.start": (
        "{policy} starts on day {start}, the run ends on day {last}{where}. Set days above {start}, or start earlier",
        "{policy} 第 {start} 天才开始，模拟到第 {last} 天就结束了{where}。把天数加到 {start} 以上，或提前开始",
    ),
    "error.never_happens.stop": (
        "{policy} starts on day {start} and stops before day {stop}{where}. Choose a later stop",
        "{policy} 第 {start} 天开始，却在第 {stop} 天之前就停{where}。请把 stop 往后调",
    ),
    "error.never_happens.weekdays": (
        "{policy}: from day {start} to day {last} with every = {every}, no day is a {names}{where}. Choose other weekdays, a later stop, or every = 1",
        "{policy}：第 {start} 天到第 {last} 天、every = {every}，没有一天是 {names}{where}。换个星期、把 stop 往后调，或写 every = 1",
    ),
    "error.contradiction.condition": (
        "{key}{where}: {one} and {other} never hold at once. Change one of the two numbers",
        "{key}{where}：{one} 和 {other} 不可能同时成立。请改其中一个数",
    ),
    # Lengths, policies, what is missing
    "error.too_short.no_messages": (
        "{events} events, none of them a message. Export the messages too",
        "{events} 条记录里没有一条消息。请把消息也导出",
    ),
    "error.too_short.no_events": (
        "{file} holds no message of a group",
        "{file} 里没有群聊记录",
    ),
    "error.too_big.scenario": (
        "{file} has more than {limit_mb} MB. A scenario is a short TOML file",
        "{file} 超过 {limit_mb} MB。群设定是一个很短的 TOML 文件",
    ),
    "error.policy_failed.planning": (
        "{policy}: {detail}. Remove it, or report it to its author",
        "{policy}：{detail}。先去掉它，或告诉它的作者",
    ),
    "error.policy_failed.import": (
        "{policy} cannot be loaded: {detail}. Uninstall it, or report it to its author",
        "{policy} 加载不了：{detail}。先卸载它，或告诉它的作者",
    ),
    "error.policy_failed.raised": (
        "{policy} raised an error on day {day}: {detail}. Remove it, or report it to its author",
        "{policy} 在第 {day} 天出错：{detail}。先去掉它，或告诉它的作者",
    ),
    "error.missing_extra.install": (
        'pip install "qunsim[{extra}]"',
        'pip install "qunsim[{extra}]"',
    ),
}
