"""Logistic classifier over a sentence embedding."""

import math

# The head knows two classes only; in between it does not decide.
NEUTRAL_ABOVE = 0.4
NEUTRAL_BELOW = 0.6


def judge(embedding, head):
    """Label and probability that a text is positive; ``None`` is a text of which nothing was understood."""
    if embedding is None:
        return {"label": "NEUTRAL", "probability": 0.5}
    score = head["bias"] + sum(value * weight for value, weight in zip(embedding, head["weights"], strict=True))
    probability = _logistic(score)
    return {"label": label_of(probability), "probability": probability}


def label_of(probability):
    if NEUTRAL_ABOVE < probability < NEUTRAL_BELOW:
        return "NEUTRAL"
    return "NEGATIVE" if probability < 0.5 else "POSITIVE"


def _logistic(score):
    # The power of a large number is an error in Python.
    if score < 0:
        power = math.exp(score)
        return power / (1 + power)
    return 1 / (1 + math.exp(-score))
