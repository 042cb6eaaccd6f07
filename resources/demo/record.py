#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records the sample data: trains every model of the plan below with the scripts in training/, which log through
the real comet_ml package to `perihelion --serve`, and packs the database. Then it does, through the same package, what
people do afterwards: notes, descriptions, archive, share keys and the model registry.

    python3 -m venv venv && venv/bin/pip install -r requirements.txt
    venv/bin/python record.py ../../build/release/app/perihelion demo.sqlite.gz

Recording everything takes long. What is packed can be added to instead: `--add wine-ablation,scratch` trains what
these projects lack (of runs with a name), `--add` alone trains nothing and adds notes, share keys and registered models that are missing.

The scripts run in a git repository of their own, made for the recording in the current user's home.
"""
import argparse
import concurrent.futures
import dataclasses
import gzip
import json
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
DAY = 86400
FOREVER = 253402300799000  # the last second of the year 9999, in milliseconds


@dataclasses.dataclass
class Run:
    workspace: str
    project: str
    script: str
    options: list
    days: tuple  # between how many days ago it took place
    archived: bool = False
    running: bool = False  # still, when the recording ends
    may_fail: bool = False  # with an exception of its own
    seconds_ago: float = 0
    key: str = ""
    seconds: float = 0

    def name(self):
        return self.options[self.options.index("--name") + 1] if "--name" in self.options else None


def options(**values):
    found = []
    for name, value in values.items():
        option = "--" + name.replace("_", "-")
        if value is True:
            found.append(option)
        elif isinstance(value, (list, tuple)):
            found += [option, *map(str, value)]
        elif value is not None and value is not False:
            found += [option, str(value)]
    return found


def digits_sweep():
    rates = {"sgd": (0.5, 0.05), "momentum": (0.05, 0.005), "rmsprop": (0.003, 0.001), "adam": (0.01, 0.001)}
    for optimizer, pair in rates.items():
        for lr in pair:
            for seed in range(5):
                yield Run("vision-lab", "digits-sweep", "digits.py", options(
                    name=f"{optimizer}-lr{lr:g}-s{seed}", tags=["sweep", optimizer] + (["best-rate"] if lr == pair[0] else []),
                    optimizer=optimizer, lr=lr, steps=1260, seed=seed, details=seed == 0), (16, 9),
                    archived=optimizer == "rmsprop" and lr == 0.001 and seed > 2)
    for name in ("adam-cosine", "adam-cosine"):  # somebody started it twice
        yield Run("vision-lab", "digits-sweep", "digits.py", options(
            name=name, tags=["cosine", "best-rate"], optimizer="adam", lr=0.01, schedule="cosine", steps=1260, seed=1, details=True), (8, 8))


def long_runs():
    variants = [
        ("sgd", 0.1, "constant", 0.0), ("sgd", 0.1, "cosine", 0.0), ("sgd", 0.3, "step", 0.0), ("momentum", 0.02, "cosine", 0.0),
        ("momentum", 0.05, "warmup", 5e-4), ("nesterov", 0.02, "cosine", 5e-4), ("nesterov", 0.05, "step", 0.0), ("rmsprop", 1e-3, "cosine", 0.0),
        ("adam", 1e-3, "constant", 0.0), ("adam", 2e-3, "cosine", 0.0), ("adamw", 2e-3, "cosine", 0.05), ("adamw", 1e-3, "step", 0.1),
        ("lion", 3e-4, "cosine", 0.1), ("lion", 1e-3, "warmup", 0.5),
        # The rate grows ten-thousandfold: one is infinite at times, the other is no number from step 13,759 on.
        ("sgd", 0.01, "range-test", 0.0), ("adamw", 1e-3, "range-test", 0.5)]
    for optimizer, lr, schedule, decay in variants:
        yield Run("vision-lab", "digits-long", "digits.py", options(
            name=f"{optimizer}-{schedule}-lr{lr:g}", tags=["long", schedule], optimizer=optimizer, lr=lr, schedule=schedule, weight_decay=decay,
            label_noise=0.1, hidden=(128, 64), batch_size=32, steps=15000, every_step=True, seed=3,
            details=optimizer == "adamw" and schedule != "range-test"), (7, 2))


def autoencoders():
    for size in (2, 4, 8, 16):
        for noise in (0.0, 0.3):
            yield Run("vision-lab", "digits-autoencoder", "autoencoder.py", options(
                name=f"code{size}" + ("-denoising" if noise else ""), tags=["denoising"] if noise else [], code_size=size, noise=noise), (6, 3))
    yield Run("vision-lab", "digits-autoencoder", "autoencoder.py", options(
        name="code32-long", tags=["large"], code_size=32, epochs=400, vanish_after=90), (0.02, 0.01), running=True)


def baselines():
    models = ("logistic", "sgd", "svm-rbf", "svm-linear", "knn-3", "knn-9", "tree", "forest", "bayes", "mlp")
    for model in models:
        yield Run("vision-lab", "digits-baselines", "classifiers.py", options(
            name=model, tags=["baseline"], data="digits", model=model), (24, 21), archived=model == "knn-9")


def tumours():
    for model in ("logistic", "forest", "svm-rbf", "boosting"):
        for seed in range(5):
            yield Run("clinic", "breast-cancer", "classifiers.py", options(
                name=f"{model}-s{seed}", tags=["screening", model], data="breast-cancer", model=model, seed=seed), (20, 14),
                archived=model == "svm-rbf" and seed > 3)


def screening_release():
    for model, seed in (("logistic", 0), ("logistic", 2), ("boosting", 0), ("svm-rbf", 0)):
        yield Run("clinic", "screening-release", "classifiers.py", options(
            name=f"{model}-s{seed}", tags=["release", model], data="breast-cancer", model=model, seed=seed, log_model="screening"), (13, 8),
            archived=model == "svm-rbf")


def wine():
    features = ("alcohol", "malic_acid", "ash", "alcalinity_of_ash", "magnesium", "total_phenols", "flavanoids", "nonflavanoid_phenols",
                "proanthocyanins", "color_intensity", "hue", "od280/od315_of_diluted_wines", "proline")
    for feature in (None, *features):
        yield Run("clinic", "wine-ablation", "classifiers.py", options(
            name=f"without {feature}" if feature else "all features", tags=["ablation"] if feature else ["ablation", "reference"],
            data="wine", model="mlp", without=feature), (5, 4))


def by_rest():
    for seed, lr in enumerate((0.05, 0.1, 0.3, 0.6)):
        yield Run("clinic", "linear-models", "by_rest.py", options(lr=lr, seed=seed), (4, 2))


def divergence():
    for optimizer, lr in (("sgd", 30.0), ("sgd", 100.0), ("momentum", 5.0), ("momentum", 20.0), ("nesterov", 10.0), ("adam", 3.0)):
        yield Run("playground", "divergence", "digits.py", options(
            name=f"{optimizer}-lr{lr:g}", tags=["too-fast"], optimizer=optimizer, lr=lr, steps=600, every_step=True, hidden=(64, 64)), (12, 10))
        yield Run("playground", "divergence", "digits.py", options(
            name=f"{optimizer}-range-test", tags=["range-test"], optimizer=optimizer, lr=lr / 300, schedule="range-test", steps=800,
            every_step=True, stop_on_nan=True, hidden=(64, 64)), (12, 10), may_fail=True)


def explosions():
    for optimizer, lr in (("sgd", 0.004), ("sgd", 0.02), ("momentum", 0.002), ("nesterov", 0.003)):
        for seed in (1, 2):
            yield Run("playground", "explosions", "landscape.py", options(
                name=f"{optimizer}-lr{lr:g}-s{seed}", tags=["rosenbrock", "nan"], optimizer=optimizer, lr=lr, steps=120, seed=seed), (2, 1))


def landscapes():
    rates = {"sgd": 1e-3, "momentum": 1e-4, "rmsprop": 1e-2, "adam": 3e-2, "lion": 1e-2}
    for optimizer, lr in rates.items():
        for seed in range(5):
            yield Run("playground", "test-functions", "landscape.py", options(
                name=f"rosenbrock-{optimizer}-s{seed}", tags=["rosenbrock"], optimizer=optimizer, lr=lr, seed=seed), (27, 25),
                archived=optimizer == "sgd" and seed == 4)
    yield Run("playground", "test-functions", "landscape.py", options(name="beale-adam", tags=["beale"], function="beale", optimizer="adam", lr=3e-2), (25, 25))


def waveforms():
    for partials in (1, 4, 8, 16):
        yield Run("playground", "plucked-string", "waveform.py", options(name=f"{partials} partials", tags=["220 Hz"], partials=partials), (11, 11))
    for pitch in (110, 330):
        yield Run("playground", "plucked-string", "waveform.py", options(name=f"pitch {pitch}", tags=[f"{pitch} Hz"], pitch=pitch, partials=12), (10, 10))


def scratch():
    for seed, lr in enumerate((0.1, 0.2, 0.4)):
        yield Run("playground", "scratch", "digits.py", options(lr=lr, steps=300, seed=seed), (3, 1), archived=seed == 2)
    yield Run("playground", "scratch", "landscape.py", options(tags=["debug"], steps=50), (2, 2))
    yield Run("playground", "scratch", "digits.py", options(name="try", steps=200, hidden=()), (2, 1))
    yield Run("playground", "scratch", "digits.py", options(name="try", steps=200, hidden=(16, 16, 16, 16)), (1.5, 1))
    yield Run("playground", "scratch", "digits.py", options(
        name="overnight", tags=["long"], steps=20000, hidden=(128,), lr=0.02, every_step=True, vanish_after=6500), (0.03, 0.01), running=True)
    yield Run("playground", "scratch", "digits.py", options(
        name="overnight-momentum", tags=["long"], optimizer="momentum", steps=20000, hidden=(128,), lr=0.002, vanish_after=4000), (0.03, 0.01), running=True)
    yield Run("playground", "scratch", "digits.py", options(
        name="typo in the learning rate", tags=["debug"], optimizer="momentum", lr=500.0, steps=500, stop_on_nan=True), (1, 1), may_fail=True)


PROJECTS = [digits_sweep, long_runs, autoencoders, baselines, tumours, wine, by_rest, divergence, explosions, landscapes, waveforms, scratch,
            screening_release]
NOTES = {
    ("vision-lab", "digits-sweep"): """# Which optimiser for the small perceptron?

