"""A headless Chromium, driven over WebDriver's HTTP with the standard library alone."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
_PAINTED = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(0)))"
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
_ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--no-first-run",
]


def missing() -> str:
    """Why no browser can be driven here; empty where one can."""
    absent = [name for name in ("chromedriver", "chromium") if shutil.which(name) is None]
    return f"{' and '.join(absent)} not found (Debian: chromium, chromium-driver)" if absent else ""


class Chromium:
    """One browser window; `with` it. Pages are files, and scripts return JSON."""

    def __enter__(self) -> Chromium:
        command = [str(shutil.which("chromedriver")), "--port=0"]
        self._driver = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            self._base = f"http://127.0.0.1:{self._port()}"
            options = {"args": _ARGUMENTS, "binary": shutil.which("chromium")}
            wanted = {
                "browserName": "chrome",
                "goog:chromeOptions": options,
                "goog:loggingPrefs": {"browser": "ALL"},
            }
            session = self._send("POST", "/session", capabilities={"alwaysMatch": wanted})["sessionId"]
        except BaseException:
            self._stop()
            raise
        self._base += f"/session/{session}"
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._send("DELETE", "")
        finally:
            self._stop()

    def _stop(self) -> None:
        """End the driver; its pipe is not read to the end, which a browser left over would hold open."""
        self._driver.terminate()
        assert self._driver.stdout is not None
        self._driver.stdout.close()
        self._driver.wait(timeout=10)

    def open(self, page: Path) -> None:
        """Load a file and wait until it is complete."""
        self._send("POST", "/url", url=page.as_uri())

    def run(self, script: str, *values: Any) -> Any:
        """What a function body returns in the page."""
        return self._send("POST", "/execute/sync", script=script, args=list(values))

    def click(self, selector: str) -> None:
        """A real click on the first element: scrolled to, hit-tested, refused where something covers it."""
        found = self._send("POST", "/element", using="css selector", value=selector)[_ELEMENT]
        self._send("POST", f"/element/{found}/click")

    def press(self, key: str) -> None:
        """A key, on whatever has the focus; the page has been painted since when this returns."""
        pressed = [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self._send("POST", "/actions", actions=[{"type": "key", "id": "keys", "actions": pressed}])
        self._send("POST", "/execute/async", script=_PAINTED, args=[])

    def media(self, **features: str) -> None:
        """Pretend that the reader prefers these, as prefers-color-scheme='dark'."""
        listed = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.devtools("Emulation.setEmulatedMedia", features=listed)

    def size(self, width: int, height: int) -> None:
        """The size of the page in CSS pixels."""
        self.devtools(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )

    def devtools(self, command: str, **values: Any) -> Any:
        """A command of the DevTools protocol."""
        return self._send("POST", "/goog/cdp/execute", cmd=command, params=values)

    def console(self) -> list[str]:
        """What the browser complained of since the last look."""
        return [entry["message"] for entry in self._send("POST", "/se/log", type="browser")]

    def picture(self) -> bytes:
        """A PNG of what is in view."""
        return base64.b64decode(self._send("GET", "/screenshot"))

    def _port(self) -> int:
        assert self._driver.stdout is not None
        for row in self._driver.stdout:
            if "successfully on port" in row:
                return int(row.rstrip(".\n").split()[-1])
        raise RuntimeError("chromedriver did not start")

    def _send(self, method: str, path: str, **body: Any) -> Any:
        data = json.dumps(body).encode() if method == "POST" else None
        request = urllib.request.Request(self._base + path, data, method=method)
        try:
            with _DIRECT.open(request, timeout=30) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            with error:
                said = json.load(error)["value"]
            raise RuntimeError(f"{said['error']}: {said['message'][:300]}") from None
