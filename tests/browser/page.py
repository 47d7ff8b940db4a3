#!/usr/bin/env python3
"""Opens an interactive page in a headless Chromium and uses it as readers do.

Usage: page.py CONTROLMAP [PICTURES]: the program, and a folder for pictures of the page in both schemes.
"""

import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager

from browser import Browser, Tab

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PERIOD = ["--from", "2024-11-28", "--to", "2024-12-08"]


def check(what, found, expected):
    if found != expected:
        raise SystemExit(f"FAILED: {what}: {found!r}, expected {expected!r}")
    print(f"ok: {what}")


def made(program, folder, name, *args):
    file = os.path.join(folder, name)
    project = os.path.join(ROOT, "data", "syria-2024")
    subprocess.run([program, "animate", project, *PERIOD, "-q", "-o", file, *args], check=True)
    return "file://" + file


@contextmanager
def opened(browser, url, **window):
    """A page that must ask for nothing and complain of nothing, whatever is done with it."""
    tab = Tab(browser, url, **window)
    yield tab
    requests, faults = tab.noted()
    elsewhere = [address for address in requests if not address.startswith((url.split("#")[0], "data:"))]
    check("nothing is asked for", elsewhere, [])
    check("nothing is complained of", faults, [])


def date(tab):
    return tab.js("document.getElementById('ui-date').textContent")


def shown(tab):
    """What of the map shows: as many parts as are not hidden, and a number for which these are."""
    return tab.js("[...document.querySelectorAll('#drawing [data-t]')].map(n => n.getAttribute('visibility') === 'hidden' ? 0 : 1).join('')")


def dates(browser, url):
    with opened(browser, url) as tab:
        check("it opens at the last date", date(tab), "8 December 2024")
        last = shown(tab)
        tab.key("Home")
        check("Home goes to the first date", date(tab), "28 November 2024")
        check("the map shows something else then", shown(tab) != last, True)
        check("the address tells the date", tab.js("location.hash"), "#2024-11-28")
        tab.key("ArrowRight")
        check("the right arrow goes on", date(tab), "29 November 2024")
        tab.key("ArrowLeft")
        tab.key("ArrowLeft")
        check("the left arrow goes back, not beyond the first", date(tab), "28 November 2024")
        tab.key("End")
        check("End goes to the last date", date(tab), "8 December 2024")
        check("the map shows what it did", shown(tab), last)
        tab.js("document.getElementById('ui-slider').focus()")
        tab.key("ArrowLeft")
        check("the slider takes keys", date(tab), "7 December 2024")
        check("and says the date", tab.js("document.getElementById('ui-slider').getAttribute('aria-valuetext')"), "7 December 2024")
        left, y = tab.js("(b => [b.left + 9, b.top + b.height / 2])(document.getElementById('ui-slider').getBoundingClientRect())")
        tab.point(left, y, click=True)
        check("the slider takes the pointer", date(tab), "28 November 2024")
        tab.js("document.body.focus(); document.activeElement.blur()")
        ticks = tab.js("document.querySelectorAll('#ui-ticks i').length")
        changes = tab.js("JSON.parse(document.getElementById('ui-data').textContent).steps.filter(s => s[2].length).length")
        check("each date of a change has a tick", ticks, changes)
        cursor = tab.js("document.querySelector('.chart i').style.insetInlineStart")
        check("the chart's mark is at the date", cursor, "0%")
        tab.key("End")
        check("and goes with it", tab.js("document.querySelector('.chart i').style.insetInlineStart"), "100%")
        total = tab.js("document.querySelectorAll('#ui-shares tbody tr').length")
        check("the chart has a row for each layer and one for the rest", total, tab.js("document.querySelectorAll('.chart path:not(.edge)').length") + 1)


