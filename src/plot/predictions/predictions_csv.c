/* predictions_csv.c - the predictions as a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure_private.h"

#include "history_csv.h"

#include <math.h>

static double
at (const double *values, gsize i)
{
  return values ? values[i] : (double) NAN;
}

static const char *
part_of (const EklPredictions *data, guint i)
{
  return i < data->n_training ? "training" : "validation";
}

static void
append_answers (GString *text, const EklPredictions *data, guint i)
{
  ekl_csv_number (text, at (data->mean_particle, i));
  ekl_csv_number (text, at (data->low, i));
  ekl_csv_number (text, at (data->median, i));
  ekl_csv_number (text, at (data->high, i));
  ekl_csv_number (text, at (data->descent, i));
}

/* The heads of the selected particles' columns, as people count them. */
static void
append_selected_heads (GString *text, const EklPredictions *data)
{
  for (guint k = 0; k < data->n_selected; k++)
    g_string_append_printf (text, ",particle_%u", data->selected[k] + 1);
}

static void
append_selected (GString *text, const EklPredictions *data, gsize i)
{
  for (guint k = 0; data->selected_answer && k < data->n_selected; k++)
    ekl_csv_number (text, data->selected_answer[(gsize) k * data->n_points + i]);
}

static void
append_curve (GString *text, const EklPredictions *data)
{
  g_string_append (text, "row,");
  ekl_csv_text (text, data->x_name);
  g_string_append_c (text, ',');
  ekl_csv_text (text, data->y_name);
  g_string_append (text, ",eki,eki_p10,eki_median,eki_p90,gd");
  for (guint k = 0; k < data->n_members; k++)
    g_string_append_printf (text, ",member_%u", k + 1);
  append_selected_heads (text, data);
  g_string_append_c (text, '\n');

  for (guint i = 0; data->data_x && data->data_y && i < data->n_data; i++) {
    g_string_append (text, part_of (data, i));
    ekl_csv_number (text, data->data_x[i]);
    ekl_csv_number (text, data->data_y[i]);
    for (guint k = 0; k < 5 + data->n_members + data->n_selected; k++)
      g_string_append_c (text, ',');
    g_string_append_c (text, '\n');
  }
  for (guint i = 0; data->point_x && i < data->n_points; i++) {
    g_string_append (text, "curve");
    ekl_csv_number (text, data->point_x[i]);
    g_string_append_c (text, ',');
    append_answers (text, data, i);
    for (guint k = 0; k < data->n_members; k++)
      ekl_csv_number (text, at (data->member, (gsize) k * data->n_points + i));
    append_selected (text, data, i);
    g_string_append_c (text, '\n');
  }
}

static void
append_scatter (GString *text, const EklPredictions *data)
{
  g_string_append (text, "row,true,eki,eki_p10,eki_median,eki_p90,gd");
  append_selected_heads (text, data);
  g_string_append_c (text, '\n');
  for (guint i = 0; i < data->n_data; i++) {
    g_string_append (text, part_of (data, i));
    ekl_csv_number (text, data->data_x[i]);
    append_answers (text, data, i);
    append_selected (text, data, i);
    g_string_append_c (text, '\n');
  }
}

static double
field_value (const EklField *field, gsize i)
{
  return field && field->value ? field->value[i] : (double) NAN;
}

/* The fields share one grid. */
static void
append_field (GString *text, const EklPredictions *data)
{
  const EklField *field = data->mean_field ? data->mean_field : data->descent_field;

  g_string_append (text, "row,");
  ekl_csv_text (text, data->x_name);
  g_string_append_c (text, ',');
  ekl_csv_text (text, data->y_name);
  g_string_append (text, ",true,eki,eki_p90_minus_p10,gd");
  append_selected_heads (text, data);
  g_string_append_c (text, '\n');
  for (guint i = 0; data->data_x && data->data_y && i < data->n_data; i++) {
    g_string_append (text, part_of (data, i));
    ekl_csv_number (text, data->data_x[i]);
    ekl_csv_number (text, data->data_y[i]);
    ekl_csv_number (text, at (data->data_value, i));
    g_string_append (text, ",,,");
    for (guint k = 0; k < data->n_selected; k++)
      g_string_append_c (text, ',');
    g_string_append_c (text, '\n');
  }
  for (gsize i = 0; field && i < (gsize) field->n_columns * field->n_rows; i++) {
    double column = (double) (i % field->n_columns) / MAX (field->n_columns - 1, 1);
    double row = (double) (i / field->n_columns) / MAX (field->n_rows - 1, 1);

    g_string_append (text, "field");
    ekl_csv_number (text, field->x0 + column * (field->x1 - field->x0));
    ekl_csv_number (text, field->y0 + row * (field->y1 - field->y0));
    g_string_append_c (text, ',');
    ekl_csv_number (text, field_value (data->mean_field, i));
    ekl_csv_number (text, field_value (data->spread_field, i));
    ekl_csv_number (text, field_value (data->descent_field, i));
    append_selected (text, data, i);
    g_string_append_c (text, '\n');
  }
}

