/* test-row-split.c - rows drawn by their classes' shares
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "row_split.h"

#include "philox.h"

#include <math.h>
#include <string.h>

#define N_CLASSES 7

typedef struct {
  EklRows rows;
  guint *class;
  guint n_there[N_CLASSES];
} Rows;

/* Classes of very different sizes, some of them empty or of one row. */
static void
rows_init (Rows *self, guint seed, guint n_rows)
{
  g_autofree double *places = g_new (double, n_rows);

  ekl_random_uniforms (seed, EKL_STREAM_DATA, 0, 0, n_rows, places);
  memset (self->n_there, 0, sizeof self->n_there);
  self->class = g_new (guint, n_rows);
  for (guint r = 0; r < n_rows; r++) {
    self->class[r] = (guint) (N_CLASSES * pow (places[r], 1 + seed % 5));
    self->n_there[self->class[r]]++;
  }
  self->rows = (EklRows){ .n_rows = n_rows, .n_classes = N_CLASSES, .class = self->class };
}

static void
count_classes (const Rows *self, const guint *rows, guint n, guint *count)
{
  memset (count, 0, N_CLASSES * sizeof *count);
  for (guint i = 0; i < n; i++)
    count[self->class[rows[i]]]++;
}

/* Within one of its share, unless the one row that every class gets needs it. */
static void
assert_shares (const Rows *self, const guint *count, guint n_drawn)
{
  guint n_there = 0, n_single = 0;

  for (guint k = 0; k < N_CLASSES; k++) {
    double share = (double) n_drawn * self->n_there[k] / self->rows.n_rows;

    n_there += self->n_there[k] > 0;
    n_single += self->n_there[k] > 0 && share < 1;
  }
  for (guint k = 0; k < N_CLASSES; k++) {
    double share = (double) n_drawn * self->n_there[k] / self->rows.n_rows;

    g_assert_cmpuint (count[k], <=, self->n_there[k]);
    if (n_drawn >= n_there && self->n_there[k] > 0)
      g_assert_cmpuint (count[k], >=, 1);
    g_assert_cmpfloat (count[k], <, share + 1 + 1e-6);
    g_assert_cmpfloat (count[k], >, share - 1 - n_single - 1e-6);
  }
}

static void
test_split_classes (void)
{
  for (guint seed = 1; seed <= 200; seed++) {
    const guint n_rows = 2 + seed * seed % 301;
    const double fraction = (seed % 10 + 1) / 11.0;
    g_autofree gboolean *seen = g_new0 (gboolean, n_rows);
    guint n_training, plain_n_training, count[N_CLASSES];
    Rows rows;

    rows_init (&rows, seed, n_rows);
    g_autofree guint *split = ekl_row_split_new (&rows.rows, fraction, seed, &n_training);
    g_free (ekl_row_split_new (&(EklRows){ .n_rows = n_rows }, fraction, seed, &plain_n_training));

    g_assert_cmpuint (n_training, ==, plain_n_training);
    for (guint i = 0; i < n_rows; i++) {
      g_assert_cmpuint (split[i], <, n_rows);
      g_assert_false (seen[split[i]]);
      seen[split[i]] = TRUE;
      g_assert_true (i == 0 || i == n_training || split[i] > split[i - 1]);
    }
    count_classes (&rows, split, n_training, count);
    assert_shares (&rows, count, n_training);
    g_free (rows.class);
  }
}

/* One class is no class: the same rows as without. */
static void
test_split_one_class (void)
{
  g_autofree guint *class = g_new0 (guint, 97);
  guint n, n_plain;
  g_autofree guint *split =
    ekl_row_split_new (&(EklRows){ .n_rows = 97, .n_classes = 1, .class = class }, 0.7, 5, &n);
  g_autofree guint *plain = ekl_row_split_new (&(EklRows){ .n_rows = 97 }, 0.7, 5, &n_plain);

  g_assert_cmpmem (split, 97 * sizeof *split, plain, 97 * sizeof *plain);
  g_assert_cmpuint (n, ==, n_plain);
}

