/* end_labels.c - names beside the ends of curves, none over another
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "end_labels.h"

#include <math.h>

/* Labels that would touch, moved apart about their middle. */
typedef struct {
  double middle; /* px */
  guint first, n;
} Heap;

static double
gap_of (const EklCanvas *canvas)
{
  return canvas->font_size * 0.6 + canvas->line_width;
}

/**
 * ekl_end_labels_width:
 * @canvas: where to draw
 * @label: (array length=n): what is to be written
 * @n: how many
 *
 * Returns: the room that they need to the right of the plot area, px; 0 for none
 */
double
ekl_end_labels_width (EklCanvas *canvas, const EklEndLabel *label, guint n)
{
  double widest = 0, width;

  for (guint i = 0; i < n; i++) {
    ekl_canvas_measure (canvas, label[i].text, &(EklTextStyle){ .weight = EKL_TEXT_BOLD }, &width,
                        NULL);
    widest = MAX (widest, width + gap_of (canvas) + canvas->font_size * 0.6);
  }

  return widest;
}

static double
half_of (const Heap *heap, double line)
{
  return heap->n * line / 2;
}

static void
keep_inside (Heap *heap, double line, double top, double bottom)
{
  const double half = half_of (heap, line);

  heap->middle = CLAMP (heap->middle, top + half, MAX (bottom - half, top + half));
}

static void
merge (Heap *upper, const Heap *lower)
{
  upper->middle = (upper->n * upper->middle + lower->n * lower->middle) / (upper->n + lower->n);
  upper->n += lower->n;
}

/**
 * ekl_end_labels_spread:
 * @y: (inout) (array length=n): where the middles of lines of text would be, px
 * @n: how many; at most %EKL_MAX_END_LABELS
 * @line: height of a line, px
 * @top: none goes above
 * @bottom: nor below, where there is room
 *
 * Moves lines apart that would touch, about their common middle. Their order stays.
 */
void
ekl_end_labels_spread (double *y, guint n, double line, double top, double bottom)
{
  Heap heap[EKL_MAX_END_LABELS];
  guint order[EKL_MAX_END_LABELS];
  guint n_heaps = 0;

  g_return_if_fail (n <= EKL_MAX_END_LABELS);

  for (guint i = 0; i < n; i++) {
    guint k = i;

    for (; k > 0 && y[order[k - 1]] > y[i]; k--)
      order[k] = order[k - 1];
    order[k] = i;
  }
  for (guint i = 0; i < n; i++) {
    heap[n_heaps++] = (Heap){ y[order[i]], i, 1 };
    keep_inside (&heap[n_heaps - 1], line, top, bottom);
    while (n_heaps > 1 && heap[n_heaps - 2].middle + half_of (&heap[n_heaps - 2], line) >
                            heap[n_heaps - 1].middle - half_of (&heap[n_heaps - 1], line)) {
      n_heaps--;
      merge (&heap[n_heaps - 1], &heap[n_heaps]);
      keep_inside (&heap[n_heaps - 1], line, top, bottom);
    }
  }
  for (guint h = 0; h < n_heaps; h++)
    for (guint k = 0; k < heap[h].n; k++)
      y[order[heap[h].first + k]] = heap[h].middle + (k + 0.5) * line - half_of (&heap[h], line);
}

/**
 * ekl_end_labels_draw:
 * @canvas: where to draw
 * @plot: the plot area; the labels stay at its height
 * @label: (array length=n): what to write; at most %EKL_MAX_END_LABELS
 * @n: how many
 *
 * Writes each label to the right of its curve's end, as near to its height as the others allow.
 */
void
ekl_end_labels_draw (EklCanvas *canvas, EklBox plot, const EklEndLabel *label, guint n)
{
  double y[EKL_MAX_END_LABELS];

  g_return_if_fail (n <= EKL_MAX_END_LABELS);

  for (guint i = 0; i < n; i++)
    y[i] = label[i].y;
  ekl_end_labels_spread (y, n, canvas->line_height, plot.y, plot.y + plot.height);
  for (guint i = 0; i < n; i++) {
    EklTextStyle style = { .y_align = 0.5,
                           .weight = EKL_TEXT_BOLD,
                           .color = label[i].color,
                           .halo = TRUE };

    ekl_canvas_text (canvas, label[i].text, label[i].x + gap_of (canvas), y[i], &style);
  }
}
