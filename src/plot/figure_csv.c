/* figure_csv.c - a figure as numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "figure_private.h"

#include "history_csv.h"

#include <math.h>

static void
append_path (GString *text, const char *what, const EklPoint *point, const guint64 *step, guint n)
{
  for (guint i = 0; point && step && i < n; i++) {
    g_string_append_printf (text, "%s,%" G_GUINT64_FORMAT, what, step[i]);
    ekl_csv_number (text, point[i].x);
    ekl_csv_number (text, point[i].y);
    g_string_append (text, ",\n");
  }
}

static void
append_grid (GString *text, const EklField *field)
{
  for (gsize i = 0; field && i < (gsize) field->n_columns * field->n_rows; i++) {
    double column = (double) (i % field->n_columns) / MAX (field->n_columns - 1, 1);
    double row = (double) (i / field->n_columns) / MAX (field->n_rows - 1, 1);

    g_string_append_printf (text, "loss,%" G_GSIZE_FORMAT, i + 1);
    ekl_csv_number (text, field->x0 + column * (field->x1 - field->x0));
    ekl_csv_number (text, field->y0 + row * (field->y1 - field->y0));
    ekl_csv_number (text, field->value[i]);
    g_string_append_c (text, '\n');
  }
}

/* A number is a particle's, counted from 1, or a path's step. */
static char *
plane_to_csv (const EklPlane *plane)
{
  GString *text = g_string_new ("row,number,x,y,loss\n");

  if (!plane)
    return g_string_free (text, FALSE);

  for (guint j = 0; j < plane->n_particles; j++) {
    g_string_append_printf (text, "particle,%u", j + 1);
    ekl_csv_number (text, plane->particle[j].x);
    ekl_csv_number (text, plane->particle[j].y);
    ekl_csv_number (text, plane->particle_loss ? (double) plane->particle_loss[j] : (double) NAN);
    g_string_append_c (text, '\n');
  }
  append_path (text, "eki_mean", plane->mean_path, plane->mean_path_step, plane->n_mean_path);
  append_path (text, "gd", plane->descent_path, plane->descent_path_step, plane->n_descent_path);
  append_grid (text, plane->loss);

  return g_string_free (text, FALSE);
}

/* An axis that one of the two has not is an empty cell. */
char *
ekl_spectrum_to_csv (const EklEnsembleView *view)
{
  GString *text = g_string_new ("axis,std,std_of_start\n");
  const EklSpectrum *const spectrum[2] = { view->now, view->start };
  guint n = 0;

  for (guint k = 0; k < 2; k++)
    n = MAX (n, spectrum[k] ? spectrum[k]->n_values : 0);
  for (guint i = 0; i < n; i++) {
    g_string_append_printf (text, "%u", i + 1);
    for (guint k = 0; k < 2; k++)
      ekl_csv_number (text, spectrum[k] && i < spectrum[k]->n_values ? spectrum[k]->value[i]
                                                                     : (double) NAN);
    g_string_append_c (text, '\n');
  }

  return g_string_free (text, FALSE);
}

/**
 * ekl_figure_to_csv:
 * @kind: which figure
 * @data: what it draws
 *
 * The numbers of a figure. LOSS and ENSEMBLE: all series of the run, beginning with the columns of the
 * command line's history; LOSS also those of the run before. PLANE: particles, paths and the loss on its
 * grid. PREDICTIONS: as they are shown, in the user's units.
 *
 * Returns: (transfer full): the text of a CSV file
 */
char *
ekl_figure_to_csv (EklFigureKind kind, const EklFigureData *data)
{
  g_return_val_if_fail (data != NULL, NULL);

  switch (kind) {
  case EKL_FIGURE_PLANE:
    return plane_to_csv (data->plane);
  case EKL_FIGURE_PREDICTIONS:
    return ekl_predictions_to_csv (data->predictions);
  case EKL_FIGURE_ENSEMBLE:
    return ekl_history_to_csv (data->history, data->selection, NULL, NULL);
  case EKL_FIGURE_LOSS:
  case EKL_N_FIGURES:
  default:
    return ekl_history_to_csv (data->history, data->selection, data->former, data->former_name);
  }
}
