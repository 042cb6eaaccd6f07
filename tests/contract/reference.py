# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls every entry of the API reference and checks what it gives; a line for each, and an error for one that was not called."""
import os
import subprocess
import zipfile

from comet_ml import API, APIExperiment, Experiment
from comet_ml.exceptions import CometException, CometRestApiException
from comet_ml.query import Metric, Parameter, Tag
from expectations import eventually, finish, same

NEW = hasattr(API, "search")
ENTRIES = """server_url __init__ add_registry_model_version_stage archive_experiment archive_experiments clear_cache create_project
create_project_share_key delete_experiment delete_experiments delete_project delete_project_share_key delete_registry_model
delete_registry_model_version delete_registry_model_version_stage do_cache do_not_cache download_registry_model gen_experiments get
get_account_details get_archived_experiment get_archived_experiments get_experiment get_experiment_by_id get_experiments
get_metrics_for_chart get_project get_project_by_id get_project_notes get_project_share_keys get_projects get_query_variables
get_registry_model_count get_registry_model_details get_registry_model_names get_registry_model_notes get_registry_model_versions
get_workspaces move_experiments query restore_experiment set_project_notes stop_experiment update_cache update_project
update_project_by_id update_registry_model update_registry_model_notes update_registry_model_version use_cache""".split()

# What differs between the packages: (3.8.1, 3.58.8, why)
DIFFERENCES = {
    "archived experiments without a pattern": (["kept"], ["gone"], "3.8.1 looks for active ones unless there is a pattern"),
    "requests for 150 moved keys": (1, 2, "3.58.8 sends a hundred at a time"),
    "a registered name with capitals again": ("my-net", "My Net", "3.8.1 looks for the name as it is given and would register a second model"),
    "the error of a wrong key": ("InvalidRestAPIKey", "Unauthorized", "3.8.1 has an exception of its own, without the server's answer"),
    "statuses of a version": (False, True, "3.8.1 knows none"),
}


def differs(what):
    return DIFFERENCES[what][NEW]


passed = {}


class Watched:
    """An API that notes which of its entries the script calls."""

    def __init__(self, *arguments, **named):
        self._api = API(*arguments, **named)
        passed.setdefault("__init__", True)

    def __getattr__(self, name):
        if name in ENTRIES:
            passed.setdefault(name, True)
        return getattr(self._api, name)


def check(entry, actual, expected, what="value"):
    if not same(actual, expected, f"{entry}: {what}"):
        passed[entry] = False


def refused(entry, call, what):
    """An error with a sentence of the server, none of Python's own."""
    try:
        result = call()
    except CometRestApiException as problem:
        check(entry, (400 <= problem.response.status_code < 500, bool(problem.response.json()["msg"])), (True, True), what)
    else:
        check(entry, result, "an error", what)


def names(experiments):
    return sorted(experiment.name for experiment in experiments or [])


api = Watched(cache=False)
check("server_url", api.server_url, os.environ["COMET_URL_OVERRIDE"].rsplit("/", 2)[0])
account = api.get_account_details()
check("get_account_details", sorted(account), ["defaultWorkspaceName", "userName"])
try:
    check("get_account_details", Watched(api_key="wrong", cache=False).get_account_details(), "an error", "with a wrong key")
except CometException as problem:
    check("__init__", type(problem).__name__, differs("the error of a wrong key"))

# Projects
made = api.create_project("w", "one", "first", True)
project = api.get_project("w", "one")
check("create_project", made["projectId"], project["projectId"], "id")
check("get_project", (project["projectName"], project["projectDescription"], project["public"], project["numberOfExperiments"]),
      ("one", "first", True, 0))
check("get_project", api.get_project("w", "nobody"), None, "unknown")
check("get_project_by_id", api.get_project_by_id(made["projectId"]), project)
check("get_project_by_id", api.get_project_by_id("nobody"), None, "unknown")
refused("create_project", lambda: api.create_project("w", "one"), "twice")
refused("create_project", lambda: api.create_project("w", ""), "no name")
refused("create_project", lambda: api.create_project("w", "x" * 101), "too long a name")
api.update_project("w", "one", "p", 'about "é" <b>', False)
project = api.get_project("w", "p")
check("update_project", (project["projectId"], project["projectDescription"], project["public"]), (made["projectId"], 'about "é" <b>', False))
api.update_project("w", "p", public=True)
check("update_project", api.get_project("w", "p")["projectDescription"], 'about "é" <b>', "what is not given stays")
refused("update_project", lambda: api.update_project("w", "nobody", "q"), "unknown")
api.create_project("w", "taken")
for name, what in (("taken", "a name that is taken"), ("", "no name"), ("x" * 101, "too long a name")):
    refused("update_project", lambda: api.update_project("w", "p", name), what)
    refused("update_project_by_id", lambda: api.update_project_by_id(made["projectId"], name), what)
