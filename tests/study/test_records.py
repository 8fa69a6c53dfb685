"""Records and tables in files: lossless, small, always the same bytes."""

import zipfile
from dataclasses import fields

import duckdb
import numpy as np
import pytest

from sim.errors import UserError
from sim.policies.planning import plan_levers
from sim.record import Members, RunRecord
from sim.simulation import Run
from sim.study import records
from sim.study.parquet import read_parquet, write_parquet
from sim.study.records import is_whole, load_record, save_record


@pytest.fixture(scope="module")
def record(in_groups):
    levers = plan_levers(in_groups, extra=[{"use": "value_content"}, {"use": "red_packet"}])
    run = Run.start(in_groups, seed=1, levers=levers)
    run.advance()
    return run.record()


def test_a_record_survives_its_file(record, tmp_path):
    save_record(record, tmp_path / "a.npz")
    read = load_record(tmp_path / "a.npz")
    for field in fields(RunRecord):
        before, after = getattr(record, field.name), getattr(read, field.name)
        if field.name == "members":
            for column in fields(Members):
                a, b = getattr(before, column.name), getattr(after, column.name)
                assert a.dtype == b.dtype, column.name
                assert np.array_equal(a, b), column.name
        elif isinstance(before, np.ndarray):
            assert before.dtype == after.dtype, field.name
            assert np.array_equal(before, after), field.name
        else:
            assert before == after, field.name


def test_the_same_record_gives_the_same_bytes(record, tmp_path):
    save_record(record, tmp_path / "a.npz")
    save_record(record, tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    whole = record.daily.nbytes + record.ledger.nbytes + record.members.id.nbytes * 17
    assert (tmp_path / "a.npz").stat().st_size < whole / 4


@pytest.mark.parametrize("cut", [0, 100, -1])
def test_a_damaged_file_is_told(record, tmp_path, cut):
    save_record(record, tmp_path / "a.npz")
    raw = (tmp_path / "a.npz").read_bytes()
    assert is_whole(tmp_path / "a.npz")
    (tmp_path / "a.npz").write_bytes(raw[:cut])
    assert not is_whole(tmp_path / "a.npz")
    with pytest.raises(UserError) as caught:
        load_record(tmp_path / "a.npz")
    assert (caught.value.kind, caught.value.reason) == ("damaged", "run_file")


COLUMNS = {
    "variant": np.array(["base"] * 3),
    "day": np.arange(3),
    "revenue": np.array([0.1, 1e9 + 0.01, -5.55]),
    "stage": np.array(["sprout", "growth", "萌芽"]),
}


def test_tables_survive_their_files(tmp_path):
    write_parquet(COLUMNS, tmp_path / "it's.parquet")
    table = read_parquet(tmp_path / "it's.parquet")
    assert list(table.columns) == list(COLUMNS)
    for name, column in COLUMNS.items():
        assert table[name].tolist() == column.tolist()
    assert duckdb.read_parquet(str(tmp_path / "it's.parquet")).types[1:3] == ["BIGINT", "DOUBLE"]


def test_the_same_table_gives_the_same_bytes(tmp_path):
    for name in "ab":
        write_parquet(COLUMNS, tmp_path / f"{name}.parquet")
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_damaged_tables_are_told(tmp_path):
    (tmp_path / "a.parquet").write_text("nonsense")
    with pytest.raises(UserError, match="parquet"):
        read_parquet(tmp_path / "a.parquet")


def test_an_altered_file_is_noticed(record, tmp_path):
    save_record(record, tmp_path / "a.npz")
    with zipfile.ZipFile(tmp_path / "a.npz") as packed:
        largest = max(packed.infolist(), key=lambda one: one.compress_size)
    raw = bytearray((tmp_path / "a.npz").read_bytes())
    raw[largest.header_offset + 60 + largest.compress_size // 2] ^= 0x55
    (tmp_path / "a.npz").write_bytes(raw)
    assert not is_whole(tmp_path / "a.npz")
    assert not is_whole(tmp_path / "none.npz")


def test_ctrl_c_while_a_record_is_written_is_ctrl_c(record, tmp_path, monkeypatch):
    def interrupted(path, arrays):
        try:
            raise KeyboardInterrupt
        finally:  # what closing a half-written archive says
            raise ValueError("Can't close the ZIP file while there is an open writing handle on it")

    monkeypatch.setattr(records, "_write_arrays", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save_record(record, tmp_path / "a.npz")
    assert list(tmp_path.iterdir()) == []
