/* cases.h - the reference answers in tests/cases
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "batch.h"
#include "network.h"

G_BEGIN_DECLS

/* A float64 .npy array in C order. */
typedef struct {
  guint n_dims;
  gsize shape[3];
  gsize length;
  double *v;
} TestArray;

void test_array_free (TestArray *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestArray, test_array_free)

/* One case: its settings, its network and, where it has them, its data as a batch. */
typedef struct {
  char *folder;
  GKeyFile *ini;
  EklNetwork network;
  EklBatch batch;
  real *x, *y;
} TestCase;

TestCase  *test_case_open       (const char     *name);
TestCase  *test_case_open_bare  (const char     *name);
void       test_case_free       (TestCase       *self);
TestArray *test_case_read       (const TestCase *self,
                                 const char     *array);
double     test_case_get_double (const TestCase *self,
                                 const char     *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestCase, test_case_free)

G_END_DECLS
