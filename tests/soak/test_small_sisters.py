"""The soaks, shorter, among the ordinary tests."""

import pytest

from tests.soak import kills, machines, writers

pytestmark = pytest.mark.slow


@pytest.mark.django_db(transaction=True)
def test_the_last_euro_goes_to_one_writer_and_every_other_is_told_why(stage: None) -> None:
    outcome = writers.soak(20, print)
    assert (outcome.rounds, outcome.answers["won"], outcome.deadlocks) == (20, 40, 0)


def test_a_file_is_taken_in_whole_or_not_at_all_whatever_is_killed() -> None:
    outcome = kills.soak(2, print)
    assert outcome.kills == 2


def test_two_web_servers_and_two_workers_lose_and_double_nothing_when_one_is_killed() -> None:
    outcome = machines.soak(5, print, pause=2.5)
    assert sum(outcome.kills.values()) == 5
    assert outcome.paid
    assert outcome.frozen
