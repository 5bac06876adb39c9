/* ekl-window-private.h - inside of EklWindow, for the files that make it up
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ekl-panel-layout.h"
#include "ekl-run-bar.h"
#include "ekl-story-bar.h"
#include "ekl-window.h"
#include "figure_pace.h"

G_BEGIN_DECLS

#define EKL_WINDOW_CURVES 2 /* panels: the losses, and the ensemble */
#define EKL_WINDOW_DEPTH 24 /* of widgets in one another, at most; outer ones need not be known */

struct _EklWindow {
  AdwApplicationWindow parent_instance;

  GtkWidget *header_bar, *presenter_button, *side_panel_button;
  AdwWindowTitle *window_title;
  GtkBox *message_box;        /* over the title */
  GtkLabel *message_label;
  GtkButton *message_button;
  AdwFlap *flap;
  GtkStack *pages;
  AdwStatusPage *empty_page;
  EklSidePanel *side_panel;
  EklRunBar *run_bar;
  EklStoryBar *story_bar;
  EklPlotPanel *panel[EKL_N_FIGURES];
  AdwSplitButton *open_button;
  GtkRevealer *drop_hint;
  GtkMenuButton *examples_button;
  GMenu *undo_menu;
  GtkBox *loading_box;
  GtkLabel *loading_label;

  EklWorkbench *workbench;
  EklSlowMotion *slow_motion;
  EklPlane *pose, *former_pose; /* of slow motion: shown, and shown before */
  GSettings *settings;        /* NULL: not installed, nothing is remembered */
  char *message_action;       /* what the message's button does */
  guint message_source;       /* when the message goes */
  char *said;                 /* what a screen reader was told last; NULL: the title */
  guint tick;                 /* asks for frames */
  guint rest_source;          /* when the pointer has rested in a figure */
  EklFigurePace pace;         /* while steps are taken */
  guint asked_for;            /* figures that the newest frame was made for */
  char *former_name;          /* of the run before, lent to the picture of the loss */
  gboolean is_partial;        /* it was not made for all */
  guint loading_source;       /* shows what is being read, if it takes a while */
  EklPlaneWish plane_wish;    /* as it was sent last */
  gboolean zoomed[EKL_WINDOW_CURVES]; /* the losses, the ensemble, to a part that the other shows, too */
  int enlarged;               /* 0: none, else the panel's number */
  guint panels_shown;         /* see ekl_window_get_shown() */
  gboolean presenter;
  gboolean walks;             /* the focus went where it is by keys */
  GWeakRef before_part;       /* what had the focus before it went into what comes and goes */
  GWeakRef around_focus[EKL_WINDOW_DEPTH]; /* the focus' parents, from the inside */
  gboolean side_panel_before; /* presenter mode */
  gpointer opened_source;     /* compared, never looked into: whose run was shown last */
  gpointer told_source;       /* likewise: the one that came by way of the dialog */
};

/* ekl-window.c */
guint ekl_window_get_shown   (EklWindow  *self);
void ekl_window_show_panels  (EklWindow  *self);
/* ekl-window-messages.c */
void ekl_window_forget_messages (EklWindow *self);
void ekl_window_close_message (EklWindow *self);
void ekl_window_follow_message (EklWindow *self);
gboolean ekl_window_place_message (GtkOverlay   *overlay,
                                   GtkWidget    *child,
                                   GdkRectangle *allocation,
                                   EklWindow    *self);
void ekl_window_show_message (EklWindow  *self,
                              const char *message);
void ekl_window_say          (EklWindow  *self,
                              const char *text);
void ekl_window_show_choice  (EklWindow  *self,
                              const char *message,
                              const char *button,
                              const char *action);

/* ekl-window-crosshair.c */
void ekl_window_follow_crosshair (EklWindow *self);
void ekl_window_forget_crosshair (EklWindow *self);
void ekl_window_look_at_newest (EklWindow *self);

/* ekl-window-zoom.c */
void ekl_window_follow_zoom  (EklWindow  *self);

/* ekl-window-pictures.c */
void ekl_window_begin_painting (EklWindow *self);
void ekl_window_follow_painting (EklWindow *self);
void ekl_window_show_pictures (EklWindow *self);
void ekl_window_follow_pictures (EklWindow *self);

/* ekl-window-slow.c */
void ekl_window_add_slow_motion (EklWindow *self);
void ekl_window_remove_slow_motion (EklWindow *self);
gboolean ekl_window_run_slowly (EklWindow *self);
gboolean ekl_window_step_slowly (EklWindow *self,
                              int         n);
gboolean ekl_window_pose_pictures (EklWindow *self,
                              EklFigureData *data);

/* ekl-window-actions.c */
void ekl_window_add_actions  (EklWindow  *self);
void ekl_window_set_enabled  (EklWindow  *self,
                              const char *action,
                              gboolean    enabled);

/* ekl-window-keys.c */
void ekl_window_add_keys     (EklWindow  *self);
void ekl_window_forget_keys  (EklWindow  *self);
void ekl_window_leave        (EklWindow  *self,
                              GtkWidget  *part);

/* ekl-window-data.c */
void ekl_window_add_data_actions (EklWindow *self);
void ekl_window_offer        (EklWindow  *self,
                              const char *path);

/* ekl-window-files.c */
void ekl_window_ask          (EklWindow  *self,
                              GtkFileChooserNative *dialog); /* taken over */
void ekl_window_end_asking   (EklWindow  *self);
void ekl_window_add_file_actions (EklWindow *self);

/* ekl-window-panels.c */
void ekl_window_follow_panels (EklWindow *self);
void ekl_window_show_problem (EklWindow  *self);
void ekl_window_restore_panels (EklWindow *self);
void ekl_window_save_panels  (EklWindow  *self);

/* ekl-window-plane.c */
void ekl_window_follow_plane (EklWindow  *self);
void ekl_window_update_plane (EklWindow  *self);
void ekl_window_save_plane   (EklWindow  *self,
                              GVariantBuilder *builder);
void ekl_window_restore_plane (EklWindow *self,
                              GVariant   *options);

/* ekl-window-export.c */
void ekl_window_export_to    (EklWindow  *self,
                              const char *figure,
                              const char *path);
void ekl_window_export_carefully (EklWindow *self,
                              const char *figure,
                              const char *path,
                              const char *typed);
char *ekl_window_make_file_name (EklWindow  *self,
                                 const char *ending); /* "boston-housing" and this */
void ekl_window_export       (EklWindow  *self,
                              const char *figure); /* a figure's name, or "all" */
void ekl_window_copy         (EklWindow  *self,
                              const char *figure);

G_END_DECLS
