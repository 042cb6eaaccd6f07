# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripts that log while their server is killed and started again: every value is there once, and none twice.

The old SDK throws away what it logs while nothing answers at the port (its websocket's send() raises, and nobody
keeps the message): of it only what came before and after can be there.
"""
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

from comet_ml import API

from expectations import finish, holds, same

NEW = hasattr(API, "search")
PROGRAM, KEY = os.environ["PERIHELION"], os.environ["COMET_API_KEY"]
SCRIPTS, VALUES, KILLS = (int(os.environ.get(name, usual)) for name, usual in (("SCRIPTS", 3), ("VALUES", 300), ("KILLS", 2)))

SCRIPT = """
import sys, time
import comet_ml
run = comet_ml.Experiment(workspace="team", project_name="killed", log_code=False, log_env_details=False,
                          auto_output_logging=False, display_summary_level=0)
print(run.get_key(), flush=True)
for i in range(int(sys.argv[1])):
    run.log_metric("counted", i, step=i)
    run.log_metric("equal", 1.0, step=7)
    time.sleep(0.02)  # UNAVOIDABLE: a training step
run.end()
"""


def free_port():
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return chosen.getsockname()[1]


def serve(folder, port):
    server = subprocess.Popen([PROGRAM, "--serve", "--data", folder + "/killed.db", "--api-key", KEY, "--port", str(port)],
                              stdout=subprocess.PIPE, text=True)
    return server, json.loads(server.stdout.readline())["url"]


def points(root, key, metric):
    question = urllib.request.Request(f"{root}/api/rest/v2/experiment/metrics/get-metric?experimentKey={key}&metricName={metric}",
                                      headers={"Authorization": KEY})
    with urllib.request.urlopen(question) as answer:
        return [float(point["metricValue"]) for point in json.load(answer)["metrics"]]


with tempfile.TemporaryDirectory() as folder:
    port = free_port()
    server, root = serve(folder, port)
    environment = dict(os.environ, COMET_URL_OVERRIDE=root + "/clientlib/", HOME=folder)
    scripts = [subprocess.Popen([sys.executable, "-c", SCRIPT, str(VALUES)], env=environment, cwd=folder, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) for _ in range(SCRIPTS)]
    keys = [script.stdout.readline().strip() for script in scripts]
    chance = random.Random(5)
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.5, 3))  # UNAVOIDABLE: the moment is what is tried
        server.kill()
        server.wait()
        time.sleep(chance.uniform(0.2, 2))  # UNAVOIDABLE: likewise
        server, root = serve(folder, port)
    for script in scripts:
        script.wait(240)
    for key in keys:
        counted, equal = points(root, key, "counted"), points(root, key, "equal")
        if NEW:
            same(counted, [float(value) for value in range(VALUES)], f"counted of {key}")
            same(len(equal), VALUES, f"equal ones of {key}")
        else:
            same(counted, sorted(set(counted)), f"none twice of {key}")
            holds(len(equal) <= VALUES, f"none of the equal ones twice of {key}")
            same(counted[:1] + counted[-1:], [0.0, VALUES - 1.0], f"the first and the last of {key}")
    server.terminate()
    server.wait(20)
finish()
