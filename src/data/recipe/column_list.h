/* column_list.h - lists of columns as a setting has them: a,b,"c, d" and a:number,"b: c":category
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "table.h"

G_BEGIN_DECLS

#define EKL_COLUMN_LIST_FORM                                                                       \
  "column names or numbers, separated by commas, a name with a comma in double quotes"
#define EKL_COLUMN_TYPES_FORM "NAME:number, NAME:category or NAME:ignored, separated by commas"

typedef struct {
  char *name;
  gboolean is_quoted;   /* then it is never a column's number */
  const char *type;     /* "number", "category" or "ignored"; NULL in lists without types */
} EklColumnEntry;

/* (element-type EklColumnEntry) */
GArray   *ekl_column_list_parse  (const char  *setting,
                                  const char  *list,
                                  gboolean     has_types,
                                  GError     **error);
char     *ekl_column_list_quote  (const char  *name);

/* Only whether the text can be read. */
gboolean  ekl_column_list_check  (const char  *setting,
                                  const char  *list,
                                  gboolean     has_types,
                                  GError     **error);

G_END_DECLS
