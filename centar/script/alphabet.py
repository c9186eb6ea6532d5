"""The Serbian alphabet in both scripts."""

from __future__ import annotations

PAIRS: tuple[tuple[str, str], ...] = tuple(
    zip(
        "абвгдђежзијклљмнњопрстћуфхцчџш",
        (*"abvgdđežzijkl", "lj", "m", "n", "nj", *"oprstćufhcč", "dž", "š"),
        strict=True,
    )
)
"""The 30 letters in the Cyrillic order, lower-case: the Cyrillic letter, its Latin spelling."""

AZBUKA = "абвгдђежзијклљмнњопрстћуфхцчџшqwxy"
"""The Cyrillic order; the Latin letters that Serbian has no use for come last."""

ABECEDA = "абцчћдџђефгхијклљмнњопqрсштувwxyзж"
"""The Latin order, a b c č ć d dž đ e …, its Serbian letters written in Cyrillic."""
