#!/usr/bin/env python3
"""Packs the countries of the world: takes world-atlas and i18n-iso-countries (npm), gives countries.bin.

    countries.py WORLD_ATLAS_DIR ISO_DIR [OUT_DIR]

Standard library only. `data/fetch` gets both packages and calls this. README.md has the format.
The file is read back and compared with its source before it is left in place.
"""

import heapq
import json
import math
import struct
import sys
from itertools import accumulate
from pathlib import Path

MAGIC = b"CMW1"
HEADER = struct.Struct("<4s7I4d")
COUNTRY = struct.Struct("<2sH4sIIiiiiffIHH")
ARC = struct.Struct("<IIiiiiiiHH")
NONE = 0xFFFF

# Names that neither source has in a form fit for a map: Natural Earth's name -> (English, Arabic).
# None keeps what the sources give.
NAMES = {
    "Akrotiri": (None, "أكروتيري"),
    "Ashmore and Cartier Is.": ("Ashmore and Cartier Islands", "جزر أشمور وكارتييه"),
    "Baikonur": (None, "بايكونور"),
    "Bajo Nuevo Bank": (None, "باخو نويفو"),
    "Belarus": (None, "بيلاروس"),
    "Bosnia and Herz.": ("Bosnia and Herzegovina", None),
    "Clipperton I.": ("Clipperton Island", "جزيرة كليبرتون"),
    "Coral Sea Is.": ("Coral Sea Islands", "جزر بحر المرجان"),
    "Cyprus U.N. Buffer Zone": ("UN Buffer Zone in Cyprus", "المنطقة العازلة في قبرص"),
    "Dem. Rep. Congo": ("DR Congo", None),
    "Dhekelia": (None, "دكليا"),
    "Falkland Is.": ("Falkland Islands", None),
    "Greenland": (None, "غرينلاند"),
    "Indian Ocean Ter.": ("Indian Ocean Territories", "أقاليم المحيط الهندي"),
    "Kosovo": (None, "كوسوفو"),
    "Macedonia": ("North Macedonia", None),
    "Micronesia": (None, "ميكرونيسيا"),
    "Myanmar": (None, "ميانمار"),
    "N. Cyprus": ("Northern Cyprus", "شمال قبرص"),
    "Scarborough Reef": (None, "شعاب سكاربورو"),
    "Serranilla Bank": (None, "سيرانيلا"),
    "Siachen Glacier": (None, "نهر سياتشن الجليدي"),
    "Somaliland": (None, "صوماليلاند"),
    "Spratly Is.": ("Spratly Islands", "جزر سبراتلي"),
    "St-Barthélemy": ("Saint Barthélemy", None),
    "St-Martin": ("Saint Martin", "سان مارتن"),
    "Sint Maarten": (None, "سينت مارتن"),
    "São Tomé and Principe": ("São Tomé and Príncipe", None),
    "Turkey": ("Türkiye", None),
    "U.S. Virgin Is.": ("US Virgin Islands", None),
    "USNB Guantanamo Bay": ("Guantanamo Bay", "خليج غوانتانامو"),
    "British Virgin Is.": ("British Virgin Islands", None),
    "eSwatini": ("Eswatini", None),
}
CODES = {"Kosovo": ("XK", "XKX", 0)}  # user-assigned, in common use; the rest without a code stay without


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


def polygons_of(geometry):
    return geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]


def absolute(arc):
    """The points of a TopoJSON arc, on the source's grid."""
    xs, ys = zip(*arc)
    return list(zip(accumulate(xs), accumulate(ys)))


def unfold(points, turn):
    """Writes a point on the antimeridian with the longitude, 180 or -180, that its neighbours in the arc call for.

    The source has -180 for both, so that a line along 179.9 E jumps around the world and back. `turn` is 360 degrees.
    """
    out = [points[0]]
    for x, y in points[1:]:
        out.append((x + turn * round((out[-1][0] - x) / turn), y))
    low = min(x for x, _ in out)
    shift = turn * (low < 0) - turn * (low >= turn)
    out = [(x + shift, y) for x, y in out]
    assert all(0 <= x <= turn for x, _ in out), "an arc crosses the antimeridian"
    assert all(a == b or (a[0] == 0 and b == (turn, a[1])) for a, b in zip(points, out))
    return out


