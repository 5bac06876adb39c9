/* quantity.h - numbers with a sign of what they count: 12%, $1.50, 2,80 €
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "number.h"

G_BEGIN_DECLS

typedef enum {
  EKL_SIGN_PERCENT = 1 << 0,
  EKL_SIGN_DOLLAR = 1 << 1,
  EKL_SIGN_EURO = 1 << 2,
  EKL_SIGN_POUND = 1 << 3,
  EKL_SIGN_YEN = 1 << 4,
} EklSigns;

gboolean ekl_quantity_strip (const char    **text,
                             gsize          *length,
                             EklSigns       *sign,
                             gboolean       *negative);
gboolean ekl_quantity_parse (const char     *text,
                             gsize           length,
                             EklNumberMarks  marks,
                             double         *value,
                             EklSigns       *sign);
char    *ekl_signs_to_text  (EklSigns        signs);

G_END_DECLS
