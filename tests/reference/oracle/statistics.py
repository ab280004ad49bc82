# SPDX-License-Identifier: MIT
"""Means, intervals, correlation, exact least squares.

Sums of scores and pence are integers, so every quantity below is made of exact numbers and one or
two roundings; least squares are solved in rational arithmetic, so rank is decided exactly.
"""

import math
from fractions import Fraction

from scipy import special

Z = 1.959963984540054
_QUANTILES = {}


def quantile_t(freedom):
    """The 97.5% point of Student's t to about 1e-14: scipy's own is good to 1e-9 only.

    Few degrees: scipy's value polished by Newton's method on the incomplete beta function. Many:
    the expansion in 1/degrees of Abramowitz and Stegun 26.7.5.
    """
    key = float(freedom)
    if key not in _QUANTILES:
        _QUANTILES[key] = _by_expansion(key) if key >= 1000 else _by_newton(key)
    return _QUANTILES[key]


def _by_expansion(freedom):
    x = Z
    terms = (x, (x ** 3 + x) / 4, (5 * x ** 5 + 16 * x ** 3 + 3 * x) / 96,
             (3 * x ** 7 + 19 * x ** 5 + 17 * x ** 3 - 15 * x) / 384,
             (79 * x ** 9 + 776 * x ** 7 + 1482 * x ** 5 - 1920 * x ** 3 - 945 * x) / 92160)
    return math.fsum(term / freedom ** power for power, term in enumerate(terms))


def _by_newton(freedom):
    t = float(special.stdtrit(freedom, 0.975))
    constant = (special.gammaln((freedom + 1) / 2) - special.gammaln(freedom / 2)
                - 0.5 * math.log(freedom * math.pi))
    for _ in range(4):
        # the probability between -t and t
        inside = float(special.betainc(0.5, freedom / 2, t * t / (freedom + t * t)))
        density = math.exp(constant - (freedom + 1) / 2 * math.log1p(t * t / freedom))
        t -= (inside - 0.95) / 2 / density
    return t


def ratio(numerator, denominator, scale=1):
    """numerator * scale / denominator, rounded once; None over nothing."""
    if numerator is None or not denominator:
        return None
    return float(Fraction(numerator) * scale / Fraction(denominator))


def mean(values, scale=1):
    return ratio(sum(values), len(values) * scale) if values else None


def median(values, scale=1):
    if not values:
        return None
    ordered, half = sorted(values), len(values) // 2
    twice = ordered[half] * 2 if len(values) % 2 else ordered[half - 1] + ordered[half]
    return ratio(twice, 2 * scale)


def variance(values):
    """Of integers, on n - 1, as a fraction."""
    n = len(values)
    return Fraction(n * sum(v * v for v in values) - sum(values) ** 2, n * (n - 1))


def mean_interval(values):
    """95% t interval of the mean of integers; (None, None) for fewer than two."""
    n = len(values)
    if n < 2:
        return None, None
    half = quantile_t(n - 1) * math.sqrt(variance(values) / n)
    middle = sum(values) / n
    return middle - half, middle + half


def float_interval(values):
    """(mean, low, high) of real values."""
    n = len(values)
    if n == 0:
        return None, None, None
    middle = math.fsum(values) / n
    if n < 2:
        return middle, None, None
    spread = math.fsum((value - middle) ** 2 for value in values) / (n - 1)
    half = quantile_t(n - 1) * math.sqrt(spread / n)
    return middle, middle - half, middle + half


def difference(one, other, scale=1):
    """(mean one - mean other, low, high), Welch."""
    if not one or not other:
        return None, None, None
    middle = float((Fraction(sum(one), len(one)) - Fraction(sum(other), len(other))) / scale)
    if len(one) < 2 or len(other) < 2:
        return middle, None, None
    a, b = variance(one) / len(one), variance(other) / len(other)
    if a + b == 0:
        # DECISION: no variance on either side: the interval is the point itself, as for a mean.
        return middle, middle, middle
    freedom = (a + b) ** 2 / (a * a / (len(one) - 1) + b * b / (len(other) - 1))
    half = quantile_t(float(freedom)) * math.sqrt(a + b) / scale
    return middle, middle - half, middle + half


