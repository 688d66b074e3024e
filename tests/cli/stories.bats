# SPDX-License-Identifier: MIT
# Copyright (c) 2026 The libbulletin authors

load helper

pairs=$BATS_TEST_DIRNAME/../stories/pairs.py

@test "copies are told from look-alikes" {
    bulletin extract --format jsonl "$CORPUS/bulletins" > corpus.jsonl
    python3 "$pairs" make corpus.jsonl > pairs.jsonl
    bulletin import -q pairs.jsonl
    python3 "$pairs" judge archive.db
}
