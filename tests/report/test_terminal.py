"""The terminal: 80 columns, progress by the clock, the result as designed."""

import io
import itertools
import subprocess
import sys

import pytest

from sim.report.terminal import (
    Progress,
    clock_time,
    run_summary_lines,
    stopped_line,
    table_lines,
    value_and_range,
)
from sim.words import Words
from sim.words.typography import width

EN, ZH = Words("en"), Words("zh")


class Screen(io.StringIO):
    def isatty(self):
        return True


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def summary_lines(samples, words, **changes):
    values = {
        "name": words.preset("knowledge"), "members": 500, "days": 180, "futures": 50,
        "report": "results/knowledge-3f9a/report.html",
        "next_command": "qunsim compare experiments/packets-or-course.toml",
    }  # fmt: skip
    return run_summary_lines(samples.SUMMARY, words=words, **(values | changes))


def test_the_result_of_a_run_in_chinese(samples):
    assert summary_lines(samples, ZH) == [
        "知识群  500 人  180 天  50 个模拟未来                         未用你的群数据校准",
        "",
        "  180 天后  群人数      468      多数在 431 到 497 之间",
        "            月活        142      多数在 118 到 169 之间",
        "            30日留群率  81%      多数在 77% 到 85% 之间",
        "            利润        ¥2.1 万  多数在 ¥0.6 万 到 ¥3.9 万 之间",
        "            所处阶段    活跃期   50 个里 37 个；衰退期 12 个；沉寂期 1 个",
        "  活跃峰值多在第 64 天前后；50 个里有 31 个在 180 天内没跌到峰值的一半。",
        "",
        "报告    results/knowledge-3f9a/report.html",
        "下一步  qunsim compare experiments/packets-or-course.toml",
    ]


def test_the_result_of_a_run_in_english(samples):
    lines = summary_lines(samples, EN)
    assert lines[0] == "knowledge group, 500 members, 180 days, 50 simulated futures"
    assert "    still a member after 30 days  81 %     usually 77 % to 85 %" in lines
    assert "    profit                        ¥21,000  usually ¥6,000 to ¥39,000" in lines


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_no_line_is_wider_than_80_columns(samples, words):
    keys = list(samples.SUMMARY)
    notes = [
        words.say("warning.minutes", hours=12),
        words.say("warning.equal", variant="a", baseline="b"),
    ]
    lines = summary_lines(
        samples,
        words,
        keys=keys,
        notes=notes,
        failed=3,
        name="a very long name of a community " * 3,
    )
    assert max(map(width, lines)) <= 80


def test_what_is_undefined_or_never_comes_is_said(samples):
    lines = "\n".join(summary_lines(samples, ZH, keys=("ltv", "payback_day", "half_life_days")))
    assert "算不出：没人进群" in lines
    assert "第 53 天  50 个里 3 个回不了本" in lines
    assert "没出现" in lines
    few = "\n".join(summary_lines(samples, EN, keys=("k_factor",)))
    assert "usually" not in few
    assert "Fewer than 20 futures" in few


def test_progress_is_redrawn_at_most_five_times_a_second():
    screen, clock = Screen(), Clock()
    with Progress(50, words=EN, stream=screen, environ={}, clock=clock) as progress:
        for done in range(51):
            clock.now = done * 0.05
            progress.update(done)
    drawn = screen.getvalue().count("\r")
    assert drawn <= 2.5 / 0.2 + 2
    assert screen.getvalue().endswith("50/50 futures  took 0:02\n")


def test_time_left_is_told_after_two_seconds():
    clock = Clock()
    progress = Progress(384, words=ZH, stream=Screen(), environ={}, clock=clock)
    progress.update(0)
    clock.now = 1.9
    progress.update(200)
    assert "还要" not in progress.line()
    clock.now = 15.0
    progress.update(276)
    # 276 in 15 s, hence 108 in 5.9 s
    assert progress.line() == "[####################--------]  71%  276/384 个模拟未来  还要 0:05"


def test_work_found_finished_does_not_count_as_speed():
    clock = Clock()
    progress = Progress(300, words=EN, stream=Screen(), environ={}, clock=clock)
    progress.update(200)
    clock.now = 10.0
    progress.update(250)
    assert progress.line().endswith("0:10 left")


@pytest.mark.parametrize(
    ("stream", "environ", "quiet"),
    [(io.StringIO, {}, False), (Screen, {"CI": "true"}, False), (Screen, {}, True)],
)
def test_where_nothing_can_be_redrawn_a_line_comes_every_ten_seconds(stream, environ, quiet):
    out, clock = stream(), Clock()
    with Progress(100, words=EN, stream=out, environ=environ, quiet=quiet, clock=clock) as progress:
        for second in range(36):
            clock.now = float(second)
            progress.update(second)
    lines = out.getvalue().splitlines()
    assert len(lines) == 4  # at 10, 20, 30 s and at the end
    assert "\r" not in out.getvalue()


def test_an_error_takes_the_line_away():
    screen, clock = Screen(), Clock()

    def interrupted():
        with Progress(10, words=EN, stream=screen, environ={}, clock=clock) as progress:
            clock.now = 1.0
            progress.update(4)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert screen.getvalue().endswith(" \r")


@pytest.mark.parametrize("words", [EN, ZH], ids=["en", "zh"])
def test_the_progress_line_fits(words):
    for total, failed, extra in itertools.product(
        (5, 49_152, 10**9),
        (0, 12_345),
        ("", words.say("progress.precision", reached="5.9 %", asked="5 %")),
    ):
        clock = Clock()
        progress = Progress(total, words=words, stream=Screen(), environ={}, clock=clock)
        progress.update(0)
        clock.now = 30.0
        progress.update(total // 3 + 1, failed=failed, extra=extra)
        assert width(progress.line()) <= 79


@pytest.mark.parametrize(
    ("seconds", "en", "zh"),
    [
        (6.4, "0:06", "0:06"),
        (59.9, "0:59", "0:59"),
        (180, "3 min", "3 分钟"),
        (7300, "2 h", "2 小时"),
    ],
)
def test_waiting_times(seconds, en, zh):
    assert (clock_time(seconds, words=EN), clock_time(seconds, words=ZH)) == (en, zh)


def test_stopping_says_what_is_kept():
    assert stopped_line(done=144, total=384, words=ZH) == (
        "已停止。384 次里已完成的 144 次都保留了，重新执行同一条命令就接着跑。"
    )
    assert stopped_line(done=0, total=384, words=EN) == "Stopped. Nothing was written."


def test_tables_line_up_and_fit():
    rows = [["月活", "142", "最近 30 天发过言的人数" * 5], ["profit", "¥21,000", "x"]]
    lines = table_lines(["指标", "value", "meaning"], rows, right=frozenset({1}))
    assert max(map(width, lines)) <= 80
    assert lines[1].startswith("月活        142  最近")
    assert lines[2] == "profit  ¥21,000  x"


def test_the_terminal_needs_nothing_heavy():
    code = (
        "import sys; import sim.report.terminal, sim.report.numbers;"
        "print(sorted({'numpy', 'matplotlib', 'numba', 'pandas', 'duckdb'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_a_range_of_one_number_is_told_as_such():
    same = dict.fromkeys(("mean", "p05", "p25", "p50", "p75", "p95"), -21_900.0) | {"n": 20}
    assert value_and_range("profit", same, words=EN) == ("-¥21,900", "in 20 of 20")