def wilson(count, n):
    """95% interval of a proportion, in percent."""
    if not n:
        return None, None
    p, zz = count / n, Z * Z
    middle = (p + zz / (2 * n)) / (1 + zz / n)
    half = Z / (1 + zz / n) * math.sqrt(p * (1 - p) / n + zz / (4 * n * n))
    return 100 * max(0.0, middle - half), 100 * min(1.0, middle + half)


def correlation(xs, ys):
    """Pearson's r of integers; None where a side does not vary."""
    n = len(xs)
    if n < 2:
        return None
    sx, sy = sum(xs), sum(ys)
    sxx = n * sum(x * x for x in xs) - sx * sx
    syy = n * sum(y * y for y in ys) - sy * sy
    sxy = n * sum(x * y for x, y in zip(xs, ys)) - sx * sy
    if sxx == 0 or syy == 0:
        return None
    size = math.sqrt(Fraction(sxy * sxy, sxx * syy))
    return math.copysign(size, sxy) if sxy else 0.0


def fisher(r, n):
    # DECISION: |r| = 1 is meant as equal is, to 1e-9 relative.
    if r is None or n <= 3 or 1 - abs(r) <= 1e-9:
        return None, None
    half = Z / math.sqrt(n - 3)
    return math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)


def doubled_ranks(values):
    """Twice the mean rank of each value, so that ties stay whole numbers."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks, first = [0] * len(values), 0
    while first < len(order):
        last = first
        while last + 1 < len(order) and values[order[last + 1]] == values[order[first]]:
            last += 1
        for position in range(first, last + 1):
            ranks[order[position]] = first + last + 2
        first = last + 1
    return ranks


class LeastSquares:
    """y on columns of integers, by the normal equations in rational arithmetic.

    DECISION: columns that depend on one another are found exactly. A coefficient is given where it
    is estimable (the same in every solution), else None; the fit is unique and always given; k is
    the rank. With n - k = 0 there is no interval.
    """

    def __init__(self, rows, ys):
        self.n, width = len(rows), len(rows[0]) if rows else 0
        ys = [Fraction(y) for y in ys]
        gram = [[sum(r[i] * r[j] for r in rows) for j in range(width)] for i in range(width)]
        moment = [sum((r[i] * y for r, y in zip(rows, ys)), Fraction(0)) for i in range(width)]
        reduced, self.pivots = _reduce([[Fraction(v) for v in line] + [m]
                                        for line, m in zip(gram, moment)], width)
        self.rank = len(self.pivots)
        self.solution = [Fraction(0)] * width
        for line, column in enumerate(self.pivots):
            self.solution[column] = reduced[line][width]
        free = [column for column in range(width) if column not in self.pivots]
        self.estimable = {column for line, column in enumerate(self.pivots)
                          if all(reduced[line][other] == 0 for other in free)}
        self.fitted = [sum((b * v for b, v in zip(self.solution, r) if v), Fraction(0))
                       for r in rows]
        total = sum((y * y for y in ys), Fraction(0))
        self.rss = total - sum((b * m for b, m in zip(self.solution, moment)), Fraction(0))
        self.tss = total - sum(ys, Fraction(0)) ** 2 / self.n if self.n else Fraction(0)
        self._gram = gram

    def coefficient(self, column):
        return float(self.solution[column]) if column in self.estimable else None

    def interval(self, column):
        freedom = self.n - self.rank
        if column not in self.estimable or freedom <= 0:
            return None, None
        size = self.rank
        square = [[Fraction(self._gram[i][j]) for j in self.pivots]
                  + [Fraction(int(i == column))] for i in self.pivots]
        solved, _ = _reduce(square, size)
        unit = solved[self.pivots.index(column)][size]
        half = quantile_t(freedom) * math.sqrt(self.rss / freedom * unit)
        middle = float(self.solution[column])
        return middle - half, middle + half


def _reduce(matrix, width):
    """Reduced row echelon form over the first `width` columns; (matrix, pivot columns)."""
    pivots, line = [], 0
    for column in range(width):
        found = next((i for i in range(line, len(matrix)) if matrix[i][column] != 0), None)
        if found is None:
            continue
        matrix[line], matrix[found] = matrix[found], matrix[line]
        lead = matrix[line][column]
        matrix[line] = [value / lead for value in matrix[line]]
        for i, other in enumerate(matrix):
            if i != line and other[column] != 0:
                times = other[column]
                matrix[i] = [a - times * b if b else a for a, b in zip(other, matrix[line])]
        pivots.append(column)
        line += 1
    return matrix, pivots
