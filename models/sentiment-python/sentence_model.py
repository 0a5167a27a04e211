"""The sentence encoder: a session of onnxruntime, the vocabulary and the head, loaded once for the lifetime of the environment."""

import json
import os
import threading
from dataclasses import dataclass

from serverless_ai.errors import ModelUnavailable
from tokenizer import Tokenizer

# Longest input of the encoder; the rest of a text is cut off and the answer says so.
MAX_TOKENS = 128

_lock = threading.Lock()
_model = None


@dataclass(frozen=True)
class Embedding:
    values: list
    tokens: int
    """Tokens of the whole text."""
    truncated: bool
    understood: bool
    """False when no piece of the text is in the vocabulary: emoji, or a script the model never saw."""


class SentenceModel:
    def __init__(self, directory):
        # Builds from 1.29 on report model names to their maker unless this is set before they are loaded.
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
        import numpy
        import onnxruntime

        options = onnxruntime.SessionOptions()
        # A second thread made sentences slower: one vCPU of Lambda has nothing to give it.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._numpy = numpy
        self._session = onnxruntime.InferenceSession(os.path.join(directory, "model.onnx"), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer(_read_json(directory, "vocab.json"))
        self.head = _read_json(directory, "head.json")
        if "labels" in self.head:
            raise ValueError("the head has labels of its own, and this image knows sentiment only; use the Node.js image")

    def embed(self, text):
        """One text at a time: in a batch the neighbours of a text would change its quantized embedding."""
        tokens = self._tokenizer.encode(text)
        ids = self._numpy.array([tokens[:MAX_TOKENS]], dtype=self._numpy.int64)
        inputs = {"input_ids": ids, "attention_mask": self._numpy.ones_like(ids)}
        values = self._session.run(["sentence_embedding"], inputs)[0][0].tolist()
        return Embedding(values, len(tokens), len(tokens) > MAX_TOKENS, self._tokenizer.understands(tokens))


def load_once():
    """Callers at the same time share one load; a failed one is tried again by the next caller."""
    global _model
    with _lock:
        if _model is None:
            _model = _load()
        return _model


def _load():
    try:
        return SentenceModel(os.environ["MODEL_DIR"])
    except Exception as error:
        raise ModelUnavailable(f"the model cannot be loaded: {error}") from error


def _read_json(directory, name):
    with open(os.path.join(directory, name), encoding="utf8") as file:
        return json.load(file)
