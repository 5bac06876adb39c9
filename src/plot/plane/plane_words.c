/* plane_words.c - what the parameter plane's picture says
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "plane_private.h"
#include "story_private.h"

#include <math.h>

gboolean
ekl_plane_is_empty (const EklPlane *plane)
{
  return !plane ||
         (plane->n_particles == 0 && plane->n_mean_path == 0 && plane->n_descent_path == 0);
}

static void
append_share (GString *text, double share, const char *of, EklPlaneWords words)
{
  g_autofree char *percent = NULL;

  if (!isfinite (share))
    return;

  percent = ekl_format_percent (CLAMP (share, 0.0, 1.0));
  if (text->len > 0)
    g_string_append (text, ", ");
  if (words == EKL_PLANE_SHORTEST)
    g_string_append_printf (text, "%s %s", of, percent);
  else
    g_string_append_printf (text, "%s of %s", percent, of);
}

static char *
shares (const EklPlane *plane, EklPlaneWords words)
{
  static const char *const names[][3] = {
    [EKL_PLANE_WHOLE] = { "the GD path", "the EKI mean’s path", "the spread" },
    [EKL_PLANE_SHORT] = { "GD", "EKI mean", "spread" },
    [EKL_PLANE_SHORTEST] = { "GD", "EKI", "spread" },
  };
  GString *text = g_string_new (NULL);

  if (plane->n_descent_path > 0)
    append_share (text, plane->descent_share, names[words][0], words);
  if (plane->n_mean_path > 0)
    append_share (text, plane->mean_share, names[words][1], words);
  if (plane->n_particles > 0)
    append_share (text, plane->spread_share, names[words][2], words);

  return g_string_free (text, FALSE);
}

/* What the axes are, where they are more than directions. */
static char *
basis_words (const EklPlane *plane)
{
  switch (plane->basis) {
  case EKL_PLANE_BASIS_PARAMETERS:
    if (plane->x_name && plane->y_name)
      return g_strdup_printf ("%s across, %s upwards", plane->x_name, plane->y_name);
    return g_strdup ("two parameters");
  case EKL_PLANE_BASIS_RANDOM:
    return g_strdup ("two random directions");
  case EKL_PLANE_BASIS_ENDS:
  case EKL_PLANE_BASIS_DISPLACEMENT:
  default:
    return NULL;
  }
}

/* What stands below the picture; NULL: nothing. */
char *
ekl_plane_caption (const EklPlane *plane, EklPlaneWords words, gboolean refits)
{
  g_autofree char *held = shares (plane, words);
  g_autofree char *basis = basis_words (plane);
  g_autofree char *refit = NULL;

  if (basis != NULL)
    return *held ? g_strdup_printf ("%s: the plane holds %s", basis, held)
                 : g_steal_pointer (&basis);
  if (plane->is_refit && refits)
    refit = g_strdup_printf (" · refitted at step %" G_GUINT64_FORMAT, plane->refit_step);

  return *held ? g_strdup_printf ("plane holds %s%s", held, refit ? refit : "") : NULL;
}

void
ekl_plane_fill_legend (EklLegend *legend,
                       const EklCanvas *canvas,
                       const EklPlane *plane,
                       const EklFigureData *data,
                       const EklFigureOptions *options)
{
  gboolean roomy = canvas->width > EKL_PLANE_WIDE * canvas->font_size;
  const EklTheme *theme = canvas->theme;

  if (plane->n_descent_path > 0)
    ekl_legend_add (legend, EKL_KEY_DASHED_SQUARE, theme->gd, roomy ? "gradient descent" : "GD");
  if (plane->n_particles > 0 || plane->n_mean_path > 0)
    ekl_legend_add (legend, EKL_KEY_LINE_RING, theme->eki, "EKI mean");
  if (plane->n_particles > 0)
    ekl_legend_add (legend, EKL_KEY_DOT, theme->eki, "%u particles", plane->n_particles);
  if (data->n_selected > 0)
    ekl_legend_add (legend, EKL_KEY_RING, theme->third, "%u selected", data->n_selected);
  /* the first to go where rows are dear */
  if (plane->n_particles > 1 && !options->hide_ellipse && canvas->height > 18 * canvas->font_size)
    ekl_legend_add (legend, EKL_KEY_ELLIPSE, theme->eki, "1σ, 2σ");
}

/* "particles 3, 7 and 12" */
static void
append_selection (GString *text, const EklFigureData *data)
{
  const guint n = MIN (data->n_selected, 8);

  if (n == 0)
    return;
  g_string_append (text, n == 1 ? " Selected: particle " : " Selected: particles ");
  for (guint k = 0; k < n; k++)
    g_string_append_printf (text, "%s%u",
                            k == 0      ? ""
                            : k + 1 < n ? ", "
                                        : " and ",
                            data->selected[k] + 1);
  if (n < data->n_selected)
    g_string_append_printf (text, " and %u more", data->n_selected - n);
  g_string_append_c (text, '.');
}

/* What their colours show. */
static void
append_losses (GString *text, const EklPlane *plane)
{
  double low = INFINITY, high = -INFINITY;
  g_autofree char *best = NULL;
  g_autofree char *worst = NULL;

  for (guint j = 0; plane->particle_loss && j < plane->n_particles; j++)
    if (isfinite (plane->particle_loss[j])) {
      low = MIN (low, plane->particle_loss[j]);
      high = MAX (high, plane->particle_loss[j]);
    }
  if (!(low <= high))
    return;
  best = ekl_format_number (low);
  worst = ekl_format_number (high);
  g_string_append_printf (text, " Their losses are from %s to %s.", best, worst);
}

static void
append_story (GString *text, const EklFigureData *data)
{
  if (data->story && data->story_index < data->story->n_phases)
    g_string_append_printf (text, " Slow motion shows step %" G_GUINT64_FORMAT ": %s.",
                            data->story->step,
                            ekl_phase_get_name (data->story->phase[data->story_index]));
}

/* A picture's text for those who do not see it. */
char *
ekl_plane_describe (const EklFigureOptions *options, const EklFigureData *data)
{
  const EklPlane *plane = data->plane;
  g_autofree char *held = NULL;
  g_autofree char *basis = NULL;
  GString *text;

  if (ekl_plane_is_empty (plane))
    return g_strdup ("The parameter plane: no particles yet.");

  held = shares (plane, EKL_PLANE_WHOLE);
  basis = basis_words (plane);
  text = g_string_new (NULL);
  if (plane->n_particles > 0)
    g_string_append_printf (text, "The parameter plane with %u particles", plane->n_particles);
  else
    g_string_append (text, "The parameter plane with gradient descent’s path, and no particles");
  if (*held)
    g_string_append_printf (text, ". It holds %s.", held);
  else
    g_string_append (text, " at the start.");
  if (basis != NULL)
    g_string_append_printf (text, " Its axes: %s.", basis);
  if (plane->is_refit)
    g_string_append_printf (text, " It was refitted at step %" G_GUINT64_FORMAT ".",
                            plane->refit_step);
  append_losses (text, plane);
  append_selection (text, data);
  append_story (text, data);

  return g_string_free (text, FALSE);
}
