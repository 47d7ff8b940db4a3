#!/usr/bin/env python3
"""Subsets Noto for the maps: takes a folder of Debian's Noto fonts, gives four small static TrueType files.

    fonts.py SOURCE_DIR [OUT_DIR]

Needs fonttools. `data/fetch` gets both and calls this. The same input gives the same bytes.
"""

import sys
from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

LATIN = [
    (0x0020, 0x007E), (0x00A0, 0x024F),  # Basic, Latin-1, Extended-A, Extended-B
    (0x0250, 0x02AF), (0x02B0, 0x02FF), (0x0300, 0x036F),  # schwa and the like, modifier letters, marks
    (0x0370, 0x03FF), (0x0400, 0x052F),  # Greek, Cyrillic and its supplement
    (0x1E00, 0x1EFF),  # Extended Additional: Vietnamese, romanised Arabic
    (0x200B, 0x200F), (0x2010, 0x2027), (0x2028, 0x202F), (0x2030, 0x203A), (0x2044, 0x2044), (0x2060, 0x2069),
    (0x2070, 0x209C), (0x20A0, 0x20BF), (0x2116, 0x2116), (0x2122, 0x2122),
    (0x25CC, 0x25CC), (0xFEFF, 0xFEFF), (0xFFFD, 0xFFFD),
]
ARABIC = [
    (0x0020, 0x007E), (0x00A0, 0x00BB), (0x0600, 0x06FF), (0x0750, 0x077F), (0x08A0, 0x08FF),
    (0x200B, 0x200F), (0x2010, 0x2011), (0x25CC, 0x25CC), (0xFDFC, 0xFDFC), (0xFEFF, 0xFEFF),
]
FEATURES = ["ccmp", "locl", "kern", "mark", "mkmk", "isol", "init", "medi", "fina", "rlig", "liga", "calt"]

# What Noto Sans itself lacks: code point -> the family that has it in both weights.
ARROWS = {cp: "NotoSansSymbols" for cp in range(0x2190, 0x219A)}
OPERATORS = {cp: "NotoSansMono" for cp in (0x2212, 0x2248, 0x2260, 0x2264, 0x2265)}
# Invisible marks that a text run may hold in either script; they borrow the empty glyph of U+200E or U+200B.
INVISIBLE = [0x061C, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF]

FONTS = {
    "NotoSans": (LATIN, {**ARROWS, **OPERATORS}),
    "NotoSansArabic": (ARABIC, {}),
}


def graft(font, source, code, width):
    """Copies the outline of one character from `source` into `font`, centred in `width` if one is given."""
    name = source.getBestCmap()[code]
    glyphs = source.getGlyphSet()
    outline = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(outline)
    advance = width or source["hmtx"][name][0]
    scale = font["head"].unitsPerEm / source["head"].unitsPerEm
    shift = (advance - scale * source["hmtx"][name][0]) / 2
    pen = TTGlyphPen(None)
    outline.replay(TransformPen(pen, (scale, 0, 0, scale, round(shift), 0)))
    new = f"uni{code:04X}"
    font["glyf"][new] = glyph = pen.glyph()
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][new] = (advance, glyph.xMin)
    point(font, code, new)


def point(font, code, name):
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name


def subset(font, ranges, extra):
    options = Options()
    options.layout_features = FEATURES
    options.layout_scripts = ["*"]
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14]
    options.name_languages = [0x409]
    options.drop_tables += ["DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[c for low, high in ranges for c in range(low, high + 1)] + list(extra))
    subsetter.subset(font)


def make(source, family, weight, out):
    ranges, grafts = FONTS[family]
    opened = lambda name: TTFont(source / f"{name}-{weight}.ttf", recalcTimestamp=False)
    font = opened(family)
    font["glyf"].glyphs  # decompiled before glyphs are added
    figure = font["hmtx"][font.getBestCmap()[ord("0")]][0]
    for code, donor in grafts.items():
        if code not in font.getBestCmap():
            graft(font, opened(donor), code, figure if donor == "NotoSansMono" else None)
    empty = font.getBestCmap()[0x200E]
    for code in INVISIBLE:
        if code not in font.getBestCmap():
            point(font, code, empty)
    subset(font, ranges, [*grafts, *INVISIBLE])
    path = out / f"{family}-{weight}.ttf"
    font.save(path, reorderTables=True)
    missing = [f"U+{c:04X}" for c in [*grafts, *INVISIBLE] if c not in TTFont(path).getBestCmap()]
    assert not missing, missing
    print(f"{path.name}: {path.stat().st_size} bytes, {len(TTFont(path).getBestCmap())} characters")


def main():
    source = Path(sys.argv[1])
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent
    for family in FONTS:
        for weight in ("Regular", "Bold"):
            make(source, family, weight, out)


if __name__ == "__main__":
    main()
