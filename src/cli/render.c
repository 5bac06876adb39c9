/* render.c - the command render
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "commands.h"

/* What the figure is of: a file is looked at long after the command that made it. */
static char *
make_title (EklRun *run, EklFigureKind kind)
{
  static const char *const subjects[EKL_N_FIGURES] = {
    [EKL_FIGURE_LOSS] = "loss",
    [EKL_FIGURE_PLANE] = "parameter plane",
    [EKL_FIGURE_PREDICTIONS] = "predictions",
    [EKL_FIGURE_ENSEMBLE] = "ensemble",
  };
  const EklNetwork *network = ekl_run_get_network (run);
  guint64 step = ekl_run_get_record (run)->step;
  g_autoptr (GString) title = g_string_new (ekl_dataset_get_name (ekl_run_get_dataset (run)));

  for (guint l = 0; l <= network->n_layers; l++)
    g_string_append_printf (title, "%s%u", l == 0 ? ", " : "-", network->width[l]);
  g_string_append_printf (title, ": %s after %" G_GUINT64_FORMAT " step%s", subjects[kind], step,
                          step == 1 ? "" : "s");

  return g_string_free (g_steal_pointer (&title), FALSE);
}

/* With classes gradient descent and EKI minimise different things. */
static gboolean
losses_differ (EklProblem *problem)
{
  EklDescentSettings descent;

  ekl_experiment_get_descent_settings (
    problem->experiment, ekl_dataset_get_task (ekl_run_get_dataset (problem->run)), &descent);
  return descent.loss != EKL_LOSS_SQUARED;
}

static void
init_options (EklFigureOptions *options,
              const EklCommandLine *command_line,
              EklProblem *problem,
              EklFigureKind kind,
              const char *title)
{
  ekl_figure_options_init (options, kind);
  options->show_title = TRUE;
  options->shown = command_line->shown;
  options->x_axis = command_line->x_axis;
  options->quantity = command_line->quantity;
  options->title = title;
  options->losses_differ = losses_differ (problem);
}

/* How wide the plane's picture is to its height: what is around the paths is computed for that shape. */
static double
find_aspect (const EklCommandLine *command_line, EklProblem *problem)
{
  g_autoptr (EklFrame) frame = ekl_run_make_frame (problem->run, EKL_FRAME_PLANE);
  g_autofree char *title = make_title (problem->run, EKL_FIGURE_PLANE);
  const EklFigureData data = { .plane = frame->plane };
  EklFigureOptions options;
  EklFigureLayout layout;
  EklTheme theme;

  ekl_theme_init (&theme, command_line->theme);
  init_options (&options, command_line, problem, EKL_FIGURE_PLANE, title);
  ekl_figure_measure (EKL_FIGURE_PLANE, command_line->width, command_line->height, &theme, &options,
                      &data, &layout);
  return layout.height > 1 ? layout.width / layout.height : 0;
}

/* The contours as fine as they become: they refine only once a frame has asked for them. */
static void
make_contours (const EklCommandLine *command_line, EklProblem *problem)
{
  const EklPlaneWish wish = { .aspect = find_aspect (command_line, problem) };

  ekl_run_set_plane (problem->run, &wish);
  ekl_frame_free (ekl_run_make_frame (problem->run, EKL_FRAME_PLANE));
  while (ekl_run_refine_contours (problem->run))
    continue;
}

static EklFrame *
make_frame (const EklCommandLine *command_line, EklProblem *problem)
{
  EklFrameParts parts = EKL_FRAME_NUMBERS;

  if (command_line->figures & (1u << EKL_FIGURE_PREDICTIONS)) {
    const EklPredictionsRequest request = {
      .view = command_line->view,
      .output_index = command_line->output_shown - 1,
      .first_picture = command_line->first_picture - 1,
    };

    ekl_run_set_predictions (problem->run, &request);
    parts |= EKL_FRAME_PREDICTIONS;
  }

  if (command_line->figures & (1u << EKL_FIGURE_PLANE)) {
    make_contours (command_line, problem);
    parts |= EKL_FRAME_PLANE;
  }

  if (command_line->figures & (1u << EKL_FIGURE_ENSEMBLE))
    parts |= EKL_FRAME_ENSEMBLE;

  return ekl_run_make_frame (problem->run, parts);
}

static gboolean
write_figure (const EklCommandLine *command_line,
              EklProblem *problem,
              EklFigureKind kind,
              const char *picture,
              const EklFigureData *data,
              GError **error)
{
  g_autofree char *path = ekl_outputs_name_picture (picture, kind, command_line->figures);
  g_autofree char *title = make_title (problem->run, kind);
  EklFigureOptions options;
  EklTheme theme;

  ekl_theme_init (&theme, command_line->theme);
  init_options (&options, command_line, problem, kind, title);
  return ekl_figure_write (kind, path, command_line->width, command_line->height, &theme, &options,
                           data, error);
}

static gboolean
write_figures (const EklCommandLine *command_line,
               EklProblem *problem,
               EklHistory *history,
               GError **error)
{
  g_autoptr (EklFrame) frame = make_frame (command_line, problem);
  const EklFigureData data = {
    .history = history,
    .plane = frame->plane,
    .predictions = frame->predictions,
    .ensemble = frame->ensemble,
  };

  /* a look at the end is part of the curves */
  if (frame->record.ensemble.is_known)
    ekl_history_append (history, &frame->record, 1);
  for (guint k = 0; k < command_line->pictures->len; k++)
    for (EklFigureKind kind = 0; kind < EKL_N_FIGURES; kind++)
      if ((command_line->figures & (1u << kind)) != 0 &&
          !write_figure (command_line, problem, kind, g_ptr_array_index (command_line->pictures, k),
                         &data, error))
        return FALSE;

  return TRUE;
}

/**
 * ekl_command_render:
 * @command_line: what is asked for
 * @error: return location for an error
 *
 * Trains as the command train does, then draws the figures as they stand after the last step.
 *
 * Returns: the exit status, or -1 with an error
 */
int
ekl_command_render (EklCommandLine *command_line, GError **error)
{
  EklOutcome outcome;

  if (!ekl_outputs_check (command_line, error))
    return -1;

  g_autoptr (EklHistory) history = ekl_history_new ();
  g_autoptr (EklProblem) problem = ekl_problem_new (command_line, error);
  if (problem == NULL || !ekl_command_run (command_line, problem, history, &outcome, error) ||
      !write_figures (command_line, problem, history, error))
    return -1;

  return outcome.stopped_by ? 128 + outcome.stopped_by : 0;
}
