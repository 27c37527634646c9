#!/usr/bin/env python3
"""Plays line-discipline-cases.json on this machine's own ptys and writes what happened to line-discipline-recorded.json.

Strings are Latin-1: one character a byte. Run it on Linux: python3 kernel/dev/record-line-discipline.py
"""
import errno, fcntl, json, os, platform, select, struct, termios, time

HERE = os.path.dirname(os.path.abspath(__file__))
EXTRA = {"IUCLC": 0o1000, "IUTF8": 0o40000, "OLCUC": 0o2, "TAB3": 0o14000, "ECHOPRT": 0o2000, "ECHOCTL": 0o1000,
         "ECHOKE": 0o4000}
FIELD = {}
for field, names in enumerate((
    "IGNBRK BRKINT IGNPAR PARMRK INPCK ISTRIP INLCR IGNCR ICRNL IUCLC IXON IXANY IXOFF IMAXBEL IUTF8",
    "OPOST OLCUC ONLCR OCRNL ONOCR ONLRET TAB3", "", 
    "ISIG ICANON ECHO ECHOE ECHOK ECHONL NOFLSH TOSTOP ECHOCTL ECHOPRT ECHOKE IEXTEN")):
    for name in names.split():
        FIELD[name] = (field, EXTRA.get(name) or getattr(termios, name))


def change(fd, words):
    settings = termios.tcgetattr(fd)
    for word in words:
        if "=" in word:
            name, value = word.split("=")
            settings[6][getattr(termios, name)] = bytes([int(value)]) if settings[3] & termios.ICANON or \
                name not in ("VMIN", "VTIME") else int(value)
        else:
            field, bit = FIELD[word[1:]]
            settings[field] = settings[field] | bit if word[0] == "+" else settings[field] & ~bit
    termios.tcsetattr(fd, termios.TCSANOW, settings)


def attempt(fd, size):
    try:
        return os.read(fd, size).decode("latin-1")
    except OSError as error:
        return {"errno": errno.errorcode[error.errno]}


def play(steps):
    master, slave = os.openpty()
    settings = termios.tcgetattr(slave)
    os.set_blocking(master, False)
    os.set_blocking(slave, False)
    results = []
    for kind, *args in steps:
        if kind == "type":
            os.write(master, args[0].encode("latin-1"))
        elif kind == "fill":
            left = args[1]
            while left > 0:
                left -= os.write(master, (args[0] * min(left, 500)).encode("latin-1"))
                time.sleep(0.01)
        elif kind == "set":
            change(slave, args)
        elif kind == "flush":
            termios.tcflush(slave, termios.TCIFLUSH if args[0] == "in" else termios.TCOFLUSH)
        elif kind == "flow":
            termios.tcflow(slave, args[0])
        time.sleep(0.01)
        if kind == "write":
            try:
                results.append(os.write(slave, args[0].encode("latin-1")))
            except OSError as error:
                results.append({"errno": errno.errorcode[error.errno]})
        elif kind == "echo":
            results.append(attempt(master, 65536))
        elif kind == "read":
            results.append(attempt(slave, args[0]))
        elif kind == "readlength":
            got = attempt(slave, args[0])
            results.append(len(got) if isinstance(got, str) else got)
        elif kind == "queued":
            results.append(struct.unpack("i", fcntl.ioctl(slave, termios.FIONREAD, b"\0" * 4))[0])
        elif kind == "poll":
            poller = select.poll()
            poller.register(slave, select.POLLIN | select.POLLOUT | select.POLLPRI)
            results.append(sum(mask for _, mask in poller.poll(0)))
    os.close(slave)
    os.close(master)
    return results


with open(os.path.join(HERE, "line-discipline-cases.json"), encoding="utf-8") as file:
    cases = json.load(file)
recorded = {"kernel": "Linux " + ".".join(platform.release().split(".")[:2]),
            "results": {case["name"]: play(case["steps"]) for case in cases}}
with open(os.path.join(HERE, "line-discipline-recorded.json"), "w", encoding="utf-8") as file:
    json.dump(recorded, file, indent=1)
    file.write("\n")
