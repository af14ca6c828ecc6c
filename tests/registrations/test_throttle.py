import pytest
from django.core.cache import caches
from django.test import RequestFactory
from redis.exceptions import ConnectionError as RedisGone

from registrations.throttle import client_address, is_too_often, is_too_often_for


def request(address, **headers):
    return RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)


def test_the_limit_is_per_client_and_per_thing():
    first, second = request("192.0.2.1"), request("192.0.2.2")
    counted = [is_too_often(first, "a", limit=2, seconds=60) for _ in range(3)]

    assert counted == [False, False, True]
    assert is_too_often(second, "a", limit=2, seconds=60) is False
    assert is_too_often(first, "b", limit=2, seconds=60) is False


def test_a_network_of_ipv6_is_one_client():
    assert is_too_often(request("2001:db8::1"), "a", limit=1, seconds=60) is False
    assert is_too_often(request("2001:db8::2"), "a", limit=1, seconds=60) is True
    assert is_too_often(request("2001:db8:1::1"), "a", limit=1, seconds=60) is False


def test_behind_a_proxy_the_client_is_whom_the_proxy_saw(settings):
    behind = request("10.0.0.1", **{"X-Forwarded-For": "6.6.6.6, 192.0.2.7"})
    assert client_address(behind) == "10.0.0.1"

    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert client_address(behind) == "192.0.2.7"


@pytest.mark.parametrize("problem", [RedisGone("gone"), ConnectionRefusedError()])
def test_without_the_cache_nobody_is_kept_out(monkeypatch, problem):
    def refuse(*args, **kwargs):
        raise problem

    monkeypatch.setattr(type(caches["default"]), "add", refuse)
    assert is_too_often(request("192.0.2.1"), "a", limit=0, seconds=60) is False


def test_the_cache_holds_no_address(monkeypatch):
    keys = []
    monkeypatch.setattr(type(caches["default"]), "add", lambda _cache, key, *args, **kwargs: keys.append(key))
    monkeypatch.setattr(type(caches["default"]), "incr", lambda _cache, key: 1)
    is_too_often(request("192.0.2.1"), "a", limit=1, seconds=60)

    assert "192.0.2.1" not in keys[0]


def test_subject_is_counted_from_wherever_it_comes():
    answers = [is_too_often_for("registration 1", "code", limit=2, seconds=60) for _attempt in range(3)]
    other = is_too_often_for("registration 2", "code", limit=2, seconds=60)
    assert (answers, other) == ([False, False, True], False)
