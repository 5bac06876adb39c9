/* table_notes.c - what is to be said about a table that became a dataset
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "table_recipe.h"

#include "cell.h"

/* As many as a sentence names before it says how many more there are. */
#define NAMED 6

/* What a sentence is about, one after the other. */
typedef struct {
  GString *text;
  guint n;
} Items;

static void
add_item (Items *self, char *item)
{
  if (self->text == NULL)
    self->text = g_string_new (NULL);
  if (self->n++ < NAMED)
    g_string_append_printf (self->text, "%s%s", self->n > 1 ? ", " : "", item);
  g_free (item);
}

/* (transfer full); empties the list */
static char *
take_items (Items *self)
{
  GString *text = self->text != NULL ? self->text : g_string_new (NULL);

  if (self->n > NAMED)
    g_string_append_printf (text, " and %u more", self->n - NAMED);
  *self = (Items){ 0 };
  return g_string_free (text, FALSE);
}

/* "1 (id)" */
static char *
name_column (const EklTable *table, guint column)
{
  g_autofree char *shown = ekl_cell_shorten (ekl_table_get_column_name (table, column));

  return g_strdup_printf ("%u (%s)", column + 1, shown);
}

/* A column is named once where there is one, else all are: "Column 1 (a) is", "Columns 1 (a), 2 (b) are" */
static char *
take_columns (Items *self, const char *is, const char *are)
{
  const gboolean one = self->n == 1;
  g_autofree char *names = take_items (self);

  return g_strdup_printf ("%s %s %s", one ? "Column" : "Columns", names, one ? is : are);
}

/* @hint: (nullable): the setting that would use the first of them */
static void
add_ignored (EklDatasetSummary *summary, Items *columns, EklIgnoreReason reason, const char *hint)
{
  static const struct {
    const char *is, *are;
  } text[] = {
    [EKL_REASON_EMPTY] = { "is empty and ignored", "are empty and ignored" },
    [EKL_REASON_ROW_NUMBER] = { "only numbers or names the rows and is ignored",
                                "only number or name the rows and are ignored" },
    [EKL_REASON_MANY_CATEGORIES] = { "has too many different texts to make an input of each and is "
                                     "ignored",
                                     "have too many different texts to make an input of each and "
                                     "are ignored" },
  };
  g_autofree char *sentence = take_columns (columns, text[reason].is, text[reason].are);

  g_autofree char *option =
    hint != NULL ? g_strdup_printf (" (types=%s would use it).", hint) : g_strdup (".");

  ekl_dataset_summary_add_advice (summary, sentence, option,
                                  hint != NULL ? "; choose Feature as its role to use it." : ".");
}

static void
note_ignored (const EklTableRecipe *self, EklDatasetSummary *summary)
{
  for (EklIgnoreReason reason = EKL_REASON_EMPTY; reason <= EKL_REASON_MANY_CATEGORIES; reason++) {
    Items columns = { 0 };
    g_autofree char *hint = NULL;

    for (guint c = 0; c < ekl_table_get_n_columns (self->table); c++) {
      g_autofree char *reference = NULL;

      if (self->roles.column[c].reason != reason)
        continue;
      add_item (&columns, name_column (self->table, c));
      if (hint != NULL || reason == EKL_REASON_EMPTY)
        continue;
      reference = ekl_column_reference (self->roles.table, c);
      hint = g_strconcat (
        reference,
        ekl_table_get_column_type (self->table, c) == EKL_COLUMN_NUMBER ? ":number" : ":category",
        NULL);
    }
    if (columns.n > 0)
      add_ignored (summary, &columns, reason, hint);
  }
}

/* It would be learned from like any other number. */
static void
note_like_missing (const EklTableRecipe *self, EklDatasetSummary *summary)
{
  Items columns = { 0 };
  g_autofree char *text = NULL;
  guint n = 0;

  for (guint c = 0; c < ekl_table_get_n_columns (self->table); c++) {
    const EklColumnSummary *column = ekl_table_get_column_summary (self->table, c);
    g_autofree char *name = name_column (self->table, c);

    if (self->roles.column[c].role == EKL_ROLE_IGNORED || column->n_like_missing == 0)
      continue;
    n += column->n_like_missing;
    add_item (&columns,
              g_strdup_printf ("%g in %u of column %s", column->min, column->n_like_missing, name));
  }
  if (columns.n == 0)
    return;
  text = take_items (&columns);
  ekl_dataset_summary_add (
    summary, g_strdup_printf ("Far below all others is %s: where that stands for a missing value, "
                              "empty %s in the file.",
                              text, n == 1 ? "the cell" : "those cells"));
}

