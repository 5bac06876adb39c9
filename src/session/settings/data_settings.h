/* data_settings.h - settings that say how data are read: their texts, and the format they make
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define EKL_DELIMITER_FORM "auto, a character, tab, space, or none"
#define EKL_DECIMAL_FORM   "auto, . or ,"
#define EKL_THOUSANDS_FORM "auto, a comma, a point, ', space, or none"
#define EKL_QUOTE_FORM     "auto, \", ' or none"
#define EKL_COMMENT_FORM   "auto, #, % or none"

gboolean ekl_target_check    (const char *text, GError **error);
gboolean ekl_ignore_check    (const char *text, GError **error);
gboolean ekl_types_check     (const char *text, GError **error);
gboolean ekl_delimiter_check (const char *text, GError **error);
gboolean ekl_decimal_check   (const char *text, GError **error);
gboolean ekl_thousands_check (const char *text, GError **error);
gboolean ekl_quote_check     (const char *text, GError **error);
gboolean ekl_comment_check   (const char *text, GError **error);

G_END_DECLS