Four optimisers, two learning rates each, five seeds. One hidden layer of 64, 1,260 steps of 64 digits.

| optimiser | rates tried |
|---|---|
| sgd | 0.5, 0.05 |
| momentum | 0.05, 0.005 |
| rmsprop | 0.003, 0.001 |
| adam | 0.01, 0.001 |

Look at `validate_accuracy` grouped by `optimizer`. *adam-cosine* was started twice by mistake; both runs are good.
""",
    ("vision-lab", "digits-long"): """# 15,000 steps

Loss at **every** step, a tenth of the labels wrong on purpose: who starts to learn the noise by heart?
Compare `loss` with `validate_loss`.

Two *range-test* runs let the learning rate grow until they break.
""",
    ("clinic", "breast-cancer"): "Screening of four classifiers, five splits each. ROC and precision-recall are among the assets of each run.\n",
    ("clinic", "screening-release"): "Those of *breast-cancer* that were to be used, trained again with their files. See the model registry of this workspace.\n",
    ("playground", "divergence"): """# How it looks when it breaks

- *too-fast*: a learning rate far too high. The loss jumps, is infinite at times, and the network never recovers.
- *range-test*: the rate grows ten-thousandfold; the run stops itself when the loss is not finite.
""",
}
DESCRIPTIONS = {
    ("vision-lab", "digits-sweep"): "Optimisers and learning rates for handwritten digits",
    ("vision-lab", "digits-long"): "Sixteen runs of 15,000 steps with noisy labels",
    ("vision-lab", "digits-autoencoder"): "How many numbers does a digit need?",
    ("vision-lab", "digits-baselines"): "Classical classifiers to compare with",
    ("clinic", "breast-cancer"): "Four classifiers on the Wisconsin data",
    ("clinic", "screening-release"): "What goes into the model registry",
    ("clinic", "wine-ablation"): "Which feature can be left out?",
    ("clinic", "linear-models"): "Logged by REST alone, without names",
    ("playground", "divergence"): "Learning rates that are too high",
    ("playground", "explosions"): "Rosenbrock's function with steps too long: first infinite, then no number",
    ("playground", "test-functions"): "Optimisers on Rosenbrock's and Beale's functions",
    ("playground", "plucked-string"): "Tones fitted to a string",
}
SHARED = {("vision-lab", "digits-sweep"): 2, ("clinic", "screening-release"): 1}  # how many share keys


@dataclasses.dataclass
class Registered:
    workspace: str
    name: str
    logged: str  # under which name the experiments logged it
    metric: str  # what the comments tell
    description: str
    versions: list  # version, project, experiment, comment, stages, status
    notes: str = ""
    public: bool = False


REGISTRY = [
    Registered("vision-lab", "digits-perceptron", "digits-perceptron", "validate_accuracy", "Small perceptron for handwritten digits", [
        ("1.0.0", "digits-sweep", "sgd-lr0.5-s0", "The first to be used", [], "Archived"),
        ("1.1.0", "digits-sweep", "momentum-lr0.05-s0", "Momentum in place of plain descent", ["fallback"], "Production"),
        ("1.2.0", "digits-sweep", "adam-lr0.01-s0", "Adam, same network", ["staging"], "Staging"),
        ("2.0.0", "digits-long", "adamw-cosine-lr0.002", "Two hidden layers, trained on noisy labels", ["production", "noisy labels"], "Production"),
        ("2.1.0-rc.1", "digits-long", "adamw-step-lr0.001", "To be tried beside 2.0.0", ["candidate"], "Development")],
        notes="""# Digits perceptron