static void
append_counts (GString *text, const EklPredictions *data, const char *name, const guint *count)
{
  const gsize m = data->n_classes;

  for (gsize i = 0; count && i < m * m; i++) {
    g_string_append_printf (text, "%s,", name);
    ekl_csv_text (text, ekl_predictions_class (data, (guint) (i / m)));
    g_string_append_c (text, ',');
    ekl_csv_text (text, ekl_predictions_class (data, (guint) (i % m)));
    g_string_append_printf (text, ",%u\n", count[i]);
  }
}

static void
append_confusion (GString *text, const EklPredictions *data)
{
  const EklConfusion *confusion = data->confusion;
  const gsize m = data->n_classes;

  g_string_append (text, "method,true,answered,rows\n");
  append_counts (text, data, ekl_method_get_name (EKL_METHOD_EKI), confusion->mean_particle);
  append_counts (text, data, ekl_method_get_name (EKL_METHOD_GD), confusion->descent);
  for (guint k = 0; k < confusion->n_selected; k++) {
    g_autofree char *name = g_strdup_printf ("particle_%u", data->selected[k] + 1);

    append_counts (text, data, name, confusion->selected + k * m * m);
  }
}

static void
append_pictures (GString *text, const EklPredictions *data)
{
  const EklPicturePage *page = data->pictures;

  g_string_append (text, "picture,true,eki,gd");
  append_selected_heads (text, data);
  for (guint c = 0; page->vote && c < data->n_classes; c++) {
    g_autofree char *name = g_strdup_printf ("votes %s", ekl_predictions_class (data, c));

    g_string_append_c (text, ',');
    ekl_csv_text (text, name);
  }
  g_string_append_c (text, '\n');
  for (guint i = 0; i < page->n; i++) {
    const guint *answers[] = { page->truth, page->mean_particle, page->descent };

    g_string_append_printf (text, "%u", page->first + i + 1);
    for (guint k = 0; k < G_N_ELEMENTS (answers); k++) {
      g_string_append_c (text, ',');
      if (answers[k])
        ekl_csv_text (text, ekl_predictions_class (data, answers[k][i]));
    }
    for (gsize k = 0; k < page->n_selected; k++) {
      g_string_append_c (text, ',');
      ekl_csv_text (text, ekl_predictions_class (data, page->selected[k * page->n + i]));
    }
    for (gsize c = 0; page->vote && c < data->n_classes; c++)
      g_string_append_printf (text, ",%u", page->vote[i * data->n_classes + c]);
    g_string_append_c (text, '\n');
  }
}

/**
 * ekl_predictions_to_csv:
 * @data: (nullable): predictions
 *
 * Returns: (transfer full): a table of what is shown, the first column saying what a row is
 */
char *
ekl_predictions_to_csv (const EklPredictions *data)
{
  GString *text = g_string_new (NULL);

  if (ekl_predictions_are_empty (data))
    return g_string_free (text, FALSE);

  switch (data->kind) {
  case EKL_PREDICTIONS_CURVE:
    append_curve (text, data);
    break;
  case EKL_PREDICTIONS_FIELD:
    append_field (text, data);
    break;
  case EKL_PREDICTIONS_CONFUSION:
    append_confusion (text, data);
    break;
  case EKL_PREDICTIONS_PICTURES:
    append_pictures (text, data);
    break;
  case EKL_PREDICTIONS_SCATTER:
  case EKL_PREDICTIONS_RESIDUALS:
  default:
    append_scatter (text, data);
    break;
  }

  return g_string_free (text, FALSE);
}
