"""Text that attackers may have written, made safe to print: role names, tags and error messages come from the account."""

import unicodedata

INVISIBLE = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
)
"""Characters that count as printable and are drawn as nothing: two names that differ by them look the same."""


def printable(text: object) -> str:
    """Return one text whose control characters, terminal sequences and direction marks are shown, not obeyed.

    Line ends and tabs are shown too, so that a name can never draw a line of its own.
    """
    return "".join(character if _plain(character) else _shown(character) for character in str(text))


def _plain(character: str) -> bool:
    return character == " " or (
        character.isprintable()
        and unicodedata.category(character) not in {"Cf", "Co", "Zl", "Zp"}
        and character not in INVISIBLE
    )


def _shown(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004
