"""How easy a text is to read, and which words the plain layer of words may not hold."""

import re

#: Words of statistics: in a technical line, the method and tables, never in a plain sentence.
TECHNICAL = re.compile(
    r"\b(p|n|df|ci|se|sd|g|t|holm|benjamini|max-t|sign-flip|flip|placebo|interval|"
    r"significan\w*|hypothes\w*|standardi[sz]ed|hedges|adjust\w*|unadjusted|permut\w*|wilson|"
    r"newcombe|poisson|byar|percentile|quantile|log|specification\w*|estimand|estimator|"
    r"equivalen\w*|detectable|variance|deviation\w*|coefficient|regression|bootstrap|"
    r"null|alpha|outsiders?|nought|whence|thereof)\b",
    re.IGNORECASE,
)  # fmt: skip

SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“0-9£])")


def sentences(text: str) -> list[str]:
    """Split a text into its sentences."""
    return [one for one in SENTENCE_END.split(text.strip()) if one]


def words(text: str) -> list[str]:
    """Return the words of a text; numbers count as words."""
    return re.findall(r"[A-Za-z0-9£%−+][\w£%.,/’'−-]*", text)


def syllables(word: str) -> int:
    """Count syllables by groups of vowels; a number is read as one."""
    bare = re.sub(r"[^a-z]", "", word.lower())
    if not bare:
        return 1
    bare = re.sub(r"(?<=[^aeiouy])e$|(?<=[^aeiouydt])ed$|(?<=[^aeiouyscxz])es$", "", bare)
    return max(1, len(re.findall(r"[aeiouy]+", bare)))


def counted(texts: list[str]) -> tuple[int, int, int]:
    """Return how many sentences, words and syllables texts have together."""
    every = [one for text in texts for one in sentences(text)]
    said = [word for one in every for word in words(one)]
    return len(every), len(said), sum(syllables(word) for word in said)


def ease(sentence_count: int, word_count: int, syllable_count: int) -> float:
    """Return Flesch's reading ease from counts; 60 to 70 is plain English.

    Source: Flesch (1948), A new readability yardstick, Journal of Applied Psychology 32(3).
    """
    return 206.835 - 1.015 * word_count / sentence_count - 84.6 * syllable_count / word_count


def reading_ease(texts: list[str]) -> float:
    """Return Flesch's reading ease of texts together."""
    return ease(*counted(texts))