def grid_turn(topology):
    turn = 360 / topology["transform"]["scale"][0]
    assert abs(turn - round(turn)) < 1e-6
    return round(turn)


def ring_points(ring, arcs):
    out = []
    for ref in ring:
        points = arcs[ref] if ref >= 0 else arcs[~ref][::-1]
        out += points[1:] if out else points
    return out


def signed_area(points):
    """Twice the area, positive when counter-clockwise."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1]))


def inside(x, y, rings):
    hit = False
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, ring[1:]):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                hit = not hit
    return hit


def distance(x, y, rings):
    """To the nearest edge, negative outside."""
    best = math.inf
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, ring[1:]):
            dx, dy = bx - ax, by - ay
            t = dx * dx + dy * dy
            t = max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / t)) if t else 0.0
            px, py = ax + t * dx - x, ay + t * dy - y
            best = min(best, px * px + py * py)
    return math.sqrt(best) * (1 if inside(x, y, rings) else -1)


def label_point(rings):
    """About the point of a polygon farthest from its border (polylabel), in degrees; rings in degrees."""
    if not signed_area(rings[0]):
        xs, ys = zip(*rings[0])
        return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
    lats = [p[1] for p in rings[0]]
    k = math.cos(math.radians((min(lats) + max(lats)) / 2))
    full = [[(x * k, y) for x, y in ring] for ring in rings]
    thin = []
    for ring in full:
        step = max(1, len(ring) // 600)
        thin.append(ring if step == 1 else ring[:-1:step] + ring[:1])
    xs, ys = [p[0] for p in full[0]], [p[1] for p in full[0]]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    size = min(width, height)
    precision = size / 50
    cells = []

    def push(x, y, half):
        d = distance(x, y, thin)
        heapq.heappush(cells, (-(d + half * math.sqrt(2)), x, y, half, d))

    x = min(xs)
    while x < max(xs):
        y = min(ys)
        while y < max(ys):
            push(x + size / 2, y + size / 2, size / 2)
            y += size
        x += size
    push(sum(xs) / len(xs), sum(ys) / len(ys), 0)
    found = []
    best = -math.inf
    while cells:
        bound, x, y, half, d = heapq.heappop(cells)
        if d > best:
            best = d
            found.append((x, y))
        if -bound - best <= precision:
            break
        if half:
            for sx in (-1, 1):
                for sy in (-1, 1):
                    push(x + sx * half / 2, y + sy * half / 2, half / 2)
    for digits in (3, 5):
        for x, y in reversed(found):
            lon, lat = round(x / k, digits), round(y, digits)
            if inside(lon, lat, rings):
                return lon, lat
    raise SystemExit("no point inside the largest polygon")


def names_and_codes(atlas_name, numeric, iso):
    codes, english, arabic = iso
    alpha2, alpha3, number = CODES.get(atlas_name, ("", "", 0))
    if numeric:
        alpha2, alpha3 = codes[numeric]
        number = int(numeric)
    en, ar = NAMES.get(atlas_name, (None, None))
    if not en:
        en = atlas_name
        if "." in en:  # abbreviated in Natural Earth
            en = english[alpha2] if isinstance(english[alpha2], str) else english[alpha2][0]
    ar = ar or arabic.get(alpha2, "")
    if not ar or "." in en:
        raise SystemExit(f"no full name for {atlas_name}")
    return alpha2, alpha3, number, en, ar


def sides(countries, arcs):
    """For each arc the country on its left and the one on its right, from the sense of the rings.

    The grid folds two short arcs (a spur at the Dead Sea, a sliver at 38.66 E 49.96 N) so that a side has more than one
    country: there the first two share the arc, one on each side, so that it stays a land border.
    """
    claims = [([], []) for _ in arcs]
    for index, (_, polygons) in enumerate(countries):
        for polygon in polygons:
            for depth, ring in enumerate(polygon):
                area = signed_area(ring_points(ring, arcs))
                if not area:  # an islet or an enclave that the grid has made a line
                    continue
                interior_left = (area > 0) == (depth == 0)
                for ref in ring:
                    side = claims[ref if ref >= 0 else ~ref][0 if interior_left == (ref >= 0) else 1]
                    if index not in side:
                        side.append(index)
    for arc, (left, right) in enumerate(claims):
        if len(left) > 1 or len(right) > 1:
            assert len(arcs[arc]) < 4, f"arc {arc} has several countries on one side"
            claims[arc] = ([min(left + right)], [sorted({*left, *right})[1]])
    first = lambda side: side[0] if side else NONE
    return [first(left) for left, _ in claims], [first(right) for _, right in claims]


def bounds(points):
    xs, ys = zip(*points)
    return min(xs), min(ys), max(xs), max(ys)


def pack(topology, iso):
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [unfold(absolute(arc), grid_turn(topology)) for arc in topology["arcs"]]
    countries = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        named = names_and_codes(geometry["properties"]["name"], geometry.get("id"), iso)
        countries.append((named, polygons_of(geometry)))
    countries.sort(key=lambda c: (c[0][0] == "", c[0][0], c[0][3]))
    left, right = sides(countries, arcs)

    points, arc_records = bytearray(), bytearray()
    for arc, line in enumerate(arcs):
        arc_records += ARC.pack(len(points), len(line), *line[0], *bounds(line), left[arc], right[arc])
        for (ax, ay), (bx, by) in zip(line, line[1:]):
            points += varint(zigzag(bx - ax)) + varint(zigzag(by - ay))

    strings, country_records = bytearray(), bytearray()
    first_ring, first_ref, refs = [0], [0], []
    degrees = lambda ring: [(translate[0] + scale[0] * x, translate[1] + scale[1] * y) for x, y in ring_points(ring, arcs)]
    for (alpha2, alpha3, number, en, ar), polygons in countries:
        start = len(first_ring) - 1
        for polygon in polygons:
            for ring in polygon:
                refs += ring
                first_ref.append(len(refs))
            first_ring.append(first_ring[-1] + len(polygon))
        box = bounds([p for polygon in polygons for p in ring_points(polygon[0], arcs)])
        weight = lambda polygon: abs(signed_area(ring_points(polygon[0], arcs))) * math.cos(
            math.radians(translate[1] + scale[1] * ring_points(polygon[0], arcs)[0][1]))
        lon, lat = label_point([degrees(ring) for ring in max(polygons, key=weight)])
        en, ar = en.encode(), ar.encode()
        country_records += COUNTRY.pack(alpha2.encode(), number, alpha3.encode(), start, len(polygons), *box,
                                        lon, lat, len(strings), len(en), len(ar))
        strings += en + ar

    table = lambda values, kind: struct.pack(f"<{len(values)}{kind}", *values)
    header = HEADER.pack(MAGIC, len(countries), len(first_ring) - 1, len(first_ref) - 1, len(refs), len(arcs),
                         len(points), len(strings), *scale, *translate)
    return b"".join([header, country_records, table(first_ring, "I"), table(first_ref, "I"), table(refs, "i"),
                     arc_records, points, strings])


def unpack(data):
    """Reads the format, as README.md has it. Only for the comparison."""
    magic, n_country, n_polygon, n_ring, n_ref, n_arc, n_points, n_strings, *transform = HEADER.unpack_from(data)
    assert magic == MAGIC
    at = HEADER.size
    countries = [COUNTRY.unpack_from(data, at + i * COUNTRY.size) for i in range(n_country)]
    at += n_country * COUNTRY.size
    first_ring = struct.unpack_from(f"<{n_polygon + 1}I", data, at)
    at += 4 * (n_polygon + 1)
    first_ref = struct.unpack_from(f"<{n_ring + 1}I", data, at)
    at += 4 * (n_ring + 1)
    refs = struct.unpack_from(f"<{n_ref}i", data, at)
    at += 4 * n_ref
    records = [ARC.unpack_from(data, at + i * ARC.size) for i in range(n_arc)]
    at += n_arc * ARC.size
    points, strings = data[at:at + n_points], data[at + n_points:]
    assert len(strings) == n_strings

    arcs = []
    for offset, count, x, y, *_ in records:
        line = [(x, y)]
        for _ in range(count - 1):
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
        arcs.append(line)
    shapes = []
    for record in countries:
        start, count = record[3], record[4]
        shapes.append([[list(refs[first_ref[r]:first_ref[r + 1]]) for r in range(first_ring[p], first_ring[p + 1])]
                       for p in range(start, start + count)])
    return transform, countries, shapes, records, arcs, strings


def check(data, topology):
    transform, countries, shapes, records, arcs, strings = unpack(data)
    assert transform == [*topology["transform"]["scale"], *topology["transform"]["translate"]]
    turn, folded = grid_turn(topology), [absolute(arc) for arc in topology["arcs"]]
    assert [[(x % turn, y) for x, y in arc] for arc in arcs] == \
        [[(x % turn, y) for x, y in arc] for arc in folded], "arcs differ from the source"
    for arc in arcs:
        assert all(abs(ax - bx) < turn / 2 for (ax, _), (bx, _) in zip(arc, arc[1:])), "a jump around the world"
    open_rings = [r for shape in shapes for polygon in shape for ring in polygon
                  for r in [ring_points(ring, arcs)] if r[0] != r[-1]]
    assert [(r[0][0], r[-1][0]) for r in open_rings] == [(0, turn)], "only Antarctica goes around the world"
    for shape in shapes:
        for polygon in shape:
            for ring in polygon:
                ends = [(arcs[a][0], arcs[a][-1]) if a >= 0 else (arcs[~a][-1], arcs[~a][0]) for a in ring]
                assert all(a[1] == b[0] for a, b in zip(ends, ends[1:])), "arcs of a ring do not meet"
    source = [polygons_of(g) for g in topology["objects"]["countries"]["geometries"]]
    assert sorted(shapes) == sorted(source), "polygons differ from the source"
    assert len({tuple(map(str, shape)) for shape in shapes}) == len(countries)
    used = {ref if ref >= 0 else ~ref for shape in shapes for polygon in shape for ring in polygon for ref in ring}
    assert used == set(range(len(arcs))), "an arc belongs to no country"
    for record, arc in zip(records, arcs):
        assert bounds(arc) == record[4:8]
    for c in countries:
        assert strings[c[11]:c[11] + c[12] + c[13]].decode()


def main():
    atlas, iso_dir = Path(sys.argv[1]), Path(sys.argv[2])
    out = Path(sys.argv[3]) if len(sys.argv) > 3 else Path(__file__).parent
    read = lambda path: json.loads(path.read_text(encoding="utf-8"))
    topology = read(atlas / "countries-10m.json")
    iso = (
        {numeric: (alpha2, alpha3) for alpha2, alpha3, numeric, *_ in read(iso_dir / "codes.json")},
        read(iso_dir / "langs" / "en.json")["countries"],
        read(iso_dir / "langs" / "ar.json")["countries"],
    )
    data = pack(topology, iso)
    check(data, topology)
    (out / "countries.bin").write_bytes(data)
    header = HEADER.unpack_from(data)
    print("countries.bin: {} bytes, {} countries, {} polygons, {} rings, {} arcs, {} points".format(
        len(data), header[1], header[2], header[3], header[5], sum(len(a) for a in topology["arcs"])))


if __name__ == "__main__":
    main()