api.update_project("w", "taken", "a/b “é” 🪐 <b>")
check("get_project", api.get_project("w", "a/b “é” 🪐 <b>")["numberOfExperiments"], 0, "odd name")
api.delete_project("w", "a/b “é” 🪐 <b>")
api.update_project_by_id(made["projectId"], description="by id")
check("update_project_by_id", api.get_project("w", "p")["projectDescription"], "by id")
refused("update_project_by_id", lambda: api.update_project_by_id("nobody", "q"), "unknown")
NOTES = "# Notes\n\n| a | b |\n|---|---|\n| 1 | “é” 🪐 |\n"
check("set_project_notes", api.set_project_notes("w", "p", NOTES), {"msg": "saved", "code": 200, "data": None, "sdk_error_code": 0})
check("get_project_notes", api.get_project_notes("w", "p"), NOTES)
api.set_project_notes("w", "p", "")
check("set_project_notes", api.get_project_notes("w", "p"), "", "no notes")
api.set_project_notes("w", "p", NOTES)
check("get_projects", api.get_projects("w"), ["p"])
check("get_workspaces", "w" in api.get_workspaces(), True)
identifier = made["projectId"]
check("get_project_share_keys", api.get_project_share_keys(identifier), [], "none yet")
shares = [api.create_project_share_key(identifier) for _ in range(2)]
check("create_project_share_key", len(set(shares)), 2)
check("get_project_share_keys", api.get_project_share_keys(identifier), shares)
api.delete_project_share_key(identifier, shares[0])
check("delete_project_share_key", api.get_project_share_keys(identifier), shares[1:])
refused("delete_project_share_key", lambda: api.delete_project_share_key(identifier, shares[0]), "what is gone")
refused("create_project_share_key", lambda: api.create_project_share_key("nobody"), "unknown")
refused("get_project_share_keys", lambda: api.get_project_share_keys("nobody"), "unknown")
refused("delete_project_share_key", lambda: api.delete_project_share_key("nobody", shares[1]), "unknown")
refused("get_projects", lambda: api.get_projects("nobody"), "unknown")
refused("get", lambda: api.get("nobody"), "unknown")

# Experiments
kept = APIExperiment(workspace="w", project_name="p", experiment_name="kept")
gone = APIExperiment(workspace="w", project_name="p", experiment_name="gone")
for experiment, accuracy in ((kept, .99), (gone, .5)):
    for step in range(3):
        experiment.log_metric("acc", accuracy - .1 * (2 - step), step=step)
    experiment.log_parameter("optimizer", "adam" if experiment is kept else "sgd")
kept.add_tags(["My simple tag"])
check("get", (names(api.get("w/p")), api.get("w/p/kept").id, "w" in api.get(), api.get("w")), (["gone", "kept"], kept.id, True, ["p"]))
check("get_experiment", (api.get_experiment("w", "p", kept.id).name, api.get_experiment("w", "p", "nobody")), ("kept", None))
check("get_experiment_by_id", (api.get_experiment_by_id(kept.id).name, api.get_experiment_by_id("nobody")), ("kept", None))
check("get_experiments", (names(api.get_experiments("w", "p")), names(api.get_experiments("w", "p", "ke.*")), names(api.get_experiments("w"))),
      (["gone", "kept"], ["kept"], ["gone", "kept"]))
check("gen_experiments", names(api.gen_experiments("w", "p", "go")), ["gone"])
chart = api.get_metrics_for_chart([kept.id], ["acc"], ["optimizer"])[kept.id]
check("get_metrics_for_chart", ([round(value, 6) for value in chart["metrics"][0]["values"]], chart["metrics"][0]["steps"], chart["params"]),
      ([.79, .89, .99], [0, 1, 2], {"optimizer": "adam"}))
