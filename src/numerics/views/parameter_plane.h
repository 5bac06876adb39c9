/* parameter_plane.h - a plane through parameter space and what is seen in it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "ensemble.h"
#include "loss.h"
#include "parameter_path.h"

G_BEGIN_DECLS

typedef enum {
  EKL_PLANE_BASIS_DISPLACEMENT, /* PCA of both paths, each minus its own start, scaled to equal energy */
  EKL_PLANE_BASIS_ENDS,         /* through the EKI mean's start and both methods' ends */
  EKL_PLANE_BASIS_RANDOM,       /* two random orthonormal directions */
  EKL_PLANE_BASIS_PARAMETERS,   /* two parameters, exact */
} EklPlaneBasis;

typedef struct {
  double x, y;
} EklPoint;

typedef struct {
  double x0, x1, y0, y1;
} EklPlaneBox;

/* Values on a regular grid: value[row * n_columns + column] at x0 + column (x1 - x0)/(n_columns -
 * 1), y likewise. */
typedef struct {
  guint n_columns, n_rows;
  double x0, x1, y0, y1;
  double *value; /* NaN: not known yet */
} EklField;

EklField *ekl_field_new  (guint n_columns, guint n_rows, double x0, double x1, double y0, double y1);
EklField *ekl_field_copy (const EklField *self);
void      ekl_field_free (EklField *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklField, ekl_field_free)

/* The picture's data: plain arrays, owned, made for one frame. Coordinates are in the plane, in
 * parameter units. */
typedef struct {
  EklPlaneBasis basis;
  guint basis_version;       /* grows with every change of the plane */
  double turn;               /* 0..1: how far this view has followed the last change */
  gboolean is_refit;         /* the plane has followed the paths during the run, ... */
  guint64 refit_step;        /* ... at this step for the last time */
  char *x_name, *y_name;     /* of the two parameters; NULL with other bases */
  guint n_particles;
  EklPoint *particle;        /* (n_particles) */
  float *particle_distance;  /* (n_particles) from the plane, in parameter units */
  float *particle_loss;      /* (n_particles) true loss on the training rows; NULL where it was not asked for */
  EklPoint mean;
  double covariance[3];      /* of the projected particles: xx, xy, yy, divisor J */
  guint n_mean_path, n_descent_path; /* 0: that method is off */
  /* a view of the past: paths end at that step, and behind their ends in the arrays is what was still to come */
  gboolean is_past;
  guint64 past_step;
  guint n_mean_ahead, n_descent_ahead;
  EklPoint *mean_path;       /* (n_mean_path + n_mean_ahead), and so on */
  guint64 *mean_path_step;
  EklPoint *descent_path;
  guint64 *descent_path_step;
  gboolean descent_runs_away; /* it diverges: its path does not decide how far the picture reaches */
  /* share of the EKI mean's squared displacement that the plane holds, 0..1; NaN before the first
   * step */
  double mean_share;
  double descent_share;
  double spread_share;       /* share of the particles' variance that the plane holds */
  gboolean has_arrows;       /* at the mean: its last move without noise, -grad Phi and -C grad Phi; NaN: not known */
  EklPoint velocity, gradient, preconditioned;
  /* where some of the particles were before, in the plane: trail[line * n_trail_points + i], oldest
   * first, NaN where that is not known; the last one is where they are */
  guint n_trails, n_trail_points;
  guint *trail_particle;     /* (n_trails) */
  EklPoint *trail;           /* (n_trails, n_trail_points) */
  EklPoint *trail_move;      /* (n_trails) by the newest step, without its noise; NaN: not known; or NULL */
  EklField *loss;            /* contours' data: the loss in the plane; NULL where none is wanted */
  EklField *former_loss;     /* of the plane before, while the view turns from there; or NULL */
} EklPlane;

EklPlane *ekl_plane_copy (const EklPlane *self);
void      ekl_plane_free (EklPlane *self);
void      ekl_plane_go_back (EklPlane *self, guint64 step, EklPoint mean, EklPoint descent);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklPlane, ekl_plane_free)

/* The plane itself: an origin and two orthonormal directions. Refits are rare and aligned to the
 * plane before. */
typedef struct _EklPlaneFit EklPlaneFit;

EklPlaneFit *ekl_plane_fit_new     (const EklNetwork       *network,
                                    const real             *origin,
                                    guint64                 seed);
void         ekl_plane_fit_free    (EklPlaneFit            *self);
void         ekl_plane_fit_set_basis (EklPlaneFit          *self,
                                    EklPlaneBasis           basis,
                                    gsize                   first_parameter,
                                    gsize                   second_parameter);
gboolean     ekl_plane_fit_update  (EklPlaneFit            *self,
                                    const EklParameterPath *mean_path,
                                    const EklParameterPath *descent_path);
void         ekl_plane_fit_set_turn (EklPlaneFit           *self,
                                    double                  turn);
guint        ekl_plane_fit_get_version (const EklPlaneFit  *self);
EklPoint     ekl_plane_fit_project (const EklPlaneFit      *self,
                                    const real             *u,
                                    double                 *distance);
void         ekl_plane_fit_lift    (const EklPlaneFit      *self,
                                    EklPoint                point,
                                    real                   *u);
EklPlane    *ekl_plane_fit_view    (const EklPlaneFit      *self,
                                    const EklEnsemble      *ensemble,
                                    const EklParameterPath *mean_path,
                                    const EklParameterPath *descent_path);
void         ekl_plane_extent      (const EklPlane         *plane,
                                    double                  margin,
                                    double                 *x0,
                                    double                 *x1,
                                    double                 *y0,
                                    double                 *y1);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EklPlaneFit, ekl_plane_fit_free)

G_END_DECLS
