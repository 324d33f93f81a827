#!/usr/bin/env python3
"""Runs statuscode and other programs on the same files in one session, and prints ratios, which vary less than seconds.

    cargo build --release --examples && python3 benches/compare.py [ACCOUNTS] [RUNS]

Programs that are not installed are left out. Every figure is the median of RUNS whole processes, including start-up. The
exceptions are a warm DuckDB, which runs queries over one connection, and simdjson and examples/count.rs in memory, which
make several passes over one file: their figures are the median of RUNS after a first one that does not count. DuckDB is the
Python package of that name. simdjson is benches/simdjson.cpp, compiled with c++ against an installed library (on Debian:
libsimdjson-dev). GNU time measures peak memory.

`wc` checks nothing. simdjson's DOM checks every byte of a line; its on-demand interface checks UTF-8 and structure, but not
the values that it skips. DuckDB checks one schema. statuscode checks every byte, in any shape, and locates errors.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BINARY = str(ROOT / "target/release/statuscode")
GENERATE = str(ROOT / "target/release/examples/generate")
COUNT = str(ROOT / "target/release/examples/count")
ACCOUNTS = int(sys.argv[1]) if len(sys.argv) > 1 else 400_000
RUNS = int(sys.argv[2]) if len(sys.argv) > 2 else 5

COUNT_LINES = "reduce inputs as $a ({}; .[$a.aggregationStatusCode | tostring] += 1)"
COUNT_DOCUMENT = "reduce .accounts[] as $a ({}; .[$a.aggregationStatusCode | tostring] += 1)"
DUCKDB = """
import duckdb, statistics, sys, time
connection = duckdb.connect(config={"threads": 2})
query = "select aggregationStatusCode, count(*) from read_json(?, format='newline_delimited', " \\
    "columns={'aggregationStatusCode':'INTEGER'}) group by 1"
seconds = []
for _ in range(int(sys.argv[2])):
    begun = time.monotonic()
    connection.execute(query, [sys.argv[1]]).fetchall()
    seconds.append(time.monotonic() - begun)
print(statistics.median(seconds[1:] or seconds))
"""

GROUP = """
import duckdb, statistics, sys, time
connection = duckdb.connect(config={"threads": 2})
query = "copy (select $1, count(*), count(*) filter (aggregationStatusCode <> 0) as failing, " \\
    "mode(aggregationStatusCode) filter (aggregationStatusCode <> 0) from read_json('$2', format='newline_delimited', " \\
    "columns={'aggregationStatusCode':'INTEGER', '$1':'VARCHAR'}) group by 1 order by failing desc) to '/dev/null' (format json)"
query = query.replace("$1", sys.argv[1]).replace("$2", sys.argv[2])
seconds = []
for _ in range(int(sys.argv[3])):
    begun = time.monotonic()
    connection.execute(query)
    seconds.append(time.monotonic() - begun)
