# SPDX-License-Identifier: MIT
"""A record to try rights with: two authorities, teams, guarded children, an account of every role,
and in every text a canary that says whose it is and what kind of text it was.

A canary is zq<child><kind>qz: found anywhere, it names the child and why it should not be there.
"""
import csv
import os
import re
import subprocess
import time

NORTH, SOUTH = "Northmere (fictitious)", "Southmere (fictitious)"

# child: authority, allocated to, guard (1 restricted, 2 sealed), address guarded, named
CHILDREN = {
    "own": (NORTH, "worker", 0, 0, ()),
    "team": (NORTH, "mate", 0, 0, ()),
    "elsewhere": (NORTH, "other", 0, 0, ()),        # another team of the authority
    "nobody": (NORTH, None, 0, 0, ()),              # allocated to nobody
    "restricted": (NORTH, "other", 1, 0, ("other",)),
    "kept": (NORTH, "worker", 1, 0, ("other",)),    # allocated to the worker, but not named
    "named": (NORTH, None, 1, 0, ("worker",)),
    "glass": (NORTH, "other", 1, 0, ("other",)),    # the worker broke the glass
    "ended": (NORTH, "other", 1, 0, ("other",)),    # ... whose time is over
    "sealed": (NORTH, "other", 2, 0, ("other",)),
    "forced": (NORTH, "worker", 2, 0, ("other",)),  # sealed, allocated, with a glass row: still no
    "address": (NORTH, "worker", 0, 1, ("other",)),
    "former": (NORTH, "worker", 0, 0, ()),          # the allocation has ended
    "south": (SOUTH, "south", 0, 0, ()),
    "border": (SOUTH, "worker", 0, 0, ()),          # allocated over the border by mistake
    "unknown": ("", None, 0, 0, ()),                # of no authority
}
ABSENT = 77  # two digits, as those that are there: pages are compared byte by byte

# account: role, authorities, team
ACCOUNTS = {
    "worker": ("social_worker", (NORTH,), "North one"),
    "mate": ("social_worker", (NORTH,), "North one"),
    "other": ("social_worker", (NORTH,), "North two"),
    "manager": ("team_manager", (NORTH,), "North one"),
    "broker": ("placement_broker", (NORTH,), None),
    "commissioner": ("commissioner", (NORTH,), None),
    "finance": ("finance", (NORTH,), None),
    "analyst": ("analyst", (NORTH,), None),
    "director": ("director", (NORTH,), None),
    "auditor": ("auditor", (NORTH,), None),
    "admin": ("administrator", (NORTH,), None),
    "provider": ("provider", (), None),
    "south": ("social_worker", (SOUTH,), "South one"),
    "southdirector": ("director", (SOUTH,), None),
    "regional": ("commissioner", (NORTH, SOUTH), None),
    "everywhere": ("analyst", None, None),
    "root": ("administrator", None, None),
    "expired": ("social_worker", (NORTH,), "North one"),
    "disabled": ("social_worker", (NORTH,), "North one"),
    "spare": ("social_worker", (NORTH,), "North two"),   # to be managed, never signed in
    "southspare": ("social_worker", (SOUTH,), "South one"),
}
DOMAINS = ("emotional_health managing_emotions attachments family_relationships education "
           "life_story identity expressing safe_decisions community self_care physical_health "
           "learning").split()
CANARY = re.compile(r"zq(" + "|".join(CHILDREN) + r"|password)x?([a-z]*)qz", re.I)


def canary(child, kind):
    return f"zq{child}x{kind}qz"


def born(child):
    """A birth date that no other child has, and how pages may write it."""
    index = sorted(CHILDREN).index(child)
    month = ("January February March April May June July August September October November "
             "December").split()
    day, number = 2 + index, 1 + index % 12
    return (f"2011-{number:02}-{day:02}", f"{day:02}/{number:02}/2011",
            f"{day} {month[number - 1]} 2011", f"{day} {month[number - 1][:3]} 2011")


def postcode(child):
    return f"ZQ{1 + sorted(CHILDREN).index(child)} 7QZ"