/* What was read otherwise than it is written: signs that were left out, codes that are no numbers. */
static void
note_reading (const EklTableRecipe *self, EklDatasetSummary *summary)
{
  Items codes = { 0 };
  g_autofree char *sentence = NULL;

  for (guint c = 0; c < ekl_table_get_n_columns (self->table); c++) {
    const EklColumnSummary *column = ekl_table_get_column_summary (self->table, c);
    g_autofree char *name = name_column (self->table, c);
    g_autofree char *signs = ekl_signs_to_text (column->signs);

    if (self->roles.column[c].role == EKL_ROLE_IGNORED)
      continue;
    if (column->signs != 0)
      ekl_dataset_summary_add (
        summary, g_strdup_printf ("The numbers of column %s are read without their %s%s.", name,
                                  signs, column->signs == EKL_SIGN_PERCENT ? ": 12% is 12" : ""));
    if (column->is_code)
      add_item (&codes, g_steal_pointer (&name));
  }
  if (codes.n == 0)
    return;
  sentence = take_columns (&codes, "is codes such as 01067, and categories rather than numbers.",
                           "are codes such as 01067, and categories rather than numbers.");
  ekl_dataset_summary_add (summary, g_steal_pointer (&sentence));
}

static void
note_categories (const EklTableRecipe *self, EklDatasetSummary *summary)
{
  Items columns = { 0 }, unseen = { 0 };
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->inputs.n_columns; i++) {
    const EklEncodedColumn *column = &self->inputs.column[i];
    g_autofree char *name = name_column (self->table, column->column);

    if (column->is_seen == NULL)
      continue;
    add_item (&columns, g_strdup_printf ("%s has %u", name, column->n));
    for (guint k = 0; k < column->n; k++)
      if (!column->is_seen[k])
        add_item (&unseen, ekl_cell_shorten (self->inputs.unit[column->first + k].name));
  }
  if (columns.n == 0)
    return;
  text = take_items (&columns);
  ekl_dataset_summary_add (summary,
                           g_strdup_printf ("Every category is an input: column %s.", text));
  if (unseen.n == 0)
    return;
  g_clear_pointer (&text, g_free);
  text = take_items (&unseen);
  ekl_dataset_summary_add (
    summary,
    g_strdup_printf ("No training row has %s; where others have it, it is left out.", text));
}

static void
note_constant (const EklTableRecipe *self, EklDatasetSummary *summary)
{
  Items columns = { 0 };

  for (guint i = 0; i < self->inputs.n_columns; i++)
    if (self->inputs.column[i].is_constant && self->n_training > 1)
      add_item (&columns, name_column (self->table, self->inputs.column[i].column));
  if (columns.n > 0)
    ekl_dataset_summary_add (
      summary, take_columns (&columns, "is the same in all training rows and says nothing.",
                             "are the same in all training rows and say nothing."));
}

static guint
find_bad_row (const EklTable *table, guint column)
{
  guint r = 0;

  while (ekl_table_get_bad_text (table, column, r) == NULL)
    r++;
  return r;
}

static void
note_bad (const EklTableRecipe *self, EklDatasetSummary *summary)
{
  g_autofree char *first = NULL;
  guint n_all = 0;

  for (guint c = 0; c < ekl_table_get_n_columns (self->table); c++) {
    const guint n = ekl_table_get_column_summary (self->table, c)->n_bad;
    g_autofree char *name = NULL, *shown = NULL;
    guint row;

    if (self->roles.column[c].role == EKL_ROLE_IGNORED || n == 0)
      continue;
    if (n_all == 0) {
      row = find_bad_row (self->table, c);
      name = name_column (self->table, c);
      shown = ekl_cell_shorten (ekl_table_get_bad_text (self->table, c, row));
      first = g_strdup_printf ("row %" G_GSIZE_FORMAT ", column %s: \"%s\"",
                               ekl_table_get_row_line (self->table, row), name, shown);
    }
    n_all += n;
  }
  if (n_all == 1)
    ekl_dataset_summary_add (
      summary, g_strdup_printf ("A cell is no number and counts as missing: %s.", first));
  else if (n_all > 1)
    ekl_dataset_summary_add (
      summary, g_strdup_printf ("%u cells are no numbers and count as missing; the first: %s.",
                                n_all, first));
}

/* What one column is filled with. */
static char *
describe_fill (const EklTableRecipe *self, const EklEncodedColumn *column)
{
  g_autofree char *shown = NULL;

  if (column->is_seen == NULL)
    return g_strdup_printf ("%.4g", column->fill);
  if (column->fill_code == EKL_CATEGORY_MISSING)
    return g_strdup ("nothing");
  shown =
    ekl_cell_shorten (ekl_table_get_category_name (self->table, column->column, column->fill_code));
  return g_strdup_printf ("\"%s\"", shown);
}

