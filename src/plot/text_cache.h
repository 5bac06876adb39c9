/* text_cache.h - texts that were laid out before
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

/* How a text is laid out. */
typedef struct {
  const char *family; /* a constant: compared as a pointer */
  int size;           /* Pango units */
  PangoWeight weight;
  int width;          /* Pango units, where it wraps; -1: one line */
  PangoAlignment alignment;
} EklTextLook;

void         ekl_text_cache_begin (cairo_t           *cr);
PangoContext *ekl_text_cache_get_context (void);
PangoLayout *ekl_text_cache_get   (const char        *text,
                                   const EklTextLook *look);
guint        ekl_text_cache_count (void);

#define EKL_TEXT_CACHE_CAPACITY 400

G_END_DECLS
