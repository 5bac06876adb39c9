/* test-history.c - the thinning rule, and that nothing depends on how records arrive
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "history.h"

#include <string.h>

static EklRecord
make_record (guint64 step)
{
  EklRecord record;

  memset (&record, 0, sizeof record);
  record.step = step;
  record.epoch = (double) step / 7;
  record.method[EKL_METHOD_GD].train_loss = 1.0 / (1 + (double) step);
  return record;
}

/* Exactly the steps that the stride divides and the newest, of 0 ... newest. */
static void
assert_rule (const EklHistory *history, guint64 newest)
{
  guint64 stride = ekl_history_get_stride (history), expected = newest / stride + 1;
  guint n;
  const EklRecord *record = ekl_history_get_records (history, &n);

  expected += newest % stride != 0;
  g_assert_cmpuint (n, ==, expected);
  g_assert_cmpuint (n, <=, EKL_HISTORY_CAPACITY);
  for (guint i = 0; i < n; i++) {
    EklRecord right = make_record (i + 1 < n ? i * stride : newest);

    g_assert_cmpuint (record[i].step, ==, right.step);
    g_assert_true (record[i].epoch == right.epoch);
    g_assert_true (record[i].method[EKL_METHOD_GD].train_loss ==
                   right.method[EKL_METHOD_GD].train_loss);
  }
  /* no coarser than it must be */
  if (stride > 1)
    g_assert_cmpuint (newest / (stride / 2) + 1 + (newest % (stride / 2) != 0), >,
                      EKL_HISTORY_CAPACITY);
}

static void
test_rule (void)
{
  g_autoptr (EklHistory) history = ekl_history_new ();
  guint64 next_look = 0;

  for (guint64 step = 0; step < 600000; step++) {
    EklRecord record = make_record (step);

    ekl_history_append (history, &record, 1);
    if (step == next_look || (step & (step + 1)) == 0 || (step & (step - 1)) == 0) {
      assert_rule (history, step);
      next_look = step + 1 + (guint64) g_test_rand_int_range (1, 50000);
    }
  }
  g_assert_cmpuint (ekl_history_get_stride (history), ==, 16);
}

static void
test_batches (void)
{
  g_autoptr (EklHistory) history = ekl_history_new ();
  guint64 step = 0;

  while (step < 400000) {
    guint n = (guint) g_test_rand_int_range (0, g_test_rand_bit () ? 4 : 100000);
    g_autofree EklRecord *records = g_new (EklRecord, n + 1);

    for (guint i = 0; i < n; i++)
      records[i] = make_record (step++);
    ekl_history_append (history, records, n);
    if (step > 0)
      assert_rule (history, step - 1);
  }
}

