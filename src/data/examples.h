/* examples.h - the problems that come with the program
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "table.h"

G_BEGIN_DECLS

#define EKL_EXAMPLE_PREFIX "example:"

typedef struct {
  const char *name;         /* example:NAME */
  const char *title;        /* "Boston housing" */
  const char *description;  /* one sentence: what it is, and what to know about it */
  const char *target;
  const char *const *settings; /* pairs key, value, NULL-terminated: experiment settings that suit it */
  const char *remarked_column; /* NULL: none; what to know of it where it is used, a sentence: */
  const char *remark;
  guint n_rows, n_columns;  /* of pictures: labels are a column; 0 where the table says it */
} EklExample;

const EklExample *ekl_examples_list (guint *n);
const EklExample *ekl_examples_find (const char *name);
EklTable         *ekl_example_load  (const EklExample *self,
                                     GError          **error);

/* Examples that are pictures, in the files of a package that may be installed or not. */
const EklExample *ekl_examples_list_pictures (guint *n);
const EklExample *ekl_examples_find_pictures (const char *source);
GFile            *ekl_example_find_folder    (const EklExample *self,
                                              GError          **error);

/* source: a path, or example:NAME (then *example is set). */
EklTable         *ekl_data_load     (const char        *source,
                                     const EklExample **example,
                                     GCancellable      *cancellable,
                                     GError           **error);

G_END_DECLS
