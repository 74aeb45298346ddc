"""How long `import quotewise` takes beside `import pydantic` and `import openai`, each in a fresh process.

Run: `python benchmarks/imports.py`. Prints a Markdown table: the median of 15 rounds, interleaved.
"""

from __future__ import annotations

import statistics
import subprocess
import sys

CODE = {
    "nothing": "",
    "import quotewise": "import quotewise",
    "import pydantic": "import pydantic; pydantic.BaseModel",
    "from quotewise import summarize": "from quotewise import summarize",
    "import openai": "import openai; openai.OpenAI",
}
TIMED = "import time; t = time.perf_counter(); {code}; print(time.perf_counter() - t)"
ROUNDS = 15


def seconds(code: str) -> float:
    run = subprocess.run(
        [sys.executable, "-c", TIMED.format(code=code or "pass")], capture_output=True, text=True, check=True
    )
    return float(run.stdout)


def main() -> None:
    rounds = [{name: seconds(code) for name, code in CODE.items()} for _ in range(ROUNDS)]
    medians = {name: statistics.median(r[name] for r in rounds) for name in CODE}
    print("| | ms, median | ratio to `import pydantic` |\n|---|--:|--:|")
    for name, value in medians.items():
        print(f"| {name} | {1000 * value:.1f} | {value / medians['import pydantic']:.2f} |")


if __name__ == "__main__":
    main()
