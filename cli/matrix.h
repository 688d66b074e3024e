/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The libbulletin authors */
#ifndef CLI_MATRIX_H
#define CLI_MATRIX_H

#include "terminal.h"

typedef struct matrix_cell {
    const char *row, *column; /* NULL: those that have none */
    int64_t figure;
    size_t place; /* of its column; set by matrix_put() */
} matrix_cell;

/* Figures by two fields. */
typedef struct matrix {
    matrix_cell *cells; /* those of a row stand together, rows in their order */
    size_t count;
    const char *row_none, *column_none; /* what NULL is called */
    bool by_date;                       /* columns come in order of their names, else the greatest first */
} matrix;

/* More columns than this are no table that a reader sees at once. */
enum { MATRIX_COLUMNS = 32 };

/* Print a row a line under a line of column names, with the sums of both; false, and nothing is printed,
 * where there are more columns. */
bool matrix_put(writer *out, const matrix *m);

#endif
