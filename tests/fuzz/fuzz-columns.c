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
  static const double values[N_COLUMNS * N_ROWS] = { 0, 1, 2, 3 };

  return ekl_table_new ("f.csv", N_COLUMNS, names, N_ROWS, values);
}

static void
check_roles (const EklColumnRoles *roles)
{
  guint n_uses[N_COLUMNS] = { 0 };

  g_assert_cmpuint (roles->n_inputs, >, 0);
  g_assert_cmpuint (roles->n_targets, >, 0);
  for (guint i = 0; i < roles->n_inputs; i++) {
    g_assert_cmpint (roles->column[roles->inputs[i]].role, ==, EKL_ROLE_FEATURE);
    n_uses[roles->inputs[i]]++;
  }
  for (guint i = 0; i < roles->n_targets; i++) {
    g_assert_cmpint (roles->column[roles->targets[i]].role, ==, EKL_ROLE_TARGET);
    n_uses[roles->targets[i]]++;
  }
  for (guint c = 0; c < N_COLUMNS; c++)
    g_assert_cmpuint (n_uses[c], ==, roles->column[c].role != EKL_ROLE_IGNORED);
}

/* The settings that a dialog makes of roles and types give the same again. */
static void
check_way_back (const EklColumnRoles *roles)
{
  EklTable *table = roles->table;
  EklColumnRole role[N_COLUMNS];
  EklColumnType type[N_COLUMNS];
  g_autofree char *target = NULL, *ignore = NULL, *types = NULL;
  g_auto (EklColumnRoles) again = { 0 };
  g_autoptr (GError) error = NULL;

  for (guint c = 0; c < N_COLUMNS; c++) {
    role[c] = roles->column[c].role;
    type[c] = ekl_table_get_column_type (table, c);
  }
  ekl_column_roles_to_lists (table, role, type, &target, &ignore, &types);
  ekl_column_roles_init (
    &again, table, &(EklDataOptions){ .target = target, .ignore = ignore, .types = types }, &error);
  g_assert_no_error (error);
  for (guint c = 0; c < N_COLUMNS; c++)
    g_assert_cmpint (again.column[c].role, ==, role[c]);
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
  g_autofree char *types = fuzz_take_line (&input);
  const EklDataOptions options = { .target = target, .ignore = ignore, .types = types };
  g_autoptr (EklTable) table = make_table ();
  g_autoptr (GError) error = NULL;
  g_auto (EklColumnRoles) roles = { 0 };

  /* the settings refuse what is not UTF-8 */
  if (!g_utf8_validate ((const char *) bytes, (gssize) n, NULL))
    return -1;
  try_list (target, FALSE);
  try_list (types, TRUE);
  if (ekl_column_roles_init (&roles, table, &options, &error)) {
    check_roles (&roles);
    check_way_back (&roles);
  } else {
    fuzz_check_refusal (error, EKL_DATA_ERROR);
  }
  return 0;
}
