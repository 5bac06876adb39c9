/* fuzz.h - what the fuzz targets share: input in parts, and what every refusal must be
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

/* What is still to be used of the bytes that the fuzzer made up. */
typedef struct {
  const guint8 *at;
  gsize n;
} FuzzInput;

guint8  fuzz_take_byte      (FuzzInput    *self);
guint8  fuzz_take_last_byte (FuzzInput    *self);
char   *fuzz_take_line      (FuzzInput    *self);
char   *fuzz_take_last_line (FuzzInput    *self);
char   *fuzz_take_text      (FuzzInput    *self);
void    fuzz_check_text     (const char   *text);
void    fuzz_check_refusal  (const GError *error,
                             GQuark        domain);

/* Called by the fuzzer. */
int LLVMFuzzerInitialize   (int           *argc,
                            char        ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *bytes,
                            size_t         n);

G_END_DECLS
