#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of the house that no compiler checks.

lint.py ROOT          prints "path:line: what is wrong", exits 1 if there is anything
lint.py --self-check  plants one violation of every rule and fails if one is not found
"""
import re
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

FOLDERS = ("app", "ui", "models", "tests", "packaging", "resources", ".ci")
CODE = ("app/", "ui/", "models/")
APPLICATION_ID = "io.github.perihelion.Perihelion"


def under(*folders):
    return lambda path: path.startswith(folders)


def outside(*exceptions):
    return lambda path: path.startswith(CODE) and not path.startswith(exceptions)


# name, which files, what must not be in a line of code there, what to say, a violation to plant
FORBIDDEN = [
    ("models-include-down", under("models/"), r'#include "(ui|app)/',
     "models/ includes only models/", ("models/a/a.cpp", '#include "ui/mainwindow.h"')),
    ("ui-include-down", under("ui/"), r'#include "app/',
     "ui/ includes only ui/ and models/", ("ui/a/a.cpp", '#include "app/demo.h"')),
    ("server-alone", under("app/localserver/"), r'#include "(models|ui)/|#include "app/(?!localserver/)',
     "the local server shares no code with the rest", ("app/localserver/a.cpp", '#include "models/api/client.h"')),
    ("models-no-widgets", under("models/"), r"Qt6::(Widgets|Charts|PrintSupport)|<QtWidgets|<Q(Widget|Dialog|Application|MessageBox)>",
     "models/ is without widgets", ("models/CMakeLists.txt", "room(models/a LINKS Qt6::Widgets)")),
    ("one-network", outside("models/api/transport.cpp"), r"#include <QNetworkAccessManager>",
     "only models/api/transport.cpp talks to the network", ("models/api/client.cpp", "#include <QNetworkAccessManager>")),
    ("no-nested-loops", under(*CODE), r"\bprocessEvents\s*\(|\bQEventLoop\b|(?<![\w.>:])sender\s*\(\s*\)",
     "no nested event loop, processEvents() or sender()", ("ui/a.cpp", "QCoreApplication::processEvents();")),
    ("message-boxes-in-ui", outside("ui/"), r"\bQMessageBox\b",
     "message boxes belong to ui/", ("app/a.cpp", "QMessageBox::critical(nullptr, title, text);")),
    ("actions-in-one-place", outside("ui/actions.cpp"), r"\bnew QAction\b|make_unique<QAction>",
     "the window's actions are made in ui/actions.cpp", ("ui/browse/page.cpp", "auto *copy = new QAction(this);")),
    ("no-sleep", under(*CODE), r"\b(sleep_for|QThread::m?u?sleep|usleep|nanosleep)\b",
     "wait for what happens, or say why not with UNAVOIDABLE:", ("models/a.cpp", "std::this_thread::sleep_for(1s);")),
    ("no-application-style-sheet", under("app/", "ui/"), r"\bsetStyleSheet\s*\(",
     "no style sheets: palette, style and delegates", ("ui/widgets/theme.cpp", "application.setStyleSheet(text);")),
    ("no-order-turned-round", under("app/", "ui/"), r"\b(sort|sortByColumn|setSortIndicator)\s*\(\s*-1\s*,\s*Qt::DescendingOrder",
     "rows as they come are in ascending order: newer Qt versions turn them round in the other",
     ("ui/a.cpp", "view->sortByColumn(-1, Qt::DescendingOrder);")),
]
# name, what the include looks like, what to say
ONE_FILE = [
    ("one-karchive", r"#include <[kK](Archive|Zip|Tar|CompressionDevice|archive|zip|tar|compressiondevice)\w*(\.h)?>", "KArchive"),
    ("one-keychain", r"#include <.*keychain", "QtKeychain"),
    ("one-settings", r"#include <QSettings>", "QSettings"),
    ("one-simdjson", r"#include <simdjson\.h>", "simdjson.h"),
]
# which files, lines to keep under, lines that fail
SIZES = [
    (lambda path: path in ("ui/mainwindow.cpp", "ui/mainwindow.h"), 350, 350),
    (lambda path: path.startswith("tests/") and path.endswith(".cpp"), 600, 800),
    (lambda path: path.endswith(".cpp"), 500, 600),
    (lambda path: path.endswith(".h"), 300, 350),
]
# qWait(0) is one turn of the event loop, no time.
WAITS = re.compile(r"\bqWait\s*\((?!0\))|\bqSleep\s*\(|\bsleep_for\b|\bQThread::m?u?sleep\b|\btime\.sleep\(")


def without_comments(text):
    """The text with // and /* */ comments blanked, line numbers kept."""
    def blank(match):
        found = match.group(0)
        return found if found.startswith('"') else re.sub(r"[^\n]", " ", found)
    return re.sub(r'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/', blank, text, flags=re.S)


