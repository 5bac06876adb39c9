/* ekl-panel-layout.c - panels two by two, or below one another where text is large
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-panel-layout.h"

/* All that are visible are of one size, and fill what there is; one alone fills all of it. */
struct _EklPanelLayout {
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (EklPanelLayout, ekl_panel_layout, GTK_TYPE_LAYOUT_MANAGER)

#define SPACING        8
#define MIN_COLUMN     240 /* px with text of the usual size */
#define USUAL_DPI      96
#define MIN_TEXT_SCALE 0.75
#define MAX_TEXT_SCALE 2.5

/**
 * ekl_text_scale:
 *
 * Returns: the system's size of text as a multiple of the usual one, within reason
 */
double
ekl_text_scale (GtkWidget *widget)
{
  int dpi = -1;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? CLAMP (dpi / 1024.0 / USUAL_DPI, MIN_TEXT_SCALE, MAX_TEXT_SCALE) : 1;
}

static int
count_visible (GtkWidget *widget)
{
  int n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += gtk_widget_should_layout (child);
  return n;
}

static int
count_columns (GtkWidget *widget, int width)
{
  return width < 2 * MIN_COLUMN * ekl_text_scale (widget) + SPACING ? 1 : 2;
}

/* The largest minimum of the children. */
static int
measure_children (GtkWidget *widget, GtkOrientation orientation, int for_size)
{
  int most = 0, minimum;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child)) {
      gtk_widget_measure (child, orientation, for_size, &minimum, NULL, NULL, NULL);
      most = MAX (most, minimum);
    }
  return most;
}

static GtkSizeRequestMode
ekl_panel_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
ekl_panel_layout_measure (GtkLayoutManager *manager,
                          GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  const int n = count_visible (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = measure_children (widget, orientation, -1);
    *natural = n > 1 ? 2 * *minimum + SPACING : *minimum;
  } else {
    const int columns = for_size < 0 || n <= 1 ? MIN (n, 2) : count_columns (widget, for_size);
    const int rows = columns > 0 ? (n + columns - 1) / columns : 0;
    const int width = for_size < 0 ? -1 : (for_size - (columns - 1) * SPACING) / MAX (columns, 1);

    *minimum = rows * measure_children (widget, orientation, width) + MAX (rows - 1, 0) * SPACING;
    *natural = *minimum;
  }
}

static void
ekl_panel_layout_allocate (
  GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  const gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  const int n = count_visible (widget);
  const int columns = n <= 1 ? 1 : count_columns (widget, width);
  const int rows = MAX ((n + columns - 1) / columns, 1);
  const int child_width = (width - (columns - 1) * SPACING) / columns;
  const int child_height = (height - (rows - 1) * SPACING) / rows;
  int i = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    const int column = rtl ? columns - 1 - i % columns : i % columns;

    if (!gtk_widget_should_layout (child))
      continue;
    gtk_widget_size_allocate (child,
                              &(GtkAllocation){ column * (child_width + SPACING),
                                                i / columns * (child_height + SPACING), child_width,
                                                child_height },
                              -1);
    i++;
  }
}

static void
ekl_panel_layout_class_init (EklPanelLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = ekl_panel_layout_get_request_mode;
  manager_class->measure = ekl_panel_layout_measure;
  manager_class->allocate = ekl_panel_layout_allocate;
}

static void
ekl_panel_layout_init (EklPanelLayout *self)
{
}

/**
 * ekl_panel_layout_new:
 *
 * Returns: (transfer full): the layout of a widget with panels in it
 */
GtkLayoutManager *
ekl_panel_layout_new (void)
{
  return g_object_new (EKL_TYPE_PANEL_LAYOUT, NULL);
}
