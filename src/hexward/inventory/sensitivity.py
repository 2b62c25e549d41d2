"""How sensitive data is, as the tags of buckets and workloads tell."""

from hexward.inventory.tags import Tags

SENSITIVITY_TAGS = ("data-class", "data-classification", "sensitivity", "classification", "dataclass")
"""Tag keys, in lower case, that tell how sensitive data is."""

CLASSES = ("public", "internal", "confidential", "restricted")
"""The classes of data, least sensitive first; words that stand for them are in `WORDS`."""

WORDS = {
    "pii": "restricted",
    "phi": "restricted",
    "secret": "restricted",
    "private": "confidential",
    "sensitive": "confidential",
}


RELEASE_TAGS = ("dataset-status", "dataset-state", "data-status")
RELEASED = ("released", "frozen", "published")
"""Values of these tags, keys and values in lower case, that tell of a data set which is not to change any more."""


def is_released(tags: Tags | None) -> bool:
    """Say whether tags tell that a data set is released: models were made of it, so it is not to change any more."""
    return any(
        key.lower().replace("_", "-") in RELEASE_TAGS and value.lower() in RELEASED
        for key, value in (tags or {}).items()
    )


def is_confidential(tags: Tags | None) -> bool:
    """Say whether tags tell that data is confidential, or more than that."""
    told = class_of(tags)
    return told is not None and CLASSES.index(told) >= CLASSES.index("confidential")


def class_of(tags: Tags | None) -> str | None:
    """Return the highest class of data that tags tell, one of `CLASSES`; None where they tell none.

    A word that is not known is taken for the highest class: whoever wrote it meant that the data matters.
    """
    told = [
        WORDS.get(value.lower(), value.lower())
        for key, value in (tags or {}).items()
        if key.lower().replace("_", "-") in SENSITIVITY_TAGS
    ]
    return max((word if word in CLASSES else CLASSES[-1] for word in told), key=CLASSES.index, default=None)
