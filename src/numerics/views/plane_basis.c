/* plane_basis.c - pairs of directions: the small linear algebra of the parameter plane
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything here is double: a pair is made rarely and looked along often.
 */
#include "plane_basis.h"

#include "philox.h"

#include <cblas.h>
#include <lapack.h>
#include <math.h>

/* An eigenvalue of the Gram matrix below this share of the largest is rounding. */
#define RANK_TOLERANCE 1e-13

/* Takes the part along the unit vector @e out of @v, twice so that rounding does not stay behind,
 * and makes @v a unit vector. FALSE where nothing is left. */
static gboolean
orthonormalize (double *v, const double *e, gsize n)
{
  double before = cblas_dnrm2 ((int) n, v, 1), after;

  if (!(before > 0) || !isfinite (before))
    return FALSE;
  for (int round = 0; e != NULL && round < 2; round++)
    cblas_daxpy ((int) n, -cblas_ddot ((int) n, v, 1, e, 1), e, 1, v, 1);
  after = cblas_dnrm2 ((int) n, v, 1);
  if (!(after > 1e-8 * before))
    return FALSE;
  cblas_dscal ((int) n, 1 / after, v, 1);

  return TRUE;
}

/**
 * ekl_plane_complete_pair:
 * @seed: of the run
 * @n_parameters: P
 * @rank: how many directions of @pair there are already: 0, 1 or 2
 * @pair: (inout): shape (2, P)
 *
 * Fills up with random directions, of the stream %EKL_STREAM_PLANE, orthogonal to what is there.
 */
void
ekl_plane_complete_pair (guint64 seed, gsize n_parameters, guint rank, double *pair)
{
  for (guint k = rank; k < 2; k++) {
    double *e = pair + k * n_parameters;
    guint32 attempt = 0;

    do
      ekl_random_normals (seed, EKL_STREAM_PLANE, attempt++, k, n_parameters, e);
    while (!orthonormalize (e, k == 1 ? pair : NULL, n_parameters));
  }
}

/**
 * ekl_plane_random_pair:
 * @seed: of the run
 * @n_parameters: P, at least 2
 * @pair: (out): shape (2, P), orthonormal
 *
 * Two random directions, the same for the same seed.
 */
void
ekl_plane_random_pair (guint64 seed, gsize n_parameters, double *pair)
{
  ekl_plane_complete_pair (seed, n_parameters, 0, pair);
}

/* Ascending eigenvalues; eigenvectors in the rows of @gram, shape (n, n), lower triangle given in
 * LAPACK's order, that is the upper one in ours. */
static gboolean
eigen (double *gram, guint n, double *value)
{
  lapack_int order = (lapack_int) n, n_work = 64 * order, info = 0;
  g_autofree double *work = g_new (double, n_work);

  LAPACK_dsyev ("V", "L", &order, gram, &order, value, work, &n_work, &info);
  return info == 0;
}

/**
 * ekl_plane_principal_pair:
 * @rows: shape (@n_rows, P), finite
 * @n_rows: how many
 * @n_parameters: P
 * @pair: (out): shape (2, P); orthonormal as far as the rank goes
 * @share: (out): of the rows' squared length, what the pair holds, 0..1
 *
 * The two directions that hold most of the rows' squared length (principal components without
 * centring), through the eigenvectors of the small Gram matrix of the rows.
 *
 * Returns: the rank, at most 2: how many of the directions are set
 */
guint
ekl_plane_principal_pair (
  const double *rows, guint n_rows, gsize n_parameters, double *pair, double *share)
{
  g_autofree double *gram = g_new0 (double, (gsize) n_rows *n_rows + 1);
  g_autofree double *value = g_new0 (double, n_rows + 1);
  double total = 0;
  guint rank = 0;

  *share = 0;
  if (n_rows == 0)
    return 0;
  cblas_dsyrk (CblasRowMajor, CblasUpper, CblasNoTrans, (int) n_rows, (int) n_parameters, 1, rows,
               (int) n_parameters, 0, gram, (int) n_rows);
  for (guint i = 0; i < n_rows; i++)
    total += gram[i * n_rows + i];
  if (!(total > 0) || !eigen (gram, n_rows, value))
    return 0;

  for (; rank < MIN (2, n_rows); rank++) {
    guint i = n_rows - 1 - rank;
    double *e = pair + rank * n_parameters;

    if (!(value[i] > RANK_TOLERANCE * value[n_rows - 1]))
      break;
    cblas_dgemv (CblasRowMajor, CblasTrans, (int) n_rows, (int) n_parameters, 1, rows,
                 (int) n_parameters, gram + (gsize) i * n_rows, 1, 0, e, 1);
    if (!orthonormalize (e, rank == 1 ? pair : NULL, n_parameters))
      break;
    *share += value[i] / total;
  }
  *share = MIN (*share, 1);

  return rank;
}

/**
 * ekl_plane_coordinates:
 * @rows: shape (@n_rows, P)
 * @n_rows: how many
 * @n_parameters: P
 * @pair: shape (2, P)
 * @coordinates: (out): shape (@n_rows, 2)
 */
void
ekl_plane_coordinates (
  const double *rows, guint n_rows, gsize n_parameters, const double *pair, double *coordinates)
{
  if (n_rows > 0)
    cblas_dgemm (CblasRowMajor, CblasNoTrans, CblasTrans, (int) n_rows, 2, (int) n_parameters, 1,
                 rows, (int) n_parameters, pair, (int) n_parameters, 0, coordinates, 2);
}

/**
 * ekl_plane_procrustes:
 * @m: A'B, shape (2, 2) row-major, of points A and B, shape (n, 2) each
 * @r: (out): shape (2, 2) row-major, orthogonal
 *
 * The rotation or reflection for which |A r - B| is least (orthogonal Procrustes: Schoenemann,
 * 1966), that is for which the trace of r'm is largest; in two dimensions each kind is one angle.
 */
void
ekl_plane_procrustes (const double m[4], double r[4])
{
  double turn_x = m[0] + m[3], turn_y = m[2] - m[1];
  double flip_x = m[0] - m[3], flip_y = m[1] + m[2];
  gboolean turn = hypot (turn_x, turn_y) >= hypot (flip_x, flip_y);
  double angle = turn ? atan2 (turn_y, turn_x) : atan2 (flip_y, flip_x);

  r[0] = cos (angle);
  r[1] = turn ? -sin (angle) : sin (angle);
  r[2] = sin (angle);
  r[3] = turn ? cos (angle) : -cos (angle);
}

/**
 * ekl_plane_turn_pair:
 * @n_parameters: P
 * @r: shape (2, 2) row-major, orthogonal
 * @pair: (inout): shape (2, P)
 *
 * Turns the pair within its plane, so that points of coordinates a get coordinates a r.
 */
void
ekl_plane_turn_pair (gsize n_parameters, const double r[4], double *pair)
{
  for (gsize i = 0; i < n_parameters; i++) {
    double x = pair[i], y = pair[n_parameters + i];

    pair[i] = x * r[0] + y * r[2];
    pair[n_parameters + i] = x * r[1] + y * r[3];
  }
}