static void
test_newest_is_replaced (void)
{
  g_autoptr (EklHistory) history = ekl_history_new ();
  EklRecord record = make_record (0);
  const EklRecord *held;
  guint n;

  for (guint k = 0; k < 5; k++) {
    record.epoch = k;
    ekl_history_append (history, &record, 1);
  }
  held = ekl_history_get_records (history, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpfloat (held[0].epoch, ==, 4);
}

/* Steps that no stride divides: the list stays bounded, the first and the newest stay. */
static void
test_gaps (void)
{
  g_autoptr (EklHistory) history = ekl_history_new ();
  EklRecord record = make_record (0);
  const EklRecord *held;
  guint n;

  ekl_history_append (history, &record, 1);
  for (guint64 k = 0; k < 200000; k++) {
    record = make_record (2 * k + 1);
    ekl_history_append (history, &record, 1);
    held = ekl_history_get_records (history, &n);
    g_assert_cmpuint (n, <=, EKL_HISTORY_CAPACITY);
    g_assert_cmpuint (held[0].step, ==, 0);
    g_assert_cmpuint (held[n - 1].step, ==, 2 * k + 1);
  }
}

static void
test_events (void)
{
  g_autoptr (EklHistory) history = ekl_history_new ();
  char setting[] = "learning rate", text[] = "0.1", after[] = "0.2";
  const EklEvent *event;
  EklRecord record = make_record (0);
  guint n;

  for (guint k = 0; k < 100; k++) {
    EklEvent one = { k, setting, text, k == 1 ? NULL : after };

    ekl_history_add_event (history, &one);
  }
  text[0] = setting[0] = after[0] = 'x';
  event = ekl_history_get_events (history, &n);
  g_assert_cmpuint (n, ==, 100);
  for (guint k = 0; k < n; k++) {
    g_assert_cmpuint (event[k].step, ==, k);
    g_assert_cmpstr (event[k].setting, ==, "learning rate");
    g_assert_cmpstr (event[k].before, ==, "0.1");
    g_assert_cmpstr (event[k].after, ==, k == 1 ? NULL : "0.2");
  }

  ekl_history_append (history, &record, 1);
  ekl_history_clear (history);
  ekl_history_get_events (history, &n);
  g_assert_cmpuint (n, ==, 0);
  ekl_history_get_records (history, &n);
  g_assert_cmpuint (n, ==, 0);
  ekl_history_append (history, &record, 1);
  assert_rule (history, 0);
}

/* Looks are kept apart: however the records thin, they are halved only when there are too many. */
static void
test_looks (void)
{
  g_autoptr (EklHistory) history = ekl_history_new ();
  const EklRecord *looks;
  guint n;

  for (guint64 step = 0; step < 300000; step++) {
    EklRecord record = make_record (step);

    record.ensemble.is_known = step % 101 == 7;
    ekl_history_append (history, &record, 1);
  }
  looks = ekl_history_get_looks (history, &n);
  g_assert_cmpuint (n, ==, 300000 / 101 + 1);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (looks[i].step, ==, 101 * i + 7);

  for (guint64 step = 300000; step < 320000; step++) {
    EklRecord record = make_record (step);

    record.ensemble.is_known = TRUE;
    ekl_history_append (history, &record, 1);
    ekl_history_append (history, &record, 1);
    looks = ekl_history_get_looks (history, &n);
    g_assert_cmpuint (n, <=, EKL_HISTORY_LOOKS);
    g_assert_cmpuint (looks[0].step, ==, 7);
    g_assert_cmpuint (looks[n - 1].step, ==, step);
    g_assert_cmpuint (looks[n - 2].step, <, step);
  }
  ekl_history_clear (history);
  ekl_history_get_looks (history, &n);
  g_assert_cmpuint (n, ==, 0);
}

/* The first half as it is, the rest evenly, the newest always. */
static void
test_outline (void)
{
  const guint sizes[] = { 1, 2, 1023, 1024, 1025, 2048, 2049, 5000, 60000 };

  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++) {
    g_autoptr (EklHistory) history = ekl_history_new ();
    g_autoptr (EklHistory) outline = NULL;
    const EklRecord *records;
    guint n;

    for (guint64 step = 0; step < sizes[k]; step++) {
      EklRecord record = make_record (step);

      ekl_history_append (history, &record, 1);
    }
    outline = ekl_history_copy_outline (history);
    records = ekl_history_get_records (outline, &n);
    g_assert_cmpuint (n, ==, MIN (sizes[k], EKL_HISTORY_OUTLINE));
    for (guint i = 0; i < MIN (n, EKL_HISTORY_OUTLINE / 2); i++)
      g_assert_cmpuint (records[i].step, ==, i);
    g_assert_cmpuint (records[n - 1].step, ==, sizes[k] - 1);
    for (guint i = 1; i < n; i++)
      g_assert_cmpuint (records[i].step - records[i - 1].step, <=,
                        1 + sizes[k] / (EKL_HISTORY_OUTLINE / 2));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/rule", test_rule);
  g_test_add_func ("/history/batches", test_batches);
  g_test_add_func ("/history/newest-is-replaced", test_newest_is_replaced);
  g_test_add_func ("/history/gaps", test_gaps);
  g_test_add_func ("/history/events", test_events);
  g_test_add_func ("/history/looks", test_looks);
  g_test_add_func ("/history/outline", test_outline);
  return g_test_run ();
}
