#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""The power goes while people write: power_test.py HEARTH [--cuts N]. Short: 40 cuts;
$HEARTH_CUTS or --cuts for more (5,000).

power.c writes down what the server and imports do to their files. At any moment of that, a disk is made
as it may be after a cut: what was synchronised is there; of what was not, each sector of 512 bytes may
be old or new, a name may be there or not. On each, the log must verify, the database be whole, and
everything be there that was acknowledged before.

Controls: the same trace on a disk that takes no notice of fsync, and SQLite with synchronous = normal
and off. They must lose something, or the harness proves nothing."""
import argparse
import errno
import os
import random
import shutil
import struct
import subprocess
import sys
import time

from crash_world import WORKERS, CrashWorld, faults_of, library
from faults_test import ALLOCATIONS, FILE_CALLS, SHORT, Control
from kill_test import Done, Importer, Worker, counts_of, lost_imports
from site_client import MEMORY, Record, temporary_folder

HEAD = struct.Struct("<cQQI")
SECTOR = 512
WRITING_SECONDS = 1.5
COMPOUND = "and then a disk, memory or program that fails while it is opened"


class Told(Done):
    """Puts what is acknowledged into the trace."""

    def __init__(self, log, already):
        super().__init__(already)
        self.log = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def tell(self, text):
        os.write(self.log, HEAD.pack(b"A", 0, 0, len(text)) + text.encode())

    def acknowledged(self, child, kind):
        super().acknowledged(child, kind)
        self.tell(f"{child} {kind} {self['acked', child, kind]}")

    def acknowledged_import(self, what, number):
        super().acknowledged_import(what, number)
        self.tell(f"{what} {number}")


class File:
    def __init__(self, durable=b""):
        self.durable, self.pending = bytearray(durable), []

    def apply(self, content, change, keep):
        at, data = change
        if data is None:
            if keep():
                content[:] = content[:at].ljust(at, b"\0")
            return
        position = 0
        while position < len(data):
            size = min(SECTOR - (at + position) % SECTOR, len(data) - position)
            if keep():
                end = at + position + size
                if len(content) < end:
                    content.extend(bytes(end - len(content)))
                content[at + position:end] = data[position:position + size]
            position += size

    def synchronise(self):
        for change in self.pending:
            self.apply(self.durable, change, lambda: True)
        self.pending = []

    def after_cut(self, keep):
        content = bytearray(self.durable)
        for change in self.pending:
            self.apply(content, change, keep)
        return content


class Disk:
    """What is on it for good, and what is on its way there."""

    def __init__(self, folder, deaf):
        self.folder, self.deaf = folder, deaf  # deaf: fsync does nothing
        self.files, self.live, self.names, self.waiting = {}, {}, {}, []

    def begin(self, kept):
        for name in os.listdir(kept):
            path = os.path.join(kept, name)
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    self.names[name] = self.live[name] = File(file.read())

    def name(self, path):
        return os.path.relpath(path.decode(), self.folder)

    def opened(self, inode, size, path):
        name = self.name(path)
        if name not in self.live:
            self.live[name] = File(bytes(size))
            self.waiting.append((name, self.live[name]))
        self.files[inode] = self.live[name]

    def change(self, kind, inode, where, data):
        if kind == b"O":
            self.opened(inode, where, data)
        elif kind == b"W":
            self.files[inode].pending.append((where, data))
        elif kind == b"T":
            self.files[inode].pending.append((where, None))
        elif kind == b"S" and not self.deaf:
            self.files[inode].synchronise()
        elif kind == b"D" and not self.deaf:
            for name, file in self.waiting:
                self.set_name(self.names, name, file)
            self.waiting = []
        elif kind == b"U":
            name = self.name(data[:-1])
            self.live.pop(name, None)
            self.waiting.append((name, None))
        elif kind == b"R":
            one, two = (self.name(path) for path in data.split(b"\0"))
            file = self.live.pop(one)
            self.live[two] = file
            self.waiting += [(two, file), (one, None)]

    @staticmethod
    def set_name(names, name, file):
        if file is None:
            names.pop(name, None)
        else:
            names[name] = file

    def cut(self, choices, into):
        names = dict(self.names)
        for name, file in self.waiting[:choices.randint(0, len(self.waiting))]:
            self.set_name(names, name, file)
        chance = choices.choice([0, 0.1, 0.5, 0.5, 0.9, 1])
        for name, file in names.items():
            with open(os.path.join(into, name), "wb") as out:
                out.write(file.after_cut(lambda: choices.random() < chance))
            os.chmod(os.path.join(into, name), 0o600)


def entries(log):
    with open(log, "rb") as file:
        while True:
            head = file.read(HEAD.size)
            if len(head) < HEAD.size:
                return
            kind, inode, where, size = HEAD.unpack(head)
            yield kind, inode, where, file.read(size)


def write_for_a_while(world, log, weaker=None):
    """A copy of the record as it was, for Disk.begin, and what was acknowledged by then."""
    kept = temporary_folder(MEMORY)
    for name in os.listdir(world.folder):
        if name.startswith("record.db"):
            shutil.copy(os.path.join(world.folder, name), kept)
    before = {("acked", child, kind): have
              for (child, kind), have in counts_of(world.record, world.children).items()}
    done = Told(log, before)
    environment = {"LD_PRELOAD": library("power", world.folder), "HEARTH_POWER_LOG": log,
                   "HEARTH_POWER_FOLDER": os.path.realpath(world.folder)}
    if weaker:
        environment["HEARTH_SYNCHRONOUS"] = weaker
    world.serve(environment)
    os.environ.update(environment)
    workers = [Worker(world, number, done) for number in range(WORKERS)]
    importer = Importer(world, done, 0)
    for thread in [*workers, importer]:
        thread.start()
    time.sleep(WRITING_SECONDS)
    importer.over = True
    importer.join()
    for name in environment:
        del os.environ[name]
    world.site.stop()
    for thread in workers:
        thread.join(20)
    faults = [thread.fault for thread in [*workers, importer] if thread.fault]
    if faults:
        raise RuntimeError(str(faults[0]))
    return kept, before, done.get("all", 0)


def hear(acked, text):
    """An acknowledgement of the trace."""
    words = text.decode().split()
    if words[0] in ("imports", "undone"):
        acked.setdefault(words[0], set()).add(int(words[1]))
    else:
        acked["acked", int(words[0]), words[1]] = int(words[2])


def disturb(world, place, choices):
    """Somebody opens what the cut left, and a file call or an allocation fails or the program is
    killed meanwhile. It may say anything, but must not make it worse."""
    control = Control(place + ".control")
    control.set(choices.choice([FILE_CALLS, FILE_CALLS, ALLOCATIONS]), choices.randint(1, 40),
                choices.choice([errno.EIO, errno.ENOSPC, SHORT]), choices.randint(0, 1))
    process = subprocess.Popen(
        [world.hearth, "--db", place, "import", "list"], stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, env=dict(
            os.environ, LD_PRELOAD=library("faults", world.folder),
            HEARTH_FAULT_CONTROL=control.path,
            HEARTH_FAULT_FOLDER=os.path.realpath(os.path.dirname(place))))
    if choices.randint(0, 3) == 0:
        time.sleep(choices.uniform(0, 0.01))
        process.kill()
    process.wait()
    control.close()
    os.unlink(control.path)


def check(world, disk, acked, choices, disturbed):
    """Faults of one cut: damage, and what was acknowledged and is lost."""
    folder = temporary_folder(MEMORY)
    try:
        disk.cut(choices, folder)
        place = os.path.join(folder, "record.db")
        if disturbed:
            disturb(world, place, choices)
        faults = ["damaged: " + fault for fault in faults_of(place, world.hearth)]
        if faults:
            return faults
        record = Record(place)
        found = counts_of(record, world.children)
        faults = [f"lost: {have} of {acked['acked', child, kind]} {kind} of child {child}"
                  for (child, kind), have in found.items()
                  if have < acked.get(("acked", child, kind), 0)]
        return faults + ["lost: " + fault for fault in lost_imports(record, acked)]
    except Exception as error:  # the record could not be read at all
        return [f"damaged: {error}"]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def cuts(world, log, kept, before, count, seed, deaf=False, enough=None, disturbed=False):
    """Faults by cut; ends early when `enough` cuts had one."""
    choices = random.Random(seed)
    trace = list(entries(log))
    moments = sorted(choices.choices(range(len(trace)), k=count))
    disk, acked, bad, tried = Disk(os.path.realpath(world.folder), deaf), dict(before), [], 0
    disk.begin(kept)
    for number, (kind, inode, where, data) in enumerate(trace):
        if kind == b"A":
            hear(acked, data)
        else:
            disk.change(kind, inode, where, data)
        while moments and moments[0] == number:
            moments.pop(0)
            tried += 1
            faults = check(world, disk, acked, choices, disturbed)
            if faults:
                bad.append(faults)
            if enough and len(bad) >= enough:
                return tried, bad
    return tried, bad


def told(bad):
    lost = sum(1 for faults in bad if any(f.startswith("lost") for f in faults))
    damaged = sum(1 for faults in bad if any(f.startswith("damaged") for f in faults))
    return f"{lost} with a loss, {damaged} damaged"


def main():
    reader = argparse.ArgumentParser()
    reader.add_argument("hearth")
    reader.add_argument("--cuts", type=int, default=int(os.environ.get("HEARTH_CUTS", "40")))
    given = reader.parse_args()
    passed, failed = 0, 0
    enough = 50 if given.cuts > 500 else 3
    for weaker in (None, "normal", "off"):
        world, kept = CrashWorld(given.hearth), None
        try:
            world.make()
            log = os.path.join(world.folder, "trace")
            kept, before, acknowledged = write_for_a_while(world, log, weaker)
            rows = [(f"control, synchronous = {weaker}", False, False, enough)] if weaker else \
                [("as it is", False, False, None), (COMPOUND, False, True, None),
                 ("control, fsync does nothing", True, False, enough)]
            for name, deaf, disturbed, most in rows:
                control = weaker or deaf
                count = given.cuts * 5 if control else given.cuts
                tried, bad = cuts(world, log, kept, before, count, 11, deaf, most, disturbed)
                good = bool(bad) == bool(control)
                print(f"{name}: {tried} cuts among {acknowledged} acknowledged: {told(bad)}")
                for fault in bad[0][:5] if bad and not control else []:
                    print("  " + fault)
                passed, failed = passed + good, failed + (not good)
        finally:
            world.close()
            if kept:
                shutil.rmtree(kept, ignore_errors=True)
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
