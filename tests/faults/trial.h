/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef TRIAL_H
#define TRIAL_H

/* What tests of faults share: made-up records, the works that are disturbed, and whether an archive came out
 * of one as if nothing had been. */
#include <stdbool.h>
#include <stddef.h>

#include "bulletin.h"

/* Works on an archive: each starts from the archive that `trial_base` makes, and done twice is done once. */
typedef enum trial_work { TRIAL_IMPORT, TRIAL_REPLACE, TRIAL_REMOVE, TRIAL_REINDEX, TRIAL_WORKS } trial_work;

typedef struct trial {
    char folder[64];
    char archive[96];            /* the one that is disturbed */
    char records[2][96];         /* as they are, and as they become */
    char base[96];               /* an archive of the first */
    char *expected[TRIAL_WORKS]; /* what each work leaves, undisturbed */
    double seconds[TRIAL_WORKS]; /* and how long it takes */
    int count;
} trial;

const char *trial_name(trial_work work);

/* A folder with `count` records and the undisturbed results; ends the program when that fails. */
void trial_open(trial *t, int count);
void trial_close(trial *t);

/* Put the archive back to what the work starts from. */
void trial_reset(const trial *t, trial_work work);

/* Do the work; the message of a failure, "" when there was none. */
bulletin_status trial_do(const trial *t, trial_work work, char message[512]);

/* After a disturbance: the archive opens, its check is clean, the work done again completes, and the outcome
 * is the undisturbed one, bulletin by bulletin and search by search. False after saying what was wrong. */
bool trial_sound(const trial *t, trial_work work, const char *disturbance);

/* The archive is there and its check is clean. */
bool trial_checks(const trial *t, const char *disturbance);

double trial_now(void);

#endif
