"""One JSON line per entry, as the other runtimes of this library write them."""

import json
import sys
import traceback


def write(level, message, error=None, **fields):
    entry = {"level": level, "message": message, **fields}
    if error is not None:
        stack = "".join(traceback.format_exception(type(error), error, error.__traceback__))
        entry["error"] = {"name": name_of(error), "message": str(error), "stack": stack}
    print(json.dumps(entry, default=str), file=sys.stderr if level in ("warn", "error") else sys.stdout, flush=True)


def name_of(error):
    """What Lambda reports as ``errorType``."""
    return type(error).__name__