def write_files(folder):
    def table(name, columns, rows):
        with open(os.path.join(folder, name + ".csv"), "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows(rows)

    os.makedirs(folder)
    today = time.strftime("%Y-%m-%d")
    year = int(today[:4])
    table("children", ["child_id", "authority", "sex", "date_of_birth", "ethnicity"],
          [[canary(child, "id"), CHILDREN[child][0], "F", born(child)[0], "WBRI"]
           for child in CHILDREN])
    table("episodes", ["child_id", "started", "placement_type", "placement_provider",
                       "reason_started", "legal_status", "category_of_need", "provider",
                       "home_postcode", "placement_postcode"],
          [[canary(child, "id"), f"{year - 2}-03-01", "U6", "PR4", "S", "C2", "N1",
            canary(child, "provider"), postcode(child), postcode(child)] for child in CHILDREN])
    table("assessments", ["child_id", "assessed_on", "reason", "assessor", *DOMAINS],
          [[canary(child, "id"), f"{year - 2 + i}-0{4 + i}-02", "review",
            canary(child, "assessor"), *[(i + j) % 11 for j in range(13)]]
           for child in CHILDREN for i in range(2)])
    table("costs", ["child_id", "from", "weekly_cost", "element", "paid_by"],
          [[canary(child, "id"), f"{year - 2}-03-01", f"{1000 + i}.17", "accommodation",
            "social_care"] for i, child in enumerate(CHILDREN)])
    table("reviews", ["CHILD", "DOB", "REVIEW", "REVIEW_CODE", "YEAR"],
          [[canary(child, "id"), "/".join(reversed(born(child)[0].split("-"))),
            f"01/02/{year - 1}", "PN1", year - 1] for child in CHILDREN])


def add_user(hearth, record, login):
    """`hearth user add`; returns the first password."""
    role, authorities, team = ACCOUNTS[login]
    command = [hearth, "--db", record, "user", "add", login, "--role", role]
    if authorities is None:
        command.append("--every-authority")
    for authority in authorities or ():
        command += ["--authority", authority]
    if team:
        command += ["--team", team]
    made = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    if made.returncode != 0:
        raise RuntimeError(" ".join(command) + "\n" + made.stderr.decode())
    return made.stdout.decode().strip()


def relate(world):
    """Who works with whom, and whose record is guarded: as people say it, by the pages; times that
    are over are set in the record."""
    now = int(time.time())
    accounts, children, rows = world.accounts, world.children, world.record.rows
    for child, (_, worker, *_) in CHILDREN.items():
        if worker:
            until = now - 60 if child == "former" else None
            rows('insert into allocation (allocation, child, account, "from", "until") '
                 "values (?, ?, ?, ?, ?)", children[child], children[child], accounts[worker],
                 now - 9000, until)
    director = world.browser("director")
    guards = {0: "none", 1: "restricted", 2: "sealed"}
    for child, (_, _, guard, address, named) in sorted(CHILDREN.items(), key=lambda one: one[1][2]):
        if guard == 2:
            continue
        if guard or address:
            guard_child(director, child, children[child], guards[guard], address,
                        [accounts[one] for one in named])
    for child in ("glass", "ended"):
        answer = world.browser("worker").post(
            "/break-glass", {"child": canary(child, "id"), "reason": canary(child, "glass") + " because"})
        assert answer.status == 303, answer.text
    rows('update glass set "from" = ?, "until" = ? where child = ?', now - 9000, now - 5,
         children["ended"])
    for child, (_, _, guard, address, named) in CHILDREN.items():
        if guard == 2:
            guard_child(director, child, children[child], guards[guard], address,
                        [accounts[one] for one in named])
    # a broken glass of before the record was sealed
    rows('insert into glass (glass, child, account, authority, sealed_reason, "from", "until", '
         "reviewed_at) select 900, ?, account, authority, sealed_reason, \"from\", ?, 1 from glass "
         "where child = ?", children["forced"], now + 9000, children["glass"])


def guard_child(browser, child, number, guard, address, named):
    answer = browser.post(f"/children/{number}/restricted", [
        ("guard", guard), ("reason", canary(child, "reason") + " because"), *([("address", "guarded")] if address else []),
        *[("named", str(one)) for one in named]])
    assert answer.status == 303, answer.text


# What the issue and data/roles say, read independently of src/people: who may reach whom.
def related(login, child):
    """Whether the account has a relation to the child: allocation, team, or being named."""
    authority, worker, _, _, named = CHILDREN[child]
    role, authorities, team = ACCOUNTS[login]
    if authorities is not None and authority not in authorities:
        return False
    if role == "social_worker":
        return (worker == login and child != "former") or login in named
    if role == "team_manager":
        ours = worker and ACCOUNTS[worker][2] == team and child != "former"
        return bool(ours) or login in named
    return role in ("placement_broker", "commissioner", "finance", "analyst", "director")


def may(login, permission, child, grants, about_child, glass):
    """Whether `login` may do `permission` with `child`; grants: {(role, permission): scope}."""
    role, authorities, _ = ACCOUNTS[login]
    if (role, permission) not in grants or permission not in about_child:
        return False
    authority, _, guard, address, named = CHILDREN[child]
    if authorities is not None and authority not in authorities:
        return False
    broke = login == "worker" and child in ("glass", "forced") and permission in glass
    if login not in named:
        if guard == 2 and permission != "restricted.manage":
            return False
        if address and permission == "child.address":
            return False
        if guard == 1 and permission not in ("restricted.manage", "breakglass.use"):
            return broke
    if grants[role, permission] in ("authority", "authorities"):
        return True
    return related(login, child) or broke
