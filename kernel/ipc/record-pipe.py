#!/usr/bin/env python3
"""Plays random reads and writes on this machine's pipes and writes what Linux answered to pipe-recorded.json.

Run it on Linux: python3 kernel/ipc/record-pipe.py. A step is [operation, argument, answer]; "data" of a read is
checked by its length, since the bytes of a pipe count up.
"""
import errno, fcntl, json, os, platform, random, select, struct, sys, termios

HERE = os.path.dirname(os.path.abspath(__file__))
SIZES = [1, 2, 10, 100, 1000, 3000, 4095, 4096, 4097, 5000, 8192, 10000, 65536, 70000]


def poll(fd):
    poller = select.poll()
    poller.register(fd, select.POLLIN | select.POLLOUT)
    return sum(mask for _, mask in poller.poll(0))


def perform(ends, counter, operation, size):
    reading, writing = ends
    try:
        if operation == "write":
            data = bytes((counter["written"] + i) % 251 for i in range(size))
            done = os.write(writing, data)
            counter["written"] += done
            return done
        if operation == "read":
            data = os.read(reading, size)
            return [len(data), sum(data) % 65536]
        if operation == "queued":
            return struct.unpack("i", fcntl.ioctl(reading, termios.FIONREAD, b"\0" * 4))[0]
        if operation == "poll":
            return [poll(reading), poll(writing)]
        if operation == "resize":
            return fcntl.fcntl(writing, 1031, size)
        if operation == "size":
            return fcntl.fcntl(reading, 1032)
    except OSError as error:
        return errno.errorcode[error.errno]


def sequence(seed, length, flags):
    rng = random.Random(seed)
    ends = os.pipe2(os.O_NONBLOCK | flags)
    counter = {"written": 0}
    steps = []
    bias = rng.random()
    for _ in range(length):
        operation = "write" if rng.random() < bias else "read"
        operation = rng.choice([operation, operation, operation, operation, "queued", "poll", "resize", "size"])
        size = rng.choice([4096, 1, 5000, 8192, 20000, 65536, 200000]) if operation == "resize" else rng.choice(SIZES)
        steps.append([operation, size, perform(ends, counter, operation, size)])
    for end in ends:
        os.close(end)
    return {"packets": flags != 0, "steps": steps}


count = int(sys.argv[1]) if len(sys.argv) > 1 else 40
recorded = [sequence(seed, 60, os.O_DIRECT if seed % 5 == 4 else 0) for seed in range(count)]
with open(os.path.join(HERE, "pipe-recorded.json"), "w", encoding="utf-8") as file:
    file.write('{"kernel": "Linux %s", "sequences": [\n' % ".".join(platform.release().split(".")[:2]))
    file.write(",\n".join(json.dumps(one, separators=(",", ":")) for one in recorded))
    file.write("\n]}\n")
