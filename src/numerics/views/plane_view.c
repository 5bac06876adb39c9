/* plane_view.c - what is seen in the parameter plane at one moment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "parameter_plane.h"

#include "cores.h"
#include "plane_fit.h"
#include "vectorize.h"

#include <math.h>
#include <omp.h>

/* Columns of a block seen in one go: their directions stay in the first cache. */
#define TILE 1024
/* Groups of tiles, for the threads: fixed by the problem, not by how many threads there are. */
#define MAX_GROUPS 64
#define SMALL      (1 << 18) /* numbers: below, threads cost more than they save */

/* Some columns of all particles. */
typedef struct {
  const real *rows; /* (J, stride), from the first of the columns */
  gsize stride;
  gsize offset; /* of the first column in u */
  guint count;
} Tile;

/* The directions of one tile, in double. */
typedef struct {
  double origin[TILE], e0[TILE], e1[TILE];
} TileBasis;

/* Sums over the particles' displacements from the origin. */
typedef struct {
  EklPlaneParts *parts; /* (J) */
  double *shift;        /* (P) sum over the particles that count */
  gboolean *skip;       /* (J) not finite */
} Cloud;

EKL_VECTORIZE static void
add_row (const real *u, const TileBasis *basis, guint n, double *shift, EklPlaneParts *parts)
{
  double x = 0, y = 0, square = 0;

#pragma omp simd reduction(+ : x, y, square)
  for (guint i = 0; i < n; i++) {
    double d = (double) u[i] - basis->origin[i];

    x += d * basis->e0[i];
    y += d * basis->e1[i];
    square += d * d;
    shift[i] += d;
  }
  parts->x += x;
  parts->y += y;
  parts->square += square;
}

static void
add_tile (const EklPlaneFit *fit, const Tile *tile, guint size, Cloud *cloud, EklPlaneParts *parts)
{
  TileBasis basis;
  double *shift = cloud->shift + tile->offset;

  for (guint i = 0; i < tile->count; i++) {
    basis.origin[i] = (double) fit->shown_origin[tile->offset + i];
    basis.e0[i] = (double) fit->shown[0][tile->offset + i];
    basis.e1[i] = (double) fit->shown[1][tile->offset + i];
    shift[i] = 0;
  }
  for (guint j = 0; j < size; j++) {
    const real *row = tile->rows + j * tile->stride;

    /* the prefetcher of the processor does not follow from one row's piece to the next one's */
    for (guint i = 0; j + 1 < size && i < tile->count; i += 64 / sizeof (real))
      __builtin_prefetch (row + tile->stride + i);
    if (!cloud->skip[j])
      add_row (row, &basis, tile->count, shift, &parts[j]);
  }
}

static GArray *
list_tiles (const EklEnsemble *ensemble)
{
  GArray *tiles = g_array_new (FALSE, FALSE, sizeof (Tile));

  for (guint b = 0; b < ekl_ensemble_n_blocks (ensemble); b++) {
    gsize width, offset;
    const real *block = ekl_ensemble_block (ensemble, b, &width, &offset);

    for (gsize first = 0; first < width; first += TILE) {
      Tile tile = { block + first, width, offset + first, (guint) MIN (TILE, width - first) };

      g_array_append_val (tiles, tile);
    }
  }
  return tiles;
}

