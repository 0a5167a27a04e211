"""Answers keep-warm pings before any code of the handler runs, as ``keepWarm`` does in Node.js."""

import functools
import json
import sys
import threading
import time
import uuid

MAX_HOLD_SECONDS = 2.0
"""A hold is never longer than this, whoever asks for it: a caller must not be able to hold concurrency."""

ANSWER_MARGIN_SECONDS = 0.5
"""Left of the invocation when a ping is answered at the latest."""

_lock = threading.Lock()
_environment_id = None
_invoked = False


def keep_warm(handler=None, *, on_warm=None):
    """Lets a function answer keep-warm pings; every other event goes to the handler untouched.

    ``on_warm`` prepares the environment, such as loading a model. It runs once, in a thread of its own; a failed run is tried again at the next
    ping. ::

        @keep_warm(on_warm=load_model)
        def handler(event, context):
            return answer(event)
    """
    if handler is None:
        return functools.partial(keep_warm, on_warm=on_warm)
    prepare = _Once(on_warm)

    @functools.wraps(handler)
    def wrapped(event, context):
        hold_until = _hold_until(event)
        cold_start = _mark_invoked()
        if hold_until is None:
            return handler(event, context)
        return _answer(hold_until, cold_start, prepare, context)

    return wrapped


def _hold_until(event):
    """Seconds since the epoch; None for an event that is no ping."""
    ping = event.get("keepWarm") if isinstance(event, dict) else None
    if not isinstance(ping, dict) or not isinstance(ping.get("id"), str):
        return None
    until = ping.get("holdUntil")
    if not isinstance(until, (int, float)) or isinstance(until, bool) or until != until:
        return 0.0
    # A whole number of JSON may be too large for a float.
    return min(max(until, 0), sys.maxsize) / 1000


def _mark_invoked():
    """True for the first invocation of this environment."""
    global _invoked
    with _lock:
        first, _invoked = not _invoked, True
        return first


def _identify():
    global _environment_id
    with _lock:
        # Made at the first ping and not on import: environments may start from one snapshot.
        _environment_id = _environment_id or str(uuid.uuid4())
        return _environment_id


def _answer(hold_until, cold_start, prepare, context):
    environment_id = _identify()
    left = max(0.0, _remaining_seconds(context) - ANSWER_MARGIN_SECONDS)
    deadline = time.monotonic() + left
    hold = min(max(hold_until - time.time(), 0.0), MAX_HOLD_SECONDS, left)
    running = prepare.start()
    time.sleep(hold)
    ready = running.wait(deadline - time.monotonic())
    return {"environmentId": environment_id, "coldStart": cold_start, "ready": ready, "heldMs": round(hold * 1000)}


def _remaining_seconds(context):
    remaining = getattr(context, "get_remaining_time_in_millis", None)
    return remaining() / 1000 if callable(remaining) else threading.TIMEOUT_MAX


class _Run:
    def __init__(self, work):
        self._done = threading.Event()
        self.failed = False
        if work is None:
            self._done.set()
            return
        # A daemon, so that work which never ends does not keep the environment from ending.
        threading.Thread(target=self._work, args=(work,), name="keep-warm", daemon=True).start()

    def _work(self, work):
        try:
            work()
        except BaseException as error:
            self.failed = True
            line = {"level": "error", "message": "on_warm failed", "error": f"{type(error).__name__}: {error}"}
            print(json.dumps(line), file=sys.stderr, flush=True)
        finally:
            self._done.set()

    def wait(self, seconds):
        """False when the work failed, or takes longer."""
        return self._done.wait(min(max(seconds, 0.0), threading.TIMEOUT_MAX)) and not self.failed


class _Once:
    """Single flight: one run that succeeds, however many ask for it; a failed one is repeated."""

    def __init__(self, work):
        self._work = work
        self._lock = threading.Lock()
        self._run = None

    def start(self):
        with self._lock:
            if self._run is None or self._run.failed:
                self._run = _Run(self._work)
            return self._run
