"""Started by keep-warm.test.ts, and by hand: python3 -m unittest discover -s test/python"""

import contextlib
import importlib
import io
import json
import pathlib
import sys
import threading
import unittest
from unittest import mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "python"))

NOW = 1_700_000_000.0


class Context:
    def __init__(self, left_ms):
        self.left_ms = left_ms

    def get_remaining_time_in_millis(self):
        return self.left_ms


def environment():
    """A new execution environment: module state starts afresh."""
    sys.modules.pop("serverless_ai.keep_warm", None)
    return importlib.import_module("serverless_ai.keep_warm")


def ping(hold_ms=0.0, **fields):
    return {"keepWarm": {"id": "p1", "holdUntil": NOW * 1000 + hold_ms, **fields}}


def refuse(event, context):
    raise AssertionError("a ping reached the handler")


class KeepWarm(unittest.TestCase):
    def setUp(self):
        self.module = environment()
        self.slept = []
        for name, value in {"time": lambda: NOW, "sleep": self.slept.append}.items():
            patch = mock.patch.object(self.module.time, name, value)
            patch.start()
            self.addCleanup(patch.stop)

    def hold_of(self, event, context=None):
        self.module.keep_warm(refuse)(event, context)
        return self.slept.pop()


class RealEvents(KeepWarm):
    def test_reach_the_handler_with_their_context(self):
        handler = mock.Mock(return_value="answer")
        context = Context(1_000)
        self.assertEqual(self.module.keep_warm(handler)({"body": "x"}, context), "answer")
        handler.assert_called_once_with({"body": "x"}, context)

    def test_are_all_that_is_no_ping(self):
        events = [None, "ping", "", 0, True, [], [1], {}, {"keepWarm": None}, {"keepWarm": "yes"}, {"keepWarm": {}}, {"keepWarm": {"id": 7}}]
        events.append({"body": json.dumps(ping())})
        for event in events:
            with self.subTest(event=event):
                self.assertEqual(self.module.keep_warm(lambda event, context: {"got": event})(event, None), {"got": event})

    def test_an_error_of_the_handler_comes_through(self):
        with self.assertRaisesRegex(ZeroDivisionError, "division"):
            self.module.keep_warm(lambda event, context: 1 / 0)({}, None)

    def test_the_wrapped_function_keeps_its_name(self):
        self.assertEqual(self.module.keep_warm(refuse).__name__, "refuse")
        self.assertEqual(self.module.keep_warm(on_warm=None)(refuse).__name__, "refuse")


class Pings(KeepWarm):
    def test_the_first_finds_a_cold_environment_and_the_next_the_same_one_warm(self):
        wrapped = self.module.keep_warm(refuse)
        first, second = wrapped(ping(), Context(5_000)), wrapped(ping(), Context(5_000))
        self.assertRegex(first["environmentId"], r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
        self.assertEqual(first, {"environmentId": first["environmentId"], "coldStart": True, "ready": True, "heldMs": 0})
        self.assertEqual(second, {**first, "coldStart": False})

    def test_after_a_real_event_finds_no_cold_start(self):
        wrapped = self.module.keep_warm(lambda event, context: 1)
        wrapped({}, None)
        self.assertFalse(wrapped(ping(), None)["coldStart"])

    def test_two_environments_have_two_ids(self):
        one = self.module.keep_warm(refuse)(ping(), None)
        two = environment().keep_warm(refuse)(ping(), None)
        self.assertNotEqual(one["environmentId"], two["environmentId"])

    def test_two_handlers_in_one_environment_have_one_id(self):
        one = self.module.keep_warm(refuse)(ping(), None)
        two = self.module.keep_warm(lambda event, context: 1)(ping(), None)
        self.assertEqual(one["environmentId"], two["environmentId"])

    def test_hold_until_the_stated_time(self):
        self.assertAlmostEqual(self.hold_of(ping(150)), 0.15, places=3)
        self.assertEqual(self.module.keep_warm(refuse)(ping(150), None)["heldMs"], 150)

    def test_hold_no_longer_than_the_bound_whoever_asks(self):
        for until in (NOW * 1000 + 3_600_000, float("inf"), 10**400):
            self.assertEqual(self.hold_of(ping(holdUntil=until)), self.module.MAX_HOLD_SECONDS)

    def test_do_not_hold_for_what_is_no_time_to_come(self):
        for until in (float("nan"), float("-inf"), -(10**400), "soon", None, True, [], {}, -5, 0):
            with self.subTest(until=until):
                self.assertEqual(self.hold_of(ping(holdUntil=until)), 0)

    def test_are_answered_before_the_invocation_ends(self):
        for left_ms, hold in ((1_500, 1.0), (501, 0.001), (500, 0), (400, 0), (0, 0), (-5, 0)):
            with self.subTest(left_ms=left_ms):
                self.assertAlmostEqual(self.hold_of(ping(60_000), Context(left_ms)), hold, places=6)


class OnWarm(KeepWarm):
    def test_runs_once_however_many_pings_come_at_once(self):
        release, runs, pongs = threading.Event(), [], []

        def load():
            runs.append(threading.get_ident())
            release.wait()

        wrapped = self.module.keep_warm(refuse, on_warm=load)
        threads = [threading.Thread(target=lambda: pongs.append(wrapped(ping(), None))) for _ in range(8)]
        for thread in threads:
            thread.start()
        release.set()
        for thread in threads:
            thread.join()
        self.assertEqual(len(runs), 1)
        self.assertEqual([pong["ready"] for pong in pongs], [True] * 8)
        self.assertEqual([pong["coldStart"] for pong in pongs].count(True), 1)
        self.assertEqual(len({pong["environmentId"] for pong in pongs}), 1)

    def test_that_is_slow_is_not_ready_and_goes_on_instead_of_starting_again(self):
        release, runs = threading.Event(), []

        def load():
            runs.append(1)
            release.wait()

        wrapped = self.module.keep_warm(refuse, on_warm=load)
        self.assertFalse(wrapped(ping(), Context(500))["ready"])
        self.assertFalse(wrapped(ping(), Context(500))["ready"])
        release.set()
        self.assertTrue(wrapped(ping(), None)["ready"])
        self.assertEqual(runs, [1])

    def test_that_fails_is_told_and_tried_again_at_the_next_ping(self):
        load = mock.Mock(side_effect=[ValueError('no "model"'), SystemExit(3), None])
        wrapped = self.module.keep_warm(refuse, on_warm=load)
        errors = io.StringIO()
        with contextlib.redirect_stderr(errors):
            self.assertFalse(wrapped(ping(), None)["ready"])
            self.assertFalse(wrapped(ping(), None)["ready"])
        self.assertTrue(wrapped(ping(), None)["ready"])
        self.assertTrue(wrapped(ping(), None)["ready"])
        self.assertEqual(load.call_count, 3)
        self.assertEqual(
            [json.loads(line) for line in errors.getvalue().splitlines()],
            [
                {"level": "error", "message": "on_warm failed", "error": 'ValueError: no "model"'},
                {"level": "error", "message": "on_warm failed", "error": "SystemExit: 3"},
            ],
        )

    def test_does_not_run_for_real_events(self):
        load = mock.Mock()

        @self.module.keep_warm(on_warm=load)
        def handler(event, context):
            return "answer"

        self.assertEqual(handler({}, None), "answer")
        load.assert_not_called()


if __name__ == "__main__":
    unittest.main()