static void
test_sample (void)
{
  for (guint seed = 1; seed <= 200; seed++) {
    const guint n_rows = 2 + seed * seed % 301, n_wanted = 1 + (seed * 7) % n_rows;
    guint count[N_CLASSES];
    Rows rows;

    rows_init (&rows, seed, n_rows);
    g_autofree guint *sample = ekl_row_sample_new (&rows.rows, n_wanted, seed);

    for (guint i = 0; i < n_wanted; i++)
      g_assert_true (sample[i] < n_rows && (i == 0 || sample[i] > sample[i - 1]));
    count_classes (&rows, sample, n_wanted, count);
    assert_shares (&rows, count, n_wanted);
    g_free (rows.class);
  }
}

/* The rows used say nothing about which of them would train, were all used. */
static void
test_sample_and_split_differ (void)
{
  const EklRows rows = { .n_rows = 1000 };
  guint n, n_both = 0;
  g_autofree guint *split = ekl_row_split_new (&rows, 0.5, 1, &n);
  g_autofree guint *sample = ekl_row_sample_new (&rows, 500, 1);

  for (guint i = 0, k = 0; i < n; i++) {
    while (k < 500 && sample[k] < split[i])
      k++;
    n_both += k < 500 && sample[k] == split[i];
  }
  /* 250 +- 8 */
  g_assert_cmpuint (n_both, >, 210);
  g_assert_cmpuint (n_both, <, 290);
}

/* Every row is as likely as any other of its class: counted over many seeds. */
static void
test_fair (void)
{
  enum { N_SEEDS = 2000 };
  const guint class[] = { 0, 1, 0, 0, 1, 0, 0, 1, 0, 1 };
  const EklRows rows = { .n_rows = 10, .n_classes = 2, .class = class };
  guint count[10] = { 0 };

  for (guint seed = 0; seed < N_SEEDS; seed++) {
    guint n;
    g_autofree guint *split = ekl_row_split_new (&rows, 0.5, seed, &n);

    for (guint i = 0; i < n; i++)
      count[split[i]]++;
  }
  for (guint r = 0; r < 10; r++) {
    /* 1000 +- 22 */
    g_assert_cmpuint (count[r], >, 880);
    g_assert_cmpuint (count[r], <, 1120);
  }
}

/* Sums up to the wanted number, and no exchange of one row between two classes comes nearer to the
 * shares: the whole of it tried out. */
static void
test_apportion (void)
{
  for (guint seed = 1; seed <= 100; seed++) {
    Rows rows;
    guint n_drawn[N_CLASSES], sum = 0, n_there = 0;

    rows_init (&rows, seed, 60);
    for (guint k = 0; k < N_CLASSES; k++)
      n_there += rows.n_there[k] > 0;
    ekl_row_apportion (rows.n_there, N_CLASSES, seed % 60 + 1, n_drawn);
    for (guint k = 0; k < N_CLASSES; k++)
      sum += n_drawn[k];
    g_assert_cmpuint (sum, ==, seed % 60 + 1);
    for (guint from = 0; from < N_CLASSES; from++)
      for (guint to = 0; to < N_CLASSES; to++) {
        double share = sum / 60.0, now, then;
        double from_share = share * rows.n_there[from], to_share = share * rows.n_there[to];

        if (from == to || n_drawn[from] <= (sum >= n_there) || n_drawn[to] == rows.n_there[to])
          continue;
        now = fabs (n_drawn[from] - from_share) + fabs (n_drawn[to] - to_share);
        then = fabs (n_drawn[from] - 1 - from_share) + fabs (n_drawn[to] + 1 - to_share);
        g_assert_cmpfloat (now, <=, then + 1e-9);
      }
    g_free (rows.class);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row-split/classes-keep-their-shares", test_split_classes);
  g_test_add_func ("/row-split/one-class-is-none", test_split_one_class);
  g_test_add_func ("/row-split/sample", test_sample);
  g_test_add_func ("/row-split/sample-and-split-are-independent", test_sample_and_split_differ);
  g_test_add_func ("/row-split/fair", test_fair);
  g_test_add_func ("/row-split/apportion", test_apportion);
  return g_test_run ();
}
