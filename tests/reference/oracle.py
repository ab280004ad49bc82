#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Prints the figures of CSV files as the definitions state them; the work is in oracle/."""

import sys

from oracle.command import main

if __name__ == "__main__":
    sys.exit(main())
