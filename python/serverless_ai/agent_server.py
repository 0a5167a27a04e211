"""Serves a handler as AgentCore calls it.

Source: https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-http-protocol-contract.html
"""

import json
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import GeneratorType

from serverless_ai import log
from serverless_ai.errors import InvalidInput

PORT = 8080
# Larger bodies are refused: they would fill the memory before anybody has looked at them. AgentCore passes on as much.
MAX_BODY_BYTES = 100 * 1024 * 1024

ROUTES = {"/ping": "GET", "/invocations": "POST"}


class Health:
    """Busy while requests are answered. The time is that of the last change: one that moves with every ping would keep an idle session alive."""

    def __init__(self, now=time.time):
        self._now = now
        self._lock = threading.Lock()
        self._running = 0
        self._changed_at = now()

    def __enter__(self):
        self._count(1)

    def __exit__(self, *_error):
        self._count(-1)

    def report(self):
        return {"status": "HealthyBusy" if self._running else "Healthy", "time_of_last_update": int(self._changed_at)}

    def _count(self, change):
        with self._lock:
            was_busy = self._running > 0
            self._running += change
            if was_busy != (self._running > 0):
                self._changed_at = self._now()


def serve(call, host, port, stop):
    """Answers until ``stop`` is set, and then what came before. One request at a time, as in an environment of Lambda; pings meanwhile."""
    health = Health()
    turn = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            self._route()

        do_POST = do_PUT = do_DELETE = do_GET

        def _route(self):
            path = self.path.split("?")[0]
            method = ROUTES.get(path)
            if method is None:
                self._send(404, {"error": "NotFound", "message": "there are POST /invocations and GET /ping"})
            elif method != self.command:
                self._send(405, {"error": "MethodNotAllowed", "message": "use " + method}, {"allow": method})
            elif path == "/ping":
                self._send(200, health.report())
            else:
                with health, turn:
                    self._answer()

        def _answer(self):
            started = False
            try:
                result = call(self._body(), str(uuid.uuid4()))
                if isinstance(result, GeneratorType):
                    for part in result:
                        started = started or self._start_stream()
                        self._event(part)
                    if not started:
                        self._start_stream()
                else:
                    self._send(200, result)
            except (BrokenPipeError, ConnectionResetError) as error:
                log.write("warn", "the caller is gone", error)
                self.close_connection = True
            except Exception as error:
                self._fail(error, started)

        def _body(self):
            length = int(self.headers.get("content-length") or 0)
            if length > MAX_BODY_BYTES:
                raise InvalidInput("the body must have at most %d bytes" % MAX_BODY_BYTES)
            try:
                return json.loads(self.rfile.read(length))
            except ValueError as error:
                raise InvalidInput("the body is not JSON") from error

        def _fail(self, error, started):
            """A caller gets its own mistakes explained; of any other error it gets the name, and the log the rest."""
            log.write("error", "invocation failed", error)
            name = log.name_of(error)
            body = {"error": name, "message": str(error)} if isinstance(error, InvalidInput) else {"error": name}
            if started:
                self.wfile.write(b"event: error\n")
                self._event(body)
            else:
                # What was not read of the body must not be taken for the next request.
                self.close_connection = True
                self._send(400 if isinstance(error, InvalidInput) else 500, body, {"connection": "close"})

        def _start_stream(self):
            self.send_response(200)
            for name, value in {"content-type": "text/event-stream", "cache-control": "no-cache", "connection": "close"}.items():
                self.send_header(name, value)
            self.end_headers()
            self.close_connection = True
            return True

        def _event(self, part):
            self.wfile.write(b"data: " + _json(part) + b"\n\n")
            self.wfile.flush()

        def _send(self, status, body, headers=None):
            text = _json(body)
            self.send_response(status)
            for name, value in {"content-type": "application/json", "content-length": str(len(text)), **(headers or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_arguments):
            """No line per ping."""

    class Server(ThreadingHTTPServer):
        daemon_threads = False
        # Idle connections end by themselves, so that a stop need not wait for their callers.
        timeout = 5

        def finish_request(self, request, client_address):
            request.settimeout(self.timeout)
            super().finish_request(request, client_address)

    server = Server((host, port), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    log.write("info", "server started", port=server.server_address[1])
    stop.wait()
    server.shutdown()
    server.server_close()
    log.write("info", "server stopped")


def _json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
