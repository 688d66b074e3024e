# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors

# Where the archive lies: media that cannot be written, disks that are full, files that others hold.
load helper

# A place that others than its owner can reach, with a name that a URI would trip over.
open_place() {
    place=$(mktemp -d "${TMPDIR:-/tmp}/media-XXXXXX")
    chmod 755 "$place"
    mkdir -m 755 "$place/50% off? #1"
    export BULLETIN_DB="$place/50% off? #1/archive.db"
}

teardown() {
    if [ -n "${place-}" ]; then
        chmod -R u+w "$place"
        rm -rf "$place"
    fi
}

# as_nobody COMMAND...: without the rights of root, who may write everywhere.
as_nobody() {
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
    else
        "$@"
    fi
}

# with_mounts SCRIPT: run by a shell whose mounts nobody else sees.
with_mounts() {
    unshare -m sh -euc "$1"
}

@test "an archive in a folder without permission to write is searched" {
    open_place
    import_records
    chmod 444 "$BULLETIN_DB"
    chmod 555 "$place/50% off? #1"
    as_nobody test -x "$BULLETIN" || skip "nobody may not run $BULLETIN"
    run as_nobody "$BULLETIN" search --format keys 食堂
    [ "$status" -eq 0 ]
    [ "$output" = canteen ]
    run as_nobody "$BULLETIN" show 1
    [ "$status" -eq 0 ]
    [ ! -e "$BULLETIN_DB-wal" ]
    [ ! -e "$BULLETIN_DB-shm" ]
    run as_nobody "$BULLETIN" remove --id 1 --yes
    [ "$status" -ge 4 ]
}

@test "an archive on media mounted for reading only is searched" {
    with_mounts true 2> /dev/null || skip "mounting needs root"
    open_place
    import_records
    export place
    run with_mounts 'mount --bind "$place" "$place"; mount -o remount,bind,ro "$place"
        "$BULLETIN" search --format keys 食堂'
    [ "$status" -eq 0 ]
    [ "$output" = canteen ]
}

@test "an import onto a full disk fails with a sentence, and goes on when there is room" {
    with_mounts true 2> /dev/null || skip "mounting needs root"
    open_place
    export place
    python3 - > "$place/records.jsonl" <<'PYTHON'
import json
for i in range(4000):
    print(json.dumps({"key": f"k{i}", "body": f"第{i}号：" + "缆都船坞夜班工友议定章程，" * (20 + i % 9)}))
PYTHON
    run with_mounts 'mkdir "$place/disk"; mount -t tmpfs -o size=4m tmpfs "$place/disk"
        export BULLETIN_DB="$place/disk/archive.db"
        "$BULLETIN" import -q "$place/records.jsonl" && exit 9
        "$BULLETIN" check || exit 8
        mount -o remount,size=200m "$place/disk"
        "$BULLETIN" import -q "$place/records.jsonl"
        "$BULLETIN" check
        "$BULLETIN" search --no-collapse --format ids "" | wc -l'
    echo "$output"
    [ "$status" -eq 0 ]
    [[ "$output" == *"check free space"* ]]
    [ "${lines[-1]}" -eq 4000 ]
}

# hold PROCESS COMMAND...: run a command while another program writes, and the archive says that this one does.
hold() {
    python3 - "$BULLETIN_DB" "$@" <<'PYTHON'
import os, socket, sqlite3, subprocess, sys
process = os.getpid() if sys.argv[2] == 'self' else int(sys.argv[2])
c = sqlite3.connect(sys.argv[1], isolation_level=None)
c.execute("INSERT OR REPLACE INTO meta VALUES('writer', ?)",
          (f"process {process} on {socket.gethostname()} since 2026-01-02T03:04:05Z",))
c.execute("BEGIN IMMEDIATE")
sys.exit(subprocess.run(sys.argv[3:]).returncode)
PYTHON
}

@test "a writer that has to wait is told who is writing, exit status 6" {
    import_records
    echo '{"key":"new","body":"新来的"}' > more.jsonl
    run hold self "$BULLETIN" import -q --wait 0 more.jsonl
    [ "$status" -eq 6 ]
    [[ "$output" =~ process\ [0-9]+\ on\ .*\ since\ 2026-01-02T03:04:05Z ]]
}

@test "a process that is gone is not blamed" {
    import_records
    echo '{"key":"new","body":"新来的"}' > more.jsonl
    run hold 999999999 "$BULLETIN" import -q --wait 0 more.jsonl
    [ "$status" -eq 6 ]
    [[ "$output" != *"process 9"* ]]
    bulletin import -q more.jsonl
    bulletin check
}
