#!/usr/bin/env python3
"""Takes the pictures for the README with the real program: a table in a terminal, and the web page in a browser.

Needs chromium and `pip install ansi2html pillow`. Run it from the root of the project after `cargo build --release`.
"""

import fcntl
import html
import os
import pty
import struct
import subprocess
import tempfile
import termios
from pathlib import Path

from ansi2html import Ansi2HTMLConverter
from PIL import Image

PROGRAM = Path("target/release/statuscode").absolute()
HERE = Path(__file__).parent
COLUMNS = 120


def in_terminal(arguments):
    """Returns what the program writes to a terminal that is COLUMNS wide."""
    child, terminal = pty.fork()
    if child == 0:
        fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 50, COLUMNS, 0, 0))
        environment = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
        os.execve(PROGRAM, ["statuscode", *arguments], environment)
    written = b""
    while True:
        try:
            written += os.read(terminal, 65536)
        except OSError:  # The other end is closed.
            os.waitpid(child, 0)
            return written.decode().replace("\r\n", "\n")


def photograph(page, size, picture):
    """Saves a picture of an HTML page in a browser, with a palette to keep the file small."""
    with tempfile.TemporaryDirectory() as folder:
        file, shot = Path(folder, "page.html"), Path(folder, "shot.png")
        file.write_text(page)
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-background-networking"]
        options += [f"--user-data-dir={folder}/profile", f"--window-size={size}", f"--screenshot={shot}", file.as_uri()]
        subprocess.run(["chromium", *options], check=True, stderr=subprocess.DEVNULL)
        Image.open(shot).convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(picture, optimize=True)


def main():
    arguments = ["triage", "examples/accounts.json", "--limit", "4"]
    colors = Ansi2HTMLConverter(dark_bg=True, inline=True, scheme="osx")
    command = html.escape("$ statuscode " + " ".join(arguments))
    text = command + "\n" + colors.convert(in_terminal(arguments), full=False)
    height = (text.count("\n") + 2) * 18 + 24
    style = "margin:14px;background:#1d1f21;color:#d8d8d8;font:14px/18px 'DejaVu Sans Mono',monospace"
    page = f"<meta charset=utf-8><body style=\"{style}\"><pre style='margin:0;font:inherit'>{text}</pre>"
    photograph(page, f"{COLUMNS * 9 - 30},{height}", HERE / "table.png")

    arguments = [PROGRAM, "triage", "examples/accounts.json", "-f", "html"]
    report = subprocess.run(arguments, check=True, capture_output=True, text=True).stdout
    photograph(report, "1200,805", HERE / "report.png")


main()
