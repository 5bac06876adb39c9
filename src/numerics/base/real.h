/* real.h - the working precision and the BLAS names that go with it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <cblas.h>
#include <glib.h>

/* float is what training needs and is twice as fast; the double build exists so that the tests can
 * compare with reference answers to 1e-9. Losses, small solves and statistics are double in both. */
#ifdef EKL_PRECISION_DOUBLE
typedef double real;
#define EKL_REAL_NAME "double"
#define EKL_REAL_EPSILON 2.2204460492503131e-16
#define ekl_blas_gemm cblas_dgemm
#define ekl_blas_gemv cblas_dgemv
#define ekl_blas_syrk cblas_dsyrk
#define ekl_blas_trsm cblas_dtrsm
#define ekl_blas_axpy cblas_daxpy
#define ekl_blas_dot cblas_ddot
#else
typedef float real;
#define EKL_REAL_NAME "float"
#define EKL_REAL_EPSILON 1.1920928955078125e-07
#define ekl_blas_gemm cblas_sgemm
#define ekl_blas_gemv cblas_sgemv
#define ekl_blas_syrk cblas_ssyrk
#define ekl_blas_trsm cblas_strsm
#define ekl_blas_axpy cblas_saxpy
#define ekl_blas_dot cblas_sdot
#endif
