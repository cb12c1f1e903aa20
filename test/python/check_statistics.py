"""Computes what `lauter stats` computes, a second time and without its code. See README.md beside this file."""

import argparse
import hashlib
import json
import math
import random
import shlex
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

try:
    import numpy
    from scipy import stats
except ImportError:
    numpy = stats = None

RESAMPLES = 10_000
EXACT_RESAMPLES = 1_000
REFERENCE_RESAMPLES = 200_000
FAILED = []


def check(what, holds, detail):
    """Prints one line; remembers what does not hold."""
    print(f"{'ok  ' if holds else 'FAIL'} {what}: {detail}")
    if not holds:
        FAILED.append(what)


def run(command, *args):
    """What a command of the group prints as JSON."""
    return json.loads(subprocess.run([*command, "stats", *map(str, args), "--json"], capture_output=True, check=True).stdout)


def draw_differences(number):
    """Differences as metrics have them: of ranks, of yes and no, skewed, and a few with ties. One generator for each set."""
    chance = random.Random(20_261_122 + number)
    count = chance.choice([12, 30, 50, 120])
    kind = ("normal", "binary", "skewed", "ranks")[number % 4]
    draw = {
        "normal": lambda: chance.gauss(0.02, 0.2),
        "binary": lambda: float(chance.choice([-1, 0, 0, 0, 1, 1])),
        "skewed": lambda: chance.expovariate(4) - 0.2,
        "ranks": lambda: 1 / chance.randint(1, 5) - 1 / chance.randint(1, 5),
    }[kind]
    return kind, [draw() for _ in range(count)]


def sfc32(text):
    """The stream that a text names, as the documentation tells it."""
    mask = 0xFFFFFFFF
    a, b, c, counter = (int.from_bytes(hashlib.sha256(text.encode()).digest()[at : at + 4], "big") for at in (0, 4, 8, 12))
    for output in range(2**63):
        word = (a + b + counter) & mask
        counter = (counter + 1) & mask
        a = b ^ (b >> 9)
        b = (c + (c << 3)) & mask
        c = ((((c << 21) | (c >> 11)) & mask) + word) & mask
        if output >= 12:
            yield word


def bootstrap_exactly(clusters, stream, resamples):
    """Interval and p of the same stream, draw by draw; a cluster is a list of differences."""
    words = sfc32(stream)
    sums, sizes = [sum(items) for items in clusters], [len(items) for items in clusters]
    differences = [item for items in clusters for item in items]
    mean = sum(differences) / len(differences)
    means = []
    for _ in range(resamples):
        drawn = [next(words) * len(clusters) >> 32 for _ in clusters]
        means.append(sum(sums[at] for at in drawn) / sum(sizes[at] for at in drawn))
    far = sum(abs(value - mean) >= abs(mean) - 1e-12 for value in means)
    means.sort()
    return means[math.floor(0.025 * resamples + 1e-9)], means[math.ceil(0.975 * resamples - 1e-9) - 1], (far + 1) / (resamples + 1)


def check_stream(command, folder, sets, spoil):
    """The same numbers, to the last digits: interval and p of the documented stream."""
    for number in range(sets):
        kind, differences = draw_differences(number)
        names = [f"c{at % 7}" for at in range(len(differences))] if number % 2 else [f"own{at}" for at in range(len(differences))]
        clusters = {}
        for name, difference in zip(names, differences):
            clusters.setdefault(name, []).append(difference)
        path = folder / f"exact-{number}.jsonl"
        rows = ({"id": f"{at:06d}", "a": 0, "b": value, "cluster": name} for at, (value, name) in enumerate(zip(differences, names)))
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        flags = ["--cluster-by", "conversation", "--resamples", EXACT_RESAMPLES, "--seed", number]
        found = run(command, "bootstrap", path, *flags)
        low, high, p = bootstrap_exactly(list(clusters.values()), f"{number + spoil}|stats|difference|a|b", EXACT_RESAMPLES)
        distance = max(abs(found["lower"] - low), abs(found["upper"] - high), abs(found["p"] - p))
        check(f"stream, set {number} ({kind}, {len(clusters)} clusters)", distance < 1e-12, f"farthest {distance:.1e}")