check("get_metrics_for_chart", not api.get_metrics_for_chart([kept.id], []), True, "no metrics")
check("get_query_variables", {"Metric('acc')", "Parameter('optimizer')", "Tag('My simple tag')"}
      <= {str(variable) for variable in api.get_query_variables("w", "p")}, True)
check("query", [names(api.query("w", "p", query)) for query in (
    Metric("acc") > .9, Parameter("optimizer") == "sgd", Tag("My simple tag"), (Metric("acc") > .4) & (Parameter("optimizer") != "sgd"),
    Metric("acc") > 5)], [["kept"], ["gone"], ["kept"], ["kept"], []])

for entry, archive in (("archive_experiment", api.archive_experiment), ("archive_experiments", lambda key: api.archive_experiments([key]))):
    archive(gone.id)
    check(entry, (names(api.get_experiments("w", "p")), names(api.get_archived_experiments("w", "p", ".*"))), (["kept"], ["gone"]))
    check("get_archived_experiments", names(api.get_archived_experiments("w", "p")), differs("archived experiments without a pattern"))
    check("get_archived_experiment", api.get_archived_experiment("w", "p", gone.id).archived, True)
    check("query", names(api.query("w", "p", Metric("acc") > .1, archived=True)), ["gone"], "archived")
    api.restore_experiment(gone.id)
    check("restore_experiment", names(api.get_experiments("w", "p")), ["gone", "kept"])
refused("archive_experiment", lambda: api.archive_experiment("nobody"), "unknown")
refused("archive_experiments", lambda: api.archive_experiments([gone.id, "nobody"]), "unknown")
api.restore_experiment(gone.id)
refused("restore_experiment", lambda: api.restore_experiment("nobody"), "unknown")
for call, archived in ((api.archive_experiment, True), (api.archive_experiment, True), (api.restore_experiment, False), (api.restore_experiment, False)):
    call(gone.id)
    check("archive_experiment", api.get_experiment_by_id(gone.id).get_metadata()["archived"], archived, "a second time")
check("archive_experiments", api.archive_experiments([]), [], "none")
check("get_archived_experiment", api.get_archived_experiment("w", "p", "nobody"), None, "unknown")
for entry in ("get_experiments", "get_archived_experiments", "get_query_variables"):
    refused(entry, lambda: getattr(api, entry)("w", "nobody"), "unknown project")
refused("gen_experiments", lambda: list(api.gen_experiments("w", "nobody")), "unknown project")
refused("query", lambda: api.query("w", "nobody", Metric("acc") > .1), "unknown project")
check("get_metrics_for_chart", api.get_metrics_for_chart(["nobody"], ["acc"]), {}, "unknown")


def running():
    return api.get_experiment("w", "p", gone.id).get_metadata()["running"]


api._client.get_from_endpoint("write/experiment/set-status", {"experimentKey": gone.id})  # a heartbeat
check("stop_experiment", running(), True, "before")
check("stop_experiment", (api.stop_experiment(gone.id)["msg"], running()), ("Stop Requested", False))
refused("stop_experiment", lambda: api.stop_experiment("nobody"), "unknown")

# Moving
many = [APIExperiment(workspace="w", project_name="many", experiment_name=f"n{number}").id for number in range(150)]
api.create_project("w", "target")
move = api._client.move_experiments
requests = []
api._client.move_experiments = lambda *arguments: (requests.append(arguments), move(*arguments))[1]
check("move_experiments", api.move_experiments(many, "w", "target").status_code, 200, "150 keys")
check("move_experiments", (len(requests), [len(api.get_experiments("w", name)) for name in ("many", "target")]),
      (differs("requests for 150 moved keys"), [0, 150]), "150 moved")
api.move_experiments([kept.id], "w", "target", symlink=True)
check("move_experiments", (names(api.get_experiments("w", "p")), len(api.get_experiments("w", "target"))), (["gone", "kept"], 151), "symlink")
refused("move_experiments", lambda: api.move_experiments([kept.id], "w", "no such project"), "into nothing")
refused("move_experiments", lambda: api.move_experiments([kept.id], "w", "no such project", symlink=True), "symlink into nothing")
refused("move_experiments", lambda: api.move_experiments([kept.id], "w", ""), "into no name")
refused("move_experiments", lambda: api.move_experiments([kept.id, "nobody"], "w", "target"), "an unknown one among them")
check("move_experiments", api.get_experiment("w", "p", kept.id).project_name, "p", "none or all")

