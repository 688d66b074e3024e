/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Handles in different threads, on one file, and interrupting from another thread. */
#include "support.h"

#include <pthread.h>
#include <time.h>

static void *search_many_times(void *argument)
{
    const char *path = argument;
    bulletin *archive;
    bulletin_options options = BULLETIN_OPTIONS_INIT;
    options.read_only = true;
    size_t wrong = bulletin_open(path, &options, &archive) != BULLETIN_OK;
    for (int i = 0; i < 200 && !wrong; i++) {
        bulletin_hits *hits;
        wrong += bulletin_search(archive, "产改", strlen("产改"), NULL, &hits) != BULLETIN_OK;
        wrong += bulletin_hits_next(hits) != BULLETIN_OK;
        bulletin_hits_close(hits);
    }
    bulletin_close(archive);
    return (void *)wrong;
}

static void readers_go_on_while_another_handle_writes(void **state)
{
    test_archive *t = *state;
    pthread_t readers[2];
    add(t, "{\"key\":\"first\",\"body\":\"产改\"}");
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&readers[i], NULL, search_many_times, t->path), 0);
    for (int i = 0; i < 100; i++) {
        char json[100];
        snprintf(json, sizeof json, "{\"key\":\"%d\",\"body\":\"第%d条产改\"}", i, i);
        add(t, json);
    }
    for (size_t i = 0; i < 2; i++) {
        void *wrong;
        pthread_join(readers[i], &wrong);
        assert_null(wrong);
    }
    assert_checks(t);
}

static bool slow(void *context, const bulletin_progress *progress)
{
    (void)context;
    (void)progress;
    nanosleep(&(struct timespec){ 0, 5000000 }, NULL);
    return true;
}

static void *interrupt_soon(void *argument)
{
    nanosleep(&(struct timespec){ 0, 20000000 }, NULL);
    bulletin_interrupt(argument);
    return NULL;
}

static void an_import_is_interrupted_from_another_thread(void **state)
{
    test_archive *t = *state;
    char path[128];
    snprintf(path, sizeof path, "%s/many.jsonl", t->folder);
    FILE *file = fopen(path, "w");
    for (int i = 0; i < 20000; i++)
        fprintf(file, "{\"key\":\"%d\",\"body\":\"第%d条消息\"}\n", i, i);
    fclose(file);
    bulletin_import_options options = BULLETIN_IMPORT_INIT;
    options.progress = slow;
    const char *const paths[] = { path };
    pthread_t other;
    assert_int_equal(pthread_create(&other, NULL, interrupt_soon, t->archive), 0);
    assert_int_equal(bulletin_import(t->archive, paths, 1, &options, NULL), BULLETIN_INTERRUPTED);
    pthread_join(other, NULL);
    assert_checks(t);
}

static void an_interrupt_between_calls_does_nothing(void **state)
{
    test_archive *t = *state;
    bulletin_interrupt(t->archive);
    add(t, "{\"key\":\"a\",\"body\":\"一\"}");
    bulletin_interrupt(t->archive);
    assert_finds(t, "一", "a");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(readers_go_on_while_another_handle_writes),
        TEST(an_import_is_interrupted_from_another_thread),
        TEST(an_interrupt_between_calls_does_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
