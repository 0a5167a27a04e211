"""Sentiment and embeddings of short English texts: the Python twin of the Node.js image, with the same requests, answers and errors."""

import base64
import json

from inference_request import invalid, parse_request
from sentence_model import load_once
from sentiment import judge
from serverless_ai.errors import InvalidInput, ModelUnavailable
from serverless_ai.keep_warm import keep_warm

# The int8 weights carry no more than that.
DECIMALS = 6


@keep_warm(on_warm=load_once)
def handler(event, context):
    """Answers a plain call, a workflow step or an HTTP request, each in the form its caller expects."""
    if _has(event, "body", "requestContext"):
        return _respond(event)
    if _has(event, "workflow", "step", "input"):
        return _step_result(_run(event["input"]), event["step"]["maxInlineBytes"])
    return _run(event)


def _run(event):
    request = parse_request(event)
    model = load_once()
    results = [_result(model, text, request.embeddings) for text in request.texts]
    return {"results": results} if request.many else results[0]


def _result(model, text, with_embedding):
    embedding = model.embed(text)
    result = judge(embedding.values if embedding.understood else None, model.head)
    result.update(tokens=embedding.tokens, truncated=embedding.truncated)
    if not embedding.understood:
        result["reason"] = "NotUnderstood"
    if with_embedding:
        result["embedding"] = [round(value, DECIMALS) for value in embedding.values]
    return result


def _respond(event):
    """An HTTP caller gets its mistake as 400; anything else is ours and is raised, so that it counts as an error of the function."""
    try:
        return _json(200, _run(_parse_body(event)))
    except InvalidInput as error:
        return _json(400, {"error": InvalidInput.__name__, "message": str(error)})


def _parse_body(event):
    body = event["body"] or ""
    try:
        return json.loads(base64.b64decode(body) if event.get("isBase64Encoded") else body)
    except ValueError as error:
        raise invalid("the body is not JSON") from error


def _step_result(result, most):
    """A result that does not fit the state machine's payload would fail the run with an error that nothing can catch."""
    size = len(_text(result).encode())
    if size > most:
        raise invalid(f"the result has {size} bytes, the step takes {most}; ask for fewer texts or without embeddings")
    return result


def _json(status, body):
    return {"statusCode": status, "headers": {"content-type": "application/json"}, "body": _text(body)}


def _text(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _has(event, *keys):
    return isinstance(event, dict) and all(key in event for key in keys)


# Before the first request, where the CPU of the init phase is at hand. A failure is left to the first request, which reports it by name.
try:
    load_once()
except ModelUnavailable:
    pass
