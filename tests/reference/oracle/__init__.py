# SPDX-License-Identifier: MIT
"""A second, independent reading of the figures' definitions, for differential tests.

Nothing here is shared with the C program: neither code nor code lists nor mapping files. Where the
definitions are silent, what was chosen stands in a comment that starts with DECISION.
"""
