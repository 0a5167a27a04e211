"""Signed requests to SQS and S3 with the standard library: two services, five operations, no SDK to install.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

import datetime
import hashlib
import hmac
import http.client
import json
import os
import time
import urllib.parse
import urllib.request

CREDENTIALS_HOST = "http://169.254.170.2"
RENEW_BEFORE_SECONDS = 300
ATTEMPTS = 3


class AwsError(Exception):
    def __init__(self, status, code, message):
        super().__init__("%s: %s" % (code, message))
        self.status = status
        self.code = code


class Credentials:
    """Those of the environment, or of the task's role, which are renewed before they expire."""

    def __init__(self):
        self._kept = None
        self._until = 0.0

    def current(self):
        key = os.environ.get("AWS_ACCESS_KEY_ID")
        if key:
            return key, os.environ["AWS_SECRET_ACCESS_KEY"], os.environ.get("AWS_SESSION_TOKEN")
        if self._kept is None or time.time() > self._until - RENEW_BEFORE_SECONDS:
            uri = os.environ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"]
            with urllib.request.urlopen(CREDENTIALS_HOST + uri, timeout=5) as answer:
                found = json.load(answer)
            self._kept = found["AccessKeyId"], found["SecretAccessKey"], found.get("Token")
            self._until = datetime.datetime.fromisoformat(found["Expiration"].replace("Z", "+00:00")).timestamp()
        return self._kept


CREDENTIALS = Credentials()


def sqs(operation, queue_url, parameters, timeout=30):
    """One operation of SQS in its JSON protocol; the configured endpoint decides, as with the SDKs."""
    parts = urllib.parse.urlsplit(queue_url)
    endpoint = _endpoint("SQS") or "%s://%s" % (parts.scheme, parts.netloc)
    body = json.dumps({"QueueUrl": queue_url, **parameters}).encode()
    headers = {"content-type": "application/x-amz-json-1.0", "x-amz-target": "AmazonSQS." + operation}
    return json.loads(_request("sqs", "POST", endpoint + "/", headers, body, timeout) or b"{}")


def get_object(bucket, key):
    """The bytes of an object, or None: without the right to list, S3 answers 403 for an object that is not there."""
    try:
        return _request("s3", "GET", _object_url(bucket, key), {}, b"", 30)
    except AwsError as error:
        if error.status in (403, 404):
            return None
        raise


def put_object(bucket, key, body):
    _request("s3", "PUT", _object_url(bucket, key), {"content-type": "application/json"}, body, 30)


def _object_url(bucket, key):
    endpoint = _endpoint("S3")
    path = urllib.parse.quote(key, safe="/-_.~")
    if endpoint:
        return "%s/%s/%s" % (endpoint, bucket, path)
    return "https://%s.s3.%s.amazonaws.com/%s" % (bucket, _region(), path)


def _endpoint(service):
    return (os.environ.get("AWS_ENDPOINT_URL_" + service) or os.environ.get("AWS_ENDPOINT_URL") or "").rstrip("/")


def _region():
    return os.environ.get("AWS_REGION") or os.environ["AWS_DEFAULT_REGION"]


def _request(service, method, url, headers, body, timeout):
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _send(service, method, url, headers, body, timeout)
        except (OSError, http.client.HTTPException, AwsError) as error:
            passing = not isinstance(error, AwsError) or error.status >= 500 or error.status == 429
            if attempt == ATTEMPTS or not passing:
                raise
            time.sleep(0.2 * 2**attempt)


def _send(service, method, url, headers, body, timeout):
    parts = urllib.parse.urlsplit(url)
    signed = sign(service, method, url, headers, body, CREDENTIALS.current(), _region(), datetime.datetime.now(datetime.timezone.utc))
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.netloc, timeout=timeout)
    try:
        connection.request(method, parts.path or "/", body=body, headers=signed)
        response = connection.getresponse()
        content = response.read()
    finally:
        connection.close()
    if response.status >= 300:
        raise AwsError(response.status, response.reason, content[:500].decode("utf-8", "replace"))
    return content


def sign(service, method, url, headers, body, credentials, region, now):
    """The headers of a request with its signature, version 4."""
    key, secret, token = credentials
    parts = urllib.parse.urlsplit(url)
    stamp = now.strftime("%Y%m%dT%H%M%SZ")
    digest = hashlib.sha256(body).hexdigest()
    named = {**headers, "host": parts.netloc, "x-amz-date": stamp, "x-amz-content-sha256": digest}
    if token:
        named["x-amz-security-token"] = token
    names = sorted(named)
    listed = ";".join(names)
    canonical = "\n".join([method, parts.path or "/", parts.query, *("%s:%s" % (name, named[name]) for name in names), "", listed, digest])
    scope = "%s/%s/%s/aws4_request" % (stamp[:8], region, service)
    text = "\n".join(["AWS4-HMAC-SHA256", stamp, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    signing = ("AWS4" + secret).encode()
    for part in (stamp[:8], region, service, "aws4_request"):
        signing = hmac.new(signing, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(signing, text.encode(), hashlib.sha256).hexdigest()
    return {**named, "authorization": "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s" % (key, scope, listed, signature)}
