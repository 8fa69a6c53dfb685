"""Speaking, choosing the language, telling mistakes."""

# ruff: noqa: E501, ISC004 (sentences of the design stand as they are)

import subprocess
import sys

import pytest

from sim.errors import UserError, UserErrors
from sim.words import Words, detect_language

EN, ZH = Words("en"), Words("zh")


def test_a_value_of_every_placeholder_is_needed():
    assert EN.say("stop.kept", done=144, total=384) == (
        "Stopped. 144 of 384 futures kept. Continue: same command again."
    )
    with pytest.raises(KeyError):
        EN.say("stop.kept", done=144)
    with pytest.raises(KeyError):
        EN.say("no.such_key")
    with pytest.raises(ValueError, match="fr"):
        Words("fr")


def test_lists_and_quotes_follow_the_language():
    assert EN.join(["a", "b"]) == "a, b"
    assert ZH.join(["甲", "乙"]) == "甲、乙"
    assert (EN.quote("course"), ZH.quote("免费课")) == ('"course"', "“免费课”")


@pytest.mark.parametrize(
    ("option", "environ", "expected"),
    [
        ("zh", {"QUNSIM_LANG": "en"}, "zh"),
        ("zh-CN", {}, "zh"),
        (None, {"QUNSIM_LANG": "zh", "LANG": "en_US.UTF-8"}, "zh"),
        (None, {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        (None, {"LANG": "zh_TW.UTF-8"}, "zh"),
        (None, {"LANG": "C.UTF-8"}, "en"),
        (None, {"LANG": "de_DE.UTF-8"}, "en"),
        (None, {"LANG": "Chinese (Simplified)_China.936"}, "zh"),
    ],
)
def test_language_is_option_then_variable_then_locale(option, environ, expected):
    assert detect_language(option, environ=environ) == expected


def test_a_language_without_words_is_refused():
    with pytest.raises(UserError) as caught:
        detect_language("fr", environ={})
    assert EN.error(caught.value) == 'Wrong form: no words in "fr". Choose en or zh'


MISTAKES = [  # texts of the design, word for word
    (
        UserError("not_found", "preset", name="knowlege", suggestion="knowledge"),
        'Not found: no preset "knowlege". Did you mean knowledge? All: qunsim presets',
        "找不到：没有叫 knowlege 的预设。是不是 knowledge？全部预设：qunsim presets",
    ),
    (
        UserError(
            "unknown_key", "parameter", key="member.actvity_sigma", file="base.toml", line=12,
            suggestion="member.activity_sigma",
        ),
        "Unknown key: member.actvity_sigma (base.toml, line 12)."
        " Did you mean member.activity_sigma?",
        "没有这个参数：member.actvity_sigma（base.toml 第 12 行）。是不是 member.activity_sigma？",
    ),
    (
        UserError("wrong_form", "percent", key="member.open_rate", value='"15%"', line=9, mend="0.15"),
        'Wrong form: member.open_rate = "15%" (line 9). A share is written 0.15',
        '写法不对：member.open_rate = "15%"（第 9 行）。比例请写 0.15',
    ),
    (
        UserError(
            "contradiction", "roles", leaders=30, seed_users=40, administrators=0, guests=0, owner=1,
            total=71, initial=50,
        ),
        "Do not fit: leaders 30 + seed users 40 + administrators 0 + guests 0 + owner 1 = 71, but"
        " members.initial = 50. Lower the roles or raise members.initial",
        "前后矛盾：意见领袖 30 + 种子用户 40 + 管理员 0 + 嘉宾 0 + 群主 1 = 71 人，但初始只有 50 人。"
        "减少角色，或增加初始人数",
    ),
    (
        UserError("wrong_file", "excel", file="chat.xlsx"),
        "Not a chat export: chat.xlsx is an Excel workbook. Save it as CSV, or export again;"
        " formats: qunsim import --formats",
        "不是聊天记录导出：chat.xlsx 是 Excel 文件。另存为 CSV，或重新导出；支持的格式：qunsim import"
        " --formats",
    ),
    (
        UserError("too_short", "weeks", weeks=6, until="2026-05-01", needed=8, backtest=26),
        "Too short: 6 weeks of messages before 2026-05-01, a forecast needs 8 (26 for a backtest)."
        " Use --until with a later date, or qunsim describe",
        "数据太短：2026-05-01 之前只有 6 周消息，预测至少要 8 周（回测要 26 周）。把 --until 往后调，"
        "或先用 qunsim describe",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("error", "en", "zh"), MISTAKES, ids=lambda v: getattr(v, "reason", ""))
def test_mistakes_are_told_as_designed(error, en, zh):
    assert EN.error(error) == en
    assert ZH.error(error) == zh


def test_a_place_shows_as_much_as_is_known():
    def told(**where):
        return EN.error(UserError("unknown_key", "parameter", key="x", **where))

    assert told() == "Unknown key: x."
    assert told(line=3) == "Unknown key: x (line 3)."
    assert told(file="a.toml", line=7, column=8) == "Unknown key: x (a.toml, line 7, column 8)."
    error = UserError("unknown_key", "parameter", key="x", file="a.toml", line=7, column=8)
    assert ZH.error(error) == "没有这个参数：x（a.toml 第 7 行第 8 列）。"


def test_several_near_misses_are_joined():
    error = UserError("not_found", "file", file="x.toml", suggestion=["a.toml", "b.toml"])
    assert EN.error(error) == "Not found: no file x.toml. Did you mean a.toml or b.toml?"
    assert ZH.error(error) == "找不到：没有文件 x.toml。是不是 a.toml 或 b.toml？"


def test_a_message_never_fails_itself():
    assert EN.error(UserError("out_of_range", "limits", key="a.b")).startswith(
        "Out of range: a.b = ?"
    )
    new = UserError("odd_kind", "new_reason", value=3)
    assert EN.error(new) == "Odd kind: new reason (value = 3)"
    assert EN.error(UserError("odd_kind", "new_reason")) == "Odd kind: new reason"
    braces = UserError("not_found", "file", file="{curly}.toml")
    assert EN.error(braces) == "Not found: no file {curly}.toml."


def test_at_most_ten_mistakes_are_shown():
    errors = [UserError("unknown_key", "parameter", key=f"k{i}") for i in range(13)]
    lines = EN.error(UserErrors(errors)).splitlines()
    assert len(lines) == 11
    assert lines[9] == "Unknown key: k9."
    assert lines[10] == "… and 3 more."
    assert ZH.error(UserErrors(errors[:2])).count("\n") == 1


def test_speaking_needs_nothing_heavy():
    code = (
        "import sys; from sim.words import Words, detect_language;"
        "detect_language('zh'); Words('zh').say('run.report');"
        "print(sorted({'numpy', 'matplotlib', 'numba', 'pandas', 'duckdb'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
