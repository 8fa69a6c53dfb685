import json

import pytest
from export_checks import LENIENT, MARK, counts, events, known_as, spoiled, survives
from hypothesis import given
from hypothesis import strategies as st

from sim.logs.importers import import_files

T = 1_709_631_000  # 2024-03-05T09:30:00Z


def post(number, user=1, second=0, topic=7, **rest):
    return {
        "id": 1000 * topic + number, "username": f"u{user}", "cooked": "<p>hi</p>",
        "created_at": f"2024-03-05T09:30:{second:02d}.789Z", "post_number": number,
        "post_type": 1, "reply_to_post_number": None, "topic_id": topic, "user_id": user,
        "actions_summary": [{"id": 2, "count": 3}], **rest,
    }  # fmt: skip


def topic(*posts, number=7):
    return {"post_stream": {"posts": list(posts), "stream": [1, 2]}, "id": number, "title": "t"}


@pytest.fixture
def save(tmp_path):
    def save(content, name="7.json"):
        path = tmp_path / name
        path.write_text(json.dumps(content), encoding="utf-8")
        return path

    return save


POSTS = (
    post(1),
    post(2, 2, 1, reply_to_post_number=1),
    post(3, 1, 2, reply_to_post_number=9),
    post(4, -1, 3),
    post(5, 2, 4, post_type=3, action_code="closed.enabled"),
    post(6, 3, 5, reply_to_post_number=4, deleted_at="2024-03-06T00:00:00Z", username="was"),
    post(7, None, 6, username=None),
    post(8, created_at="yesterday"),
)
EXPECTED = [
    (T, "u1", "message", ""),
    (T + 1, "u2", "message", "u1"),
    (T + 2, "u1", "message", ""),
    (T + 5, "was", "message", ""),
]


@pytest.mark.parametrize("several", [False, True])
def test_posts(save, several):
    path = save([topic(*POSTS[:3]), topic(*POSTS[3:])] if several else topic(*POSTS))
    assert known_as(path) == ["discourse"]
    assert events(path) == EXPECTED
    assert counts(path) == {"bots": 1, "notices": 1, "nameless": 1, "undated": 1}


def test_topics_of_a_folder_are_one_log(save, tmp_path):
    save(topic(*POSTS))
    save(topic(post(1, 2, 9, topic=8), post(2, 4, 10, topic=8, reply_to_post_number=1)), "8.json")
    rows = [*EXPECTED, (T + 9, "u2", "message", ""), (T + 10, "u4", "message", "u2")]
    assert events(tmp_path) == rows
    _, report = import_files([tmp_path])
    assert (report.joins, report.leaves) == (False, False)


@LENIENT
@given(
    drawn=st.lists(st.tuples(st.integers(1, 4), st.integers(0, 20)), min_size=2, max_size=20),
    cut=st.tuples(st.integers(1, 20), st.integers(0, 19)),
)
def test_overlapping_pages_are_the_whole(save, drawn, cut):
    posts = [post(n, who, n, reply_to_post_number=to) for n, (who, to) in enumerate(drawn, 1)]
    early = min(cut[0], len(posts))
    late = min(cut[1], early, len(posts) - 1)
    halves = [save(topic(*posts[late:]), "b.json"), save(topic(*posts[:early]), "a.json")]
    whole = save(topic(*posts))
    assert events(*halves) == events(whole) == events(whole, *halves)


@LENIENT
@given(data=st.data())
def test_spoiled_files(save, data):
    path = save(
        topic(post(1, username=MARK, cooked=MARK), post(2, MARK, reply_to_post_number=MARK))
    )
    path.write_bytes(data.draw(spoiled(path.read_bytes())))
    survives(path, "discourse")
