# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Creates, writes and reads back through the SDK's API classes: every write of REST, and its read."""
import io
import json
import os
import zipfile

from comet_ml import API, APIExperiment
from expectations import finish, holds, same

api = API(cache=False)
NEW = hasattr(API, "search")


def values(summaries):
    return {one["name"]: one["valueCurrent"] for one in summaries}


same(set(api.get_account_details()), {"userName", "defaultWorkspaceName"}, "account")
made = api.create_project("w", "new project", "a description", True)
project = api.get_project("w", "new project")
same(project["projectId"], made["projectId"], "project id")
same((project["projectDescription"], project["public"], project["numberOfExperiments"]), ("a description", True, 0), "project")
same(api.get_project_by_id(made["projectId"]), project, "project by id")
api.update_project("w", "new project", "p", 'about "é"', False)
same(api.get_project("w", "new project"), None, "the old name")
same(api.get_project("w", "p")["projectDescription"], 'about "é"', "new description")
same(api.set_project_notes("w", "p", "# Notes\n\nline"), {"msg": "saved", "code": 200, "data": None, "sdk_error_code": 0}, "acknowledgement")
same(api.get_project_notes("w", "p"), "# Notes\n\nline", "notes")
holds("w" in api.get_workspaces(), "workspace listed")
same(api.get_projects("w"), ["p"], "projects")

key = APIExperiment(workspace="w", project_name="p", experiment_name="one").id
second = APIExperiment(workspace="w", project_name="p", experiment_name="two")
experiment = api.get_experiment("w", "p", key)  # without the cache, which would answer from before a change
same(sorted(e.name for e in api.get("w/p")), ["one", "two"], "experiments")
same(api.get("w/p/one").id, key, "experiment by name")
same(api.get_experiment("w", "p", key).id, key, "experiment by key")
same(api.get_experiment("w", "p", "nobody"), None, "unknown experiment")
same([e.name for e in api.get_experiments("w", "p", "tw.*")], ["two"], "pattern")

experiment.add_tags(["x", "y"])
experiment.add_tags(["z"])
same(sorted(experiment.get_tags()), ["x", "y", "z"], "tags")
experiment.log_other("k", "v")
experiment.log_other("n", 42)
experiment.set_name("new name")
same(values(experiment.get_others_summary()), {"Name": "new name", "k": "v", "n": "42"}, "others")
same(experiment.get_name(), "new name", "name")
same(experiment.get_metadata()["experimentName"], "new name", "name in the metadata")
for name, value in (("lr", 0.1), ("opt", "adam"), ("deep", 5), ("exact", "122.0")):
    experiment.log_parameter(name, value)
same(values(experiment.get_parameters_summary()), {"lr": "0.1", "opt": "adam", "deep": "5", "exact": "122.0"}, "parameters")
for step in range(1000):
    if step % 100 == 0:
        experiment.log_metric("loss", 1 / (step + 1), step=step, timestamp=1700000000 + step)
experiment.log_metric("odd", float("nan"), step=1)
experiment.log_metric("odd", float("inf"), step=2)
points = experiment.get_metrics("loss")
same([(p["metricValue"], p["step"]) for p in points][:2], [("1.0", 0), (repr(1 / 101), 100)], "points")
if NEW:  # 3.8.1 takes a timestamp and does not send it
    same(points[1]["timestamp"], 1700000100000, "timestamp")
same(len(points), 10, "number of points")
same([p["metricValue"] for p in experiment.get_metrics("odd")], ["NaN", "Infinity"], "special values")
summary = [m for m in experiment.get_metrics_summary() if m["name"] == "loss"][0]
same((summary["valueMax"], summary["stepMax"], summary["stepMin"], summary["stepCurrent"]), ("1.0", 0, 900, 900), "summary")
same(len(experiment.get_metrics()), 12, "all metrics")
chart = api.get_metrics_for_chart([key], ["loss", "odd"], ["opt", "none"]) if not NEW else \
    api.get_metrics_for_chart([key], ["loss", "odd"], parameters=["opt", "none"])
entry = chart[key]
same({m["metricName"]: len(m["values"]) for m in entry["metrics"]}, {"loss": 10, "odd": 2}, "chart")
same(entry["metrics"][0]["values"][0], 1.0, "chart value")
same(entry["params"], {"opt": "adam", "none": None}, "chart parameters")
both = api.get_metrics_for_chart([key], ["loss", "odd"], full=True, independent=False)[key]
same([len(m["values"]) for m in both["metrics"]], [], "no shared step")

