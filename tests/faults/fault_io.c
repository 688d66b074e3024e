/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Works on a file system that fails, or is full, to a clean status each, and an archive as if nothing had
 * been. fault_io [RECORDS [GROWTH]]: GROWTH percent from one place of a failure to the next. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "trial.h"
#include "vfs.h"

typedef struct tally {
    int works, failed, bad;
} tally;

/* Do the work under the fault; false when the fault lay beyond its end. */
static bool try_work(const trial *t, trial_work work, vfs_fault *fault, vfs_fault wanted, tally *sum)
{
    static const char *const kinds[] = { "read", "write", "sync" };
    char message[512], disturbance[128];
    if (wanted.room >= 0)
        snprintf(disturbance, sizeof disturbance, "%s with room for %lld bytes", trial_name(work),
                 (long long)wanted.room);
    else
        snprintf(disturbance, sizeof disturbance, "%s with %s %d failing%s", trial_name(work),
                 kinds[wanted.kind], wanted.at, wanted.forever ? " and all after it" : "");
    *fault = (vfs_fault){ .room = -1 };
    trial_reset(t, work);
    *fault = wanted;
    bulletin_status status = trial_do(t, work, message);
    bool reached = fault->failed > 0;
    *fault = (vfs_fault){ .room = -1 };
    if (status < 0 && (status == BULLETIN_MISUSE || status == BULLETIN_BAD_INPUT || !*message)) {
        fprintf(stderr, "%s: status %s [%s]\n", disturbance, bulletin_status_name(status), message);
        sum->bad++;
    }
    sum->works++;
    sum->failed += status < 0;
    sum->bad += !trial_sound(t, work, disturbance);
    return reached;
}

static int next(int at, int growth)
{
    int64_t step = (int64_t)at * growth / 100;
    return at + (step > 0 ? (int)step : 1);
}

int main(int argc, char **argv)
{
    int count = argc > 1 ? atoi(argv[1]) : 100, growth = argc > 2 ? atoi(argv[2]) : 200;
    vfs_fault fault = { .room = -1 };
    tally sum = { 0, 0, 0 };
    trial t;
    if (vfs_install(&fault) != 0)
        return 2;
    trial_open(&t, count);
    for (trial_work work = TRIAL_IMPORT; work < TRIAL_WORKS; work++) {
        for (vfs_kind kind = VFS_READ; kind < VFS_KINDS; kind++)
            for (int forever = 0; forever < 2; forever++)
                for (int at = 1;
                     try_work(&t, work, &fault,
                              (vfs_fault){ .kind = kind, .at = at, .forever = forever, .room = -1 }, &sum);
                     at = next(at, growth)) {
                }
        for (int room = 1000; try_work(&t, work, &fault, (vfs_fault){ .room = room }, &sum);
             room = next(room, growth)) {
        }
    }
    trial_close(&t);
    printf("%d works, %d of them failed with a sentence, %d not sound afterwards\n", sum.works, sum.failed,
           sum.bad);
    return sum.bad > 0 || sum.failed == 0;
}
