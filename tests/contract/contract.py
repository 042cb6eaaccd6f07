# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""contract.py PROGRAM: serves a fresh database for each script of this folder and runs it with this Python's comet_ml."""
import fcntl
import json
import os
import socket
import struct
import subprocess
import sys
import tempfile

KEY = "contractkey0123456789"
TELLING = {"reference.py"}  # a line for each entry of the API reference, also where all is well
HERE = os.path.dirname(os.path.abspath(__file__))


def raise_loopback():
    """A new network name space has its loopback down."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        name = struct.pack("16sh", b"lo", 0)
        flags = struct.unpack("16sh", fcntl.ioctl(control, 0x8913, name))[1]
        if not flags & 1:
            fcntl.ioctl(control, 0x8914, struct.pack("16sh", b"lo", flags | 1))


def passes(script, address, folder, program):
    """Runs a script as a person would: own home, own work folder, key and address in the environment."""
    environment = {"PATH": os.environ["PATH"], "HOME": folder, "LANG": "C.UTF-8", "COMET_API_KEY": KEY,
                   "COMET_URL_OVERRIDE": address + "/clientlib/", "NO_PROXY": "*", "COMET_LOGGING_CONSOLE": "ERROR",
                   "PERIHELION": program}
    ran = subprocess.run([sys.executable, os.path.join(HERE, script)], cwd=folder, env=environment, timeout=300,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if ran.returncode != 0 or script in TELLING:
        print(ran.stdout, end="")
    return ran.returncode == 0


def main(program):
    raise_loopback()
    result = 0
    for script in ("rest.py", "queries.py", "randomqueries.py", "online.py", "odd.py", "resumed.py", "killed.py", "reference.py"):
        with tempfile.TemporaryDirectory() as folder:
            server = subprocess.Popen([program, "--serve", "--data", folder + "/data.db", "--api-key", KEY],
                                      stdout=subprocess.PIPE, text=True, env=dict(os.environ, HOME=folder))
            try:
                address = json.loads(server.stdout.readline())["url"]
                passed = passes(script, address, folder, program)
            finally:
                server.terminate()
                ended = server.wait(20)
            print(f"   {script}: {'passed' if passed and ended == 0 else 'FAILED'}", flush=True)
            if not passed or ended != 0:
                result = 1
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
