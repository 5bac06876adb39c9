/* render.c - the command render
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "commands.h"

/* The frame to draw, with the contours as fine as they become. They refine only once a frame has
 * asked for them. */
static EklFrame *
make_frame (EklRun *run, guint figures)
{
  EklFrameParts parts = EKL_FRAME_NUMBERS;

  if (figures & (1u << EKL_FIGURE_PREDICTIONS))
    parts |= EKL_FRAME_PREDICTIONS;

  if (figures & (1u << EKL_FIGURE_PLANE)) {
    ekl_frame_free (ekl_run_make_frame (run, EKL_FRAME_PLANE));
    while (ekl_run_refine_contours (run))
      continue;
    parts |= EKL_FRAME_PLANE;
  }

  return ekl_run_make_frame (run, parts);
}

static gboolean
write_figures (EklCommandLine *command_line, EklHistory *history, EklFrame *frame, GError **error)
{
  const EklFigureData data = { .history = history,
                               .plane = frame->plane,
                               .predictions = frame->predictions };
  EklTheme theme;

  ekl_theme_init (&theme, command_line->theme);
  for (guint k = 0; k < command_line->pictures->len; k++) {
    const char *picture = g_ptr_array_index (command_line->pictures, k);

    for (EklFigureKind kind = 0; kind < EKL_N_FIGURES; kind++) {
      if ((command_line->figures & (1u << kind)) == 0)
        continue;

      g_autofree char *path = ekl_outputs_name_picture (picture, kind, command_line->figures);
      EklFigureOptions options;

      ekl_figure_options_init (&options, kind);
      options.show_title = TRUE;
      if (!ekl_figure_write (kind, path, command_line->width, command_line->height, &theme,
                             &options, &data, error))
        return FALSE;
    }
  }

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
  if (problem == NULL || !ekl_command_run (command_line, problem, history, &outcome, error))
    return -1;

  g_autoptr (EklFrame) frame = make_frame (problem->run, command_line->figures);
  if (!write_figures (command_line, history, frame, error))
    return -1;

  return outcome.stopped_by ? 128 + outcome.stopped_by : 0;
}
