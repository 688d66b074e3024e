/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Names of the pages of a folder to the lists that the pages share. */
#include "folder.h"

#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "input.h"
#include "record.h"
#include "stream.h"

/* A site's lists are on every page of it: some pages tell, and long ones cost more than they tell. */
enum { MOST_PAGES = 48, MOST_BYTES = 1 << 20 };

struct bl_folder {
    bl_shared shared;
    atomic_size_t holds;
};

/* A pipe among them would be waited for. */
static int open_file(const char *name)
{
    struct stat st;
    int descriptor = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor >= 0 && (fstat(descriptor, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > MOST_BYTES)) {
        close(descriptor);
        return -1;
    }
    return descriptor;
}

/* Only running out of memory is a failure. */
static void read_page(bl_error *e, bl_shared *shared, const char *name)
{
    bl_error own = BL_ERROR_INIT;
    bl_buffer page = { 0 };
    bl_record record = { 0 };
    char *plain = strndup(name, bl_input_plain_name(name));
    const bl_page_hints hints = { .name = plain };
    int descriptor = open_file(name);
    bl_stream *stream = descriptor < 0 ? NULL : bl_stream_open(&own, descriptor);
    if (stream)
        bl_stream_read(&own, stream, MOST_BYTES + 1, &page);
    if (page.size > 0 && page.size <= MOST_BYTES) {
        bl_record_page(&own, page.data, page.size, &hints, name, &record);
        if (!bl_failed(&own))
            bl_shared_add(&own, shared, record.article.body);
        bl_record_free(&record);
    }
    if (own.status == BULLETIN_NOMEM)
        bl_fail_nomem(e);
    bl_stream_close(stream);
    if (descriptor >= 0)
        close(descriptor);
    bl_buffer_free(&page);
    free(plain);
}

bl_folder *bl_folder_survey(bl_error *e, char *const *names, size_t count)
{
    bl_folder *folder = bl_failed(e) ? NULL : calloc(1, sizeof *folder);
    if (!folder) {
        bl_fail_nomem(e);
        return NULL;
    }
    atomic_init(&folder->holds, 1);
    for (size_t i = 0; i < count && i < MOST_PAGES && !bl_failed(e); i++)
        read_page(e, &folder->shared, names[i]);
    bl_shared_settle(&folder->shared);
    return folder;
}

bl_folder *bl_folder_hold(bl_folder *folder)
{
    if (folder)
        atomic_fetch_add(&folder->holds, 1);
    return folder;
}

void bl_folder_release(bl_folder *folder)
{
    if (!folder || atomic_fetch_sub(&folder->holds, 1) > 1)
        return;
    bl_shared_free(&folder->shared);
    free(folder);
}

const bl_shared *bl_folder_shared(const bl_folder *folder)
{
    return &folder->shared;
}
