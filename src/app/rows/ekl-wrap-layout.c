/* ekl-wrap-layout.c - two things beside each other, or the second under the first where it is narrow
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "ekl-wrap-layout.h"

/* The first child is at the start, the second at the end. Nothing is ever cut off or covered. */
struct _EklWrapLayout {
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (EklWrapLayout, ekl_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

#define SPACING 12

typedef struct {
  GtkWidget *widget[2];
  int minimum[2]; /* widths */
  int natural[2];
} Children;

static void
measure_children (GtkWidget *parent, Children *children)
{
  children->widget[0] = gtk_widget_get_first_child (parent);
  children->widget[1] = gtk_widget_get_next_sibling (children->widget[0]);
  for (guint i = 0; i < 2; i++)
    gtk_widget_measure (children->widget[i], GTK_ORIENTATION_HORIZONTAL, -1, &children->minimum[i],
                        &children->natural[i], NULL, NULL);
}

static gboolean
fits (const Children *children, int width)
{
  return children->natural[0] + SPACING + children->natural[1] <= width;
}

/* The first one fills what is left where it wants to, and either fills a row of its own. */
static int
get_width (const Children *children, guint i, gboolean wide, int width)
{
  if ((i == 0 || !wide) &&
      gtk_widget_compute_expand (children->widget[i], GTK_ORIENTATION_HORIZONTAL))
    return wide ? width - SPACING - children->natural[1] : width;
  return MIN (children->natural[i], width);
}

static int
get_height (const Children *children, guint i, int width)
{
  int height;

  gtk_widget_measure (children->widget[i], GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL,
                      NULL);
  return height;
}

static GtkSizeRequestMode
ekl_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
ekl_wrap_layout_measure (GtkLayoutManager *manager,
                         GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  Children children;

  measure_children (widget, &children);
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = MAX (children.minimum[0], children.minimum[1]);
    *natural = children.natural[0] + SPACING + children.natural[1];
  } else {
    const int width = for_size >= 0 ? for_size : G_MAXINT / 2;
    const gboolean wide = fits (&children, width);
    int height[2];

    for (guint i = 0; i < 2; i++)
      height[i] =
        get_height (&children, i, for_size >= 0 ? get_width (&children, i, wide, width) : -1);
    *minimum = wide ? MAX (height[0], height[1]) : height[0] + height[1] + SPACING / 2;
    *natural = *minimum;
  }
}

static void
ekl_wrap_layout_allocate (
  GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  const gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  Children children;
  gboolean wide;
  int y = 0;

  measure_children (widget, &children);
  wide = fits (&children, width);
  for (guint i = 0; i < 2; i++) {
    const gboolean at_end = (i == 1) != rtl;
    const int child_width = get_width (&children, i, wide, width);
    const int child_height = wide ? height : get_height (&children, i, child_width);
    const int x = at_end ? width - child_width : 0;

    gtk_widget_size_allocate (children.widget[i],
                              &(GtkAllocation){ x, y, child_width, child_height }, -1);
    if (!wide)
      y += child_height + SPACING / 2;
  }
}

static void
ekl_wrap_layout_class_init (EklWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  manager_class->get_request_mode = ekl_wrap_layout_get_request_mode;
  manager_class->measure = ekl_wrap_layout_measure;
  manager_class->allocate = ekl_wrap_layout_allocate;
}

static void
ekl_wrap_layout_init (EklWrapLayout *self)
{
}
