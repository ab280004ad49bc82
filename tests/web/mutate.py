#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Takes single checks out of the program and shows that the tests of rights notice:

    tests/web/mutate.py          every check (some minutes)
    tests/web/mutate.py 3        three of them, others every day

Each mutant is a copy of the source with one replacement, built without optimisation in one folder
of its own, so that only what changed is compiled again.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, "..", ".."))
RIGHTS, SITE = "src/people/rights.c", "src/web/site.c"

# file, what stands there, what the mutant has, which test must fail
MUTANTS = [
    (RIGHTS, "if (!session || session->stage != SESSION_FULL || session->account.disabled)",
     "if (!session)", "unit"),
    (RIGHTS, "return rights_scope(rights, session->account.role, permission) != SCOPE_NONE;",
     "return true;", "rights"),
    (RIGHTS, "\t\tif (text_equal(scope->authorities[i], authority))\n\t\t\treturn true;\n\treturn false;",
     "\t\tif (text_equal(scope->authorities[i], authority))\n\t\t\treturn true;\n\treturn true;",
     "rights"),
    (RIGHTS, "if (scope->every_authority)", "if (!scope->every_authority)", "rights"),
    (RIGHTS, "return child->glass_until > child->now;", "return child->glass_until != 0;", "unit"),
    (RIGHTS, "\tif (child->named)\n\t\treturn RIGHTS_ALLOWED;\n", "", "rights"),
    (RIGHTS, 'if (child->guard == GUARD_SEALED && strcmp(permission, "restricted.manage") != 0)\n'
             "\t\treturn RIGHTS_SEALED;\n", "", "rights"),
    (RIGHTS, 'child->guard == GUARD_SEALED && strcmp(permission, "restricted.manage") != 0',
     "child->guard == GUARD_SEALED", "rights"),
    (RIGHTS, 'if (child->address_guarded && strcmp(permission, "child.address") == 0)',
     "if (false)", "child pages"),
    (RIGHTS, "if (child->guard == GUARD_RESTRICTED && !passes_restriction(permission))",
     "if (false)", "child pages"),
    (RIGHTS, "return glass ? RIGHTS_BY_GLASS : RIGHTS_RESTRICTED;", "return RIGHTS_BY_GLASS;",
     "child pages"),
    (RIGHTS, "return child->allocated || child->named;", "return true;", "child pages"),
    (RIGHTS, "return child->allocated || child->of_team || child->named;", "return true;",
     "child pages"),
    (RIGHTS, "if (!rights_may(rights, session, permission) || row->about != ABOUT_CHILD)",
     "if (row->about != ABOUT_CHILD)", "child pages"),
    (RIGHTS, "if (!rights_authority(&session->account.scope, child->authority))", "if (false)",
     "rights"),
    (RIGHTS, "glass = row->through_glass && glass_is_broken(child)", "glass = glass_is_broken(child)",
     "child pages"),
    (RIGHTS, "return glass ? RIGHTS_BY_GLASS : RIGHTS_NOT_THEIRS;", "return RIGHTS_BY_GLASS;",
     "child pages"),
    # rights_glass_would_help asks for breakglass.use twice: its last line would do without the first
    (RIGHTS, "\tif (other->every_authority || !other->authority_count)\n\t\treturn false;\n", "",
     "rights"),
    (RIGHTS, "\t\tif (!rights_authority(own, other->authorities[i]))\n\t\t\treturn false;\n",
     "\t\tif (!own)\n\t\t\treturn false;\n", "rights"),
    (SITE, "if (!rights_may(lent->visit.rights, lent->visit.session, permission))", "if (!permission)",
     "rights"),
    (SITE, "if (!rights_allowed(child.answer))", "if (false)", "rights"),
    (SITE, 'if (!session)\n\t\treturn "/sign-in";', "if (!session)\n\t\treturn NULL;", "rights"),
    ("src/people/session.c", "if (!account || is_over(session.began, session.seen, now, settings))",
     "if (!account)", "rights"),
    ("src/people/session.c", "\tif (session.account.disabled)\n\t\treturn none(error);\n", "",
     "rights"),
    ("src/web/exchange.c", "form_token_is_good(exchange->core->secret, request->session, time(NULL), "
     "token))", "true)", "session"),
    ("src/web/exchange.c", "*out_status = request->by_key ? 0 : guard_origin(request->message, "
     "request->origin);", "*out_status = 0;", "session"),
    ("src/people/audit.c", "else if (!heads_agree(verifying, &entry))", "else if (false)",
     "session"),
]
TESTS = {"rights": ["rights_test.py", "--quick"],
         "session": ["session_test.py", "Forgeries", "Sessions", "Log"]}