def files_of(root):
    """Every file of the project as (path, text)."""
    found = [root / name for name in ("CMakeLists.txt", "README.md")]
    for folder in FOLDERS:
        found += sorted((root / folder).rglob("*"))
    for file in found:
        path = file.relative_to(root).as_posix()
        if file.is_file() and "__pycache__" not in path:
            try:
                yield path, file.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def excused(lines, number):
    """Whether the line or the one above says why it can't be otherwise."""
    return "UNAVOIDABLE:" in lines[number - 1] + lines[max(0, number - 2)]


def forbidden(path, lines, with_comments):
    for name, applies, pattern, sentence, _ in FORBIDDEN:
        if applies(path):
            for number, line in enumerate(lines, 1):
                if re.search(pattern, line) and not (name == "no-sleep" and excused(with_comments, number)):
                    yield name, f"{path}:{number}: {sentence}"


def sizes(path, text):
    length = text.count("\n")
    for applies, soft, hard in SIZES:
        if path.endswith((".cpp", ".h")) and applies(path):
            if length > hard:
                yield "size", f"{path}:1: {length} lines; at most {hard}"
            elif length > soft:
                yield "warning", f"{path}:1: {length} lines; keep it under {soft}"
            return


def waits(path, text):
    if not path.startswith("tests/") or path == "tests/lint/lint.py":
        return
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        if WAITS.search(line) and not excused(lines, number):
            yield "no-waits", f"{path}:{number}: wait for a signal, or say why not with UNAVOIDABLE:"


def licence(path, text):
    name = path.rsplit("/", 1)[-1]
    is_ours = path.endswith((".cpp", ".h", ".py", ".sh", ".cmake")) or name == "CMakeLists.txt" or text.startswith("#!")
    if is_ours and "SPDX-License-Identifier: GPL-3.0-or-later" not in "\n".join(text.split("\n")[:4]):
        yield "licence", f"{path}:1: the two SPDX lines are missing"


def one_file_each(texts):
    for name, pattern, what in ONE_FILE:
        users = [path for path, text in texts.items() if path.startswith(CODE) and re.search(pattern, text)]
        if len(users) > 1:
            yield name, f"{users[1]}:1: only one file includes {what}, and that is {users[0]}"


def application_id(root, texts):
    desktop = root / f"packaging/{APPLICATION_ID}.desktop"
    metainfo = root / f"packaging/{APPLICATION_ID}.metainfo.xml"
    for file in (desktop, metainfo):
        if not file.exists():
            yield "application-id", f"{file.relative_to(root)}: missing"
            return
    if f"\nIcon={APPLICATION_ID}\n" not in desktop.read_text():
        yield "application-id", f"{desktop.relative_to(root)}:1: Icon is not the application id"
    component = ElementTree.parse(metainfo).getroot()
    if component.findtext("id") != APPLICATION_ID or component.findtext("launchable") != APPLICATION_ID + ".desktop":
        yield "application-id", f"{metainfo.relative_to(root)}:1: id or launchable is not {APPLICATION_ID}"
    in_code = [(path, found) for path, text in texts.items() if path.startswith(CODE)
               for found in re.findall(r'setDesktopFileName\(u?"([^"]*)"', text)]
    if not in_code:
        yield "application-id", f"app/main.cpp:1: setDesktopFileName(u\"{APPLICATION_ID}\"_s) is missing"
    for path, found in in_code:
        if found != APPLICATION_ID:
            yield "application-id", f"{path}:1: {found} is not {APPLICATION_ID}"