# Deleting
api.delete_experiment(many[0])
check("delete_experiment", (api.get_experiment_by_id(many[0]), len(api.get_experiments("w", "target"))), (None, 150))
refused("delete_experiment", lambda: api.delete_experiment(many[0]), "what is gone")
check("delete_experiments", len(api.delete_experiments(many[1:3])), 2)
check("delete_experiments", len(api.get_experiments("w", "target")), 148, "left")
refused("delete_experiments", lambda: api.delete_experiments([many[1]]), "what is gone")
refused("delete_project", lambda: api.delete_project("w", "target"), "with experiments")
check("delete_project", api.delete_project("w", "target", delete_experiments=True).status_code, 200, "with its experiments")
check("delete_project", (api.get_experiment_by_id(many[9]), api.get_experiment_by_id(kept.id).project_name), (None, "p"), "links only go")
check("delete_project", api.delete_project(project_id=api.get_project("w", "many")["projectId"]).status_code, 200, "an empty one, by id")
check("delete_project", api.get_projects("w"), ["p"], "left")
refused("delete_project", lambda: api.delete_project("w", "target"), "what is gone")

# The registry, of a model that a script logged
FILES = {"net/weights.bin": bytes(range(256)) * 4000, "net/deep/config.json": '{"é": 1}'.encode(), "net/empty": b""}
for name, content in FILES.items():
    os.makedirs(os.path.dirname(name), exist_ok=True)
    with open(name, "wb") as file:
        file.write(content)
script = Experiment(workspace="w", project_name="p", log_code=False, auto_output_logging=False)
script.log_model("net", "net", prepend_folder_name=False)
script.end()
eventually(lambda: len(api.get_experiment_by_id(script.id).get_asset_list() or []) >= 2, "the model's files")
logged = api.get_experiment("w", "p", script.id)
stages = {"tags" if NEW else "stages": ["staging"]}
MODEL = "my-net"
logged.register_model("net", registry_name="My Net", description="d", comment="first", **stages)
AGAIN = differs("a registered name with capitals again")
logged.register_model("net", version="1.1.0", registry_name=AGAIN, comment="second")
logged.register_model("net", version="2.0.0-rc.1", registry_name=AGAIN)
check("get_registry_model_names", api.get_registry_model_names("w"), [MODEL])
check("get_registry_model_count", api.get_registry_model_count("w"), 1)
check("get_registry_model_versions", api.get_registry_model_versions("w", MODEL), ["2.0.0-rc.1", "1.1.0", "1.0.0"])
refused("get_registry_model_versions", lambda: api.get_registry_model_versions("w", "nobody"), "unknown")
refused("get_registry_model_details", lambda: api.get_registry_model_details("w", "nobody"), "unknown")
for version in ("1.0.0", "1.0", ""):
    try:
        logged.register_model("net", version=version, registry_name=AGAIN)
    except (CometRestApiException, ValueError):  # the latter for what is no version
        pass
    check("get_registry_model_versions", len(api.get_registry_model_versions("w", MODEL)), 3, f"after version {version!r}")


def version(number="1.0.0"):
    return api.get_registry_model_details("w", MODEL, number)


details = api.get_registry_model_details("w", MODEL)
check("get_registry_model_details", (details["modelName"], details["description"], details["numberOfVersions"], details["isPublic"]),
      (MODEL, "d", 3, False))
check("get_registry_model_details", (version()["comment"], version()["stages"], version()["experimentModel"]["experimentKey"], version("9.9.9")),
      ("first", ["staging"], script.id, None), "version")
