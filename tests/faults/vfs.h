/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef FAULT_VFS_H
#define FAULT_VFS_H

#include <stdbool.h>
#include <stdint.h>

/* A file system for SQLite that fails on demand; otherwise the one that is there. */
typedef enum vfs_kind { VFS_READ, VFS_WRITE, VFS_SYNC, VFS_KINDS } vfs_kind;

typedef struct vfs_fault {
    vfs_kind kind;
    int at;       /* the n-th such call from now fails, 0 = none */
    bool forever; /* and so does each after it */
    int64_t room; /* bytes that files may still be written, -1 = any number: then the disk is full */
    int seen;     /* calls of the kind so far */
    int failed;   /* of them */
} vfs_fault;

/* Make it the default of this process; `fault` is read at each call. SQLite's code. */
int vfs_install(vfs_fault *fault);

#endif
