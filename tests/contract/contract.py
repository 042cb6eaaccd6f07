# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Logs through the comet_ml package this Python has, reads everything back through it, and compares."""
import fcntl
import json
import math
import os
import pathlib
import socket
import struct
import subprocess
import sys
import tempfile
import time


def raise_loopback():
    """A new network name space has its loopback down."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        name = struct.pack("16sh", b"lo", 0)
        flags = struct.unpack("16sh", fcntl.ioctl(control, 0x8913, name))[1]
        if not flags & 1:
            fcntl.ioctl(control, 0x8914, struct.pack("16sh", b"lo", flags | 1))


def until(ask, limit=20):
    """What ask() answers as soon as it is true; scripts log in the background."""
    end = time.monotonic() + limit
    while True:
        found = ask()
        if found or time.monotonic() > end:
            return found
        time.sleep(0.1)  # UNAVOIDABLE: REST has no other way to learn of a change


def log(comet_ml, folder):
    """One run with everything a script can log; returns its key."""
    import numpy
    from PIL import Image
    experiment = comet_ml.Experiment(project_name="everything", workspace="lab", display_summary_level=0)
    assert experiment.alive, "the server did not accept the run"
    experiment.set_name("first run")
    experiment.add_tags(["red", "grün"])
    experiment.log_parameters({"lr": 0.25, "layers": [3, 4], "name": "a b&c=d", "deep": True, "none": None})
    for step in range(200):
        experiment.log_metric("loss", 1 / (step + 1), step=step, epoch=step // 50)
    for step, value in enumerate([1.0, math.nan, math.inf, -math.inf]):
        experiment.log_metric("odd", value, step=step)
    experiment.log_other("note", "some – text")
    experiment.log_html("<b>bold</b>")
    experiment.log_text("a sample of text")
    picture = folder / "picture.png"
    Image.new("L", (8, 8), 128).save(picture)
    experiment.log_image(str(picture), name="picture")
    experiment.log_histogram_3d([1, 2, 2, 3, 3, 3], name="weights", step=1)
    experiment.log_curve("roc", x=[0, 0.5, 1], y=[0, 0.75, 1])
    experiment.log_confusion_matrix([0, 1, 1], [0, 1, 0], labels=["no", "yes"])
    experiment.log_audio(numpy.sin(numpy.arange(800) / 10), sample_rate=8000, file_name="tone.wav")
    experiment.log_asset_data(json.dumps({"answer": 42}), name="answer.json")
    weights = folder / "weights.bin"
    weights.write_bytes(bytes(range(256)) * 64)
    experiment.log_model("net", str(weights))
    print("a line of output")
    experiment.end()
    return experiment.get_key()


def values(experiment, name):
    return [(entry["step"], entry["metricValue"]) for entry in experiment.get_metrics(name)]


def check_values(api, key):
    experiment = api.get_experiment_by_id(key) if hasattr(api, "get_experiment_by_id") else api.get_experiment_by_key(key)
    until(lambda: len(experiment.get_metrics("loss")) == 200)
    found = sorted((int(step), float(value)) for step, value in values(experiment, "loss"))
    assert found == [(step, 1 / (step + 1)) for step in range(200)], found[:5]
    odd = [float(value) for _, value in sorted(values(experiment, "odd"), key=lambda pair: int(pair[0]))]
    assert odd[0] == 1 and math.isnan(odd[1]) and odd[2] == math.inf and odd[3] == -math.inf, odd
    summary = {entry["name"]: entry for entry in experiment.get_metrics_summary()}
    assert float(summary["loss"]["valueMax"]) == 1 and float(summary["loss"]["valueMin"]) == 1 / 200, summary["loss"]

    parameters = {entry["name"]: entry["valueCurrent"] for entry in experiment.get_parameters_summary()}
    assert float(parameters["lr"]) == 0.25, parameters
    assert parameters["name"] == "a b&c=d", parameters
    assert parameters["deep"].lower() == "true", parameters
    others = {entry["name"]: entry["valueCurrent"] for entry in experiment.get_others_summary()}
    assert others["note"] == "some – text" and others["Name"] == "first run", others
    assert sorted(experiment.get_tags()) == ["grün", "red"], experiment.get_tags()
    assert "<b>bold</b>" in experiment.get_html()
    assert "a line of output" in experiment.get_output()
    metadata = experiment.get_metadata()
    assert metadata["workspaceName"] == "lab" and metadata["projectName"] == "everything", metadata
    assert metadata["startTimeMillis"] <= metadata["endTimeMillis"] and not metadata["running"], metadata
    return experiment


def check_assets(experiment):
    expected = {"image": 1, "curve": 1, "confusion-matrix": 1, "audio": 1}
    assets = until(lambda: [found for found in [experiment.get_asset_list()] if len(found) > 7])[0]
    kinds = [asset["type"] for asset in assets]
    for kind, count in expected.items():
        assert kinds.count(kind) == count, (kind, kinds)
    assert any("histogram" in kind for kind in kinds), kinds
    answer = next(asset for asset in assets if asset["fileName"] == "answer.json")
    assert json.loads(experiment.get_asset(answer["assetId"])) == {"answer": 42}
    weights = next(asset for asset in assets if asset["fileName"].endswith("weights.bin"))
    assert experiment.get_asset(weights["assetId"]) == bytes(range(256)) * 64
    picture = next(asset for asset in assets if asset["type"] == "image")
    assert experiment.get_asset(picture["assetId"])[:8] == b"\x89PNG\r\n\x1a\n"


def check_project(api, key):
    assert "lab" in api.get_workspaces()
    assert "everything" in api.get_projects("lab")
    assert [experiment.id for experiment in api.get_experiments("lab", "everything")] == [key]
    api.set_project_notes("lab", "everything", "# Notes\n")
    assert api.get_project_notes("lab", "everything") == "# Notes\n"
    chart = api.get_metrics_for_chart([key], ["loss"])
    series = chart[key]["metrics"][0]
    assert series["metricName"] == "loss" and len(series["values"]) == 200, series

    def query(condition):
        return [experiment.id for experiment in api.query("lab", "everything", condition)]
    from comet_ml.api import Metric, Other, Parameter, Tag
    assert query(Parameter("lr") > 0.2) == [key]
    assert query(Parameter("lr") > 0.3) == []
    assert query((Metric("loss") < 0.1) & (Tag("red"))) == [key]
    assert query(Other("note").contains("text")) == [key]
    assert query(Tag("blue")) == []

    api.archive_experiments([key])
    assert api.get_experiments("lab", "everything") == []
    api.restore_experiment(key)
    assert [experiment.id for experiment in api.get_experiments("lab", "everything")] == [key]


def main():
    raise_loopback()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        os.environ["HOME"] = name  # no configuration of the person who runs this
        os.chdir(folder)
        server = subprocess.Popen([sys.argv[1], "--serve", "--data", str(folder / "runs.sqlite")], stdout=subprocess.PIPE, text=True)
        try:
            ready = json.loads(server.stdout.readline())
            os.environ.update(COMET_API_KEY=ready["apiKey"], COMET_URL_OVERRIDE=ready["url"] + "/clientlib/")
            import comet_ml
            key = log(comet_ml, folder)
            api = comet_ml.API(cache=False)
            check_assets(check_values(api, key))
            check_project(api, key)
        finally:
            server.terminate()
            assert server.wait(10) == 0, "the server did not stop cleanly"
    print(f"comet_ml {comet_ml.__version__}: what it logged is what it read")


main()
