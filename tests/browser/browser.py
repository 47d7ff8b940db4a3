"""Drives a headless Chromium through its debugging pipe: takes files, gives what their pages do."""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    "--remote-debugging-pipe",
]


class Browser:
    """A browser of its own, gone at the end of a `with`."""

    def __init__(self, program=None):
        program = program or shutil.which("chromium") or shutil.which("chromium-browser")
        if not program:
            raise SystemExit("there is no `chromium`")
        self.profile = tempfile.mkdtemp(prefix="controlmap-browser-")
        ours_read, theirs_write = os.pipe()
        theirs_read, ours_write = os.pipe()

        def pipes():
            # the numbers that the browser expects, whatever ours are
            spare = [os.dup(fd) for fd in (theirs_read, theirs_write)]
            high = [os.dup2(fd, 50 + i, inheritable=True) for i, fd in enumerate(spare)]
            os.dup2(high[0], 3, inheritable=True)
            os.dup2(high[1], 4, inheritable=True)

        self.process = subprocess.Popen(
            [program, *FLAGS, f"--user-data-dir={self.profile}", "about:blank"],
            close_fds=False, preexec_fn=pipes, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
        )
        os.close(theirs_read)
        os.close(theirs_write)
        self.read, self.write, self.rest, self.number, self.events = ours_read, ours_write, b"", 0, []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def _next(self, until):
        while b"\0" not in self.rest:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.read], [], [], left)[0]:
                return None
            more = os.read(self.read, 1 << 20)
            if not more:
                raise SystemExit("the browser is gone")
            self.rest += more
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, session=None, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        os.write(self.write, json.dumps(message).encode() + b"\0")
        until = time.monotonic() + 60
        while True:
            answer = self._next(until)
            if answer is None:
                raise SystemExit(f"no answer to {method}")
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise SystemExit(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def wait(self, seconds):
        """Lets time pass and takes note of what happens."""
        until = time.monotonic() + seconds
        while (event := self._next(until)) is not None:
            self.events.append(event)


class Tab:
    """A page in a window of a size."""

    def __init__(self, browser, url, width=1280, height=900, media=(), scale=1, touch=False):
        self.browser = browser
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.requests, self.faults = [], []
        for domain in ["Page", "Runtime", "Network", "Log"]:
            self.call(f"{domain}.enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=touch)
        self.call("Emulation.setEmulatedMedia", features=[{"name": name, "value": value} for name, value in media])
        self.call("Page.navigate", url=url)
        until = time.monotonic() + 30
        while self.js("document.readyState") != "complete" or self.js("location.href") == "about:blank":
            if time.monotonic() > until:
                raise SystemExit(f"{url} does not open")
            time.sleep(0.05)
        self.js("document.fonts.ready.then(() => true)")

    def call(self, method, **params):
        return self.browser.call(method, self.session, **params)

    def js(self, code):
        """The value of an expression of the page."""
        answer = self.call("Runtime.evaluate", expression=code, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise SystemExit(f"{code}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def key(self, name, shift=False):
        """Presses a key."""
        code = {" ": "Space"}.get(name, name)
        number = {
            "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40, "Home": 36, "End": 35, " ": 32,
            "Tab": 9, "Enter": 13, "Escape": 27,
        }[name]
        text = {" ": " ", "Enter": "\r"}.get(name)
        press = {"key": name, "code": code, "windowsVirtualKeyCode": number, "modifiers": 8 if shift else 0}
        down = {"type": "keyDown", "text": text} if text else {"type": "rawKeyDown"}
        self.call("Input.dispatchKeyEvent", **press, **down)
        self.call("Input.dispatchKeyEvent", type="keyUp", **press)

    def point(self, x, y, click=False):
        """Moves the pointer, and clicks."""
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        if click:
            for kind in ["mousePressed", "mouseReleased"]:
                self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def middle(self, selector):
        """Where an element is."""
        code = f"(b => [b.left + b.width / 2, b.top + b.height / 2])(document.querySelector({json.dumps(selector)}).getBoundingClientRect())"
        return self.js(code)

    def picture(self, path, whole=True):
        """Saves what is seen."""
        params = {"format": "png", "captureBeyondViewport": whole}
        if whole:
            size = self.call("Page.getLayoutMetrics")["cssContentSize"]
            params["clip"] = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("Page.captureScreenshot", **params)["data"]))

    def noted(self):
        """Requests to elsewhere, and everything that the console would show."""
        self.browser.wait(0.2)
        own = [event for event in self.browser.events if event.get("sessionId") == self.session]
        requests, faults = [], []
        for event in own:
            params = event["params"]
            if event["method"] == "Network.requestWillBeSent":
                requests.append(params["request"]["url"][:200])
            elif event["method"] == "Runtime.exceptionThrown":
                faults.append(params["exceptionDetails"]["text"] + str(params["exceptionDetails"].get("exception")))
            elif event["method"] == "Runtime.consoleAPICalled":
                faults.append(str(params["args"]))
            elif event["method"] == "Log.entryAdded":
                faults.append(params["entry"]["text"])
        return requests, faults
