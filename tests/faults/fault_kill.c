/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Works killed at random moments to archives as if nothing had been.
 * fault_kill [KILLS [RECORDS]]: works to kill, and records of an archive; more records take longer. */
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "trial.h"

/* Do the work in a process of its own and kill that after so long. True when it was killed before its end. */
static bool disturb(const trial *t, trial_work work, double seconds)
{
    int status = 0;
    fflush(NULL);
    pid_t child = fork();
    if (child == 0)
        _exit(trial_do(t, work, NULL) < 0);
    struct timespec wait = { (time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9) };
    nanosleep(&wait, NULL);
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
        fprintf(stderr, "%s failed by itself\n", trial_name(work));
    return WIFSIGNALED(status);
}

/* A run that is cut short has said how far it came. */
static void tell(int hit, int kills, int bad, bool killed)
{
    if (!killed || hit % 10 != 0)
        return;
    printf("%d of %d works killed, %d not sound afterwards\n", hit, kills, bad);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    int kills = argc > 1 ? atoi(argv[1]) : 12, count = argc > 2 ? atoi(argv[2]) : 600, bad = 0, hit = 0;
    double least = 1e9, most = 0;
    trial t;
    trial_open(&t, count);
    srand((unsigned)getpid());
    /* A work that was done before its time does not count. */
    for (int i = 0; hit < kills && i < 4 * kills; i++) {
        trial_work work = (trial_work)(i % TRIAL_WORKS);
        double seconds = t.seconds[work] * 1.05 * rand() / RAND_MAX;
        char disturbance[96];
        snprintf(disturbance, sizeof disturbance, "%s killed after %.4f s of %.4f", trial_name(work), seconds,
                 t.seconds[work]);
        trial_reset(&t, work);
        bool killed = disturb(&t, work, seconds);
        hit += killed;
        least = killed && seconds < least ? seconds : least;
        most = killed && seconds > most ? seconds : most;
        bad += !trial_sound(&t, work, disturbance);
        tell(hit, kills, bad, killed);
    }
    trial_close(&t);
    printf("%d works killed after %.3f to %.3f s, %d not sound afterwards\n", hit, least, most, bad);
    return bad > 0 || hit < kills;
}
