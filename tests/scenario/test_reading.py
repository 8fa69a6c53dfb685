"""Files: what can be read, what is refused, inheritance, full-width punctuation."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import UserError
from sim.scenario import Place, Scenario
from sim.scenario.fullwidth import find_full_width


def refused(path):
    with pytest.raises(UserError) as caught:
        Scenario.read(path)
    return caught.value


def test_a_file_inherits_from_a_preset(tmp_path):
    file = tmp_path / "我的群.toml"
    file.write_text('base = "product"\ndays = 60\n[members]\nleaders = 5\n', encoding="utf-8")
    scenario = Scenario.read(file)
    product = Scenario.preset("product")
    assert scenario.name == "我的群"
    assert (scenario.kind, scenario.days) == ("product", 60)
    assert scenario.members.leaders == 5
    assert scenario.members.seed_users == product.members.seed_users
    assert scenario.policies == product.policies
    assert scenario.place("members.leaders") == Place(str(file), 4)
    assert scenario.place("policies.0.amount").file == "product.toml"


def test_policies_replace_those_of_the_base(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text('base = "product"\n[[policies]]\nuse = "value_content"\n')
    scenario = Scenario.read(file)
    assert scenario.policies == ({"use": "value_content"},)
    assert scenario.place("policies.1.amount") == Place(str(file), 2)
    file.write_text('base = "product"\npolicies = []\n')
    assert Scenario.read(file).policies == ()


def test_a_file_inherits_from_a_file_beside_it(tmp_path):
    (tmp_path / "a.toml").write_text('title = "A"\nname = "first"\n[member]\nburst = 2.0\n')
    (tmp_path / "b.toml").write_text('base = "a.toml"\n[member]\nactivity_rate = 0.5\n')
    scenario = Scenario.read(tmp_path / "b.toml")
    assert (scenario.name, scenario.title) == ("b", "")
    assert (scenario.member.burst, scenario.member.activity_rate) == (2.0, 0.5)


def test_a_mistake_in_the_base_is_placed_in_the_base(tmp_path):
    (tmp_path / "a.toml").write_text("[member]\nburst = 99\n")
    (tmp_path / "b.toml").write_text('base = "a.toml"\n')
    error = refused(tmp_path / "b.toml")
    assert (error.values["file"], error.values["line"]) == ("a.toml", 2)


def test_bases_in_a_circle(tmp_path):
    (tmp_path / "a.toml").write_text('base = "b.toml"\n')
    (tmp_path / "b.toml").write_text('\nbase = "a.toml"\n')
    error = refused(tmp_path / "a.toml")
    assert (error.kind, error.reason) == ("contradiction", "base_loop")
    assert (error.values["file"], error.values["line"]) == ("b.toml", 2)


def test_a_preset_wins_over_a_file_without_ending(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "knowledge").write_text("days = 3\n")
    assert Scenario.read("knowledge").days == 365
    assert Scenario.read("./knowledge").days == 3
    (tmp_path / "other").write_text("days = 4\n")
    assert Scenario.read("other").days == 4


def test_marks_and_line_ends_of_windows(tmp_path):
    file = tmp_path / "windows.toml"
    file.write_bytes("\ufeffdays = 60\r\n\r\n[member]\r\nburst = 99\r\n".encode())
    error = refused(file)
    assert (error.reason, error.values["line"]) == ("limits", 4)
    file.write_bytes("\ufeffdays = 60\r\n".encode())
    assert Scenario.read(file).days == 60


@pytest.mark.parametrize(
    ("stem", "name"), [("our group (2)", "our group (2)"), ("a:b", "a-b"), (".hidden", "hidden")]
)
def test_a_name_from_the_file(tmp_path, stem, name):
    file = tmp_path / f"{stem}.toml"
    file.write_text("")
    assert Scenario.read(file).name == name


@pytest.mark.parametrize(
    ("content", "kind", "reason", "values"),
    [
        (b"\x89PNG\r\n\0\0", "cannot_read", "binary", {}),
        ('days = 3\ntitle = "红包"\n'.encode("gb18030"), "cannot_read", "not_utf8",
         {"line": 2, "encoding": "GB18030"}),
        ("days = 3".encode("utf-16"), "cannot_read", "not_utf8", {"encoding": "UTF-16"}),
        (b"\xff\xff\xff", "cannot_read", "not_utf8", {"encoding": None, "line": 1}),
        (b"#" * 5_000_001, "too_big", "scenario", {"limit_mb": 5}),
    ],
)  # fmt: skip
def test_what_is_no_scenario(tmp_path, content, kind, reason, values):
    file = tmp_path / "x.toml"
    file.write_bytes(content)
    error = refused(file)
    assert (error.kind, error.reason) == (kind, reason)
    assert error.values["file"] == str(file)
    assert {key: error.values[key] for key in values} == values


def test_five_megabytes_are_read(tmp_path):
    file = tmp_path / "x.toml"
    file.write_bytes(b"#" * 5_000_000)
    assert Scenario.read(file).days == 365


def test_missing_files_and_folders(tmp_path):
    (tmp_path / "base.toml").write_text("")
    error = refused(tmp_path / "bsae.toml")
    assert (error.kind, error.reason) == ("not_found", "file")
    assert error.values["suggestion"] == "base.toml"
    error = refused("knowledge.toml")
    assert error.values["suggestion"] == "knowledge"
    assert refused(tmp_path).reason == "directory"
    assert refused(str(tmp_path)).reason == "directory"
    assert refused(tmp_path / "no" / "such.toml").reason == "file"
    assert refused("x\0y.toml").kind == "not_found"
    assert refused("x" * 5000).kind == "not_found"
    assert refused("x" * 5000 + ".toml").kind == "cannot_read"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.toml")
    assert refused(tmp_path / "pipe.toml").reason == "not_a_file"


def test_full_width_punctuation_is_mended_in_a_copy(tmp_path):
    file = tmp_path / "packets.toml"
    text = (
        "# 注释：“不动”\n"
        'base = "knowledge"\n'
        'title = "红包，还是“课”？"\n'
        "[[policies]]\n"
        "use = “red_packet”\n"
        "every＝７\n"
        "tags = [‘a’， “b，c”]　# 好\n"
    )
    file.write_text(text, encoding="utf-8")
    error = refused(file)
    assert (error.kind, error.reason) == ("cannot_read", "full_width")
    assert error.values == {
        "file": str(file),
        "line": 5,
        "column": 7,
        "character": "“",
        "straight": '"',
        "fixed": "packets.fixed.toml",
    }
    assert file.read_text(encoding="utf-8") == text
    scenario = Scenario.read(tmp_path / "packets.fixed.toml")
    assert scenario.title == "红包，还是“课”？"
    assert scenario.policies == ({"use": "red_packet", "every": 7, "tags": ["a", "b，c"]},)
    assert refused(file).reason == "full_width"  # the same copy again
    (tmp_path / "packets.fixed.toml").write_text("# mine\n")
    assert refused(file).reason == "full_width_only"
    assert (tmp_path / "packets.fixed.toml").read_text() == "# mine\n"


def test_no_copy_of_what_is_broken_otherwise_too(tmp_path):
    file = tmp_path / "packets.toml"
    file.write_text("use = “red_packet”\nevery = = 3\n", encoding="utf-8")
    assert refused(file).reason == "full_width_only"
    assert [path.name for path in tmp_path.iterdir()] == ["packets.toml"]


@pytest.mark.parametrize(
    ("text", "mended", "line", "column"),
    [
        ("a ＝ 1", "a = 1", 1, 3),
        ("a = １．５", "a = 1.5", 1, 5),
        ('a = "红包”', 'a = "红包"', 1, 8),
        ('a = “红包"', 'a = "红包"', 1, 5),
        ('a = “红 " 包”', 'a = "红 \\" 包"', 1, 5),
        ("b = 1\n【a】", "b = 1\n[a]", 2, 1),
        ("member。burst = 2", "member.burst = 2", 1, 7),
        ('a = """\n“\n"""\nb：2', 'a = """\n“\n"""\nb=2', 4, 2),
        ("a = 'x\\'\nb＝2", "a = 'x\\'\nb=2", 2, 2),
    ],
)  # fmt: skip
def test_mending(text, mended, line, column):
    found = find_full_width(text)
    assert found is not None
    assert (found.mended, found.line, found.column) == (mended, line, column)


@pytest.mark.parametrize("text", ["", "a = 1", 'a = "“”，"', "# ，", "a = '＝'", 'a = """，"""'])
def test_nothing_to_mend(text):
    assert find_full_width(text) is None


@settings(max_examples=100)
@given(st.text("\"'“”‘’＝=，,#\\\na 1"))
def test_mending_ends_and_leaves_no_outside_character(text):
    found = find_full_width(text)
    if found is not None:
        assert text.split("\n")[found.line - 1][found.column - 1] == found.character
        assert found.mended != text
