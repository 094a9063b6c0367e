"""When does the engine try a failed job again?"""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.jobs.retry import RetryPolicy

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)
STEADY = RetryPolicy(
    first_delay=timedelta(seconds=30), factor=4, max_delay=timedelta(minutes=5), jitter=0
)

policies = st.builds(
    RetryPolicy,
    first_delay=st.timedeltas(timedelta(milliseconds=1), timedelta(hours=1)),
    factor=st.floats(1, 100),
    max_delay=st.timedeltas(timedelta(hours=1), timedelta(days=366)),
    jitter=st.floats(0, 0.99),
)


def wait(policy: RetryPolicy, failed_attempts: int, key: str = "job-1") -> timedelta:
    at = policy.next_attempt_at(failed_attempts=failed_attempts, failed_at=NOON, key=key)
    return at - NOON


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [
        pytest.param(1, 30, id="the-first-failure-waits-first_delay"),
        pytest.param(2, 120, id="the-second-failure-waits-factor-times-longer"),
        pytest.param(3, 300, id="the-third-failure-is-capped-at-max_delay"),
        pytest.param(5_000, 300, id="the-cap-holds-where-the-power-would-overflow"),
    ],
)
def test_waits_grow_up_to_the_cap(failures: int, seconds: int) -> None:
    assert wait(STEADY, failures) == timedelta(seconds=seconds)


def test_factor_one_keeps_the_wait_the_same() -> None:
    policy = RetryPolicy(first_delay=timedelta(seconds=7), factor=1, jitter=0)

    assert wait(policy, 9) == timedelta(seconds=7)


def test_jitter_is_the_same_whenever_it_is_asked_for() -> None:
    policy = RetryPolicy(jitter=0.5)

    assert wait(policy, 1) == wait(policy, 1)


def test_jobs_that_failed_together_come_back_apart() -> None:
    policy = RetryPolicy(jitter=0.5)

    assert len({wait(policy, 1, f"job-{n}") for n in range(100)}) == 100


def test_the_jitter_of_one_job_differs_from_attempt_to_attempt() -> None:
    policy = RetryPolicy(factor=1, jitter=0.5)

    assert len({wait(policy, n) for n in range(1, 21)}) == 20


@given(policy=policies, failures=st.integers(1, 1_000), key=st.text(max_size=40))
def test_jitter_cuts_off_no_more_than_its_share(
    policy: RetryPolicy, failures: int, key: str
) -> None:
    grown = policy.first_delay.total_seconds()
    for _ in range(failures - 1):
        grown = min(grown * policy.factor, policy.max_delay.total_seconds())

    seconds = wait(policy, failures, key).total_seconds()

    assert grown * (1 - policy.jitter) * 0.99 - 1e-3 <= seconds <= grown * 1.01 + 1e-3
    assert 0 < seconds <= policy.max_delay.total_seconds()


@given(policy=policies)
def test_waits_never_shrink_without_jitter(policy: RetryPolicy) -> None:
    steady = RetryPolicy(
        first_delay=policy.first_delay, factor=policy.factor, max_delay=policy.max_delay, jitter=0
    )
    waits = [wait(steady, n) for n in range(1, 30)]

    assert all(earlier <= later for earlier, later in pairwise(waits))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        pytest.param({"first_delay": timedelta(0)}, "first_delay", id="no-first-wait"),
        pytest.param({"factor": 0.9}, "factor", id="waits-that-shrink"),
        pytest.param({"factor": 101}, "factor", id="factor-beyond-reason"),
        pytest.param({"factor": float("nan")}, "factor", id="factor-not-a-number"),
        pytest.param({"max_delay": timedelta(seconds=1)}, "max_delay", id="cap-below-first"),
        pytest.param({"max_delay": timedelta(days=367)}, "max_delay", id="cap-above-a-year"),
        pytest.param({"jitter": 1}, "jitter", id="jitter-that-leaves-no-wait"),
        pytest.param({"jitter": -0.1}, "jitter", id="negative-jitter"),
    ],
)
def test_a_policy_out_of_range_is_refused(values: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        RetryPolicy(**values)


@pytest.mark.parametrize(
    ("failures", "failed_at", "message"),
    [
        pytest.param(0, NOON, "at least 1", id="no-failure-yet"),
        pytest.param(1, NOON.replace(tzinfo=None), "aware", id="naive-time"),
    ],
)
def test_nonsense_is_refused(failures: int, failed_at: datetime, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        STEADY.next_attempt_at(failed_attempts=failures, failed_at=failed_at, key="job-1")
