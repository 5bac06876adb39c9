/* recipe-fixture.h - what the tests of making a dataset share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "dataset.h"

#define TOLERANCE (sizeof (real) == sizeof (float) ? 1e-5 : 1e-12)

/* All rows train, and numbers stay as they are. */
extern const EklDataOptions plain;

/* @n_texts: how many different ones the column "name" has */
char       *many_texts     (guint                 n_rows,
                            guint                 n_texts);
EklTable   *read_table     (const char           *text);
EklDataset *make           (const char           *text,
                            const EklDataOptions *options);
/* @message: a pattern */
void        assert_error   (const char           *text,
                            EklDataOptions        options,
                            const char           *message);
void        assert_summary (const EklDataset     *dataset,
                            const char           *expected);
void        assert_row     (const real           *row,
                            guint                 n,
                            const double         *expected);
