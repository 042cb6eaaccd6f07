# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Classical classifiers on small tables: digits, wine, breast cancer."""
import argparse
import json
import pathlib
import pickle
import tempfile

import logbook
import numpy
import sklearn
from sklearn import datasets
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.metrics import accuracy_score, f1_score, log_loss, precision_recall_curve, roc_auc_score, roc_curve
from sklearn.model_selection import cross_val_score, train_test_split
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

MODELS = {
    "logistic": lambda seed: LogisticRegression(max_iter=2000, random_state=seed),
    "sgd": lambda seed: SGDClassifier(loss="log_loss", random_state=seed),
    "svm-rbf": lambda seed: SVC(probability=True, random_state=seed),
    "svm-linear": lambda seed: SVC(kernel="linear", probability=True, random_state=seed),
    "knn-3": lambda seed: KNeighborsClassifier(3),
    "knn-9": lambda seed: KNeighborsClassifier(9),
    "tree": lambda seed: DecisionTreeClassifier(random_state=seed),
    "forest": lambda seed: RandomForestClassifier(120, random_state=seed),
    "boosting": lambda seed: GradientBoostingClassifier(n_estimators=60, random_state=seed),
    "bayes": lambda seed: GaussianNB(),
    "mlp": lambda seed: MLPClassifier((32,), max_iter=300, random_state=seed),
}
DATA = {"digits": datasets.load_digits, "wine": datasets.load_wine, "breast-cancer": datasets.load_breast_cancer}


def log_curves(experiment, y, odds):
    """ROC and precision over recall of the positive class."""
    false, true, _ = roc_curve(y, odds[:, 1])
    experiment.log_curve("roc", numpy.round(false, 4).tolist(), numpy.round(true, 4).tolist())
    precision, recall, _ = precision_recall_curve(y, odds[:, 1])
    experiment.log_curve("precision-recall", numpy.round(recall, 4).tolist()[::3], numpy.round(precision, 4).tolist()[::3])
    experiment.log_metric("roc_auc", roc_auc_score(y, odds[:, 1]))


def log_model(experiment, name, model, card):
    """The fitted model, and what has to be known to use it."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        (folder / "model.pkl").write_bytes(pickle.dumps(model))
        (folder / "card.json").write_text(json.dumps(card, indent=1))
        (folder / "requirements.txt").write_text(f"scikit-learn=={sklearn.__version__}\nnumpy=={numpy.__version__}\n")
        experiment.log_model(name, str(folder), prepend_folder_name=False)
        experiment.flush()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--name", default="")
    parser.add_argument("--tags", nargs="*", default=[])
    parser.add_argument("--data", choices=DATA, required=True)
    parser.add_argument("--model", choices=MODELS, required=True)
    parser.add_argument("--without", help="a feature to leave out")
    parser.add_argument("--log-model", help="the name to log the fitted model under")
    parser.add_argument("--seed", type=int, default=0)
    a = parser.parse_args()
    experiment = logbook.start(a.seed, a.name, a.tags)
    data = DATA[a.data]()
    x, y, names = data.data, data.target, list(data.feature_names)
    if a.without:
        x = numpy.delete(x, names.index(a.without), axis=1)
    experiment.log_parameters({"model": a.model, "data": a.data, "seed": a.seed, "features": x.shape[1], "without": a.without,
                               "stratified": True})
    train_x, test_x, train_y, test_y = train_test_split(x, y, test_size=0.3, random_state=a.seed, stratify=y)
    model = make_pipeline(StandardScaler(), MODELS[a.model](a.seed))
    folds = cross_val_score(model, train_x, train_y, cv=5)
    for fold, score in enumerate(folds):
        experiment.log_metric("fold_accuracy", score, step=fold)
        print(f"fold {fold}: {score:.4f}")
    # A learning curve: the same model on more and more of the data.
    for step, share in enumerate(numpy.linspace(0.1, 1, 10)):
        rows = max(int(share * len(train_x)), 3 * len(set(y)))
        model.fit(train_x[:rows], train_y[:rows])
        odds = model.predict_proba(test_x)
        guess = model.predict(test_x)
        with experiment.test():
            experiment.log_metrics({"accuracy": accuracy_score(test_y, guess), "f1": f1_score(test_y, guess, average="macro")}, step=step)
            if odds.shape[1] == len(set(y)):
                experiment.log_metric("loss", log_loss(test_y, odds, labels=model.classes_), step=step)
        with experiment.train():
            experiment.log_metric("accuracy", model.score(train_x[:rows], train_y[:rows]), step=step)
        print(f"{rows} rows: accuracy {accuracy_score(test_y, guess):.4f}")
    experiment.log_metric("cv_accuracy", folds.mean())
    experiment.log_confusion_matrix(test_y.tolist(), guess.tolist(), labels=[str(name) for name in data.target_names],
                                    title=f"{a.model} on {a.data}", max_examples_per_cell=0)
    if len(set(y)) == 2:
        log_curves(experiment, test_y, odds)
    if a.model in ("forest", "boosting"):
        weights = dict(sorted(zip(names, model[-1].feature_importances_.round(5).tolist()), key=lambda pair: -pair[1]))
        experiment.log_asset_data(json.dumps(weights, indent=1), name="feature-importances.json")
        experiment.log_table("feature-importances.csv", [[name, weight] for name, weight in weights.items()], headers=["feature", "importance"])
    if a.log_model:
        log_model(experiment, a.log_model, model, {
            "data": a.data, "features": [str(name) for name in names], "classes": [str(name) for name in data.target_names],
            "accuracy_over_folds": round(folds.mean(), 4)})
    experiment.log_other("sklearn_model", str(model[-1]))
    experiment.log_html(f"<h2>{a.model}</h2><p>Accuracy over five folds: <b>{folds.mean():.4f}</b> ± {folds.std():.4f}.</p>")
    experiment.end()


main()
