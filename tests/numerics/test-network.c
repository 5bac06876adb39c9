/* test-network.c - the shape of a network and the order of its parameters
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "errors.h"
#include "network.h"
#include "support/problems.h"

#include <string.h>

static void
init (EklNetwork *network, const guint *width, guint n_width)
{
  g_autoptr (GError) error = NULL;
  gboolean ok;

  ok = ekl_network_init (network, width, n_width, EKL_ACTIVATION_RELU, EKL_OUTPUT_IDENTITY, &error);
  g_assert_no_error (error);
  g_assert_true (ok);
}

/* PyTorch's parameters_to_vector of Linear(3,5), Linear(5,4), Linear(4,2): 15 + 5 + 20 + 4 + 8 + 2
 */
static void
test_offsets (void)
{
  EklNetwork network;

  init (&network, TEST_WIDTHS (3, 5, 4, 2));
  g_assert_cmpuint (network.n_layers, ==, 3);
  g_assert_cmpuint (network.weight_offset[0], ==, 0);
  g_assert_cmpuint (network.bias_offset[0], ==, 15);
  g_assert_cmpuint (network.weight_offset[1], ==, 20);
  g_assert_cmpuint (network.bias_offset[1], ==, 40);
  g_assert_cmpuint (network.weight_offset[2], ==, 44);
  g_assert_cmpuint (network.bias_offset[2], ==, 52);
  g_assert_cmpuint (network.n_parameters, ==, 54);
  g_assert_cmpuint (ekl_network_n_inputs (&network), ==, 3);
  g_assert_cmpuint (ekl_network_n_outputs (&network), ==, 2);
  g_assert_cmpint (network.activation, ==, EKL_ACTIVATION_RELU);
  g_assert_cmpint (network.output, ==, EKL_OUTPUT_IDENTITY);
}

static void
test_counts (void)
{
  EklNetwork network;

  init (&network, TEST_WIDTHS (1, 1));
  g_assert_cmpuint (network.n_parameters, ==, 2);
  init (&network, TEST_WIDTHS (13, 16, 1));
  g_assert_cmpuint (network.n_parameters, ==, 241);
  init (&network, TEST_WIDTHS (784, 32, 10));
  g_assert_cmpuint (network.n_parameters, ==, 25450);
}

/* All the layers there are room for, and not one more. */
static void
test_depth (void)
{
  guint width[EKL_MAX_AFFINE_LAYERS + 2];
  g_autoptr (GError) error = NULL;
  EklNetwork network;

  for (guint l = 0; l < G_N_ELEMENTS (width); l++)
    width[l] = 2;
  init (&network, width, EKL_MAX_AFFINE_LAYERS + 1);
  g_assert_cmpuint (network.n_layers, ==, EKL_MAX_AFFINE_LAYERS);
  g_assert_cmpuint (network.n_parameters, ==, 6 * EKL_MAX_AFFINE_LAYERS);

  g_assert_false (ekl_network_init (&network, width, EKL_MAX_AFFINE_LAYERS + 2, EKL_ACTIVATION_TANH,
                                    EKL_OUTPUT_IDENTITY, &error));
  g_assert_error (error, EKL_NUMERICS_ERROR, EKL_NUMERICS_ERROR_INVALID);
}

static void
assert_rejected (const guint *width, guint n_width)
{
  g_autoptr (GError) error = NULL;
  EklNetwork network;

  g_assert_false (
    ekl_network_init (&network, width, n_width, EKL_ACTIVATION_TANH, EKL_OUTPUT_IDENTITY, &error));
  g_assert_error (error, EKL_NUMERICS_ERROR, EKL_NUMERICS_ERROR_INVALID);
  g_assert_cmpuint (strlen (error->message), >, 10);
}

static void
test_rejects (void)
{
  assert_rejected (TEST_WIDTHS (0, 3, 1));
  assert_rejected (TEST_WIDTHS (3, 0, 1));
  assert_rejected (TEST_WIDTHS (3, 3, 0));
  assert_rejected (TEST_WIDTHS (3));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/network/offsets", test_offsets);
  g_test_add_func ("/network/counts", test_counts);
  g_test_add_func ("/network/depth", test_depth);
  g_test_add_func ("/network/rejects", test_rejects);
  return g_test_run ();
}