static void
note_filled (const EklTableRecipe *self, EklDatasetSummary *summary)
{
  Items columns = { 0 };
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->inputs.n_columns; i++) {
    const EklEncodedColumn *column = &self->inputs.column[i];
    g_autofree char *name = name_column (self->table, column->column);
    g_autofree char *fill = describe_fill (self, column);

    summary->n_filled += column->n_filled;
    if (column->n_filled > 0)
      add_item (&columns,
                g_strdup_printf ("%u of column %s with %s", column->n_filled, name, fill));
  }
  if (columns.n == 0)
    return;
  text = take_items (&columns);
  ekl_dataset_summary_add (
    summary, g_strdup_printf ("Missing cells are filled in from the training rows: %s.", text));
}

/* One column may cost most of the rows. */
static void
note_dropped (const EklTableRecipe *self, EklDatasetSummary *summary)
{
  const EklUsableRows *usable = &self->usable;
  const guint n_rows = ekl_table_get_n_rows (self->table);
  g_autofree char *name = name_column (self->table, usable->worst_column);
  g_autofree char *note = NULL;

  if (2 * usable->n_rows >= n_rows ||
      self->roles.column[usable->worst_column].role == EKL_ROLE_TARGET)
    return;
  note =
    g_strdup_printf ("More than half of the rows are dropped; column %s alone has no value in %u.",
                     name, usable->n_worst);
  ekl_dataset_summary_add_advice (summary, note, " Ignore it, or set missing to mean.",
                                  " Ignore it, or have missing values filled in.");
}

static void
note_classes (const EklTableRecipe *self, EklDatasetSummary *summary)
{
  Items names = { 0 };
  g_autofree char *target = name_column (self->table, self->roles.targets[0]);
  g_autofree char *text = NULL, *note = NULL;
  const gboolean guessed =
    self->options->task == EKL_TASK_AUTO &&
    ekl_table_get_column_type (self->table, self->roles.targets[0]) == EKL_COLUMN_NUMBER;

  if (self->labels.n_classes == 0)
    return;
  for (guint k = 0; k < self->labels.n_classes; k++)
    add_item (&names, ekl_cell_shorten (self->labels.name[k]));
  text = take_items (&names);
  note = g_strdup_printf ("Column %s is %u classes: %s", target, self->labels.n_classes, text);
  ekl_dataset_summary_add_advice (
    summary, note, guessed ? "; set task to regression to predict it as a number." : ".",
    guessed ? "; choose Regression as the task to predict it as a number." : ".");
}

/* Such a class cannot be learned. */
static void
note_untrained_classes (const EklTableRecipe *self, EklDatasetSummary *summary)
{
  guint count[EKL_MAX_CLASSES] = { 0 };
  Items names = { 0 };
  g_autofree char *text = NULL;

  for (guint i = 0; self->labels.n_classes > 0 && i < self->n_training; i++)
    count[self->labels.class[i]]++;
  for (guint k = 0; k < self->labels.n_classes; k++)
    if (count[k] == 0)
      add_item (&names, ekl_cell_shorten (self->labels.name[k]));
  if (names.n == 0)
    return;
  text = take_items (&names);
  ekl_dataset_summary_add (
    summary, g_strdup_printf ("No training row is of class %s, which cannot be learned.", text));
}

static void
note_remark (const EklTableRecipe *self, EklDatasetSummary *summary)
{
  for (guint c = 0; c < ekl_table_get_n_columns (self->table); c++)
    if (self->roles.column[c].role != EKL_ROLE_IGNORED &&
        g_strcmp0 (ekl_table_get_column_name (self->table, c), self->remarked_column) == 0) {
      ekl_dataset_summary_add (summary, g_strdup (self->remark));
      summary->has_remark = TRUE;
    }
}

/**
 * ekl_table_recipe_write_summary:
 * @self: a recipe that has been carried out
 * @summary: a summary of nothing
 *
 * Says in numbers and in sentences what was done that one might not expect.
 */
void
ekl_table_recipe_write_summary (const EklTableRecipe *self, EklDatasetSummary *summary)
{
  summary->n_source_rows = ekl_table_get_n_rows (self->table);
  summary->n_dropped_missing = self->usable.n_dropped_missing;
  summary->n_dropped_bad = self->usable.n_dropped_bad;
  summary->n_left_out = self->usable.n_rows - self->n_sample;
  summary->n_training = self->n_training;
  summary->n_validation = self->n_sample - self->n_training;
  summary->n_features = self->roles.n_inputs;
  summary->n_inputs = self->inputs.n_outputs;
  summary->n_classes =
    ekl_table_recipe_has_class_columns (self) ? self->roles.n_targets : self->labels.n_classes;
  note_remark (self, summary);
  note_like_missing (self, summary);
  note_ignored (self, summary);
  note_reading (self, summary);
  note_bad (self, summary);
  note_dropped (self, summary);
  note_filled (self, summary);
  note_categories (self, summary);
  note_constant (self, summary);
  note_classes (self, summary);
  note_untrained_classes (self, summary);
}
