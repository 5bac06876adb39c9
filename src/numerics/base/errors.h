/* errors.h - the error domain of the mathematics
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define EKL_NUMERICS_ERROR (ekl_numerics_error_quark ())
GQuark ekl_numerics_error_quark (void);

typedef enum {
  EKL_NUMERICS_ERROR_INVALID,   /* an argument that no run can start from */
  EKL_NUMERICS_ERROR_NO_MEMORY, /* the workspace cannot be had; the text says how many bytes */
} EklNumericsError;

G_END_DECLS
