"""Checks what a caller sent; everything that is wrong with it is said by name, and is never retried."""

from dataclasses import dataclass

from serverless_ai.errors import InvalidInput

# Far more than the encoder reads; beyond it a caller has sent the wrong thing.
MAX_CHARACTERS = 20_000
# At a few milliseconds each these stay well within a function's timeout, and their embeddings within a response.
MAX_TEXTS = 256

CLAIM_CHECK = "$claimCheck"
# What JavaScript trims, so that both images call the same texts empty.
WHITESPACE = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_ABSENT = object()
_KINDS = {dict: "an object", list: "a list", str: "a string", bool: "a boolean", int: "a number", float: "a number", type(None): "null"}


@dataclass(frozen=True)
class InferenceRequest:
    texts: tuple
    many: bool
    """Whether the caller sent ``texts`` and expects a list."""
    embeddings: bool


def parse_request(event):
    if not isinstance(event, dict):
        raise invalid(f'expected {{ "text": ... }} or {{ "texts": [...] }}, got {_kind_of(event)}')
    if CLAIM_CHECK in event:
        raise invalid("the input travels by claim check; send at most 20 texts of a page each, or raise the inline threshold")
    text, texts = event.get("text", _ABSENT), event.get("texts", _ABSENT)
    embeddings = event.get("embeddings", False)
    if not isinstance(embeddings, bool):
        raise invalid(f"embeddings must be true or false, got {_kind_of(embeddings)}")
    if text is not _ABSENT and texts is not _ABSENT:
        raise invalid("text and texts exclude each other")
    if texts is _ABSENT:
        return InferenceRequest((_check_text(text, "text"),), False, embeddings)
    return InferenceRequest(_check_texts(texts), True, embeddings)


def _check_texts(texts):
    if not isinstance(texts, list):
        raise invalid(f"texts must be a list, got {_kind_of(texts)}")
    if not texts:
        raise invalid("texts must hold at least one text, got none")
    if len(texts) > MAX_TEXTS:
        raise invalid(f"texts must hold at most {MAX_TEXTS} texts, got {len(texts)}; send several requests")
    return tuple(_check_text(text, f"texts[{index}]") for index, text in enumerate(texts))


def _check_text(text, name):
    if not isinstance(text, str):
        raise invalid(f"{name} must be a string, got {_kind_of(text)}")
    if text.strip(WHITESPACE) == "":
        raise invalid(f"{name} must not be empty")
    length = _length(text)
    if length > MAX_CHARACTERS:
        raise invalid(f"{name} must have at most {MAX_CHARACTERS} characters, got {length}; send passages")
    return text


def invalid(message):
    return InvalidInput(message)


def _length(text):
    """In units of UTF-16, as JavaScript counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _kind_of(value):
    return "undefined" if value is _ABSENT else _KINDS.get(type(value), f"a {type(value).__name__}")
