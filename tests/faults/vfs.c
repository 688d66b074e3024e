/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

#include "vfs.h"

#include <sqlite3.h>
#include <stdlib.h>

/* The real file follows this head in the same memory. */
typedef struct shim {
    sqlite3_file base;
    sqlite3_file *real;
} shim;

static vfs_fault *active;
static sqlite3_vfs *below;

static sqlite3_file *real(sqlite3_file *file)
{
    return ((shim *)(void *)file)->real;
}

/* SQLite does its calls on the writer's and the readers' threads: a count lost between them does no harm. */
static bool fails(vfs_kind kind)
{
    if (active->kind != kind || active->at == 0)
        return false;
    active->seen++;
    bool now = active->forever ? active->seen >= active->at : active->seen == active->at;
    active->failed += now;
    return now;
}

static int shim_close(sqlite3_file *file)
{
    return real(file)->pMethods->xClose(real(file));
}

static int shim_read(sqlite3_file *file, void *out, int size, sqlite3_int64 at)
{
    return fails(VFS_READ) ? SQLITE_IOERR_READ : real(file)->pMethods->xRead(real(file), out, size, at);
}

static int shim_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at)
{
    if (fails(VFS_WRITE))
        return SQLITE_IOERR_WRITE;
    if (active->room >= 0 && active->room < size) {
        active->failed++;
        return SQLITE_FULL;
    }
    active->room -= active->room >= 0 ? size : 0;
    return real(file)->pMethods->xWrite(real(file), bytes, size, at);
}

static int shim_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    return fails(VFS_WRITE) ? SQLITE_IOERR_TRUNCATE : real(file)->pMethods->xTruncate(real(file), size);
}

static int shim_sync(sqlite3_file *file, int flags)
{
    return fails(VFS_SYNC) ? SQLITE_IOERR_FSYNC : real(file)->pMethods->xSync(real(file), flags);
}

static int shim_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return real(file)->pMethods->xFileSize(real(file), size);
}

static int shim_lock(sqlite3_file *file, int level)
{
    return real(file)->pMethods->xLock(real(file), level);
}

static int shim_unlock(sqlite3_file *file, int level)
{
    return real(file)->pMethods->xUnlock(real(file), level);
}

static int shim_reserved(sqlite3_file *file, int *out)
{
    return real(file)->pMethods->xCheckReservedLock(real(file), out);
}

static int shim_control(sqlite3_file *file, int what, void *argument)
{
    return real(file)->pMethods->xFileControl(real(file), what, argument);
}

static int shim_sector(sqlite3_file *file)
{
    return real(file)->pMethods->xSectorSize(real(file));
}

static int shim_device(sqlite3_file *file)
{
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

static int shim_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
    return real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
}

static int shim_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
    return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}

static void shim_barrier(sqlite3_file *file)
{
    real(file)->pMethods->xShmBarrier(real(file));
}

static int shim_unmap(sqlite3_file *file, int remove)
{
    return real(file)->pMethods->xShmUnmap(real(file), remove);
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = shim_close,
    .xRead = shim_read,
    .xWrite = shim_write,
    .xTruncate = shim_truncate,
    .xSync = shim_sync,
    .xFileSize = shim_size,
    .xLock = shim_lock,
    .xUnlock = shim_unlock,
    .xCheckReservedLock = shim_reserved,
    .xFileControl = shim_control,
    .xSectorSize = shim_sector,
    .xDeviceCharacteristics = shim_device,
    .xShmMap = shim_map,
    .xShmLock = shim_shm_lock,
    .xShmBarrier = shim_barrier,
    .xShmUnmap = shim_unmap,
};

static int shim_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    shim *own = (shim *)(void *)file;
    (void)vfs;
    own->real = (sqlite3_file *)(void *)(own + 1);
    int code = below->xOpen(below, name, own->real, flags, out);
    own->base.pMethods = own->real->pMethods ? &methods : NULL;
    return code;
}

int vfs_install(vfs_fault *fault)
{
    static sqlite3_vfs vfs;
    active = fault;
    below = sqlite3_vfs_find(NULL);
    vfs = *below;
    vfs.zName = "fault";
    vfs.pNext = NULL;
    vfs.szOsFile = (int)sizeof(shim) + below->szOsFile;
    vfs.xOpen = shim_open;
    return sqlite3_vfs_register(&vfs, 1);
}
