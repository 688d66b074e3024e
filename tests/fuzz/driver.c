/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Stands in for libFuzzer where there is no clang: hands empty input, then every file of a folder, to a
 * fuzzer. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LARGEST = 1 << 20 };

static int run_file(const char *path, uint8_t *bytes)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return 1;
    size_t size = fread(bytes, 1, LARGEST, file);
    fclose(file);
    LLVMFuzzerTestOneInput(bytes, size);
    return 0;
}

static int run_folder(const char *folder, DIR *open_folder, uint8_t *bytes)
{
    int unreadable = 0;
    int files = 0;
    for (struct dirent *entry; (entry = readdir(open_folder)) != NULL;) {
        char path[4096];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        unreadable += run_file(path, bytes);
        files++;
    }
    printf("%d files, %d unreadable\n", files, unreadable);
    return unreadable > 0;
}

int main(int argc, char **argv)
{
    uint8_t *bytes = calloc(1, LARGEST);
    DIR *folder = argc > 1 ? opendir(argv[1]) : NULL;
    int status = bytes == NULL;
    if (bytes)
        LLVMFuzzerTestOneInput(bytes, 0);
    if (bytes && folder)
        status = run_folder(argv[1], folder, bytes);
    if (folder)
        closedir(folder);
    free(bytes);
    return status;
}
