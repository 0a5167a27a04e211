"""The signature against the published example of AWS, and credentials of a task's role."""

import contextlib
import datetime
import io
import json
import os
import pathlib
import sys
import unittest
from unittest import mock

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "python"))

from serverless_ai import aws_request


class Signature(unittest.TestCase):
    def test_the_example_of_the_documentation(self):
        """GET of test.txt with a range: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html"""
        now = datetime.datetime(2013, 5, 24, tzinfo=datetime.timezone.utc)
        credentials = ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", None)
        headers = aws_request.sign(
            "s3", "GET", "https://examplebucket.s3.amazonaws.com/test.txt", {"range": "bytes=0-9"}, b"", credentials, "us-east-1", now
        )
        self.assertEqual(
            headers["authorization"],
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
            " SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
            " Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        )

    def test_a_token_is_signed_too(self):
        now = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
        headers = aws_request.sign("sqs", "POST", "https://sqs.eu-west-1.amazonaws.com/", {}, b"{}", ("key", "secret", "token"), "eu-west-1", now)
        self.assertEqual(headers["x-amz-security-token"], "token")
        self.assertIn("x-amz-security-token", headers["authorization"])


class TaskRole(unittest.TestCase):
    def test_credentials_are_fetched_once_and_renewed_before_they_expire(self):
        answers = [
            {"AccessKeyId": "first", "SecretAccessKey": "s", "Token": "t", "Expiration": "2026-01-01T01:00:00Z"},
            {"AccessKeyId": "second", "SecretAccessKey": "s", "Token": "t", "Expiration": "2026-01-01T02:00:00Z"},
        ]
        asked = []

        def answer(url, timeout):
            asked.append(url)
            return contextlib.closing(io.BytesIO(json.dumps(answers[len(asked) - 1]).encode()))

        start = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc).timestamp()
        credentials = aws_request.Credentials()
        role = {"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/credentials/abc"}
        with mock.patch.dict(os.environ, role, clear=True), mock.patch("urllib.request.urlopen", answer), mock.patch("time.time") as clock:
            keys = []
            for minutes in (0, 54, 56):
                clock.return_value = start + minutes * 60
                keys.append(credentials.current()[0])
        self.assertEqual(keys, ["first", "first", "second"])
        self.assertEqual(asked, ["http://169.254.170.2/v2/credentials/abc"] * 2)


if __name__ == "__main__":
    unittest.main()