def check_scipy(command, folder, sets, spoil):
    """Ends of the interval beside scipy's percentile bootstrap and numpy's own resamples: apart by no more than the chance of so many draws."""
    for number in range(sets):
        kind, differences = draw_differences(number)
        path = folder / f"set-{number}.txt"
        path.write_text("\n".join(map(repr, differences)))
        found = run(command, "bootstrap", path, "--resamples", RESAMPLES, "--seed", number)
        values = numpy.array(differences)
        chance = numpy.random.default_rng(number)
        reference = numpy.sort(values[chance.integers(0, len(values), (REFERENCE_RESAMPLES, len(values)))].mean(axis=1))
        result = stats.bootstrap((values,), numpy.mean, n_resamples=RESAMPLES, method="percentile", rng=chance).confidence_interval
        # Five standard errors of the rank of an end among B resamples, read off the many resamples of the reference: no density is guessed.
        slack = 5 * math.sqrt(0.025 * 0.975 / RESAMPLES)
        bounds = [numpy.quantile(reference, [max(q - slack, 0), min(q + slack, 1)], method="nearest") for q in (0.025, 0.975)]
        step = 1e-9 + (1 / len(values) if kind == "binary" else 0)
        shift = spoil * values.std()
        ends = [found["lower"] + shift, found["upper"] + shift]
        holds = all(low - step <= end <= high + step for end, (low, high) in zip(ends, bounds))
        check(f"reference, set {number} ({kind}, n {len(values)})", holds, f"{ends[0]:.5f} to {ends[1]:.5f}, lower {bounds[0]}, upper {bounds[1]}")
        width = bounds[0][1] - bounds[0][0] + bounds[1][1] - bounds[1][0] + 2 * step
        near = max(abs(ends[0] - result.low), abs(ends[1] - result.high))
        check(f"scipy, set {number}", near <= width, f"{result.low:.5f} to {result.high:.5f}, apart by {near:.5f} of {width:.5f}")


def check_counts(command, spoil):
    """McNemar's p in fractions, and with scipy; Wilson's interval with scipy; the quantile behind the minimum detectable effect."""
    for b, c in [(21, 30), (5, 29), (3, 28), (3, 12), (0, 67), (3, 3), (76, 35), (480, 560), (4800, 5200)]:
        p = run(command, "mcnemar", b, c)["p"] * (1 + spoil)
        exact = min(Fraction(1), Fraction(2 * sum(math.comb(b + c, i) for i in range(min(b, c) + 1)), 2 ** (b + c)))
        check(f"mcnemar {b} {c}", math.isclose(p, exact, rel_tol=1e-9), f"{p:.6g}, in fractions {float(exact):.6g}")
        if stats is not None:
            theirs = stats.binomtest(b, b + c).pvalue
            check(f"mcnemar {b} {c}, scipy", math.isclose(p, theirs, rel_tol=1e-7), f"{theirs:.6g}")
    if stats is None:
        return
    for k, n in [(0, 20), (12, 50), (10, 10), (1, 1), (333, 1000)]:
        found = run(command, "wilson", k, n)
        theirs = stats.binomtest(k, n).proportion_ci(method="wilson")
        distance = max(abs(found["lower"] - theirs.low), abs(found["upper"] + spoil - theirs.high))
        check(f"wilson {k} {n}, scipy", distance < 1e-9, f"{theirs.low:.6f} to {theirs.high:.6f}, apart by {distance:.1e}")
    for m in (1, 12, 500):
        found = run(command, "mde", "--sd", 0.4, "--n", 500, "--comparisons", m)["mde"] + spoil
        theirs = (stats.norm.ppf(1 - 0.05 / (2 * m)) + stats.norm.ppf(0.8)) * 0.4 / math.sqrt(500)
        check(f"mde of {m}, scipy", math.isclose(found, theirs, rel_tol=1e-9), f"{theirs:.9f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lauter", default="node dist/cli/bin.cjs", help="how the program is called")
    parser.add_argument("--sets", type=int, default=20, help="how many sets of scores")
    parser.add_argument("--break", dest="spoil", action="store_true", help="spoil what is compared: every check must then fail")
    args = parser.parse_args()
    command, spoil = shlex.split(args.lauter), int(args.spoil)
    with tempfile.TemporaryDirectory() as name:
        check_stream(command, Path(name), args.sets, spoil)
        check_counts(command, spoil)
        if stats is None:
            print("skipped: numpy and scipy are not installed; their intervals were NOT compared (pip install numpy scipy)")
        else:
            check_scipy(command, Path(name), args.sets, spoil)
    print(f"{len(FAILED)} failed")
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
