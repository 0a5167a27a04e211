"""The main program of a generated image outside Lambda: a worker where a queue is named, an HTTP server everywhere else.

    python3 -m serverless_ai.container app.handler
"""

import importlib
import os
import signal
import sys
import threading

from serverless_ai import agent_server, log, worker

# The longest that a timer can wait: nothing here ends a request early.
UNLIMITED_MS = 2**31 - 1


class Context:
    """As much of Lambda's context as a container can state truthfully."""

    def __init__(self, request_id, cancelled=None):
        self.aws_request_id = request_id
        # Set when the result is not wanted any more.
        self.cancelled = cancelled or threading.Event()

    def get_remaining_time_in_millis(self):
        return UNLIMITED_MS


def load_handler(name):
    """Loads what CMD names (``app.handler``, ``src/app.handler``) from the task root, as Lambda does."""
    module_name, _, function_name = name.rpartition(".")
    if not module_name:
        raise SystemExit("the command must name a handler such as app.handler, got %r" % name)
    sys.path.insert(0, os.environ.get("LAMBDA_TASK_ROOT", os.getcwd()))
    handler = getattr(importlib.import_module(module_name.replace("/", ".")), function_name, None)
    if not callable(handler):
        raise SystemExit("handler %s: module %s has no function %s" % (name, module_name, function_name))
    return handler


def main(arguments):
    handler = load_handler(arguments[0] if arguments else "")
    stop = threading.Event()

    def on_signal(_signal, _frame):
        log.write("info", "stopping: nothing further is taken")
        stop.set()

    signal.signal(signal.SIGTERM, on_signal)

    def call(event, request_id, cancelled=None):
        return handler(event, Context(request_id, cancelled))

    if os.environ.get("WORKER_QUEUE_URL"):
        worker.run(call, stop)
    else:
        host = os.environ.get("SERVER_HOST") or "0.0.0.0"
        agent_server.serve(call, host, int(os.environ.get("SERVER_PORT") or agent_server.PORT), stop)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Exception as error:
        log.write("error", "the container cannot go on", error)
        sys.exit(1)
