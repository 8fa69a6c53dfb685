"""Starts the command in processes of its own, each a fork of this one: kernels are loaded once.

Reads one request a line from standard input, ``[arguments, folder]``: the command line and where
what it prints goes; a request without arguments asks how the last process ended. Answers one line.
"""

import json
import os
import signal
import sys
from pathlib import Path

# what is heavy is imported where it is used: processes that Python spawns read this file too


def noted(folder):
    """Simulate, and note which runs were begun in this process."""
    from sim.study import simulate

    def working(task, *rest):
        with (folder / "begun").open("a") as stream:
            stream.write(f"{task.variant.name} {task.replicate}\n")
        return simulate.simulate(task, *rest)

    return working


def child(arguments, folder):
    from sim import cli
    from sim.study import ensemble

    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    if "--scheduler" not in arguments:  # it cannot be sent elsewhere
        ensemble.simulate = noted(folder)
    sys.argv = ["qunsim", *arguments]
    try:
        cli.main()
    except SystemExit as ended:
        os._exit(ended.code or 0)


def main():
    import sim.commands.compare
    import sim.report.comparison
    import sim.report.run
    from sim.report import page
    from sim.study.results import run

    run(sys.argv[1], days=2, replicates=1, jobs=1)
    # figures take seconds and no part in this
    page.write_pngs = lambda *_: []
    page.write_report = lambda path, *_, **__: path
    sim.report.comparison.comparison_page = lambda *_, **__: page.Page(title="")
    sim.report.run.run_page = lambda *_, **__: page.Page(title="")
    process = 0
    for line in iter(sys.stdin.readline, ""):
        arguments, folder = json.loads(line)
        if arguments:
            process = os.fork()
            if not process:
                signal.signal(signal.SIGINT, signal.default_int_handler)
                child(arguments, Path(folder))
            answer = process
        else:
            answer = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        print(answer, flush=True)


if __name__ == "__main__":
    main()