static void
sum_cloud (const EklPlaneFit *fit, const EklEnsemble *ensemble, Cloud *cloud)
{
  g_autoptr (GArray) tiles = list_tiles (ensemble);
  guint size = ekl_ensemble_get_size (ensemble);
  guint n_groups = MIN (tiles->len, CLAMP ((1u << 20) / size, 1, MAX_GROUPS));
  gsize work = fit->network.n_parameters * size;
  g_autofree EklPlaneParts *partial = g_new0 (EklPlaneParts, (gsize) n_groups * size);

#pragma omp parallel for schedule(static)                                                          \
  num_threads(ekl_cores_team((guint) omp_get_max_threads())) if (work > SMALL)
  for (guint g = 0; g < n_groups; g++) {
    guint first = (guint) ((guint64) g * tiles->len / n_groups);
    guint last = (guint) ((guint64) (g + 1) * tiles->len / n_groups);

    for (guint t = first; t < last; t++)
      add_tile (fit, &g_array_index (tiles, Tile, t), size, cloud, partial + (gsize) g * size);
  }

  for (guint j = 0; j < size; j++) {
    cloud->parts[j] = (EklPlaneParts){ 0, 0, 0 };
    for (guint g = 0; g < n_groups; g++) {
      const EklPlaneParts *p = &partial[(gsize) g * size + j];

      cloud->parts[j].x += p->x;
      cloud->parts[j].y += p->y;
      cloud->parts[j].square += p->square;
    }
  }
}

/* Marks the particles that are not finite; how many others there are. */
static guint
mark_skipped (Cloud *cloud, guint size)
{
  guint finite = 0;

  for (guint j = 0; j < size; j++) {
    cloud->skip[j] = !isfinite (cloud->parts[j].square);
    finite += !cloud->skip[j];
  }
  return finite;
}

/* Moments of the particles in the plane, and how much of their variance that is. */
static void
take_moments (EklPlane *plane, const Cloud *cloud, gsize n_parameters, guint finite)
{
  double n = finite, total = 0, held;
  double *c = plane->covariance;

  plane->mean = (EklPoint){ 0, 0 };
  for (guint j = 0; j < plane->n_particles; j++)
    if (!cloud->skip[j]) {
      plane->mean.x += cloud->parts[j].x / n;
      plane->mean.y += cloud->parts[j].y / n;
      total += cloud->parts[j].square;
    }
  for (guint j = 0; j < plane->n_particles; j++)
    if (!cloud->skip[j]) {
      double x = cloud->parts[j].x - plane->mean.x, y = cloud->parts[j].y - plane->mean.y;

      c[0] += x * x / n;
      c[1] += x * y / n;
      c[2] += y * y / n;
    }
  held = (c[0] + c[2]) * n;
  for (gsize i = 0; i < n_parameters; i++)
    total -= cloud->shift[i] * cloud->shift[i] / n;
  plane->spread_share = held > 0 && total > 0 ? MIN (1, held / total) : NAN;
}

/* Products of the directions, e0 e0, e0 e1, e1 e1: one, zero and one but for rounding. */
static void
multiply_directions (const EklPlaneFit *fit, double gram[3])
{
  gram[0] = gram[1] = gram[2] = 0;
  for (gsize i = 0; i < fit->network.n_parameters; i++) {
    double e0 = (double) fit->shown[0][i], e1 = (double) fit->shown[1][i];

    gram[0] += e0 * e0;
    gram[1] += e0 * e1;
    gram[2] += e1 * e1;
  }
}

/* |d - x e0 - y e1|. With directions in float, |d|^2 - x^2 - y^2 would be wrong near the plane. */
static double
distance (const EklPlaneParts *d, const double gram[3])
{
  double square = d->square + d->x * d->x * (gram[0] - 2) + 2 * d->x * d->y * gram[1] +
                  d->y * d->y * (gram[2] - 2);

  return sqrt (MAX (0, square));
}

static void
view_particles (const EklPlaneFit *fit, const EklEnsemble *ensemble, EklPlane *plane)
{
  guint size = ekl_ensemble_get_size (ensemble), finite;
  g_autofree EklPlaneParts *parts = g_new (EklPlaneParts, size);
  g_autofree double *shift = g_new (double, fit->network.n_parameters);
  g_autofree gboolean *skip = g_new0 (gboolean, size);
  Cloud cloud = { parts, shift, skip };
  double gram[3];

  sum_cloud (fit, ensemble, &cloud);
  finite = mark_skipped (&cloud, size);
  if (finite > 0 && finite < size) /* once more: what is not finite has spoilt the sums */
    sum_cloud (fit, ensemble, &cloud);

  plane->n_particles = size;
  plane->particle = g_new (EklPoint, size);
  plane->particle_distance = g_new (float, size);
  multiply_directions (fit, gram);
  for (guint j = 0; j < size; j++) {
    plane->particle[j] = skip[j] ? (EklPoint){ NAN, NAN } : (EklPoint){ parts[j].x, parts[j].y };
    plane->particle_distance[j] = skip[j] ? NAN : (float) distance (&parts[j], gram);
  }
  if (finite > 0)
    take_moments (plane, &cloud, fit->network.n_parameters, finite);
}

