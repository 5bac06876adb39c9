/* history.c - what a run leaves behind: one record a step, and the events
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "history.h"

struct _EklHistory {
  GArray *records; /* of EklRecord: the steps that the stride divides, then perhaps the newest */
  GArray *looks;   /* of EklRecord: those whose ensemble numbers are known */
  GArray *events;  /* of EklEvent, owning its texts */
  guint64 stride;
};

static void
event_clear_cb (gpointer data)
{
  EklEvent *event = data;

  g_free (event->setting);
  g_free (event->before);
  g_free (event->after);
}

/**
 * ekl_history_new:
 *
 * Returns: (transfer full): an empty history
 */
EklHistory *
ekl_history_new (void)
{
  EklHistory *self = g_new0 (EklHistory, 1);

  self->records = g_array_new (FALSE, FALSE, sizeof (EklRecord));
  self->looks = g_array_new (FALSE, FALSE, sizeof (EklRecord));
  self->events = g_array_new (FALSE, FALSE, sizeof (EklEvent));
  g_array_set_clear_func (self->events, event_clear_cb);
  self->stride = 1;

  return self;
}

/**
 * ekl_history_free:
 * @self: (nullable): a history
 */
void
ekl_history_free (EklHistory *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->records);
  g_array_unref (self->looks);
  g_array_unref (self->events);
  g_free (self);
}

/**
 * ekl_history_clear:
 * @self: a history
 *
 * Forgets everything, for a new run: no records, no events, stride 1.
 */
void
ekl_history_clear (EklHistory *self)
{
  g_return_if_fail (self != NULL);

  g_array_set_size (self->records, 0);
  g_array_set_size (self->looks, 0);
  g_array_set_size (self->events, 0);
  self->stride = 1;
}

static EklRecord *
last_record (const EklHistory *self)
{
  return &g_array_index (self->records, EklRecord, self->records->len - 1);
}

/* Doubles the stride until there is room for one more. The steps grow, so this halves the list at
 * least once in every few rounds. */
static void
thin (EklHistory *self)
{
  EklRecord *record = (EklRecord *) self->records->data;

  while (self->records->len >= EKL_HISTORY_CAPACITY) {
    guint kept = 0;

    self->stride *= 2;
    for (guint i = 0; i < self->records->len; i++)
      if (record[i].step % self->stride == 0)
        record[kept++] = record[i];
    g_array_set_size (self->records, kept);
  }
}

static void
append_one (EklHistory *self, const EklRecord *record)
{
  if (self->records->len > 0) {
    const EklRecord *last = last_record (self);

    g_return_if_fail (record->step >= last->step);

    /* the newest of before was there for being the newest, or is told again */
    if (record->step == last->step || last->step % self->stride != 0)
      g_array_set_size (self->records, self->records->len - 1);
  }
  if (self->records->len >= EKL_HISTORY_CAPACITY)
    thin (self);
  g_array_append_vals (self->records, record, 1);
}

/* A record that is told again replaces the one before here, too. */
static void
append_look (EklHistory *self, const EklRecord *record)
{
  EklRecord *looks = (EklRecord *) self->looks->data;
  guint n = self->looks->len;

  if (n > 0 && looks[n - 1].step == record->step)
    n--;
  if (n >= EKL_HISTORY_LOOKS)
    for (n = 0; 2 * n < EKL_HISTORY_LOOKS; n++)
      looks[n] = looks[2 * n];
  g_array_set_size (self->looks, n);
  g_array_append_vals (self->looks, record, 1);
}

/**
 * ekl_history_append:
 * @self: a history
 * @records: shape (@n), in step order, none of an earlier step than the newest that is held
 * @n: how many
 *
 * Afterwards the history holds the records of the steps that the stride divides, and the newest.
 * The stride doubles when there would be more than %EKL_HISTORY_CAPACITY of them. A record of the
 * newest step replaces it. How the records were split over calls makes no difference; the cost is
 * constant a record on average.
 */
void
ekl_history_append (EklHistory *self, const EklRecord *records, guint n)
{
  g_return_if_fail (self != NULL && (records != NULL || n == 0));

  for (guint i = 0; i < n; i++) {
    append_one (self, &records[i]);
    if (records[i].ensemble.is_known)
      append_look (self, &records[i]);
  }
}

/**
 * ekl_history_copy_outline:
 * @self: a history
 *
 * What its curves look like: of at most %EKL_HISTORY_OUTLINE records the first half as they are, where
 * a logarithmic axis shows most, of the others as many evenly; without events.
 *
 * Returns: (transfer full): another history
 */
EklHistory *
ekl_history_copy_outline (const EklHistory *self)
{
  EklHistory *copy = ekl_history_new ();
  const guint n = self->records->len, whole = EKL_HISTORY_OUTLINE / 2;
  const guint rest = n > whole ? n - whole : 0;
  const guint kept = MIN (rest, EKL_HISTORY_OUTLINE - whole);

  ekl_history_append (copy, (const EklRecord *) self->records->data, MIN (n, whole));
  for (guint i = 0; i < kept; i++) {
    const guint index = whole + (guint) ((guint64) (i + 1) * rest / kept) - 1;

    ekl_history_append (copy, &g_array_index (self->records, EklRecord, index), 1);
  }
  return copy;
}

/**
 * ekl_history_add_event:
 * @self: a history
 * @event: a change of a setting; copied
 *
 * Events are never thinned.
 */
void
ekl_history_add_event (EklHistory *self, const EklEvent *event)
{
  EklEvent copy;

  g_return_if_fail (self != NULL && event != NULL);

  copy = (EklEvent){
    .step = event->step,
    .setting = g_strdup (event->setting),
    .before = g_strdup (event->before),
    .after = g_strdup (event->after),
  };
  g_array_append_val (self->events, copy);
}

/**
 * ekl_history_get_records:
 * @self: a history
 * @n: (out): how many
 *
 * Returns: (transfer none) (nullable): the records in step order, valid until the next change
 */
const EklRecord *
ekl_history_get_records (const EklHistory *self, guint *n)
{
  g_return_val_if_fail (self != NULL && n != NULL, NULL);

  *n = self->records->len;
  return (const EklRecord *) self->records->data;
}

/**
 * ekl_history_get_looks:
 * @self: a history
 * @n: (out): how many
 *
 * Returns: (transfer none) (nullable): the records of the steps at which somebody looked at the
 * ensemble, in step order, valid until the next change
 */
const EklRecord *
ekl_history_get_looks (const EklHistory *self, guint *n)
{
  g_return_val_if_fail (self != NULL && n != NULL, NULL);

  *n = self->looks->len;
  return (const EklRecord *) self->looks->data;
}

/**
 * ekl_history_get_events:
 * @self: a history
 * @n: (out): how many
 *
 * Returns: (transfer none) (nullable): the events in the order they came, valid until the next
 * change
 */
const EklEvent *
ekl_history_get_events (const EklHistory *self, guint *n)
{
  g_return_val_if_fail (self != NULL && n != NULL, NULL);

  *n = self->events->len;
  return (const EklEvent *) self->events->data;
}

/**
 * ekl_history_get_stride:
 * @self: a history
 *
 * Returns: every how many steps a record is kept: 1, 2, 4, ...
 */
guint64
ekl_history_get_stride (const EklHistory *self)
{
  g_return_val_if_fail (self != NULL, 1);

  return self->stride;
}
