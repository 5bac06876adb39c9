/* ekl-plot-view-private.h - inside of EklPlotView, for the files that make it up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-plot-view.h"
#include "plane_pick.h"

G_BEGIN_DECLS

/* What a drag that has begun does. */
typedef enum {
  EKL_DRAG_NONE,
  EKL_DRAG_ZOOM,  /* the rectangle becomes the view */
  EKL_DRAG_PAN,   /* the view goes with the pointer */
  EKL_DRAG_NOISE, /* the line of gamma goes with it */
  EKL_DRAG_SELECT, /* what is in the rectangle is chosen */
  EKL_DRAG_POINT, /* a point of the start goes with it */
} EklDrag;

struct _EklPlotView {
  GtkWidget parent_instance;

  EklFigureKind kind;
  EklFigureData data;
  EklFigureOptions options;
  EklFigureLayout layout;
  EklTheme theme;
  gboolean presenter;

  EklReliefCache *relief_cache;
  cairo_surface_t *surface; /* as it was drawn; NULL: to be drawn again */
  int surface_width, surface_height, surface_scale;
  GdkTexture *texture; /* of the surface, for a graphics card; NULL: not asked for yet */
  guint predictions_kind, predictions_output; /* that were drawn last */
  gboolean held; /* the next drawing starts from the ranges of the last one */
  gint64 drawn;  /* when that was */
  gint64 cost;   /* us of processor that it took */
  gint64 lent;   /* when the data came */
  guint settle_tick;

  gboolean has_pointer;
  double pointer_x, pointer_y; /* the mouse's or the cursor's */
  double mouse_x, mouse_y;
  gboolean has_cursor; /* keys have moved the pointer */
  gboolean cursor_drags; /* a rectangle was begun with it */
  EklDrag drag;
  EklPlaneItem drag_item; /* POINT: which */
  gboolean points_move;   /* the run stands at its start */
  gboolean drag_pans; /* with Shift, or with the middle button */
  double drag_x, drag_y;
  EklFigureLayout drag_layout; /* as the drag began */
  guint describe_source;
};

/* ekl-plot-view.c */
void ekl_plot_view_emit_hovered (EklPlotView *self);
void ekl_plot_view_emit_view    (EklPlotView *self);
void ekl_plot_view_emit_chosen  (EklPlotView *self,
                                 const guint *particle,
                                 guint        n,
                                 gboolean     toggle);
void ekl_plot_view_emit_moved   (EklPlotView *self,
                                 EklPlaneItem item,
                                 EklPoint     to);
void ekl_plot_view_emit_noise   (EklPlotView *self,
                                 double       noise_std);

/* ekl-plot-view-drawing.c */
void ekl_plot_view_invalidate   (EklPlotView *self);
void ekl_plot_view_catch_up     (EklPlotView *self);
void ekl_plot_view_snapshot     (GtkWidget   *widget,
                                 GtkSnapshot *snapshot);

/* ekl-plot-view-words.c */
void ekl_plot_view_describe_soon (EklPlotView *self);
void ekl_plot_view_describe_now (EklPlotView *self);

/* ekl-plot-view-plane.c: what the pointer does in the parameter plane */
EklDrag ekl_plot_view_begin_plane (EklPlotView *self,
                                 double       x,
                                 double       y);
void ekl_plot_view_drag_point   (EklPlotView *self,
                                 double       x,
                                 double       y);
void ekl_plot_view_choose_box   (EklPlotView *self,
                                 double       x,
                                 double       y);
void ekl_plot_view_choose_at    (EklPlotView *self,
                                 double       x,
                                 double       y,
                                 gboolean     toggle);

/* ekl-plot-view-pointer.c */
void ekl_plot_view_add_pointer  (EklPlotView *self);
gboolean ekl_plot_view_can_zoom (EklPlotView *self);
void ekl_plot_view_end_drag     (EklPlotView *self,
                                 double       dx,
                                 double       dy);

/* ekl-plot-view-keys.c: the same with keys */
void ekl_plot_view_add_keys     (EklPlotView *self);
void ekl_plot_view_draw_cursor  (EklPlotView *self,
                                 GtkSnapshot *snapshot);

G_END_DECLS