/* What is seen of a path: where it went, at which steps, and the share of its displacement held. */
static guint
view_path (const EklPlaneFit *fit,
           const EklParameterPath *path,
           EklPoint **points,
           guint64 **steps,
           double *share)
{
  guint n = path != NULL ? ekl_parameter_path_get_length (path) : 0;
  g_autofree EklPlaneParts *parts = g_new (EklPlaneParts, n + 1);
  double total = 0, held = 0;
  EklPlaneParts first;
  EklPoint start;

  *share = NAN;
  if (n == 0)
    return 0;
  first = ekl_plane_fit_shown_parts (fit, ekl_parameter_path_get_point (path, 0, NULL),
                                     fit->shown_origin);
  start = (EklPoint){ first.x, first.y };
  *points = g_new (EklPoint, n);
  *steps = g_new (guint64, n);

#pragma omp parallel for schedule(static) num_threads(                                             \
  ekl_cores_team((guint) omp_get_max_threads())) if (n * fit->network.n_parameters > SMALL)
  for (guint i = 0; i < n; i++)
    parts[i] = ekl_plane_fit_shown_parts (fit, ekl_parameter_path_get_point (path, i, &(*steps)[i]),
                                          ekl_parameter_path_get_point (path, 0, NULL));

  for (guint i = 0; i < n; i++) {
    gboolean finite = isfinite (parts[i].square);

    (*points)[i] =
      finite ? (EklPoint){ start.x + parts[i].x, start.y + parts[i].y } : (EklPoint){ NAN, NAN };
    total += finite ? parts[i].square : 0;
    held += finite ? parts[i].x * parts[i].x + parts[i].y * parts[i].y : 0;
  }
  if (total > 0)
    *share = MIN (1, held / total);
  return n;
}

/**
 * ekl_plane_fit_view:
 * @self: a plane
 * @ensemble: (nullable): the particles; %NULL where EKI is off
 * @mean_path: (nullable): where their mean has been
 * @descent_path: (nullable): where gradient descent has been
 *
 * Everything in the plane at this moment, but for the losses. A particle that is not finite gets
 * NaN coordinates and counts in no sum. The shares are of squared lengths: of a path's points from
 * its start, of the particles from their mean. One pass over the ensemble; the same bits on any
 * number of threads.
 *
 * Returns: (transfer full): the picture's data
 */
EklPlane *
ekl_plane_fit_view (const EklPlaneFit *self,
                    const EklEnsemble *ensemble,
                    const EklParameterPath *mean_path,
                    const EklParameterPath *descent_path)
{
  EklPlane *plane;

  g_return_val_if_fail (self != NULL, NULL);

  plane = g_new0 (EklPlane, 1);
  plane->basis = self->basis;
  plane->basis_version = self->version;
  plane->turn = self->turn;
  if (self->basis == EKL_PLANE_BASIS_PARAMETERS) {
    plane->x_name = ekl_network_name_parameter (&self->network, self->parameter[0]);
    plane->y_name = ekl_network_name_parameter (&self->network, self->parameter[1]);
  }
  plane->mean = (EklPoint){ NAN, NAN };
  plane->spread_share = NAN;
  if (ensemble != NULL)
    view_particles (self, ensemble, plane);
  plane->n_mean_path =
    view_path (self, mean_path, &plane->mean_path, &plane->mean_path_step, &plane->mean_share);
  plane->n_descent_path = view_path (self, descent_path, &plane->descent_path,
                                     &plane->descent_path_step, &plane->descent_share);

  return plane;
}
