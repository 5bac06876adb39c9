/* ensemble_curves.h - the quantities of the ensemble over the steps
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "figure.h"
#include "legend.h"
#include "series.h"

G_BEGIN_DECLS

#define EKL_MOST_LINES 2

/* A line of a quantity: where its values are, and how it looks. */
typedef struct {
  const char *name;
  EklMethod method;
  gboolean of_looks; /* known at some steps only: drawn with dots */
  double (*get) (const EklRecord *record);
} EklQuantityLine;

typedef struct {
  const char *name; /* of the axis */
  gboolean log;     /* unless a linear axis is asked for */
  double low, high; /* the whole range of the axis; equal: by the data */
  guint n_lines;
  EklQuantityLine line[EKL_MOST_LINES];
} EklQuantity;

typedef struct {
  const EklQuantity *quantity;
  EklSeries line[EKL_MOST_LINES];
} EklQuantityCurves;

const EklQuantity *ekl_quantity_of        (EklEnsembleQuantity     quantity);
const EklQuantity *ekl_quantity_below     (EklEnsembleQuantity     quantity); /* NULL: none */
EklColor           ekl_quantity_line_color (const EklCanvas        *canvas,
                                           const EklQuantityLine  *line);
EklKey             ekl_quantity_line_key  (const EklQuantityLine  *line);

void               ekl_quantity_curves_init (EklQuantityCurves      *self,
                                           const EklQuantity      *quantity,
                                           const EklHistory       *history,
                                           const EklEnsembleView  *view,
                                           const EklFigureOptions *options,
                                           const EklScale         *x);
void               ekl_quantity_curves_clear (EklQuantityCurves     *self);
void               ekl_quantity_curves_range (const EklQuantityCurves *self,
                                           gboolean                log,
                                           double                 *v0,
                                           double                 *v1);
gboolean           ekl_quantity_curves_are_empty (const EklQuantityCurves *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EklQuantityCurves, ekl_quantity_curves_clear)

G_END_DECLS
