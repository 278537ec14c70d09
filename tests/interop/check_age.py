"""Whether the age program opens what this one encrypts, and this one what age does, as bytes and made fit for mail.

    check_age.py BINARY PROJECT FOLDER

age asks for a passphrase on a terminal only, so it is given one.
"""

import os
import pathlib
import pty
import select
import subprocess
import sys
import time

BINARY, PROJECT, FOLDER = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
PHRASE = "correct horse bâttery"


def age(*arguments):
    """Runs age and answers each of its questions with the passphrase."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp("age", ["age", *arguments])
    said, answered, end = b"", 0, time.time() + 120
    while time.time() < end:
        ready, _, _ = select.select([terminal], [], [], 1)
        if not ready:
            continue
        try:
            piece = os.read(terminal, 1024)
        except OSError:
            break
        if not piece:
            break
        said += piece
        asked = said.lower().count(b"passphrase")
        if asked > answered and said.rstrip(b"\r\n").endswith((b": ", b":")):
            answered = asked
            time.sleep(0.3)
            os.write(terminal, PHRASE.encode() + b"\n")
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    assert status == 0, said.decode(errors="replace")


def travaux(*arguments):
    done = subprocess.run([BINARY, *arguments], capture_output=True, text=True)
    assert done.returncode == 0, (arguments, done.stderr)
    return done.stdout


phrase, plain, sealed = FOLDER / "phrase", FOLDER / "plain.ron", FOLDER / "sealed.age"
phrase.write_text(PHRASE + "\n", encoding="utf-8")
whose = ["--analyst", "Zoë", "--analyst", "李雷"]
travaux("share", PROJECT, *whose, "--out", str(plain))
travaux("share", PROJECT, *whose, "--out", str(sealed), "--encrypt", "--passphrase-file", str(phrase))
age("-d", "-o", str(FOLDER / "opened.ron"), str(sealed))
assert (FOLDER / "opened.ron").read_bytes() == plain.read_bytes(), "age opens other bytes than were encrypted"
for name, arguments in [("bytes.age", []), ("mailed.txt", ["-a"])]:
    made = FOLDER / name
    age("-p", *arguments, "-o", str(made), str(plain))
    travaux("import-annotations", PROJECT, str(made), "--passphrase-file", str(phrase))
