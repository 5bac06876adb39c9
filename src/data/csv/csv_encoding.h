/* csv_encoding.h - bytes to UTF-8
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "csv_load.h"

G_BEGIN_DECLS

typedef struct {
  char *owned;
  const char *text;       /* in owned, after a byte order mark; valid UTF-8 without zeros, and one at its end */
  gsize length;
  EklCsvEncoding encoding;
  gsize n_replaced;       /* bytes or characters that mean nothing in this encoding, now U+FFFD */
  gsize first_replaced;   /* the offset in text of the first */
  char *doubt;            /* or NULL */
} EklCsvText;

gboolean ekl_csv_text_init  (EklCsvText        *self,
                             EklCsvBytes       *bytes,
                             EklCsvEncoding     wanted,
                             const char        *name,
                             const EklCsvWatch *watch,
                             GError           **error);
void     ekl_csv_text_clear (EklCsvText        *self);

G_END_DECLS