def check(root):
    """All findings as (rule, "path:line: sentence")."""
    texts = dict(files_of(root))
    for path, text in texts.items():
        code = without_comments(text) if path.endswith((".cpp", ".h")) else text
        yield from forbidden(path, code.split("\n"), text.split("\n"))
        yield from sizes(path, text)
        yield from waits(path, text)
        yield from licence(path, text)
    yield from one_file_each(texts)
    yield from application_id(root, texts)


SPDX = "// SPDX-FileCopyrightText: The Perihelion authors\n// SPDX-License-Identifier: GPL-3.0-or-later\n"
CLEAN = {
    "app/start.cpp": SPDX + "// UNAVOIDABLE: nobody tells when\nsleep_for(1s);\n",
    "app/main.cpp": SPDX + f'application.setDesktopFileName(u"{APPLICATION_ID}"_s);\n// QEventLoop is not for us\n',
    f"packaging/{APPLICATION_ID}.desktop": f"[Desktop Entry]\nIcon={APPLICATION_ID}\n",
    f"packaging/{APPLICATION_ID}.metainfo.xml": f'<component><id>{APPLICATION_ID}</id>'
                                               f'<launchable type="desktop-id">{APPLICATION_ID}.desktop</launchable></component>',
}


def findings_in(files):
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        return [rule for rule, _ in check(Path(folder))]


def self_check():
    assert findings_in(CLEAN) == [], findings_in(CLEAN)
    planted = [(name, {path: SPDX + line + "\n"}) for name, _, _, _, (path, line) in FORBIDDEN]
    includes = {"one-karchive": "<kzip.h>", "one-keychain": "<qt6keychain/keychain.h>", "one-settings": "<QSettings>",
                "one-simdjson": "<simdjson.h>"}
    for name, _, _ in ONE_FILE:
        line = SPDX + f"#include {includes[name]}\n"
        planted.append((name, {"models/a/first.cpp": line, "models/a/second.cpp": line}))
    planted += [
        ("size", {"models/a.cpp": SPDX + "\n" * 600}),
        ("size", {"models/a.h": SPDX + "\n" * 350}),
        ("size", {"tests/a/tst_a.cpp": SPDX + "\n" * 800}),
        ("size", {"ui/mainwindow.cpp": SPDX + "\n" * 350}),
        ("warning", {"models/a.cpp": SPDX + "\n" * 500}),
        ("no-waits", {"tests/a/tst_a.cpp": SPDX + "QTest::qWait(50);\n"}),
        ("licence", {"models/a.cpp": "int a;\n"}),
        ("application-id", {"app/main.cpp": SPDX + 'setDesktopFileName(u"org.example.Other"_s);\n'}),
        ("application-id", {"app/main.cpp": SPDX}),
    ]
    for name, files in planted:
        found = findings_in({**CLEAN, **files})
        assert found == [name], f"planted {name} in {list(files)}, found {found}"
    print(f"{len(planted)} planted violations found")


def main():
    if sys.argv[1:] == ["--self-check"]:
        self_check()
        return 0
    found = list(check(Path(sys.argv[1] if len(sys.argv) > 1 else ".")))
    for rule, sentence in found:
        print(f"{sentence} [{rule}]")
    return 1 if any(rule != "warning" for rule, _ in found) else 0


sys.exit(main())
