/* figure_private.h - the figures, each in its own file, behind figure.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "axis.h"
#include "canvas.h"
#include "figure.h"
#include "legend.h"

G_BEGIN_DECLS

/* One kind of figure. The arguments have been checked: a positive size, a theme, options, data. */
typedef struct {
  const char *name;
  void (*draw) (EklCanvas              *canvas,
                const EklFigureOptions *options,
                const EklFigureData    *data,
                EklFigureLayout        *layout);
  void (*hover) (EklCanvas              *canvas,
                 const EklFigureOptions *options,
                 const EklFigureData    *data,
                 const EklFigureLayout  *layout,
                 double                  x,
                 double                  y);
  char *(*describe) (const EklFigureOptions *options,
                     const EklFigureData    *data);
} EklFigureClass;

extern const EklFigureClass ekl_loss_figure;
extern const EklFigureClass ekl_plane_figure;
extern const EklFigureClass ekl_predictions_figure;
extern const EklFigureClass ekl_ensemble_figure;

/* PREDICTIONS, one file a picture */
void  ekl_curve_figure_draw   (EklCanvas              *canvas,
                               const EklFigureOptions *options,
                               const EklPredictions   *data,
                               EklFigureLayout        *layout);
void  ekl_residual_figure_draw (EklCanvas             *canvas,
                               const EklFigureOptions *options,
                               const EklPredictions   *data,
                               EklFigureLayout        *layout);
void  ekl_confusion_figure_draw (EklCanvas            *canvas,
                               const EklFigureOptions *options,
                               const EklPredictions   *data,
                               EklFigureLayout        *layout);
void  ekl_picture_figure_draw (EklCanvas              *canvas,
                               const EklFigureOptions *options,
                               const EklPredictions   *data,
                               EklFigureLayout        *layout);
void  ekl_scatter_figure_draw (EklCanvas              *canvas,
                               const EklFigureOptions *options,
                               const EklPredictions   *data,
                               EklFigureLayout        *layout);
double ekl_field_at           (const EklField         *field,
                               double                  x,
                               double                  y);
void  ekl_field_figure_draw   (EklCanvas              *canvas,
                               const EklFigureOptions *options,
                               const EklPredictions   *data,
                               EklFigureLayout        *layout);

/* PREDICTIONS, the second pass of those with places of their own */
void  ekl_residual_figure_hover (EklCanvas            *canvas,
                               EklChart               *chart,
                               const EklPredictions   *data,
                               double                  x,
                               double                  y);
void  ekl_confusion_figure_hover (EklCanvas           *canvas,
                               const EklFigureOptions *options,
                               const EklPredictions   *data,
                               const EklFigureLayout  *layout,
                               double                  x,
                               double                  y);
void  ekl_picture_figure_hover (EklCanvas             *canvas,
                               const EklPredictions   *data,
                               const EklFigureLayout  *layout,
                               double                  x,
                               double                  y);

/* predictions_words.c: as a sentence, and a class of which the name may be missing */
gboolean ekl_predictions_are_empty (const EklPredictions *data);
char *ekl_predictions_to_csv  (const EklPredictions   *data);
char *ekl_predictions_describe (const EklPredictions  *data);
const char *ekl_predictions_class (const EklPredictions *data,
                               guint                   class_index);
guint ekl_confusion_hits      (const guint            *count,
                               guint                   n_classes);
double ekl_residuals_inside   (const EklPredictions   *data,
                               const double           *answers);

/* curve_words.c: of predictions over one input or two */
void  ekl_curve_describe      (GString                *text,
                               const EklPredictions   *data);
void  ekl_field_describe      (GString                *text,
                               const EklPredictions   *data);

/* LOSS, the second pass and the words, loss_hover.c */
void  ekl_loss_figure_hover   (EklCanvas              *canvas,
                               const EklFigureOptions *options,
                               const EklFigureData    *data,
                               const EklFigureLayout  *layout,
                               double                  x,
                               double                  y);
char *ekl_loss_figure_describe (const EklFigureOptions *options,
                               const EklFigureData    *data);

/* ENSEMBLE: the second pass, ensemble_hover.c, and the words, ensemble_words.c */
void  ekl_ensemble_figure_hover (EklCanvas            *canvas,
                               const EklFigureOptions *options,
                               const EklFigureData    *data,
                               const EklFigureLayout  *layout,
                               double                  x,
                               double                  y);
char *ekl_ensemble_figure_describe (const EklFigureOptions *options,
                               const EklFigureData    *data);

/* ENSEMBLE: the spectrum, spectrum_figure.c, and its numbers, figure_csv.c */
char *ekl_spectrum_to_csv     (const EklEnsembleView  *view);
void  ekl_spectrum_draw       (EklCanvas              *canvas,
                               EklBox                  area,
                               const EklFigureOptions *options,
                               const EklEnsembleView  *view,
                               EklFigureLayout        *layout);
void  ekl_spectrum_hover      (EklCanvas              *canvas,
                               const EklEnsembleView  *view,
                               const EklFigureLayout  *layout,
                               double                  x,
                               double                  y);

/* shared pieces, figure_parts.c */
void  ekl_figure_draw_empty   (EklCanvas              *canvas,
                               const EklFigureOptions *options,
                               const char             *y_name,
                               const char             *x_name,
                               const char             *message,
                               EklFigureLayout        *layout);
EklBox ekl_figure_area        (const EklCanvas        *canvas,
                               double                  top);
const char *ekl_figure_title  (const EklFigureOptions *options);

gboolean ekl_figure_hold      (const EklFigureOptions *options,
                               gboolean                log,
                               double                 *y0,
                               double                 *y1);

/* shared by LOSS and ENSEMBLE, figure_parts.c */
EklColor ekl_method_color     (const EklCanvas        *canvas,
                               EklMethod               method);
gboolean ekl_figure_is_in_plot (const EklFigureLayout *layout,
                               double                  x);
void  ekl_draw_crosshair      (EklCanvas              *canvas,
                               EklBox                  plot,
                               double                  x);
gboolean ekl_crosshair_record (const EklFigureOptions *options,
                               const EklFigureData    *data,
                               const EklFigureLayout  *layout,
                               double                  x,
                               guint                  *index);

G_END_DECLS
