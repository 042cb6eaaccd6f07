# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How Python itself reads expressions: one a line as base64 of UTF-16, each answered with a line of JSON,
null where Python refuses it. The classes here stand for those of comet_ml.query."""
import base64
import json
import sys
import warnings
from datetime import datetime, timedelta, timezone

sys.setrecursionlimit(10000)
warnings.simplefilter("ignore")


def units(text):
    data = text.encode("utf-16-le", "surrogatepass")
    return [data[i] + 256 * data[i + 1] for i in range(0, len(data), 2)]


def value(of):
    if of is True or of is False:
        return ["bool", of]
    if isinstance(of, int):
        return ["int", str(of)]
    if isinstance(of, float):
        return ["float", repr(of)]
    if isinstance(of, str):
        return ["str", units(of)]
    if isinstance(of, datetime):
        return ["datetime", of.isoformat(" ")]
    raise TypeError(of)


class Expression:
    def __init__(self, tree):
        self.tree = tree

    def __and__(self, other):
        return Expression(["&", self.tree, other.tree])

    def __or__(self, other):
        return Expression(["|", self.tree, other.tree])

    def __invert__(self):
        return Expression(self.tree[1] if self.tree[0] == "~" else ["~", self.tree])

    def refuse(self, *_):
        raise TypeError("put parentheses around it")

    __bool__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = refuse


class Variable:
    def __init__(self, name):
        self.name = units(name)

    def clause(self, operator, operand=None):
        return Expression([type(self).__name__, self.name, operator, operand])

    def __eq__(self, other):
        if other is None:
            return self.clause("is_null")
        return self.clause("is_empty") if other == "" else self.clause("equal", value(other))

    def __ne__(self, other):
        if other is None:
            return self.clause("is_not_null")
        return self.clause("is_not_empty") if other == "" else self.clause("not_equal", value(other))

    def __lt__(self, other):
        return self.clause("less", value(other))

    def __le__(self, other):
        return self.clause("less_or_equal", value(other))

    def __gt__(self, other):
        return self.clause("greater", value(other))

    def __ge__(self, other):
        return self.clause("greater_or_equal", value(other))

    def between(self, low, high):
        return self.clause("between", ["pair", value(low), value(high)])

    def contains(self, rhs):
        return self.clause("contains", value(rhs))

    def startswith(self, rhs):
        return self.clause("begins_with", value(rhs))

    def endswith(self, rhs):
        return self.clause("ends_with", value(rhs))

    def __bool__(self):
        raise TypeError("no truth value")


class Metric(Variable): pass
class Parameter(Variable): pass
class Other(Variable): pass
class Metadata(Variable): pass
class Environment(Variable): pass


def Tag(name):
    return Expression(["Tag", units(name), "equal", None])


names = {kind.__name__: kind for kind in (Metric, Parameter, Other, Metadata, Environment, datetime, timezone, timedelta)}
names.update({"Tag": Tag, "dt": datetime, "float": float, "__builtins__": {}})
for line in sys.stdin:
    text = base64.b64decode(line).decode("utf-16-le", "surrogatepass")
    try:
        read = eval("(" + text + "\n)", dict(names))
        print(json.dumps(read.tree if isinstance(read, Expression) else None))
    except Exception:
        print("null")