Reads digits of **8 × 8** pixels. One hidden layer of 64 until 1.2.0, two (128, 64) from 2.0.0 on.

| file | what it holds |
|---|---|
| `weights.pkl` | the weights and biases as 16-bit floats, layer by layer |

```python
import pickle
weights = pickle.load(open("weights.pkl", "rb"))
```

- 1.x: trained on clean labels, see *digits-sweep*
- 2.x: a tenth of the labels wrong on purpose, see *digits-long*
""", public=True),
    Registered("vision-lab", "digits-cosine", "digits-perceptron", "validate_accuracy", "", [
        ("0.1.0", "digits-sweep", "adam-cosine", "", [], "None")]),
    Registered("clinic", "screening", "screening", "cv_accuracy", "Tumours of the Wisconsin data: benign or malignant", [
        ("1.0.0", "screening-release", "boosting-s0", "The first to be used", [], "Archived"),
        ("1.1.0", "screening-release", "logistic-s0", "Easier to explain", ["fallback"], "Production"),
        ("1.1.1", "screening-release", "logistic-s2", "Another split, to see how much it matters", ["production"], "Production")],
        notes="""# Screening

Not for use on people: sample data.

1. `card.json` names the thirty features in their order.
2. `model.pkl` is a pipeline of scikit-learn that scales them itself.
"""),
]
PUBLIC = {("vision-lab", "digits-baselines"), ("playground", "test-functions")}


def plan():
    """Every run with its time, oldest first, so that the numbering of the database is that of time."""
    chance = random.Random(2)
    runs = [run for project in PROJECTS for run in project()]
    now = time.time()
    for run in runs:
        early, late = run.days
        run.seconds_ago = chance.uniform(late, early) * DAY + 900
        # Nobody works at night: move those runs into the day before.
        hour = time.gmtime(now - run.seconds_ago).tm_hour
        if not run.running and hour < 7:
            run.seconds_ago += 8 * 3600
    return sorted(runs, key=lambda run: -run.seconds_ago)


def make_repository(folder):
    """A git repository of the training scripts, with a change that is not committed."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HERE / "training", folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / ".gitignore").write_text("__pycache__/\n")

    def git(*arguments):
        subprocess.run(["git", "-C", folder, *arguments], check=True, stdout=subprocess.DEVNULL)
    git("init", "--initial-branch=main")
    git("config", "user.name", "Ada")
    git("config", "user.email", "ada@example.org")
    git("remote", "add", "origin", "https://git.example.org/ada/experiments.git")
    git("add", "--all")
    git("commit", "--message", "Train on small data")
    network = folder / "network.py"
    network.write_text(network.read_text().replace("1e-8)", "1e-7)"))


