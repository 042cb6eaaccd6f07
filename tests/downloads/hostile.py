#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Perihelion authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Zips as nobody should send them, and odd ones that are all right.

hostile.py FOLDER OUTSIDE  writes them into FOLDER, and cases.json that says what must come of each:
{"name", "file", "says": part of the sentence} or {"name", "file", "files": {path: text}}.
OUTSIDE is a folder beside the one that they are expanded to; names in the zips lead there.
"""
import json
import random
import stat
import struct
import sys
import zipfile
import zlib
from pathlib import Path

UTF8, LATER, ENCRYPTED = 1 << 11, 1 << 3, 1
FILE, LINK = stat.S_IFREG | 0o644, stat.S_IFLNK | 0o777


class Entry:
    """One file; what differs between the two headers can be set apart."""

    def __init__(self, name, data=b"data", method=0, mode=FILE, flags=UTF8, **other):
        self.name = name.encode() if isinstance(name, str) else name
        self.data, self.method, self.mode, self.flags = data, method, mode, flags
        if method == 8:
            packer = zlib.compressobj(9, zlib.DEFLATED, -15)
            self.packed = packer.compress(data) + packer.flush()
        else:
            self.packed = data
        self.size, self.crc = len(data), zlib.crc32(data)
        self.local_name = self.local_size = self.offset = None
        self.extra = b""
        self.behind = b""  # bytes after the data that no directory knows
        self.is_listed = self.is_written = True
        self.__dict__.update(other)


def header(entry, name, size):
    later = entry.flags & LATER
    return struct.pack("<HHHHIIIHH", entry.flags, entry.method, 0, 0x21, 0 if later else entry.crc,
                       0 if later else len(entry.packed), 0 if later else size, len(name), len(entry.extra))


def zipped(entries, comment=b"", count=None, shift=0, disk=0):
    out, directory, offset = b"", b"", 0
    listed = [entry for entry in entries if entry.is_listed]
    for entry in entries:
        at = len(out) if entry.offset is None else entry.offset
        if entry.is_written:
            name = entry.name if entry.local_name is None else entry.local_name
            size = entry.size if entry.local_size is None else entry.local_size
            out += b"PK\3\4" + struct.pack("<H", 20) + header(entry, name, size) + name + entry.extra + entry.packed
            if entry.flags & LATER:
                out += b"PK\7\x08" + struct.pack("<III", entry.crc, len(entry.packed), entry.size)
            out += entry.behind
        if entry.is_listed:
            directory += b"PK\1\2" + struct.pack("<HHHHHHIIIHHHHHII", 3 << 8 | 20, 20, entry.flags, entry.method, 0, 0x21,
                                                 entry.crc, len(entry.packed), entry.size, len(entry.name), len(entry.extra),
                                                 0, 0, 0, entry.mode << 16, at) + entry.name + entry.extra
    total = len(listed) if count is None else count
    start = len(out)
    out += directory
    if total > 0xffff:
        out += b"PK\6\6" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, total, total, len(directory), start)
        out += b"PK\6\7" + struct.pack("<IQI", 0, start + len(directory), 1)
    total = min(total, 0xffff)
    return out + b"PK\5\6" + struct.pack("<HHHHIIH", disk, disk, total, total, len(directory), start + shift, len(comment)) + comment


class Streamed:
    """What can't be sought in, so that sizes come behind the data."""

    def __init__(self, file):
        self.file = file

    def write(self, data):
        return self.file.write(data)

    def flush(self):
        self.file.flush()