def play(browser, url):
    with opened(browser, url + "#2024-12-06") as tab:
        check("a date in the address is where it opens", date(tab), "6 December 2024")
        check("it does not play unasked", tab.js("document.body.className"), "")
        tab.point(*tab.middle("#ui-play"), click=True)
        check("the button says what it does", tab.js("document.getElementById('ui-play').getAttribute('aria-label')"), "Pause")
        browser.wait(2)
        check("it plays to the end and stands", (date(tab), tab.js("document.body.className")), ("8 December 2024", ""))
        tab.js("document.activeElement.blur()")
        tab.key(" ")
        check("the space bar plays from the start", tab.js("document.body.className"), "playing")
        tab.key(" ")
        check("and pauses", tab.js("document.body.className"), "")
        tab.js("location.hash = '#2024-12-03'")
        browser.wait(0.2)
        check("a changed address changes the date", date(tab), "3 December 2024")
        tab.js("location.hash = '#%E0%A4%A'")
        browser.wait(0.2)
        check("a broken address changes nothing", date(tab), "3 December 2024")


def card(tab):
    return tab.js("document.getElementById('ui-card').hidden ? null : document.getElementById('ui-card').innerText")


def places(browser, url):
    with opened(browser, url + "#2024-12-07") as tab:
        check("no place is told of unasked", card(tab), None)
        tab.point(*tab.middle('.spot[aria-label^="Raqqa: "]'))
        text = card(tab)
        check("the pointer opens a card", "Raqqa" in text and "Since 9 October 2023" in text, True)
        links = tab.js("[...document.querySelectorAll('#ui-card a')].map(a => [a.protocol, a.rel, a.textContent !== ''])")
        check("with its sources", bool(links) and all(link == ["https:", "noopener noreferrer", True] for link in links), True)
        row = tab.js("document.querySelector('#ui-table tr.on th').textContent")
        check("and marks the row of the table", row, "Raqqa")
        tab.point(*tab.middle("h1"))
        browser.wait(0.5)
        check("the card goes with the pointer", card(tab), None)

        tab.js("document.querySelector('.spot[tabindex=\"0\"]').focus()")
        first = tab.js("document.activeElement.getAttribute('aria-label')")
        check("a focused place opens its card", first.split(":")[0] in card(tab), True)
        tab.key("ArrowRight")
        tab.key("ArrowDown")
        second = tab.js("document.activeElement.getAttribute('aria-label')")
        check("arrows go to other places", second not in (None, first) and second.split(":")[0] in card(tab), True)
        check("and leave the date", date(tab), "7 December 2024")
        check("the map is one stop of the tab key", tab.js("document.querySelectorAll('.spot[tabindex=\"0\"]').length"), 1)
        tab.key("Enter")
        check("Enter goes into the card", tab.js("document.getElementById('ui-card').contains(document.activeElement)"), True)
        tab.key("Escape")
        check("Escape closes it", card(tab), None)
        check("and goes back to the place", tab.js("document.activeElement.getAttribute('aria-label')"), second)
        check("every place says its state", tab.js("[...document.querySelectorAll('.spot')].every(s => /: ./.test(s.getAttribute('aria-label')))"), True)

        names = "[...document.querySelectorAll('#ui-table tbody:first-of-type tr th[scope=row]')].map(th => th.textContent)"
        sorted_names = tab.js(names)
        check("the table is sorted by name", sorted_names, sorted(sorted_names))
        tab.point(*tab.middle("[data-sort=name]"), click=True)
        check("and the other way round", tab.js(names), sorted_names[::-1])
        check("which is announced", tab.js("document.querySelector('[data-sort=name]').parentNode.getAttribute('aria-sort')"), "descending")
        tab.point(*tab.middle("[data-sort=since]"), click=True)
        days = tab.js("(rows => rows.map(r => JSON.parse(document.getElementById('ui-data').textContent).rows.find(x => x.name === r && !x.group).told.findLast(t => t[0] <= 9)[4]))(" + names + ")")
        check("and by date, the newest first", days, sorted(days, reverse=True))


def colors(browser, url):
    light = "(color => { const [r, g, b] = color.match(/\\d+/g).map(Number); return r + g + b > 382 })"
    paper = f"{light}(getComputedStyle(document.body).backgroundColor)"
    ground = f"{light}(getComputedStyle(document.getElementById('ground')).fill)"
    for scheme in ["light", "dark"]:
        is_light = scheme == "light"
        with opened(browser, url, media=[("prefers-color-scheme", scheme)]) as tab:
            check(f"page and map are {scheme}", (tab.js(paper), tab.js(ground)), (is_light, is_light))
            tab.point(*tab.middle("#ui-theme"), click=True)
            check("the button turns that round", (tab.js(paper), tab.js(ground)), (not is_light, not is_light))
            check("the letters are there", tab.js("document.fonts.check('14px \"Noto Sans\"')"), True)


