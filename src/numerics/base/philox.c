/* philox.c - counter-based random numbers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Philox4x32-10: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC
 * 2011. The counter is (block, particle, step, stream), the key is the seed, so a number depends on
 * what it is for and on nothing else: not on who drew before it, nor on how the work is split over
 * threads.
 */
#include "philox.h"

#include "vector_math.h"
#include "vectorize.h"

#include <string.h>

#define MULTIPLIER_0 0xD2511F53u
#define MULTIPLIER_1 0xCD9E8D57u
#define WEYL_0       0x9E3779B9u
#define WEYL_1       0xBB67AE85u
#define ROUNDS       10

/* Counters made in one go: a vector loop's worth. Draws are always made in whole lots, so that a
 * long draw begins with the same numbers as a short one. */
#define LOT 64

/**
 * ekl_philox4x32:
 * @counter: the counter
 * @key: the key
 * @out: (out): four random words
 *
 * Philox4x32-10, Salmon et al. (2011).
 */
void
ekl_philox4x32 (const guint32 counter[4], const guint32 key[2], guint32 out[4])
{
  guint32 c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
  guint32 k0 = key[0], k1 = key[1];

  for (int round = 0; round < ROUNDS; round++) {
    guint64 p0 = (guint64) MULTIPLIER_0 * c0;
    guint64 p1 = (guint64) MULTIPLIER_1 * c2;

    c0 = (guint32) (p1 >> 32) ^ c1 ^ k0;
    c1 = (guint32) p1;
    c2 = (guint32) (p0 >> 32) ^ c3 ^ k1;
    c3 = (guint32) p0;
    k0 += WEYL_0;
    k1 += WEYL_1;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

typedef struct {
  guint32 key[2];
  guint32 particle, step, stream;
} Source;

static Source
source_new (guint64 seed, EklStream stream, guint32 step, guint32 particle)
{
  return (Source){ { (guint32) seed, (guint32) (seed >> 32) }, particle, step, stream };
}

/* Words of the counters first ... first + LOT - 1, as four arrays. */
EKL_VECTORIZE
static void
philox_lot (const Source *source,
            guint32 first,
            guint32 *restrict w0,
            guint32 *restrict w1,
            guint32 *restrict w2,
            guint32 *restrict w3)
{
  guint32 particle = source->particle, step = source->step, stream = source->stream;
  guint32 key0 = source->key[0], key1 = source->key[1];

#pragma omp simd
  for (guint i = 0; i < LOT; i++) {
    guint32 c0 = first + i, c1 = particle, c2 = step, c3 = stream;
    guint32 k0 = key0, k1 = key1;

    for (int round = 0; round < ROUNDS; round++) {
      guint64 p0 = (guint64) MULTIPLIER_0 * c0;
      guint64 p1 = (guint64) MULTIPLIER_1 * c2;

      c0 = (guint32) (p1 >> 32) ^ c1 ^ k0;
      c1 = (guint32) p1;
      c2 = (guint32) (p0 >> 32) ^ c3 ^ k1;
      c3 = (guint32) p0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    w0[i] = c0;
    w1[i] = c1;
    w2[i] = c2;
    w3[i] = c3;
  }
}

/**
 * ekl_random_uniforms:
 * @seed: the run's seed
 * @stream: what the numbers are for
 * @step: the step they are for
 * @particle: the particle they are for
 * @n: how many
 * @out: (out): shape (n)
 *
 * Uniform numbers in the open interval (0, 1), 53 bits each.
 */
void
ekl_random_uniforms (
  guint64 seed, EklStream stream, guint32 step, guint32 particle, gsize n, double *out)
{
  Source source = source_new (seed, stream, step, particle);

  for (gsize i = 0; i < n; i += 2) {
    guint32 counter[4] = { (guint32) (i / 2), particle, step, source.stream };
    guint32 word[4];

    ekl_philox4x32 (counter, source.key, word);
    out[i] = ekl_uniform_from_words (word[0], word[1]);
    if (i + 1 < n)
      out[i + 1] = ekl_uniform_from_words (word[2], word[3]);
  }
}

/* 2 LOT normals in double: those of the counters first ... first + LOT - 1, two each. */
static void
normal_lot (const Source *source, guint32 first, double *out)
{
  guint32 words[4 * LOT];
  double cosines[LOT], sines[LOT];

  philox_lot (source, first, words, words + LOT, words + 2 * LOT, words + 3 * LOT);
  ekl_vector_box_muller_double (LOT, words, cosines, sines);
  for (guint k = 0; k < LOT; k++) {
    out[2 * k] = cosines[k];
    out[2 * k + 1] = sines[k];
  }
}

/**
 * ekl_random_normals:
 * @seed: the run's seed
 * @stream: what the numbers are for
 * @step: the step they are for
 * @particle: the particle they are for
 * @n: how many
 * @out: (out): shape (n)
 *
 * Standard normal numbers by Box and Muller (1958) from 53-bit uniforms. The first numbers of a longer draw are
 * those of a shorter one.
 */
void
ekl_random_normals (
  guint64 seed, EklStream stream, guint32 step, guint32 particle, gsize n, double *out)
{
  Source source = source_new (seed, stream, step, particle);
  double lot[2 * LOT];

  for (gsize i = 0; i < n; i += 2 * LOT) {
    gboolean whole = n - i >= 2 * LOT;

    normal_lot (&source, (guint32) (i / 2), whole ? out + i : lot);
    if (!whole)
      memcpy (out + i, lot, (n - i) * sizeof (double));
  }
}

#ifdef EKL_PRECISION_DOUBLE

/**
 * ekl_random_add_normals:
 * @seed: the run's seed
 * @stream: what the numbers are for
 * @step: the step they are for
 * @particle: the particle they are for
 * @n: how many
 * @scale: the standard deviation
 * @out: (inout): shape (n), to which the numbers are added
 *
 * The bulk form: adds @scale times standard normal numbers in the working precision. In a float
 * build each number has 32 random bits and costs about a tenth of ekl_random_normals().
 */
void
ekl_random_add_normals (
  guint64 seed, EklStream stream, guint32 step, guint32 particle, gsize n, double scale, real *out)
{
  double lot[2 * LOT];
  Source source = source_new (seed, stream, step, particle);

  for (gsize i = 0; i < n; i += 2 * LOT) {
    guint count = (guint) MIN (2 * LOT, n - i);

    normal_lot (&source, (guint32) (i / 2), lot);
    for (guint k = 0; k < count; k++)
      out[i + k] += scale * lot[k];
  }
}

#else

/* The documentation stands above, at the double build's. */
void
ekl_random_add_normals (
  guint64 seed, EklStream stream, guint32 step, guint32 particle, gsize n, double scale, real *out)
{
  float lot[4 * LOT];
  Source source = source_new (seed, stream, step, particle);

  for (gsize i = 0; i < n; i += 4 * LOT) {
    guint count = (guint) MIN (4 * LOT, n - i);
    guint32 w0[LOT], w1[LOT], w2[LOT], w3[LOT];

    philox_lot (&source, (guint32) (i / 4), w0, w1, w2, w3);
    ekl_vector_box_muller (LOT, w0, w1, (float) scale, lot, lot + LOT);
    ekl_vector_box_muller (LOT, w2, w3, (float) scale, lot + 2 * LOT, lot + 3 * LOT);
    for (guint k = 0; k < count; k++)
      out[i + k] += lot[k];
  }
}

#endif

/**
 * ekl_random_permutation:
 * @seed: the run's seed
 * @stream: what the permutation is for
 * @step: its number, such as the epoch
 * @n: how many
 * @out: (out): shape (n), the numbers 0 ... n - 1 in random order
 *
 * Fisher and Yates' shuffle; every order equally likely to within 2^-53.
 */
void
ekl_random_permutation (guint64 seed, EklStream stream, guint32 step, guint n, guint *out)
{
  Source source = source_new (seed, stream, step, 0);

  for (guint i = 0; i < n; i++)
    out[i] = i;
  for (guint i = n; i > 1; i--) {
    guint32 counter[4] = { i, 0, step, source.stream };
    guint32 word[4];
    guint k, swap;

    ekl_philox4x32 (counter, source.key, word);
    k = (guint) (ekl_uniform_from_words (word[0], word[1]) * i);
    swap = out[i - 1];
    out[i - 1] = out[k];
    out[k] = swap;
  }
}