print(statistics.median(seconds[1:] or seconds))
"""
# About the number of institutions in the API.
INSTITUTIONS = 16_000


def spread_institutions(source, target):
    """Writes the same accounts, spread over more institutions."""
    with open(source, "rb") as lines, open(target, "wb") as out:
        for index, line in enumerate(lines):
            institution = 100_000 + index * 2_654_435_761 % 2**32 % INSTITUTIONS
            before, _, after = line.partition(b'"institutionId":"')
            out.write(before + b'"institutionId":"%d"' % institution + after[after.index(b'"') + 1:])


def compare_groups(lines, has_duckdb):
    """Compares grouping accounts with counting them, and with DuckDB."""
    plain = measured([BINARY, "triage", "--json", "--only", "unknown", lines])
    print("\n| groups, as JSON | seconds | of `triage` | peak MiB |\n|---|--:|--:|--:|")
    print(f"| `triage` | {plain[0]:.2f} | 1.00 | {plain[1]:.0f} |")
    for by in ("institution", "customer"):
        ours = measured([BINARY, "triage", "--json", "--by", by, lines])
        print(f"| `triage --by {by}` | {ours[0]:.2f} | {ours[0] / plain[0]:.2f} | {ours[1]:.0f} |")
        if has_duckdb:
            arguments = [sys.executable, "-c", GROUP, f"{by}Id", lines]
            cold = measured([*arguments, "1"])
            warm = printed([*arguments, str(RUNS + 1)])
            print(f"| DuckDB, by {by}, cold process | {cold[0]:.2f} | {cold[0] / plain[0]:.2f} | {cold[1]:.0f} |")
            print(f"| DuckDB, by {by}, warm connection | {warm:.2f} | {warm / plain[0]:.2f} | |")


def measured(command):
    """Returns the median seconds of RUNS runs after a first one that does not count, and peak memory in MiB."""
    seconds = []
    for run in range(RUNS + 1):
        with open(os.devnull, "rb") as source, open(os.devnull, "wb") as sink:
            begun = time.monotonic()
            child = subprocess.Popen(command, stdin=source, stdout=sink)
            failed = child.wait() != 0
            elapsed = time.monotonic() - begun
        if failed:
            return None
        if run > 0:
            seconds.append(elapsed)
    return statistics.median(seconds), peak_memory(command)


def peak_memory(command):
    """Returns peak memory in MiB from GNU time. A child of this process would start with the memory of this process."""
    timed = subprocess.run(["/usr/bin/time", "-f", "%M", *command], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return int(timed.stderr.split()[-1]) / 1024


def compressed(lines):
    """Compares compressed input with external decompressors: table rows with the shortest of RUNS alternating runs."""
    commands = {}
    for ending, pack, unpack in (("gz", ["gzip", "-k"], "zcat"), ("zst", ["zstd", "-q", "-k"], "zstdcat")):
        if not shutil.which(pack[0]):
            continue
        subprocess.run([*pack, lines], check=True)
        commands[f"`triage`, .{ending}"] = [BINARY, "triage", f"{lines}.{ending}"]
        commands[f"`{unpack}` and `triage`"] = ["sh", "-c", f"{unpack} {lines}.{ending} | {BINARY} triage"]
    if subprocess.run([sys.executable, "-c", "import duckdb"], capture_output=True, check=False).returncode == 0:
        commands["DuckDB, .gz, cold process"] = [sys.executable, "-c", DUCKDB, f"{lines}.gz", "1"]
    least = {}
    for _ in range(RUNS):
        for name, command in commands.items():
            with open(os.devnull, "wb") as sink:
                begun, before = time.monotonic(), os.times()
                subprocess.run(command, stdout=sink, check=True)
                elapsed, after = time.monotonic() - begun, os.times()
            used = after.children_user + after.children_system - before.children_user - before.children_system
            wall, core = least.get(name, (elapsed, used))
            least[name] = (min(wall, elapsed), min(core, used))
    return [f"| {name} | {wall:.2f} | {core:.2f} | {peak_memory(commands[name]):.0f} |" for name, (wall, core) in least.items()]


def printed(command):
    """Returns the seconds that a program prints."""
    return float(subprocess.run(command, capture_output=True, check=True).stdout)


def main():
    folder = Path(tempfile.mkdtemp(prefix="statuscode-compare-"))
    try:
        files = {}
        for shape in ("lines", "document", "failing", "concatenated", "report"):
            files[shape] = folder / f"{shape}.json"
            with open(files[shape], "wb") as out:
                subprocess.run([GENERATE, shape, str(ACCOUNTS if shape != "report" else ACCOUNTS // 4)], stdout=out, check=True)
        lines, document = str(files["lines"]), str(files["document"])
        size = os.path.getsize(lines)
        print(f"{ACCOUNTS} accounts, {size / 1e6:.0f} MB, median of {RUNS} runs\n")

        wc = measured(["wc", "-l", lines])
        ours = {
            "triage, JSON Lines": measured([BINARY, "triage", lines]),
            "triage, one document": measured([BINARY, "triage", document]),
            "triage, one document, piped": measured(["sh", "-c", f"cat {document} | {BINARY} triage"]),
            "triage, concatenated documents": measured([BINARY, "triage", str(files["concatenated"])]),
            "triage, report with transactions": measured([BINARY, "triage", str(files["report"])]),
            "triage -f jsonl, every account": measured([BINARY, "triage", "-f", "jsonl", lines]),
            "triage -f jsonl, nine of ten failing": measured([BINARY, "triage", "-f", "jsonl", str(files["failing"])]),
            "triage --json, every account": measured([BINARY, "triage", "--json", lines]),
            "plan, 8 of 100 failing": measured([BINARY, "plan", "--json", "-q", lines]),
            "diff, a snapshot with itself": measured([BINARY, "diff", "--json", "-q", lines, lines]),
        }
        sizes = {"triage, report with transactions": os.path.getsize(files["report"]),
                 "triage, concatenated documents": os.path.getsize(files["concatenated"]),
                 "diff, a snapshot with itself": 2 * size}
        print("| | MB/s | of `wc -l` | peak MiB |\n|---|--:|--:|--:|")
        print(f"| `wc -l` | {size / 1e6 / wc[0]:.0f} | 1.00 | {wc[1]:.0f} |")
        for name, (seconds, peak) in ours.items():
            rate = sizes.get(name, size) / 1e6 / seconds
            print(f"| `{name.split(',')[0]}`,{name.split(',', 1)[1]} | {rate:.0f} | {rate / (size / 1e6 / wc[0]):.2f} | {peak:.1f} |")

        print("\n| program | seconds | times as long | peak MiB |\n|---|--:|--:|--:|")
        for name in ("jq", "jaq", "gojq"):
            path = shutil.which(name)
            if not path:
                continue
            for label, arguments, file, own in (
                ("lines", ["-n", COUNT_LINES], lines, "triage, JSON Lines"),
                ("document", [COUNT_DOCUMENT], document, "triage, one document"),
            ):
                result = measured([path, *arguments, file])
                if result:
                    print(f"| {name}, {label} | {result[0]:.2f} | {result[0] / ours[own][0]:.0f} | {result[1]:.0f} |")
        own = ours["triage, JSON Lines"][0]
        simdjson = str(folder / "simdjson")
        source = str(ROOT / "benches/simdjson.cpp")
        compiler = ["c++", "-O3", "-std=c++17", source, "-o", simdjson, "-lsimdjson", "-pthread"]
        if shutil.which("c++") and subprocess.run(compiler, capture_output=True, check=False).returncode == 0:
            for interface in ("dom", "ondemand"):
                result = measured([simdjson, interface, "2", lines])
                print(f"| simdjson, {interface}, lines, including reading the file | {result[0]:.2f} | {result[0] / own:.2f} | {result[1]:.0f} |")
            in_memory = printed([COUNT, "2", str(RUNS), lines])
            for interface in ("dom", "ondemand"):
                seconds = printed([simdjson, interface, "2", lines, str(RUNS)])
                print(f"| simdjson, {interface}, lines in memory | {seconds:.3f} | {seconds / in_memory:.2f} | |")
            print(f"| statuscode, lines in memory | {in_memory:.3f} | | |")
        has_duckdb = subprocess.run([sys.executable, "-c", "import duckdb"], capture_output=True, check=False).returncode == 0
        if has_duckdb:
            cold = measured([sys.executable, "-c", DUCKDB, lines, "1"])
            seconds = printed([sys.executable, "-c", DUCKDB, lines, str(RUNS + 1)])
            print(f"| DuckDB, lines, cold process | {cold[0]:.2f} | {cold[0] / own:.2f} | {cold[1]:.0f} |")
            print(f"| DuckDB, lines, warm connection | {seconds:.2f} | {seconds / own:.2f} | |")
        print("\n| compressed lines | seconds | core seconds | peak MiB |\n|---|--:|--:|--:|")
        print("\n".join(compressed(lines)))
        spread = str(folder / "institutions.json")
        spread_institutions(lines, spread)
        compare_groups(spread, has_duckdb)
        true = measured(["/bin/true"])
        explain = measured([BINARY, "explain", "185"])
        print(f"\n`explain 185`: {explain[0] * 1000:.1f} ms, {explain[0] / true[0]:.1f} x `/bin/true`, {explain[1]:.1f} MiB")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