MARKDOWN = "# Net\n\n* “é” <b>🪐</b>\n"
check("update_registry_model_notes", api.update_registry_model_notes("w", MODEL, MARKDOWN).status_code, 200)
check("get_registry_model_notes", api.get_registry_model_notes("w", MODEL), MARKDOWN)
refused("update_registry_model_notes", lambda: api.update_registry_model_notes("w", "nobody", "x"), "unknown")
refused("get_registry_model_notes", lambda: api.get_registry_model_notes("w", "nobody"), "unknown")
api.update_registry_model("w", MODEL, "renamed", "new description", True)
details = api.get_registry_model_details("w", "renamed")
check("update_registry_model", (details["description"], details["isPublic"], api.get_registry_model_names("w")), ("new description", True, ["renamed"]))
api.update_registry_model("w", "renamed", MODEL)
check("update_registry_model", api.get_registry_model_details("w", MODEL)["description"], "new description", "what is not given stays")
refused("update_registry_model", lambda: api.update_registry_model("w", "nobody", "x"), "unknown")
refused("update_registry_model", lambda: api.update_registry_model("w", MODEL, ""), "no name")
logged.register_model("net", registry_name="y" * 300)
logged.register_model("net", registry_name="b c/d")
check("get_registry_model_names", sorted(api.get_registry_model_names("w")), sorted([MODEL, "b-c-d", "y" * 300]), "odd names")
refused("update_registry_model", lambda: api.update_registry_model("w", "b-c-d", MODEL), "a name that is taken")
for name in ("b-c-d", "y" * 300):
    api.delete_registry_model("w", name)
check("get_registry_model_count", api.get_registry_model_count("w"), 1, "deleted")
for entry in ("get_registry_model_names", "get_registry_model_count"):
    refused(entry, lambda: getattr(api, entry)("nobody"), "unknown workspace")
api.update_registry_model_version("w", MODEL, "1.0.0", "new comment", ["production", "qa"])
check("update_registry_model_version", (version()["comment"], version()["stages"]), ("new comment", ["production", "qa"]))
api.update_registry_model_version("w", MODEL, "1.0.0", stages=[])
check("update_registry_model_version", (version()["comment"], version()["stages"]), ("new comment", []), "no stages")
refused("update_registry_model_version", lambda: api.update_registry_model_version("w", MODEL, "1.0.0", stages=["a", ""]), "a stage without a name")
check("update_registry_model_version", version()["stages"], [], "none or all")
ODD = ["a/b", "two words", "x" * 300, "“é” 🪐 <b>", "a&b=c+d%20"]
for stage in ODD:
    api.add_registry_model_version_stage("w", MODEL, "1.0.0", stage)
check("add_registry_model_version_stage", version()["stages"], ODD)
refused("add_registry_model_version_stage", lambda: api.add_registry_model_version_stage("w", MODEL, "1.0.0", ODD[0]), "twice")
refused("add_registry_model_version_stage", lambda: api.add_registry_model_version_stage("w", MODEL, "1.0.0", ""), "no name")
for stage in ODD:
    api.delete_registry_model_version_stage("w", MODEL, "1.0.0", stage)
check("delete_registry_model_version_stage", version()["stages"], [])
refused("delete_registry_model_version_stage", lambda: api.delete_registry_model_version_stage("w", MODEL, "1.0.0", "a/b"), "what is gone")
api.add_registry_model_version_stage("w", MODEL, "1.1.0", "a/b stage")

# Downloads
expected = {os.path.relpath(name, "net"): content for name, content in FILES.items()}


def contents(folder):
    found = {}
    for place, _, files in os.walk(folder):
        for name in files:
            with open(os.path.join(place, name), "rb") as file:
                found[os.path.relpath(os.path.join(place, name), folder)] = file.read()
    return found


api.download_registry_model("w", MODEL, "1.0.0", "expanded")
check("download_registry_model", contents("expanded"), expected, "expanded")
os.mkdir("zips")
api.download_registry_model("w", MODEL, "1.0.0", "zips", expand=False)
api.download_registry_model("w", MODEL, output_path="zips", expand=False)
with zipfile.ZipFile("zips/my-net_1.0.0.zip") as archive:
    check("download_registry_model", ({name: archive.read(name) for name in archive.namelist()}, archive.testzip()), (expected, None), "as a zip")
