/* plane_private.h - the pieces of the parameter plane's picture
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "figure_private.h"
#include "marks.h"
#include "relief.h"
#include "series.h"

G_BEGIN_DECLS

#define EKL_PLANE_WIDE 30 /* font sizes: from there on there is room for whole words */

#define EKL_PLANE_ARROWS 3 /* of the mean */
#define EKL_PLANE_ARROW 4.5 /* font sizes: the length of the mean's arrows */

/* What is drawn, and how. */
typedef struct {
  EklChart *chart;
  EklCanvas *canvas;
  const EklPlane *plane;
  const EklFigureData *data;
  const EklFigureOptions *options;
  const EklRelief *relief; /* its levels colour the particles; there may be none */
} EklPlaneScene;

/* plane_cloud.c */
double   ekl_plane_dot_radius     (const EklCanvas     *canvas,
                                   guint                n);
void     ekl_plane_draw_trails    (const EklPlaneScene *scene);
void     ekl_plane_draw_cloud     (const EklPlaneScene *scene);
void     ekl_plane_draw_selected  (const EklPlaneScene *scene);
gboolean ekl_plane_has_colors     (const EklPlaneScene *scene);

/* plane_methods.c */
void     ekl_plane_draw_methods   (const EklPlaneScene *scene);
void     ekl_plane_draw_mean      (const EklPlaneScene *scene);
void     ekl_plane_draw_end       (const EklPlaneScene *scene,
                                   EklPoint             point,
                                   EklMark              mark,
                                   EklMarkFill          fill,
                                   EklColor             color,
                                   double               radius);

/* plane_lens.c */
void     ekl_plane_find_lens      (const EklPlaneScene *scene,
                                   EklLens             *lens);
void     ekl_plane_draw_lens      (const EklPlaneScene *scene,
                                   const EklLens       *lens,
                                   const EklBox        *written,
                                   guint                n_written);
char    *ekl_plane_write_power    (const EklLens       *lens);
gboolean ekl_plane_place_power    (const EklPlaneScene *scene,
                                   const EklLens       *lens,
                                   const char          *text,
                                   const EklBox        *written,
                                   guint                n_written,
                                   EklBox              *box);

/* plane_arrows.c */
gboolean ekl_plane_find_arrow     (const EklPlaneScene *scene,
                                   EklPoint             direction,
                                   EklPoint            *tip);
/* written: (EKL_PLANE_ARROWS) where their names stand; returns how many there are */
guint    ekl_plane_draw_arrows    (const EklPlaneScene *scene,
                                   EklBox              *written);
void     ekl_plane_draw_moves     (const EklPlaneScene *scene);

/* plane_names.c */
void     ekl_plane_draw_names     (const EklPlaneScene *scene,
                                   const EklLens       *lens,
                                   const EklBox        *written,
                                   guint                n_written);
guint    ekl_plane_find_exit      (const EklPlaneScene *scene,
                                   EklPoint            *exit);

/* plane_words.c */
gboolean ekl_plane_is_empty       (const EklPlane      *plane);
/* in how many words */
typedef enum {
  EKL_PLANE_WHOLE,
  EKL_PLANE_SHORT,
  EKL_PLANE_SHORTEST,
} EklPlaneWords;

char    *ekl_plane_caption        (const EklPlane      *plane,
                                   EklPlaneWords        words,
                                   gboolean             refits);
void     ekl_plane_fill_legend    (EklLegend           *legend,
                                   const EklCanvas     *canvas,
                                   const EklPlane      *plane,
                                   const EklFigureData *data,
                                   const EklFigureOptions *options);
char    *ekl_plane_describe       (const EklFigureOptions *options,
                                   const EklFigureData *data);

/* plane_hover.c */
void     ekl_plane_hover          (EklCanvas           *canvas,
                                   const EklFigureOptions *options,
                                   const EklFigureData *data,
                                   const EklFigureLayout *layout,
                                   double               x,
                                   double               y);

static inline gboolean
ekl_plane_is_selected (const EklFigureData *data, guint particle)
{
  for (guint k = 0; k < data->n_selected; k++)
    if (data->selected[k] == particle)
      return TRUE;
  return FALSE;
}

static inline EklPoint
ekl_plane_to_pixels (const EklChart *chart, EklPoint p)
{
  return (EklPoint){ ekl_scale_map (&chart->x, p.x), ekl_scale_map (&chart->y, p.y) };
}

G_END_DECLS
