"""One line per step on the terminal, rewritten while the step goes on."""

import time

from django.core.management.base import OutputWrapper


class ProgressLine:
    """Shows a bar while something is done and its seconds when it is finished; call it with what, done and total."""

    WIDTH = 30

    def __init__(self, output: OutputWrapper) -> None:
        self.output = output
        self.started = {"": time.monotonic()}

    def __call__(self, what: str, done: int, total: int) -> None:
        """Draw the state. A terminal sees the bar move; a log gets one line when the step is finished."""
        start = self.started.setdefault(what, time.monotonic())
        is_finished = done >= total
        if not is_finished and not self.output.isatty():
            return
        bar = "█" * (self.WIDTH * done // max(total, 1))
        line = f"{what:<24} {bar:<{self.WIDTH}} {done:>5} of {total:<5} {time.monotonic() - start:5.1f} s"
        self.output.write(f"\r{line}" if self.output.isatty() else line, ending="\n" if is_finished else "")
        if is_finished:
            del self.started[what]
