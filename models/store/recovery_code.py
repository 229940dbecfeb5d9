"""The code on paper that opens the ledger when no password is left: ``AB3D-…`` in eight groups of four."""

from __future__ import annotations

import secrets
import unicodedata

from models.errors import ClerkError

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31 signs, a prime; none of 0 O, 1 I L
GROUPS = 8
_DATA = 3  # signs of a group that carry the secret: 24 in all, 118 bits


def new_code() -> str:
    """Return a new random code in its printed form."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(_DATA)) for _ in range(GROUPS))
    return "-".join(group + _check_sign(group, place) for place, group in enumerate(groups))


def parse_code(typed: str) -> str:
    """Return *typed* in the printed form; case, width and separators do not matter.

    Raises ClerkError naming the group that is mistyped.
    """
    signs = [sign for sign in unicodedata.normalize("NFKC", typed).upper() if sign.isalnum()]
    groups = ["".join(signs[start : start + _DATA + 1]) for start in range(0, len(signs), _DATA + 1)]
    for place, group in enumerate(groups[:GROUPS]):
        if len(group) <= _DATA or not set(group) <= set(ALPHABET) or group[-1] != _check_sign(group, place):
            raise ClerkError(f"恢复码第 {place + 1} 组“{group}”有误，请对照纸上的恢复码重新输入。")
    if len(signs) != GROUPS * (_DATA + 1):
        raise ClerkError(f"恢复码应有 {GROUPS} 组、每组 4 个字符，现在是 {len(signs)} 个字符。请补全后重试。")
    return "-".join(groups)


def _check_sign(group: str, place: int) -> str:
    """Weights 1, 2, 3 modulo a prime find one wrong sign, two swapped, and a group in a wrong place."""
    total = sum(weight * ALPHABET.index(sign) for weight, sign in enumerate(group[:_DATA], start=1))
    return ALPHABET[(total + 5 * place) % len(ALPHABET)]
