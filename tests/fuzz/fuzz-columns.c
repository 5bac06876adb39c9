/* fuzz-columns.c - any lists of columns, by name and number
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fuzz.h"

#include "column_list.h"
#include "column_roles.h"

#define N_COLUMNS 6
#define N_ROWS    2

static EklTable *
make_table (void)
{
  static const char *const names[N_COLUMNS] = { "a", "b c", "a", "1990", "d,e", "Größe" };
  static const double values[N_COLUMNS * N_ROWS] = { 0 };

  return ekl_table_new ("f.csv", N_COLUMNS, names, N_ROWS, values);
}

static void
check_roles (const EklColumnRoles *roles)
{
  guint n_uses[N_COLUMNS] = { 0 };

  g_assert_cmpuint (roles->n_inputs, >, 0);
  g_assert_cmpuint (roles->n_targets, >, 0);
  for (guint i = 0; i < roles->n_inputs; i++)
    n_uses[roles->inputs[i]]++;
  for (guint i = 0; i < roles->n_targets; i++)
    n_uses[roles->targets[i]]++;
  for (guint c = 0; c < N_COLUMNS; c++)
    g_assert_cmpuint (n_uses[c], <=, 1);
}

/* A name that was taken is taken again from its quoted form. */
static void
try_list (const char *text, gboolean has_types)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) list = ekl_column_list_parse ("target", text, has_types, &error);

  if (list == NULL) {
    fuzz_check_refusal (error, EKL_DATA_ERROR);
    return;
  }
  for (guint i = 0; i < list->len; i++) {
    const EklColumnEntry *entry = &g_array_index (list, EklColumnEntry, i);
    g_autofree char *quoted = ekl_column_list_quote (entry->name);
    g_autoptr (GArray) again = ekl_column_list_parse ("target", quoted, FALSE, &error);

    g_assert_no_error (error);
    g_assert_cmpuint (again->len, ==, 1);
    g_assert_cmpstr (g_array_index (again, EklColumnEntry, 0).name, ==, entry->name);
    g_assert_true (!has_types || entry->type != NULL);
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *bytes, size_t n)
{
  FuzzInput input = { bytes, n };
  g_autofree char *target = fuzz_take_line (&input);
  g_autofree char *ignore = fuzz_take_line (&input);
  g_autoptr (EklTable) table = make_table ();
  g_autoptr (GError) error = NULL;
  g_auto (EklColumnRoles) roles = { 0 };

  /* the settings refuse what is not UTF-8 */
  if (!g_utf8_validate (target, -1, NULL) || !g_utf8_validate (ignore, -1, NULL))
    return -1;
  try_list (target, FALSE);
  try_list (ignore, TRUE);
  if (ekl_column_roles_init (&roles, table, target, ignore, &error))
    check_roles (&roles);
  else
    fuzz_check_refusal (error, EKL_DATA_ERROR);
  return 0;
}
