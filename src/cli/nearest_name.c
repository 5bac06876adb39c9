/* nearest_name.c - which known name a misspelt one may have meant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "nearest_name.h"

#include <string.h>

/* No name of ours is longer; what is, was not a slip of the finger. */
#define MAX_LENGTH 64

/* Damerau and Levenshtein's distance with adjacent transpositions: `stpes` is one slip away from
 * `steps`. */
static guint
edit_distance (const char *a, const char *b)
{
  guint row[3][MAX_LENGTH + 1];
  guint *before = row[0], *last = row[1], *here = row[2];
  gsize n_a = strlen (a), n_b = strlen (b);

  for (gsize k = 0; k <= n_b; k++)
    last[k] = k;
  memcpy (before, last, sizeof row[0]);

  for (gsize i = 1; i <= n_a; i++) {
    here[0] = i;
    for (gsize k = 1; k <= n_b; k++) {
      guint change = last[k - 1] + (a[i - 1] != b[k - 1]);

      here[k] = MIN (change, MIN (last[k], here[k - 1]) + 1);
      if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
        here[k] = MIN (here[k], before[k - 2] + 1);
    }
    guint *spare = before;
    before = last;
    last = here;
    here = spare;
  }

  return last[n_b];
}

/**
 * ekl_nearest_name:
 * @name: what was typed
 * @known: (element-type utf8): the names there are
 *
 * Finds the known name that a slip or a cut-off word may have meant: one that starts with @name,
 * where it is the only one, or else the one at the smallest edit distance, of at most a third of
 * its length.
 *
 * Returns: (nullable): one of @known, or %NULL where nothing is near
 */
const char *
ekl_nearest_name (const char *name, GPtrArray *known)
{
  const char *best = NULL, *completed = NULL;
  guint best_distance = G_MAXUINT;

  if (strlen (name) > MAX_LENGTH || *name == '\0')
    return NULL;

  for (guint k = 0; k < known->len; k++) {
    const char *candidate = g_ptr_array_index (known, k);

    if (strlen (candidate) > MAX_LENGTH)
      continue;
    if (strlen (name) >= 3 && g_str_has_prefix (candidate, name) &&
        (completed == NULL || strlen (candidate) < strlen (completed)))
      completed = candidate;

    guint distance = edit_distance (name, candidate);
    if (distance < best_distance && distance <= MAX (1, strlen (candidate) / 3)) {
      best_distance = distance;
      best = candidate;
    }
  }

  return completed ? completed : best;
}
