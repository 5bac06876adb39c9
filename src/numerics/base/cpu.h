/* cpu.h - once at the start of a program: the BLAS kernels and the threads
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void  ekl_cpu_setup   (int    argc,
                       char **argv);
guint ekl_cpu_threads (guint  requested);

G_END_DECLS
