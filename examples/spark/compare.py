#!/usr/bin/env python3
"""Runs both modes of job.py on generated accounts and compares them with one local run: rows, seconds, and what happens
when a mapper is killed or fails every time.

    cargo build --release --examples && python3 examples/spark/compare.py [ACCOUNTS]

Installs PySpark with pip if it is missing. Needs Java 17 or later (JAVA_HOME, or java on the path).
"""

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
PROGRAM = TOP / "target/release/statuscode"
GENERATE = TOP / "target/release/examples/generate"
FILES = 8
OPTIONS = "triage -f jsonl --invalid allow -q"


def prepare():
    """Checks for Java and the programs, and installs PySpark if needed."""
    if importlib.util.find_spec("pyspark") is None:
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "pyspark"], check=True)
    if "JAVA_HOME" not in os.environ and shutil.which("java") is None:
        sys.exit("Java not found: install version 17 or later, or set JAVA_HOME")
    for program in (PROGRAM, GENERATE):
        if not program.exists():
            sys.exit(f"{program.name} is not built: cargo build --release --examples")


def data(folder, accounts):
    """Writes accounts to several files, each with one invalid line. Returns the number of rows and bytes."""
    lines = subprocess.run([GENERATE, "lines", str(accounts)], check=True, capture_output=True).stdout.splitlines(True)
    for number in range(FILES):
        part = lines[number::FILES]
        part.insert(len(part) // 2, b'{"id":"1","institutionId":"0","aggregationStatusCode":true}\n')
        (folder / f"part-{number}.jsonl").write_bytes(b"".join(part))
    return len(lines) + FILES, sum(map(len, lines))


def local(files):
    """Runs the program on this machine. Returns the counts and the seconds."""
    began = time.monotonic()
    run = subprocess.run([PROGRAM, *OPTIONS.split(), *files], check=True, capture_output=True, text=True)
    seconds = time.monotonic() - began
    counts = Counter()
    for line in run.stdout.splitlines():
        row = json.loads(line)
        counts[row.get("institutionId"), row.get("category", "invalid"), row.get("aggregationStatusCode")] += 1
    return counts, seconds


def collected(frame):
    """Collects a data frame. Returns the counts and the seconds."""
    began = time.monotonic()
    rows = frame.collect()
    seconds = time.monotonic() - began
    return Counter({(r["institutionId"], r["category"], r["aggregationStatusCode"]): r["count"] for r in rows}), seconds


def same(name, counts, expected, by_institution=True):
    """Compares the counts with those of the local run. The join has no institution for invalid rows, so its counts are
    compared without institutions."""
    if not by_institution:
        keyed = lambda all_: sum((Counter({(k[1], k[2] if k[1] != "invalid" else None): n}) for k, n in all_.items()), Counter())
        counts, expected = keyed(counts), keyed(expected)
    if counts != expected:
        sys.exit(f"{name}: differs from the local run by {counts - expected} and {expected - counts}")


def script(folder, name, text):
    """Writes an executable script."""
    path = folder / name
    path.write_text("#!/bin/bash\n" + text)
    path.chmod(0o755)
    return str(path)


def main():
    prepare()
    from pyspark.sql import SparkSession

    import job

    accounts = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        rows, size = data(folder / "in", accounts)
        files = sorted((folder / "in").iterdir())
        expected, alone = local(files)
        # Two cores. A task may fail three times before the job fails.
        spark = SparkSession.builder.master("local[2,4]").config("spark.ui.enabled", "false").config("spark.ui.showConsoleProgress", "false").getOrCreate()
        spark.sparkContext.setLogLevel("OFF")
        path = str(folder / "in")
        spark.sparkContext.textFile(path).count()  # The first job of a session includes its start-up time.

        times = folder / "times"
        mapper = script(folder, "timed", f"TIMEFORMAT='%U %S'\n{{ time {PROGRAM} {OPTIONS} ; }} 2>> {times}\n")
        counts, piped = collected(job.by_pipe(spark, path, mapper))
        same("pipe", counts, expected)
        binary = sum(float(number) for number in times.read_text().split())
        counts, joined = collected(job.by_join(spark, path, job.code_table(spark, PROGRAM)))
        same("join", counts, expected, by_institution=False)
        print(f"{rows} rows, {size / 1e6:.0f} MB in {FILES} files; counts are the same in all three")
        print(f"one local run           {alone:6.2f} s")
        print(f"Spark, pipe             {piped:6.2f} s, of which the binary used {binary:.2f} s of {2 * piped:.2f} core seconds ({binary / 2 / piped:.0%})")
        print(f"Spark, join             {joined:6.2f} s")

        once = f"if mkdir {folder}/met 2>/dev/null; then head -c 100000 | {PROGRAM} {OPTIONS}; kill -9 $$; fi\nexec {PROGRAM} {OPTIONS}\n"
        counts, _ = collected(job.by_pipe(spark, path, script(folder, "killed", once)))
        same("a mapper that is killed once", counts, expected)
        print("a mapper killed once    Spark retries its task, and the counts are the same")

        dying = script(folder, "dying", f"head -c 100000 | {PROGRAM} {OPTIONS}\nexit 3\n")
        try:
            collected(job.by_pipe(spark, path, dying))
            sys.exit("a mapper that fails every time was not noticed")
        except Exception as error:
            has_status = "error code 3" in str(error)
            print(f"a mapper that fails     the job fails{' and reports the status' if has_status else ''}")
        silent = spark.sparkContext.textFile(path).pipe(dying).count()
        print(f"without checkCode       the job succeeds with {silent} of {rows} rows")
        spark.stop()


main()
