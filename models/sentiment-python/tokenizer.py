"""Unigram (SentencePiece) tokenizer: the segmentation with the highest sum of scores, found by dynamic programming."""

import unicodedata

# Ids below this are control symbols of the vocabulary, which no text may spell.
CONTROL_SYMBOLS = 6
UNKNOWN = 0
WORD_START = "\u2581"


class Tokenizer:
    """A character that no piece covers is unknown; neighbouring unknowns become one token."""

    def __init__(self, vocabulary):
        """``vocabulary``: pieces with their log probabilities; the position in the list is the token's id."""
        # Pieces with a colon have none, which the original takes for 0.
        self._scores = [score or 0.0 for _, score in vocabulary]
        self._ids = {piece: token for token, (piece, _) in enumerate(vocabulary) if token >= CONTROL_SYMBOLS}
        self._longest = max((len(piece) for piece in self._ids), default=1)

    def encode(self, text):
        normalized = unicodedata.normalize("NFKC", text)
        return self._segment(WORD_START + normalized.replace(" ", WORD_START)) if normalized else []

    def understands(self, tokens):
        """Whether any token is more than an unknown character or the mere start of a word."""
        return any(token not in (UNKNOWN, self._ids.get(WORD_START)) for token in tokens)

    def _segment(self, text):
        size = len(text) + 1
        best, start, token = [0.0] * size, [-1] * size, [UNKNOWN] * size
        for end in range(1, size):
            for begin in range(max(0, end - self._longest), end):
                found = self._ids.get(text[begin:end])
                if found is None and begin != end - 1:
                    continue
                score = best[begin] + (0 if found is None else self._scores[found])
                # The original takes a score of exactly 0 for "nothing found yet", which decides ties with unknown characters.
                if start[end] < 0 or best[end] == 0 or score >= best[end]:
                    best[end], start[end], token[end] = score, begin, UNKNOWN if found is None else found
        tokens = []
        end = len(text)
        while end > 0:
            if token[end] != UNKNOWN or not tokens or tokens[-1] != UNKNOWN:
                tokens.append(token[end])
            end = start[end]
        return tokens[::-1]
