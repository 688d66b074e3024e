/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */

/* Imports a saved page into an archive and prints what a query finds in it:
 *
 *     example ARCHIVE PAGE QUERY
 */
#include <bulletin.h>

#include <stdio.h>
#include <string.h>

static bulletin_status print_hits(bulletin *archive, const char *query)
{
    bulletin_hits *hits;
    bulletin_status status = bulletin_search(archive, query, strlen(query), NULL, &hits);
    while (status == BULLETIN_OK && (status = bulletin_hits_next(hits)) == BULLETIN_OK) {
        const char *title = bulletin_hits_text(hits, BULLETIN_TITLE);
        const char *published = bulletin_hits_text(hits, BULLETIN_PUBLISHED);
        printf("%s  %s\n", published ? published : "undated", title ? title : "(no title)");
        printf("    %s\n", bulletin_hits_text(hits, BULLETIN_SNIPPET));
    }
    bulletin_hits_close(hits);
    return status;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: example ARCHIVE PAGE QUERY\n");
        return 2;
    }
    const char *pages[] = { argv[2] };
    bulletin *archive;
    bulletin_status status = bulletin_open(argv[1], NULL, &archive);
    if (status == BULLETIN_OK)
        status = bulletin_import(archive, pages, 1, NULL, NULL);
    if (status == BULLETIN_OK)
        status = print_hits(archive, argv[3]);
    if (status != BULLETIN_END)
        fprintf(stderr, "example: %s\n", bulletin_message(archive));
    bulletin_close(archive);
    return status == BULLETIN_END ? 0 : 1;
}
