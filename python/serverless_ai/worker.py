"""Works on the jobs of a queue: one at a time, each held by heartbeat, its result written before the message is deleted.

A handler runs at least once per job. The same protocol as the worker of the Node.js runtime.
"""

import datetime
import hashlib
import json
import os
import re
import threading
import urllib.request

from serverless_ai import aws_request, log

WAIT_SECONDS = 10
MAX_RECEIVES = 5
# Of the container's stop timeout, for what was running.
STOP_SECONDS = 110
LONGEST_PAUSE_SECONDS = 30
PROTECTED_MINUTES = 30
RESPONSE_PREFIX = "responses/"


def run(call, stop, stop_seconds=STOP_SECONDS):
    """Takes jobs until ``stop`` is set; what runs then has ``stop_seconds`` to finish before its message is given back."""
    queue = _Queue(os.environ["WORKER_QUEUE_URL"], int(os.environ.get("WORKER_VISIBILITY_SECONDS") or 120))
    bucket = _required("RESPONSE_BUCKET")
    log.write("info", "worker started", visibilitySeconds=queue.visibility)
    failures = 0
    while not stop.is_set():
        try:
            message = queue.receive()
            failures = 0
        except Exception as error:
            failures += 1
            log.write("error", "the queue did not answer", error, failures=failures)
            stop.wait(min(2 ** (failures - 1), LONGEST_PAUSE_SECONDS))
            continue
        if message is None:
            continue
        # The poll is not cut short on a stop: a message on its way would be lost to everyone for the whole timeout.
        if stop.is_set():
            queue.give_back(message, 0)
        else:
            _handle(call, queue, bucket, message, stop, stop_seconds)
    log.write("info", "worker stopped")


class _Queue:
    def __init__(self, url, visibility):
        self.url = url
        self.visibility = visibility

    def receive(self):
        asked = {
            # One at a time: a second message would wait here while another worker is idle.
            "MaxNumberOfMessages": 1,
            "WaitTimeSeconds": WAIT_SECONDS,
            "VisibilityTimeout": self.visibility,
            "MessageSystemAttributeNames": ["ApproximateReceiveCount"],
        }
        messages = aws_request.sqs("ReceiveMessage", self.url, asked).get("Messages") or []
        return messages[0] if messages else None

    def extend(self, message, seconds):
        aws_request.sqs("ChangeMessageVisibility", self.url, {"ReceiptHandle": message["ReceiptHandle"], "VisibilityTimeout": int(seconds)})

    def give_back(self, message, seconds):
        """When it fails, the timeout gives the message back."""
        try:
            self.extend(message, seconds)
        except Exception as error:
            log.write("warn", "a message could not be given back early", error)

    def remove(self, message):
        aws_request.sqs("DeleteMessage", self.url, {"ReceiptHandle": message["ReceiptHandle"]})


class _Hold:
    """Keeps a message this worker's while its job runs."""

    def __init__(self, queue, message, stop, stop_seconds):
        self.lost = threading.Event()
        self._over = threading.Event()
        self._queue, self._message = queue, message
        self._threads = [threading.Thread(target=self._beat, daemon=True)]
        self._threads.append(threading.Thread(target=self._watch, args=(stop, stop_seconds), daemon=True))
        for thread in self._threads:
            thread.start()

    def end(self):
        self._over.set()
        self._threads[0].join()

    def _beat(self):
        missed = 0
        while not self._over.wait(self._queue.visibility / 3):
            try:
                self._queue.extend(self._message, self._queue.visibility)
                missed = 0
                _protect(True)
            except Exception as error:
                missed += 1
                log.write("warn", "a heartbeat failed", error)
                if missed >= 3:
                    self.lost.set()
                    return

    def _watch(self, stop, seconds):
        while not stop.wait(0.2):
            if self._over.is_set():
                return
        if self._over.wait(seconds):
            return
        # A thread cannot be ended from outside; the process can.
        log.write("error", "job not done: the container has to end")
        self._queue.give_back(self._message, 0)
        os._exit(1)


def _handle(call, queue, bucket, message, stop, stop_seconds):
    receives = int((message.get("Attributes") or {}).get("ApproximateReceiveCount") or 1)
    job = _parse(message.get("Body") or "")
    if job is None:
        log.write("error", "a message is no job; the dead-letter queue will have it", receives=receives)
        queue.give_back(message, 0)
        return
    about = {"responseId": job["responseId"], "attempt": receives}
    key = response_key(job["userId"], job["responseId"])
    hold = _Hold(queue, message, stop, stop_seconds)
    try:
        # The queue delivers at least once.
        known = aws_request.get_object(bucket, key)
        if known is not None and json.loads(known).get("status") == "succeeded":
            log.write("info", "job was done before", **about)
        else:
            _protect(True)
            output = _whole(call(job.get("input"), job["responseId"], hold.lost))
            _record(bucket, key, "succeeded", job, output=output)
            log.write("info", "job done", **about)
        hold.end()
        queue.remove(message)
    except Exception as error:
        hold.end()
        log.write("error", "job not done", error, **about)
        if not hold.lost.is_set():
            _failed(queue, bucket, key, message, job, receives, error)
    finally:
        _protect(False)


def _failed(queue, bucket, key, message, job, receives, error):
    if receives >= MAX_RECEIVES:
        try:
            # The name alone goes to the caller; the message may tell more than it should.
            _record(bucket, key, "failed", job, error=log.name_of(error))
        except Exception as cause:
            log.write("error", "the failure could not be recorded", cause)
    queue.give_back(message, min(queue.visibility, 5 * 2 ** (receives - 1)))


def _record(bucket, key, status, job, **result):
    at = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    aws_request.put_object(bucket, key, json.dumps({"status": status, "responseId": job["responseId"], "at": at, **result}).encode())


def response_key(user_id, response_id):
    """It holds a hash of the owner, so that nobody reaches a response by its id alone."""
    return "%s%s/%s.json" % (RESPONSE_PREFIX, hashlib.sha256(user_id.encode()).hexdigest()[:32], response_id)


def _whole(result):
    """Parts are joined where they are texts, and become a list otherwise."""
    if not hasattr(result, "__next__"):
        return result
    parts = list(result)
    return "".join(parts) if parts and all(isinstance(part, str) for part in parts) else parts


def _parse(body):
    try:
        job = json.loads(body)
    except ValueError:
        return None
    if not isinstance(job, dict) or not isinstance(job.get("userId"), str) or not job["userId"]:
        return None
    response_id = job.get("responseId")
    return job if isinstance(response_id, str) and re.fullmatch(r"[0-9A-Za-z-]{1,64}", response_id) else None


def _protect(enabled):
    """Scale-in protection of the ECS task; without an agent there is nobody to ask.

    Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection-endpoint.html
    """
    agent = os.environ.get("ECS_AGENT_URI")
    if not agent:
        return
    state = {"ProtectionEnabled": True, "ExpiresInMinutes": PROTECTED_MINUTES} if enabled else {"ProtectionEnabled": False}
    request = urllib.request.Request(
        agent + "/task-protection/v1/state", json.dumps(state).encode(), {"content-type": "application/json"}, method="PUT"
    )
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            text = answer.read().decode("utf-8", "replace")
        # The agent answers 200 with a failure inside when ECS refused.
        if re.search(r'"(failure|error)"\s*:\s*\{', text, re.IGNORECASE):
            raise RuntimeError("task protection answered: " + text[:200])
    except Exception as error:
        log.write("warn", "the protection of the task could not be changed", error)


def _required(name):
    value = os.environ.get(name)
    if not value:
        raise RuntimeError("environment variable %s is required" % name)
    return value