check("download_registry_model", sorted(contents("zips")), ["my-net_1.0.0.zip", "my-net_latest.zip"], "names of the zips")
api.download_registry_model("w", MODEL, output_path="staged", stage="a/b stage")
check("download_registry_model", contents("staged"), expected, "by stage")
refused("download_registry_model", lambda: api.download_registry_model("w", MODEL, "9.9.9", "none"), "unknown version")
refused("download_registry_model", lambda: api.download_registry_model("w", MODEL, output_path="none", stage="none"), "unknown stage")
client = api._client
links = client.get_from_endpoint("registry-model/item/download-instructions", {"workspaceName": "w", "modelName": MODEL, "version": "1.1.0"})
check("get_registry_model_details", sorted(one["fileName"] for one in links["versions"][0]["assets"]), sorted(expected), "download instructions")
latest = client.get_from_endpoint("registry-model/latest_version", {"workspaceName": "w", "modelName": MODEL, "versionMajor": 1})
check("get_registry_model_details", latest["version"], "1.1.0", "latest version")
check("get_registry_model_details", hasattr(API, "model_registry_allowed_status_values"), differs("statuses of a version"), "statuses")
if NEW:
    statuses = api.model_registry_allowed_status_values("w")
    api.get_model("w", MODEL).set_status("1.0.0", statuses[-1])
    check("get_registry_model_details", version()["status"], statuses[-1], "status")

# The same by `perihelion --print`


def printed(path):
    with open("key", "w") as file:
        file.write(os.environ["COMET_API_KEY"])
    ran = subprocess.run([os.environ["PERIHELION"], "--url", api.server_url, "--api-key-file", "key", "--print", path],
                         env=dict(os.environ, QT_QPA_PLATFORM="offscreen"), capture_output=True, text=True, timeout=60)
    lines = [line.split("\t") for line in ran.stdout.splitlines()]
    return lines[1:], ran.stderr


rows, problem = printed("w")
projects = [api.get_project("w", name) for name in api.get_projects("w")]
same([(name, number, visibility, about) for name, number, visibility, _, about in rows],
     [(one["projectName"], str(one["numberOfExperiments"]), "Public" if one["public"] else "Private", one["projectDescription"]) for one in projects],
     f"printed projects {problem}")
rows, problem = printed("w/p")
same(sorted(row[:2] for row in rows), sorted([one.name or "", one.id] for one in api.get_experiments("w", "p")), f"printed experiments {problem}")
rows, problem = printed("w/nobody")
same((rows, "There is no project w/nobody" in problem), ([], True), "printed is what is not there")
rows, problem = printed("w/p/" + kept.id)
values = {(row[0], row[1]): row[2] for row in rows}
same((float(values.get(("Metric", "acc"), "nan")), values.get(("Parameter", "optimizer")), ("Tag", "My simple tag") in values),
     (float(kept.get_metrics_summary("acc")["valueCurrent"]), "adam", True), f"printed experiment {problem}")

# Deleting from the registry
api.delete_registry_model_version("w", MODEL, "1.1.0")
check("delete_registry_model_version", api.get_registry_model_versions("w", MODEL), ["2.0.0-rc.1", "1.0.0"])
api.delete_experiment(script.id)
api.download_registry_model("w", MODEL, "1.0.0", "after")
check("download_registry_model", contents("after"), expected, "after the experiment went")
api.delete_registry_model("w", MODEL)
check("delete_registry_model", (api.get_registry_model_names("w"), api.get_registry_model_count("w")), ([], 0))
refused("delete_registry_model", lambda: api.delete_registry_model("w", MODEL), "what is gone")
refused("delete_registry_model_version", lambda: api.delete_registry_model_version("w", MODEL, "1.0.0"), "what is gone")

# The cache of the package: what the server changed meanwhile is seen once it was emptied.
cached = Watched(cache=True)
check("use_cache", (cached.use_cache(), api.use_cache()), (True, False))


def description(number):
    api.update_project("w", "p", description=str(number))
    return cached.get_project("w", "p")["projectDescription"]


description(1)
check("use_cache", description(2), "1", "kept")
cached.clear_cache()
check("clear_cache", description(3), "3")
cached.update_cache()
check("update_cache", description(4), "4")
cached.use_cache(False)
check("use_cache", description(5), "5", "off")
cached.use_cache(True)
cached.do_not_cache("project")
check("do_not_cache", (description(6), description(7)), ("6", "7"))
cached.do_cache("project")
cached.clear_cache()
check("do_cache", (description(8), description(9)), ("8", "8"))

for entry in ENTRIES:
    print(f"{entry}  {'not called' if entry not in passed else 'ok' if passed[entry] else 'FAILED'}")
same([entry for entry in ENTRIES if entry not in passed], [], "entries not called")
same(len(ENTRIES), 51, "entries of the API reference")
for what, (old, new, why) in DIFFERENCES.items():
    print(f"differs  {what}: 3.8.1 {old}, 3.58.8 {new}: {why}")
finish()
