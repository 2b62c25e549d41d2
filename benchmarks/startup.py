"""How much processor time `hexward --help` takes: what everybody pays who only asks.

    python benchmarks/startup.py

The median of eleven starts, in milliseconds of user and system time, beside an interpreter that starts and does nothing.
"""

import os
import statistics
import subprocess
import sys

LIMIT_MS = 150
STARTS = 11


def cpu_ms(command: list[str]) -> float:
    """Run a command to its end, and return the processor time that it took; raises if it fails."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, command)
    return 1000 * (usage.ru_utime + usage.ru_stime)


def median_ms(command: list[str]) -> float:
    """Return the median of several starts; the first, which may compile, is not counted."""
    cpu_ms(command)
    return statistics.median(cpu_ms(command) for _ in range(STARTS))


def main() -> None:
    """Print the figures, and fail above the limit."""
    helped = median_ms([sys.executable, "-m", "hexward", "--help"])
    nothing = median_ms([sys.executable, "-c", ""])
    print(f"hexward --help: {helped:.0f} ms of processor time (limit {LIMIT_MS} ms, ratio {helped / LIMIT_MS:.2f})")
    print(f"python -c '':   {nothing:.0f} ms")
    assert helped <= LIMIT_MS, f"hexward --help took {helped:.0f} ms"


if __name__ == "__main__":
    main()
