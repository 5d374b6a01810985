"""Every benchmark, one line each: `make bench`."""

from __future__ import annotations

import subprocess
import sys

BENCHMARKS = ("startup", "speed", "actors", "events", "relate", "off_topic")


def main() -> None:
    for name in BENCHMARKS:
        done = subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False)
        if done.returncode:
            print(f"{name}: FAILED with exit status {done.returncode}")


if __name__ == "__main__":
    main()