def motion(browser, url):
    with opened(browser, url, media=[("prefers-reduced-motion", "reduce")]) as tab:
        before = date(tab)
        browser.wait(1.2)
        check("nothing moves unasked", date(tab), before)
        moving = "[...document.querySelectorAll('*')].filter(n => parseFloat(getComputedStyle(n).transitionDuration) > 0).length"
        check("and nothing fades where motion is unwelcome", tab.js(moving), 0)
        tab.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "no-preference"}])
        check("but elsewhere", tab.js(moving) > 0, True)


def small(browser, url):
    with opened(browser, url, width=390, height=844, scale=2) as tab:
        check("nothing is wider than a small screen", tab.js("document.documentElement.scrollWidth"), 390)
        check("the towns are folded up", tab.js("document.querySelectorAll('#ui-table [aria-expanded=false]').length"), 1)
        outside = "[...document.querySelectorAll('#region-names text:not(.more)')].filter(t => { const b = t.getBoundingClientRect(); return b.width && (b.left < 0 || b.right > 390) }).length"
        check("no name leaves the map", tab.js(outside), 0)


def reading(browser, url):
    with opened(browser, url + "#2024-12-07") as tab:
        check("it reads from the right", tab.js("getComputedStyle(document.body).direction"), "rtl")
        tab.key("ArrowLeft")
        check("the left arrow goes on", tab.js("location.hash"), "#2024-12-08")
        slider = tab.js("(b => b.left)(document.getElementById('ui-slider').getBoundingClientRect())")
        mark = tab.js("(b => b.left)(document.querySelector('.chart i').getBoundingClientRect())")
        check("the last date is on the left", abs(mark - slider - 9) < 3, True)


def tree(browser, url):
    with opened(browser, url) as tab:
        nodes = tab.call("Accessibility.getFullAXTree")["nodes"]
        roles = {}
        for node in nodes:
            if not node.get("ignored"):
                name = node.get("name", {}).get("value", "")
                roles.setdefault(node["role"]["value"], []).append(name)
        unnamed = [role for role in ["button", "slider", "table", "region", "link"] for name in roles.get(role, []) if not name.strip()]
        check("nothing that can be used is without a name", unnamed, [])
        check("there is one slider, named", roles.get("slider"), ["Date"])
        check("the two tables are named", sorted(roles.get("table", [])), ["Share of the ground", "Who holds what"])
        check("changes are announced", "status" in roles, True)


def policy(browser, url):
    tab = Tab(browser, url)
    script = "(s => { s.textContent = 'window.alien = 1'; document.body.append(s); return window.alien === undefined })(document.createElement('script'))"
    check("a script that is not the page's own does not run", tab.js(script), True)
    asked = "fetch('https://example.org/').then(() => 'sent', () => 'refused')"
    check("nothing can be sent anywhere", tab.js(asked), "refused")
    check("for that is forbidden, not because there is no network", any("Content Security Policy" in fault for fault in tab.noted()[1]), True)


def pictures(browser, url, folder):
    os.makedirs(folder, exist_ok=True)
    for width, height, scale in [(1280, 900, 1), (390, 844, 2)]:
        for scheme in ["light", "dark"]:
            tab = Tab(browser, url + "#2024-12-07", width, height, [("prefers-color-scheme", scheme)], scale)
            tab.picture(os.path.join(folder, f"page-{width}-{scheme}.png"))


def main(program, folder=None):
    with tempfile.TemporaryDirectory(prefix="controlmap-page-") as made_in, Browser() as browser:
        url = made(os.path.abspath(program), made_in, "page.html", "--fps", "4")
        for part in [dates, play, places, colors, motion, small, tree, policy]:
            print(f"-- {part.__name__}")
            part(browser, url)
        print("-- from right to left")
        reading(browser, made(os.path.abspath(program), made_in, "arabic.html", "--lang", "ar"))
        if folder:
            pictures(browser, url, folder)
    print("OK: the page in Chromium")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
