/* number.h - decimal numbers from text, exactly and fast
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  char decimal;   /* '.' or ',' */
  char thousands; /* ',', '.', ' ' (and the wider spaces of Unicode), '\''; 0: none */
} EklNumberMarks;

#define EKL_NUMBER_MARKS_PLAIN ((EklNumberMarks){ '.', 0 })

/* The whole text has to be the number. Infinite where it is too large for a double. */
gboolean ekl_number_parse   (const char      *text,
                             gsize            length,
                             EklNumberMarks   marks,
                             double          *value);
char    *ekl_number_to_text (double           value);

G_END_DECLS