experiment.log_html("<b>x</b>")
experiment.log_html("<i>y</i>")
same(experiment.get_html(), "<b>x</b><i>y</i>", "html")
experiment.set_code("x = 1\n")
same(experiment.get_code(), "x = 1\n", "code")
same(experiment.get_output() or "", "", "no output")
experiment.log_output("line\n")
experiment.log_output("é\n")
same(experiment.get_output(), "line\né\n", "output")
experiment.set_model_graph("{}")
same(experiment.get_model_graph(), "{}", "graph")
experiment.set_start_time(1000)
experiment.set_end_time(5000)
metadata = experiment.get_metadata()
same((metadata["startTimeMillis"], metadata["endTimeMillis"], metadata["durationMillis"]), (1000, 5000, 4000), "times")
experiment.set_git_metadata("u", "r", "b", "p", "o")
same(experiment.get_git_metadata(), {"user": "u", "root": "r", "branch": "b", "parent": "p", "origin": "o"}, "git")
holds(not experiment.get_git_patch() or b'"msg"' in experiment.get_git_patch(), "no patch")
archive = io.BytesIO()
with zipfile.ZipFile(archive, "w") as patch:
    patch.writestr("git_diff.patch", "+line")
with open("patch.zip", "wb") as file:
    file.write(archive.getvalue())
experiment.set_git_patch("patch.zip")
holds(experiment.get_git_patch(), "patch")
experiment.set_command(["train.py", "--lr"])
experiment.set_hostname("h")
experiment.set_pid(7)
experiment.set_installed_packages(["a==1"])
experiment.log_additional_system_info("k", "v")
same((experiment.get_command(), experiment.get_hostname(), experiment.get_pid(), experiment.get_installed_packages()),
     (["train.py", "--lr"], "h", 7, ["a==1"]), "system details")
same(experiment.get_additional_system_info(), [{"key": "k", "value": "v"}], "additional system info")
experiment.log_cpu_metrics([1, 3])
experiment.log_ram_metrics(8, 2)
experiment.log_load_metrics(1.0)
holds("sys.cpu.percent.avg" in experiment.get_system_metric_names(), "system metrics")

with open("x.bin", "wb") as file:
    file.write(bytes(range(256)))
asset = experiment.log_asset("x.bin", step=3)
listed = experiment.get_asset_list()[0]
same((listed["fileName"], listed["fileSize"], listed["step"], listed["assetId"]), ("x.bin", 256, 3, asset["assetId"]), "asset")
same(experiment.get_asset(asset["assetId"]), bytes(range(256)), "the asset's bytes")
experiment.delete_asset(asset["assetId"])
same(experiment.get_asset_list() or [], [], "asset deleted")

if NEW:
    experiment.delete_tags(["x"])
    same(sorted(experiment.get_tags()), ["y", "z"], "tag deleted")
    experiment.delete_parameter("lr")
    experiment.delete_parameters(["deep"])
    same(sorted(values(experiment.get_parameters_summary())), ["exact", "opt"], "parameters deleted")
    experiment.set_state("crashed")
    same(experiment.get_state(), "crashed", "crashed")
    experiment.set_state("finished")
    same(experiment.get_state(), "finished", "finished")
    experiment.create_symlink("linked")
else:
    try:
        experiment.create_symlink("linked")
    except AttributeError:  # after the call: this version trips over its own answer
        pass
same([e.id for e in api.get("w/linked")], [key], "linked")

api.archive_experiment(key)
same(api.get_experiment("w", "p", key).get_metadata()["archived"], True, "archived")
same([e.id for e in api.get_experiments("w", "p", ".*")], [second.id], "active ones")
same([e.id for e in api.get_archived_experiments("w", "p", ".*")], [key], "archived ones")
api.restore_experiment(key)
same(len(api.get("w/p")), 2, "restored")
api.stop_experiment(key)
api.create_project("w", "q")
api.move_experiments([key], "w", "q")
same([e.id for e in api.get("w/q")], [key], "moved")
api.delete_experiments([key, second.id])
same([len(api.get("w/p")), len(api.get("w/q"))], [0, 0], "deleted")
api.delete_project("w", "q", delete_experiments=True)
holds("q" not in api.get_projects("w"), "project deleted")
finish()