def train(run, folder, server):
    environment = dict(
        os.environ, COMET_API_KEY=server["apiKey"], COMET_URL_OVERRIDE=server["url"] + "/clientlib/", COMET_WORKSPACE=run.workspace,
        COMET_PROJECT_NAME=run.project, COMET_DISPLAY_SUMMARY_LEVEL="0", COMET_LOGGING_CONSOLE="ERROR", SECONDS_AGO=str(run.seconds_ago),
        OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", TMPDIR=str(server["folder"]))
    began = time.time()
    done = subprocess.run([sys.executable, run.script, *run.options], cwd=folder, env=environment, capture_output=True, text=True, timeout=600)
    run.seconds = time.time() - began
    for line in done.stdout.splitlines():
        if line.startswith("EXPERIMENT "):
            run.key = line.split()[1]
    if done.returncode and not run.may_fail:
        sys.exit(f"{run.script} {run.options} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return run


def curate(server, runs):
    """What people do to their projects afterwards: descriptions, notes, archive."""
    os.environ.update(COMET_API_KEY=server["apiKey"], COMET_URL_OVERRIDE=server["url"] + "/clientlib/")
    import comet_ml
    api = comet_ml.API(cache=False)
    for place in sorted({(run.workspace, run.project) for run in plan()}):
        workspace, project = place
        if not api.get_project(workspace, project):
            continue  # a try with other projects
        api.update_project(workspace, project, description=DESCRIPTIONS.get(place, ""), public=place in PUBLIC)
        if place in NOTES:
            api.set_project_notes(workspace, project, NOTES[place])
    api.archive_experiments([run.key for run in runs if run.archived])


def register(server):
    """Puts the models that the experiments logged into the registry, and shares projects."""
    os.environ.update(COMET_API_KEY=server["apiKey"], COMET_URL_OVERRIDE=server["url"] + "/clientlib/")
    import comet_ml
    api = comet_ml.API(cache=False)
    for (workspace, name), number in SHARED.items():
        project = api.get_project(workspace, name)
        missing = number - len(api.get_project_share_keys(project["projectId"])) if project else 0
        for _ in range(missing):
            api.create_project_share_key(project["projectId"])
    for model in REGISTRY:
        if model.name in api.get_registry_model_names(model.workspace):
            continue
        for version, project, name, comment, stages, status in model.versions:
            experiment = api.get_experiment(model.workspace, project, name)
            if not experiment:
                continue  # a try with other projects
            value = float(experiment.get_metrics_summary(model.metric)["valueCurrent"])
            experiment.register_model(
                model.logged, version=version, registry_name=model.name, public=model.public, description=model.description,
                comment=f"{comment}: {model.metric} {value:.4f}" if comment else None, tags=stages, status=status)
        if model.notes and model.name in api.get_registry_model_names(model.workspace):
            api.update_registry_model_notes(model.workspace, model.name, model.notes)


def set_back_registry(base):
    """A version was registered an hour after its run ended, and after the versions before it."""
    times = {}
    for version, model, ended in base.execute("SELECT v.id, v.model, e.ended FROM versions v JOIN experiments e ON e.key=v.experiment ORDER BY v.id").fetchall():
        times[model] = max(times.get(model, 0), ended) + 3600000
        base.execute("UPDATE versions SET created=:time, updated=:time WHERE id=:version", {"time": times[model], "version": version})
        base.execute("UPDATE events SET time=? WHERE version=?", (times[model], version))
    base.execute("UPDATE registry SET created=(SELECT min(created) FROM versions WHERE model=registry.id), updated=(SELECT max(updated) FROM versions"
                 " WHERE model=registry.id) WHERE id IN (SELECT model FROM versions)")


def set_back_clocks(data, runs):
    """Sets the server's own times back by as much as each run's script set back its clock, and packs the file."""
    base = sqlite3.connect(data)
    for run in runs:
        values = {"shift": int(run.seconds_ago * 1000), "key": run.key, "packed": int(time.time() * 1000)}
        base.execute("UPDATE assets SET created=created-:shift WHERE experiment=(SELECT id FROM experiments WHERE key=:key)", values)
        # Others carry no time of their own unless they come by REST.
        base.execute("UPDATE entries SET current_at=current_at-:shift, maximum_at=maximum_at-:shift, minimum_at=minimum_at-:shift"
                     " WHERE source=3 AND experiment=(SELECT id FROM experiments WHERE key=:key) AND current_at>:packed-:shift+3600000", values)
        base.execute("UPDATE experiments SET started=started-:shift, ended=ended-:shift, beat=beat-:shift WHERE key=:key", values)
        # A run that did not tell its end was seen last when it logged last.
        base.execute("UPDATE experiments SET ended=max(ended, ifnull((SELECT max(current_at) FROM entries WHERE experiment=experiments.id AND source=1), 0))"
                     " WHERE key=:key", values)
        if run.running:
            # Alive when the recording ended, so alive for good: the heartbeat of a recording does not grow old.
            base.execute("UPDATE experiments SET beat=? WHERE key=?", (FOREVER, run.key))
    base.execute("UPDATE projects SET updated=(SELECT max(ended) FROM experiments WHERE project=projects.id)"
                 " WHERE id IN (SELECT project FROM experiments)")
    set_back_registry(base)
    base.commit()
    base.execute("PRAGMA journal_mode=DELETE")
    base.execute("VACUUM")
    base.close()


def names(data):
    """What is recorded already: workspace, project and name."""
    base = sqlite3.connect(data)
    found = set(base.execute("SELECT w.name, p.name, e.name FROM experiments e JOIN projects p ON p.id=e.project JOIN workspaces w ON w.id=p.workspace"))
    base.close()
    return found


def serve(program, data):
    process = subprocess.Popen([program, "--serve", "--data", data], stdout=subprocess.PIPE, text=True)
    return process, json.loads(process.stdout.readline())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("packed")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--only", help="projects to record, for a try")
    parser.add_argument("--add", nargs="?", const="", help="projects to add to what is packed already; without any, only what people do afterwards")
    a = parser.parse_args()
    folder = pathlib.Path.home() / "experiments"
    make_repository(folder)
    with tempfile.TemporaryDirectory() as temporary:
        record(a, folder, pathlib.Path(temporary))


def record(a, folder, temporary):
    data = temporary / "demo.sqlite"
    if a.add is not None:
        data.write_bytes(gzip.decompress(pathlib.Path(a.packed).read_bytes()))
    there = names(data) if a.add is not None else set()
    process, server = serve(a.program, data)
    server["folder"] = temporary
    try:
        chosen = a.only if a.add is None else a.add
        runs = [run for run in plan() if chosen is None or run.project in chosen.split(",")]
        runs = [run for run in runs if (run.workspace, run.project, run.name()) not in there]
        # The running ones last, so that they are alive when the recording ends.
        runs.sort(key=lambda run: run.running)
        with concurrent.futures.ThreadPoolExecutor(a.jobs) as pool:
            for number, run in enumerate(pool.map(lambda run: train(run, folder, server), runs), 1):
                print(f"{number}/{len(runs)} {run.workspace}/{run.project} {run.seconds:.0f} s {' '.join(run.options)}", flush=True)
        curate(server, runs)
        register(server)
    finally:
        process.terminate()
        process.wait()
    set_back_clocks(data, runs)
    with gzip.GzipFile(a.packed, "wb", 9, mtime=0) as packed:
        packed.write(data.read_bytes())
    print(f"{len(runs)} experiments, {data.stat().st_size} bytes, packed {os.stat(a.packed).st_size}")


if __name__ == "__main__":
    main()