def refused(outside):
    evil = Entry("evil")
    good = Entry("good/a.txt", b"good" * 50, 8)
    packed = zipped([good, Entry("b.bin", random.Random(1).randbytes(5000), 8)])
    wrong_sum = Entry("a.txt", b"data" * 100, 8, crc=1)
    flipped = bytearray(packed)
    flipped[43] ^= 0xff
    inner = Entry("inner.txt")
    inner_record = b"PK\3\4" + struct.pack("<H", 20) + header(inner, inner.name, inner.size) + inner.name + inner.packed
    outer = Entry("outer.bin", inner_record)
    place = f"{outside}/evil"
    up, out = "leads out of the folder", "not a place inside the folder"
    return {
        "an absolute path": (zipped([good, Entry(place)]), out),
        "an absolute path of Windows": (zipped([Entry("C:\\evil")]), out),
        "a drive": (zipped([Entry("c:evil")]), out),
        "a network share": (zipped([Entry("\\\\server\\share\\evil")]), out),
        "up": (zipped([good, Entry("../outside/evil")]), up),
        "up from below": (zipped([Entry("a/b/../../../outside/evil")]), up),
        "up and down again": (zipped([Entry("a/../b")]), up),
        "up with backslashes": (zipped([Entry("..\\outside\\evil")]), up),
        "up with both": (zipped([Entry("a\\../..\\outside/evil")]), up),
        "nothing but up": (zipped([Entry("..")]), up),
        "up as a folder": (zipped([Entry("../outside/evil/", b"", mode=stat.S_IFDIR | 0o755)]), up),
        "a NUL": (zipped([Entry("a\0b")]), "control characters"),
        "an escape sequence": (zipped([Entry("a\x1b[2Jb")]), "control characters"),
        "a line break": (zipped([Entry("a\nb")]), "control characters"),
        "no name": (zipped([Entry("")]), "without a name"),
        "only a slash": (zipped([Entry("/")]), out),
        "only a dot": (zipped([Entry(".")]), "without a name"),
        "bytes that are no UTF-8": (zipped([Entry(b"a\xff\xfeb")]), "can’t be read"),
        "a link out": (zipped([Entry("link", place.encode(), mode=LINK)]), "is a link"),
        "a link up": (zipped([Entry("link", b"../outside", mode=LINK)]), "is a link"),
        "a link inside": (zipped([good, Entry("link", b"good", mode=LINK)]), "is a link"),
        "a file through a link": (zipped([Entry("link", b"../outside", mode=LINK), Entry("link/evil")]), "is a link"),
        "a hard link": (zipped([Entry("hard", b"", extra=struct.pack("<HH", 13, 18) + bytes(12) + b"target")]), "is a link"),
        "a fifo": (zipped([Entry("fifo", b"", mode=stat.S_IFIFO | 0o644)]), "neither a file nor a folder"),
        "a device": (zipped([Entry("device", b"", mode=stat.S_IFCHR | 0o644)]), "neither a file nor a folder"),
        "a block device": (zipped([Entry("device", b"", mode=stat.S_IFBLK | 0o644)]), "neither a file nor a folder"),
        "a socket": (zipped([Entry("socket", b"", mode=stat.S_IFSOCK | 0o644)]), "neither a file nor a folder"),
        "a folder without its slash": (zipped([Entry("a", b"", mode=stat.S_IFDIR | 0o755)]), "as a file and as a folder"),
        "a folder with content": (zipped([Entry("a/", b"data")]), "as a file and as a folder"),
        "a name of 256 bytes": (zipped([Entry("x" * 256)]), "too long"),
        "a name of 256 bytes in Greek": (zipped([Entry("ω" * 128)]), "too long"),
        "a path of 5,000 bytes": (zipped([Entry("/".join(["x" * 100] * 50))]), "too long"),
        "100 folders": (zipped([Entry("a/" * 100 + "b")]), "too many folders"),
        "twice": (zipped([good, Entry("good/a.txt", b"other")]), "twice"),
        "twice by another way": (zipped([good, Entry("good//./a.txt", b"other")]), "twice"),
        "a file and a folder": (zipped([Entry("a"), Entry("a/b")]), "as a file and as a folder"),
        "a folder and a file": (zipped([Entry("a/b"), Entry("a")]), "as a file and as a folder"),
        "a bomb": (zipped([Entry("zeros", bytes(150_000_000), 8)]), "no ordinary file"),
        "a bomb of many": (zipped([Entry(f"zeros{i}", bytes(15_000_000), 8) for i in range(10)]), "no ordinary file"),
        "one place for two": (zipped([evil, Entry("evil", offset=0, is_written=False)]), "twice"),
        "one place for two names": (zipped([Entry("a"), Entry("b", offset=0, is_written=False)]), "damaged"),
        "one file in another": (zipped([outer, Entry("inner.txt", offset=30 + len(outer.name), is_written=False)]), "same place"),
        "too many files": (zipped([], count=100_001), "more than"),
        "encrypted": (zipped([Entry("secret", flags=UTF8 | ENCRYPTED)]), "encrypted"),
        "strongly encrypted": (zipped([Entry("secret", flags=UTF8 | 1 << 6)]), "encrypted"),
        "packed with bzip2": (zipped([Entry("a", method=12)]), "does not know"),
        "packed with AES": (zipped([Entry("a", method=99)]), "does not know"),
        "a wrong check sum": (zipped([wrong_sum]), "damaged"),
        "a wrong check sum, stored": (zipped([good, Entry("b", crc=2)]), "damaged"),
        "a flipped byte": (bytes(flipped), "damaged"),
        "cut in half": (packed[:len(packed) // 2], "its end is missing"),
        "cut in its directory": (packed[:-60], "its end is missing"),
        "one byte short": (packed[:-1], "its end is missing"),
        "other names": (zipped([Entry("a", local_name=b"../outside/evil")]), "damaged"),
        "other sizes": (zipped([Entry("a", local_size=3)]), "damaged"),
        "more than it says": (zipped([Entry("a", b"x" * 5000, 8, size=4000)]), "damaged"),
        "less than it says": (zipped([Entry("a", b"x" * 5000, 8, size=6000)]), "damaged"),
        "data behind the deflated end": (zipped([Entry("a", b"x" * 500, 8, packed=Entry("a", b"x" * 500, 8).packed + b"more")]), "damaged"),
        "no end in the data": (zipped([Entry("a", b"x" * 500, 8, packed=Entry("a", b"x" * 500, 8).packed[:-2])]), "damaged"),
        "a place behind the end": (zipped([Entry("a", offset=1 << 30)]), "damaged"),
        "a directory elsewhere": (zipped([good], shift=7), "damaged"),
        "fewer than it says": (zipped([good], count=2), "damaged"),
        "more than its directory says": (zipped([good, evil], count=1), "damaged"),
        "a broken extra field": (zipped([Entry("a", extra=struct.pack("<HH", 13, 900) + b"x")]), "damaged"),
        "several disks": (zipped([good], disk=1), "several parts"),
        "a program before it": (b"#!/bin/sh\n" + packed, "damaged"),
        "a program before it, offsets right": (zipped([Entry("x", is_listed=False), good]), "something else before"),
        "a hidden file": (zipped([good, Entry("x", is_listed=False), evil]), "hides something"),
        "bytes between": (zipped([Entry("a", behind=b"hidden"), evil]), "hides something"),
        "an end in the comment": (zipped([good], comment=zipped([evil])), "damaged"),
        "something behind it": (packed + b"\n", "its end is missing"),
        "a web page": (b"<!doctype html><html><body>Log in</body></html>", "web page"),
        "a message": (b'{"msg": "No such model", "code": 400}', "No such model"),
        "nothing": (b"", "empty file"),
        "noise": (random.Random(2).randbytes(5000), "no zip"),
        "a gzip": (zlib.compress(b"data" * 500), "no zip"),
        "the name of the zip itself": (zipped([Entry("model.zip.part")]), "being expanded"),
        "the name of the stage": (zipped([Entry(".model.zip.part/new/x")]), "being expanded"),
    }


def expanded(folder):
    text = "data"
    with open(folder / "streamed.zip", "wb") as file, zipfile.ZipFile(Streamed(file), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", text * 9)
        archive.writestr("b/c.txt", text)
    with zipfile.ZipFile(folder / "big.zip", "w") as archive, archive.open("big.txt", "w", force_zip64=True) as file:
        file.write(text.encode())
    latin = zipped([Entry("caf\u00e9.txt".encode("latin-1"), flags=0)])
    nested = zipped([Entry("in.zip", zipped([Entry("deep.txt", flags=UTF8 | LATER)]), flags=UTF8 | LATER), Entry("b.txt", flags=UTF8 | LATER)])
    odd = ["with space.txt", "🚀.txt", "שלום.txt", "<b>&amp;.txt", "12:30.txt", "-rf.txt", "~.txt", "$HOME.txt", "..a", "a..", "..."]
    return {
        "an empty zip": (zipped([]), {}),
        "a comment": (zipped([Entry("a.txt")], comment=b"made by hand"), {"a.txt": text}),
        "names that differ by case": (zipped([Entry("A.txt", b"1"), Entry("a.txt", b"2")]), {"A.txt": "1", "a.txt": "2"}),
        "backslashes of Windows": (zipped([Entry("sub\\folder\\a.txt")]), {"sub/folder/a.txt": text}),
        "dots and slashes": (zipped([Entry("./a//b/./c.txt")]), {"a/b/c.txt": text}),
        "empty files and folders": (zipped([Entry("a/", b"", mode=stat.S_IFDIR | 0o755), Entry("b", b"")]), {"b": ""}),
        "odd names": (zipped([Entry(name) for name in odd]), {name: text for name in odd}),
        "Latin-1": (latin, {"caf\u00e9.txt": text}),
        "a name of 255 bytes": (zipped([Entry("x" * 255)]), {"x" * 255: text}),
        "sizes behind the data": ((folder / "streamed.zip").read_bytes(), {"a.txt": text * 9, "b/c.txt": text}),
        "numbers of 64 bits": ((folder / "big.zip").read_bytes(), {"big.txt": text}),
        "a zip in a zip": (nested, {"b.txt": text, "in.zip": None}),
        "set user id": (zipped([Entry("a", mode=stat.S_IFREG | 0o6777)]), {"a": text}),
        "70,000 files": (zipped([Entry(f"{i % 300}/{i}", b"") for i in range(70_000)]), None),
    }


def main():
    folder, outside = Path(sys.argv[1]), sys.argv[2]
    cases = []
    bad = [(name, content, {"says": says}) for name, (content, says) in refused(outside).items()]
    fine = [(name, content, {"files": files}) for name, (content, files) in expanded(folder).items()]
    for number, (name, content, expected) in enumerate(bad + fine):
        (folder / f"{number}.zip").write_bytes(content)
        cases.append({"name": name, "file": f"{number}.zip", **expected})
    (folder / "cases.json").write_text(json.dumps(cases))


main()
