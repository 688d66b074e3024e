/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* The organizations that a record stated to their names. */
#include "stated.h"

#include <cjson/cJSON.h>

void bl_stated_each(bl_error *e, const char *organizations, void (*take)(void *context, const char *name),
                    void *context)
{
    if (bl_failed(e) || !organizations)
        return;
    cJSON *list = cJSON_Parse(organizations);
    const cJSON *item;
    cJSON_ArrayForEach(item, list)
    {
        if (cJSON_IsString(item))
            take(context, item->valuestring);
    }
    cJSON_Delete(list);
}
