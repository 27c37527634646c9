#!/usr/bin/env python3
"""Plays random file operations on this machine's tmpfs and writes what Linux answered to tree-recorded.json.

Needs root (it changes root into a fresh directory of /dev/shm). Run it on Linux: python3 kernel/fs/record-tree.py
Each sequence is a list of [operation, arguments..., answer]; an answer is an errno's name, or what the operation gives.
"""
import ctypes, errno, json, os, platform, random, shutil, stat, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
libc = ctypes.CDLL(None, use_errno=True)
BEGIN = [["mkdir", "a", 0o755], ["mkdir", "b", 0o755], ["mkdir", "a/b", 0o755], ["open", "a/c", 0o102, 0o644],
         ["open", "c", 0o102, 0o600], ["symlink", "a", "d"], ["symlink", "../c", "b/d"], ["symlink", "c", "a/b/d"]]
KINDS = {stat.S_IFDIR: "dir", stat.S_IFREG: "file", stat.S_IFLNK: "link"}
OPEN_FLAGS = [0, 0o1, 0o2, 0o100, 0o101, 0o102, 0o301, 0o1001, 0o1101, 0o200000, 0o400000, 0o400100, 0o200001,
              0o600000, 0o400301, 0o1000, 0o200100, 0o100 | 0o1000]


def some_path(rng):
    parts = [rng.choice(["a", "a", "b", "b", "c", "d", ".", ".."]) for _ in range(rng.choice([1, 1, 2, 2, 3, 4]))]
    return rng.choice(["", "", "", "/"]) + rng.choice(["/", "/", "//"]).join(parts) + rng.choice(["", "", "", "", "/"])


def choose(rng):
    operation = rng.choice("mkdir mkdir mkdir create create symlink symlink link link2 rename rename rename rename1 rename2"
                           " unlink rmdir open open open stat lstat readlink truncate access chdir getcwd".split())
    if operation == "create":
        return ["open", some_path(rng), 0o102, 0o644]
    if operation == "open":
        return ["open", some_path(rng), rng.choice(OPEN_FLAGS), rng.choice([0o644, 0o600])]
    if operation in ("symlink", "link", "link2", "rename", "rename1", "rename2"):
        return [operation, some_path(rng), some_path(rng)]
    if operation == "mkdir":
        return [operation, some_path(rng), rng.choice([0o777, 0o700])]
    if operation == "truncate":
        return [operation, some_path(rng), rng.choice([0, 1, 5000])]
    return [operation] if operation == "getcwd" else [operation, some_path(rng)]


def renameat2(old, new, flags):
    if libc.renameat2(-100, old.encode(), -100, new.encode(), flags) != 0:
        raise OSError(ctypes.get_errno(), "")


def describe(found):
    kind = KINDS[stat.S_IFMT(found.st_mode)]
    return [kind, stat.S_IMODE(found.st_mode), found.st_nlink, found.st_size, found.st_blocks]


def perform(operation, *args):
    try:
        if operation == "mkdir":
            os.mkdir(args[0], args[1])
        elif operation == "rmdir":
            os.rmdir(args[0])
        elif operation == "unlink":
            os.unlink(args[0])
        elif operation == "symlink":
            os.symlink(args[0], args[1])
        elif operation == "link":
            os.link(args[0], args[1], follow_symlinks=False)
        elif operation == "link2":
            # Python's own follow_symlinks=True is link(2), which does not follow.
            if libc.linkat(-100, args[0].encode(), -100, args[1].encode(), 0x400) != 0:
                raise OSError(ctypes.get_errno(), "")
        elif operation.startswith("rename"):
            renameat2(args[0], args[1], int(operation[6:] or 0))
        elif operation == "open":
            os.close(os.open(args[0], args[1], args[2]))
        elif operation == "stat":
            return describe(os.stat(args[0]))
        elif operation == "lstat":
            return describe(os.lstat(args[0]))
        elif operation == "readlink":
            return [os.readlink(args[0])]
        elif operation == "truncate":
            os.truncate(args[0], args[1])
        elif operation == "access":
            fd = libc.faccessat(-100, args[0].encode(), os.R_OK, 0)
            if fd != 0:
                raise OSError(ctypes.get_errno(), "")
        elif operation == "chdir":
            os.chdir(args[0])
        elif operation == "getcwd":
            return [os.getcwd()]
        return 0
    except OSError as error:
        return errno.errorcode[error.errno]


def sequence(seed, length):
    """In a child of its own: the change of root cannot be taken back."""
    place = tempfile.mkdtemp(dir="/dev/shm")
    os.chmod(place, 0o755)
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.close(reading)
        os.chroot(place)
        os.chdir("/")
        os.umask(0o022)
        rng = random.Random(seed)
        steps = []
        for at in range(length):
            step = BEGIN[at] if at < len(BEGIN) else choose(rng)
            steps.append([*step, perform(*step)])
        with os.fdopen(writing, "w") as out:
            json.dump(steps, out)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as source:
        steps = json.load(source)
    os.wait()
    shutil.rmtree(place)
    return steps


count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
recorded = [sequence(seed, 50) for seed in range(count)]
with open(os.path.join(HERE, "tree-recorded.json"), "w", encoding="utf-8") as file:
    file.write('{"kernel": "Linux %s", "sequences": [\n' % ".".join(platform.release().split(".")[:2]))
    file.write(",\n".join(json.dumps(steps, separators=(",", ":")) for steps in recorded))
    file.write("\n]}\n")
