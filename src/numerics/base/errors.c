/* errors.c - the error domain of the mathematics
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "errors.h"

G_DEFINE_QUARK (ekl_numerics_error_quark, ekl_numerics_error)
