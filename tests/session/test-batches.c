/* test-batches.c - every row once an epoch, in an order that the seed decides
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "batches.h"

#include <string.h>

#define N 23

/* Row i is (i, 100 + i) -> 1000 + i, so that a batch tells where its rows came from. */
static real all_x[2 * N], all_y[N];

static const EklBatch all = { 2, 1, N, all_x, all_y };

static void
fill (void)
{
  for (guint i = 0; i < N; i++) {
    all_x[i] = (real) i;
    all_x[N + i] = (real) (100 + i);
    all_y[i] = (real) (1000 + i);
  }
}

static void
test_all_rows (void)
{
  const guint sizes[] = { 0, N, N + 1, G_MAXUINT };

  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++) {
    g_autoptr (EklBatches) batches = ekl_batches_new (&all, sizes[k], 1, NULL);

    g_assert_cmpuint (ekl_batches_get_size (batches), ==, N);
    g_assert_cmpfloat (ekl_batches_get_epoch (batches), ==, 0);
    g_assert_true (ekl_batches_next (batches) == &all);
    g_assert_cmpfloat (ekl_batches_get_epoch (batches), ==, 1);
  }
}

/* One epoch in batches of 5: the order of its rows; each row is whole and comes once. */
static void
read_epoch (EklBatches *batches, guint order[N])
{
  gboolean seen[N] = { FALSE };
  guint n = 0;

  while (n < N) {
    const EklBatch *batch = ekl_batches_next (batches);

    g_assert_cmpuint (batch->n_data, ==, MIN (5, N - n));
    g_assert_cmpuint (batch->n_inputs, ==, 2);
    for (guint i = 0; i < batch->n_data; i++) {
      const guint row = (guint) batch->x[i];

      g_assert_cmpuint (row, <, N);
      g_assert_false (seen[row]);
      g_assert_true (batch->x[batch->n_data + i] == (real) (100 + row));
      g_assert_true (batch->y[i] == (real) (1000 + row));
      seen[row] = TRUE;
      order[n++] = row;
    }
    g_assert_cmpfloat_with_epsilon (ekl_batches_get_epoch (batches) -
                                      (double) (guint) (ekl_batches_get_epoch (batches)),
                                    n == N ? 0 : (double) n / N, 1e-12);
  }
}

static void
test_epochs (void)
{
  g_autoptr (EklBatches) batches = ekl_batches_new (&all, 5, 7, NULL);
  g_autoptr (EklBatches) same = ekl_batches_new (&all, 5, 7, NULL);
  g_autoptr (EklBatches) other = ekl_batches_new (&all, 5, 8, NULL);
  guint first[N], second[N], again[N], different[N];

  g_assert_cmpuint (ekl_batches_get_size (batches), ==, 5);
  read_epoch (batches, first);
  g_assert_cmpfloat (ekl_batches_get_epoch (batches), ==, 1);
  read_epoch (batches, second);
  g_assert_cmpfloat (ekl_batches_get_epoch (batches), ==, 2);
  read_epoch (same, again);
  read_epoch (other, different);
  g_assert_cmpmem (first, sizeof first, again, sizeof again);
  g_assert_true (memcmp (first, second, sizeof first) != 0);
  g_assert_true (memcmp (first, different, sizeof first) != 0);
}

/* Wide data are drawn from a copy that is turned round: the same numbers all the same. The widths
 * and sizes are no multiples of anything. */
static void
test_many_inputs (void)
{
  enum { INPUTS = 67, ROWS = 53, OUTPUTS = 2 };
  g_autofree real *x = g_new (real, INPUTS * ROWS), *y = g_new (real, OUTPUTS * ROWS);
  const EklBatch wide = { .n_data = ROWS,
                          .n_inputs = INPUTS,
                          .n_outputs = OUTPUTS,
                          .x = x,
                          .y = y };
  const guint sizes[] = { 1, 16, 19, 52 };

  for (guint i = 0; i < INPUTS * ROWS; i++)
    x[i] = (real) i;
  for (guint i = 0; i < OUTPUTS * ROWS; i++)
    y[i] = (real) (i % ROWS);
  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++) {
    g_autoptr (EklBatches) batches = ekl_batches_new (&wide, sizes[k], 3, NULL);

    while (ekl_batches_get_epoch (batches) < 2) {
      const EklBatch *batch = ekl_batches_next (batches);

      for (guint i = 0; i < batch->n_data; i++) {
        const guint row = (guint) batch->y[i];

        for (guint f = 0; f < INPUTS; f++)
          g_assert_true (batch->x[f * batch->n_data + i] == x[f * ROWS + row]);
        g_assert_true (batch->y[batch->n_data + i] == row);
      }
    }
  }
}

static void
test_single_rows (void)
{
  g_autoptr (EklBatches) batches = ekl_batches_new (&all, 1, 7, NULL);

  for (guint i = 0; i < 2 * N; i++)
    g_assert_cmpuint (ekl_batches_next (batches)->n_data, ==, 1);
  g_assert_cmpfloat (ekl_batches_get_epoch (batches), ==, 2);
}

/* [6]: in the order of the rows, each once, and then no more; also where all come at once. */
static void
test_online (void)
{
  static const guint groups[] = { 1, 5, N, N + 3 };

  for (guint g = 0; g < G_N_ELEMENTS (groups); g++) {
    g_autoptr (EklBatches) batches = ekl_batches_new_online (&all, groups[g], NULL);
    guint next = 0;

    g_assert_cmpuint (ekl_batches_get_size (batches), ==, MIN (groups[g], N));
    while (ekl_batches_has_next (batches)) {
      const EklBatch *batch = ekl_batches_next (batches);

      g_assert_cmpuint (batch->n_data, ==, MIN (groups[g], N - next));
      for (guint i = 0; i < batch->n_data; i++)
        g_assert_true (batch->x[i] == (real) next++);
    }
    g_assert_cmpuint (next, ==, N);
    g_assert_cmpfloat (ekl_batches_get_epoch (batches), ==, 1);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fill ();
  g_test_add_func ("/batches/all-rows", test_all_rows);
  g_test_add_func ("/batches/epochs", test_epochs);
  g_test_add_func ("/batches/single-rows", test_single_rows);
  g_test_add_func ("/batches/many-inputs", test_many_inputs);
  g_test_add_func ("/batches/online", test_online);
  return g_test_run ();
}