UNIT = "tests/unit/people/test_people_rights"  # what another check beside it hides from a browser


def copy_source(folder):
    names = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                           cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout.decode()
    for name in filter(None, names.split("\0")):
        source, to = os.path.join(ROOT, name), os.path.join(folder, name)
        if os.path.isfile(source):
            os.makedirs(os.path.dirname(to), exist_ok=True)
            shutil.copy2(source, to)


def build(folder, target="hearth"):
    done = subprocess.run(["ninja", "-C", os.path.join(folder, "build"), target],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode == 0, done.stdout.decode()[-1500:]


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def has_child_pages(hearth):
    said = subprocess.run([hearth, "serve", "--routes"], stdout=subprocess.PIPE, check=True)
    return b",/children/{child},child.view," in said.stdout


def run(folder, test):
    hearth = os.path.join(folder, "build", "hearth")
    if test == "unit":
        return subprocess.run([os.path.join(folder, "build", UNIT)], stdout=subprocess.PIPE,
                              env=dict(os.environ, HEARTH_ROOT=folder), stderr=subprocess.STDOUT)
    command = [os.path.join(folder, "tests", "web", TESTS[test][0]), hearth, *TESTS[test][1:]]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          env=dict(os.environ, HEARTH_EDITS="40"), timeout=900)


def try_mutant(folder, mutant, pages):
    """None when it was found, else what went wrong."""
    name, old, new, test = mutant
    if test == "child pages":
        if not pages:
            return "skipped: no page of a child asks for this yet"
        test = "rights"
    path = os.path.join(folder, name)
    with open(path, encoding="utf-8") as file:
        whole = file.read()
    if whole.count(old) != 1:
        return f"the source has changed: {old!r} is there {whole.count(old)} times"
    write(path, whole.replace(old, new))
    try:
        done, said = build(folder, UNIT if test == "unit" else "hearth")
        if not done:
            return "it does not compile: " + said
        return None if run(folder, test).returncode != 0 else "no test noticed"
    finally:
        write(path, whole)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else len(MUTANTS)
    first = int(time.time() // 86400) * count
    chosen = [MUTANTS[(first + i) % len(MUTANTS)] for i in range(min(count, len(MUTANTS)))]
    folder = tempfile.mkdtemp(prefix="hearth-mutants-")
    good = bad = skipped = 0
    try:
        copy_source(folder)
        subprocess.run(["meson", "setup", os.path.join(folder, "build"), folder,
                        "-Doptimization=0", "-Dwerror=false",
                        f"-Dassets={ROOT}/build/assets"], stdout=subprocess.DEVNULL, check=True)
        done, said = build(folder)
        if not done:
            raise SystemExit(said)
        pages = has_child_pages(os.path.join(folder, "build", "hearth"))
        for mutant in chosen:
            wrong = try_mutant(folder, mutant, pages)
            what = f"{mutant[0]}: {' '.join(mutant[1].split())[:90]}"
            if wrong is None:
                good += 1
                print("noticed ", what, flush=True)
            elif wrong.startswith("skipped"):
                skipped += 1
                print(f"skipped: {what}: {wrong[9:]}", flush=True)
            else:
                bad += 1
                print("FAILED  ", what, wrong, flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{good} passed, {bad} failed, {skipped} skipped")
    sys.exit(bool(bad))


main()
