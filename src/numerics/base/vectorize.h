/* vectorize.h - kernels compiled for several vector widths, chosen when the program starts
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

/* The sanitizers' runtimes are not ready yet when the choice is made, and clang 14 has no clones in C. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
  !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define EKL_VECTORIZE __attribute__ ((target_clones ("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define EKL_VECTORIZE
#endif
