"""Text that attackers may have written, made safe to print: role names, tags and error messages come from the account."""

import unicodedata


def printable(text: object) -> str:
    """Return one text whose control characters, terminal sequences and direction marks are shown, not obeyed.

    Line ends and tabs are shown too, so that a name can never draw a line of its own.
    """
    return "".join(character if _plain(character) else _shown(character) for character in str(text))


def _plain(character: str) -> bool:
    return character == " " or (
        character.isprintable() and unicodedata.category(character) not in {"Cf", "Co", "Zl", "Zp"}
    )


def _shown(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004
