# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A script that trains, logging each kind of thing once, and what is left of it on the server."""
import json
import sys

from comet_ml import API, Experiment
import numpy
from PIL import Image
from expectations import eventually, finish, holds, same

NEW = hasattr(API, "search")
with open("f.txt", "w") as file:
    file.write("file content")
Image.new("L", (8, 8), 128).save("picture.png")

experiment = Experiment(workspace="team", project_name="vision", auto_output_logging="simple")
same(experiment.alive, True, "alive")
key = experiment.id
print("hello stdout é")
print("to stderr", file=sys.stderr)
experiment.set_name("first run")
experiment.add_tags(["a", "grün"])
experiment.log_parameters({"lr": 0.1, "opt": "a b&c=d", "list": [1, 2], "flag": True, "none": None})
for step in range(2000):
    experiment.log_metric("loss", 1 / (step + 1), step=step, epoch=step // 100)
for value in (float("nan"), float("inf"), float("-inf")):
    experiment.log_metric("odd", value, step=3000)
experiment.log_metric("words", "abc")
with experiment.train():
    experiment.log_metric("acc", 3)
experiment.log_other("answer", 42)
experiment.log_html("<b>x</b>")
experiment.log_html("<i>y</i>")
experiment.set_model_graph('{"g":1}')
experiment.log_text("some text")
experiment.log_asset_data({"a": 1}, name="d.json")
experiment.log_asset("f.txt", file_name="dir/f.txt", step=9, metadata={"k": "v"})
for step in range(3):
    experiment.log_histogram_3d([1.0, 2.0, 3.0 + step], name="h", step=step)
experiment.log_confusion_matrix(matrix=[[1, 0], [1, 1]])
experiment.log_curve("c", [1, 2], [3, 4])
experiment.log_image("picture.png", name="picture")
experiment.log_audio(numpy.sin(numpy.arange(800) / 10), sample_rate=8000, file_name="tone.wav")
experiment.log_model("net", "f.txt")
if NEW:
    experiment.log_points_3d("scene", [[1, 2, 3]], step=1)
    experiment.log_remote_asset("s3://bucket/x.bin", remote_file_name="x.bin")
experiment.end()

run = API(cache=False).get_experiment("team", "vision", key)
eventually(lambda: run.get_model_graph() and "to stderr" in run.get_output(), "the last message")
metadata = run.get_metadata()
same((metadata["experimentName"], metadata["running"], metadata["hasCrashed"]), ("first run", False, False), "metadata")
holds(metadata["fileName"] == "online.py" and metadata["durationMillis"] > 0, "file name and duration")
same(sorted(run.get_tags()), ["a", "grün"], "tags")
parameters = {p["name"]: p["valueCurrent"] for p in run.get_parameters_summary()}
same({name: parameters.get(name) for name in ("lr", "opt", "list", "flag")},
     {"lr": "0.1", "opt": "a b&c=d", "list": "[1,2]", "flag": "true"}, "parameters")
points = run.get_metrics("loss")
same([p["step"] for p in points], list(range(2000)), "steps")
same([float(p["metricValue"]) for p in points], [1 / (step + 1) for step in range(2000)], "values")
same(points[-1]["epoch"], 19, "epoch")
same([p["metricValue"] for p in run.get_metrics("odd")], ["NaN", "Infinity", "-Infinity"], "special values")
same([p["metricValue"] for p in run.get_metrics("words")], ["abc"], "a text as metric")
same([p["metricValue"] for p in run.get_metrics("train_acc")], ["3.0"], "a metric in a context")
same({o["name"]: o["valueCurrent"] for o in run.get_others_summary()}["answer"], "42", "other")
same(run.get_html(), "<b>x</b><i>y</i>", "html")
same(json.loads(run.get_model_graph()), {"g": 1}, "graph")
output = run.get_output()
holds("hello stdout é\n" in output and "to stderr\n" in output, "output")
holds(run.get_installed_packages() and run.get_python_version() and run.get_pid(), "system details")

assets = {}
for asset in run.get_asset_list():
    assets.setdefault(asset["type"], []).append(asset)
expected = {"asset", "text-sample", "histogram_combined_3d", "confusion-matrix", "curve", "model-element", "source_code", "image", "audio"}
same(expected - set(assets), set(), "types of assets")
named = {asset["fileName"]: asset for asset in assets["asset"]}
same((named["dir/f.txt"]["step"], json.loads(named["dir/f.txt"]["metadata"])), (9, {"k": "v"}), "asset")
same(run.get_asset(named["dir/f.txt"]["assetId"]), b"file content", "the asset's bytes")
same(len(assets["histogram_combined_3d"]), 1, "histograms of one name are one asset")
histograms = json.loads(run.get_asset(assets["histogram_combined_3d"][0]["assetId"]))["histograms"]
same([h["step"] for h in histograms], [0, 1, 2], "histograms")
same(json.loads(run.get_asset(assets["confusion-matrix"][0]["assetId"]))["matrix"], [[1, 0], [1, 1]], "matrix")
same(run.get_asset(assets["image"][0]["assetId"])[:8], b"\x89PNG\r\n\x1a\n", "image")
same(run.get_asset(assets["audio"][0]["assetId"])[:4], b"RIFF", "audio")
if NEW:
    same(named["x.bin"]["link"], "s3://bucket/x.bin", "remote asset")
    holds("3d-image" in assets, "points")
    same(run.get_state(), "finished", "state")
same(run.get_model_names(), ["net"], "model")
run.download_model("net", "out")
with open("out/f.txt") as file:
    same(file.read(), "file content", "the model's file")

# The same key again is refused, with a wrong key nothing is logged, and both are told without a crash.
wrong = Experiment(api_key="wrongkey", workspace="team", project_name="vision", log_code=False)
same(wrong.alive, False, "a wrong key")
finish()
