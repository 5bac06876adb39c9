/* csv_encoding.c - bytes to UTF-8
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A byte order mark decides. Without one: UTF-16 of a table is every second byte zero, for digits and
 * delimiters are ASCII; what is valid UTF-8 is UTF-8, since texts in other encodings hardly ever are;
 * UTF-8 with some damage still has more good sequences than bad bytes; and all else is taken for
 * Windows-1252, of which Latin-1's characters are a part. Every byte means something there, so that a
 * file is never refused for its encoding. The conversions are written out here, rather than iconv's,
 * because they cannot fail half-way and can be called off.
 */
#include "csv_encoding.h"

#include <string.h>

#define SAMPLE_SIZE 65536

/* Of so many characters of a text fewer than one is a control character. */
#define MAX_CONTROLS 40

/* 0x80 to 0x9f; the five that are not in use are the control characters of Latin-1. */
static const guint16 windows_1252[32] = {
  0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
  0x2039, 0x0152, 0x008d, 0x017d, 0x008f, 0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
  0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
};

/* U+FFFD in UTF-8 */
static const char replacement[] = "\xef\xbf\xbd";

typedef struct {
  const EklCsvWatch *watch;
  const char *name;
  GError **error;
} Context;

static gboolean
look_up (const Context *context, gsize done, gsize all)
{
  if (ekl_csv_watch_report (context->watch, (double) done / all))
    return TRUE;
  g_cancellable_set_error_if_cancelled (context->watch->cancellable, context->error);
  return FALSE;
}

static char *
allocate (const Context *context, gsize size)
{
  char *text = g_try_malloc (size + 1);

  if (text == NULL)
    g_set_error (context->error, EKL_DATA_ERROR, EKL_DATA_ERROR_READ,
                 "%s: too large for the memory of this computer", context->name);
  return text;
}

static gboolean
is_ascii (const char *text, gsize length)
{
  guint64 bits = 0;
  gsize i = 0;

  for (; i + 8 <= length; i += 8) {
    guint64 word;
    memcpy (&word, text + i, 8);
    bits |= word;
  }
  for (; i < length; i++)
    bits |= (guint64) (guchar) text[i];
  return (bits & G_GUINT64_CONSTANT (0x8080808080808080)) == 0;
}

typedef struct {
  gsize n_sequences; /* of two bytes and more, valid */
  gsize n_invalid;   /* bytes */
  gsize first_invalid;
} Utf8Count;

static gboolean
count_utf8 (const Context *context, const char *text, gsize length, Utf8Count *count)
{
  gsize at = 0;

  *count = (Utf8Count){ 0 };
  for (gsize stop = 0; at < length;) {
    if (at >= stop) {
      if (!look_up (context, at / 2, length))
        return FALSE;
      stop = at + EKL_CSV_BLOCK_SIZE;
      if (is_ascii (text + at, MIN (length - at, EKL_CSV_BLOCK_SIZE))) {
        at = MIN (length, stop);
        continue;
      }
    }
    gunichar c = (guchar) text[at] < 128 ? (guchar) text[at]
                                         : g_utf8_get_char_validated (text + at, length - at);
    if ((guchar) text[at] < 128) {
      at++;
    } else if (c < 0x110000) {
      count->n_sequences++;
      at += g_utf8_skip[(guchar) text[at]];
    } else {
      if (count->n_invalid++ == 0)
        count->first_invalid = at;
      at++;
    }
  }
  return TRUE;
}

/* A file that was cut off may end in the middle of a character. */
static gboolean
ends_in_sequence (const char *text, gsize length, const Utf8Count *count)
{
  return count->n_invalid > 0 && count->first_invalid + 4 > length &&
         g_utf8_get_char_validated (text + count->first_invalid, length - count->first_invalid) ==
           (gunichar) -2;
}

static gboolean
repair_utf8 (EklCsvText *self, const Context *context, gsize start, const Utf8Count *count)
{
  const char *text = self->owned + start;
  gsize length = self->length, n = 0;
  char *repaired = allocate (context, length + 2 * count->n_invalid);

  if (repaired == NULL)
    return FALSE;
  self->first_replaced = count->first_invalid;
  self->n_replaced = count->n_invalid;
  for (gsize at = 0; at < length;) {
    gsize size = 1;
    if ((guchar) text[at] >= 128) {
      gboolean valid = g_utf8_get_char_validated (text + at, length - at) < 0x110000;
      size = valid ? g_utf8_skip[(guchar) text[at]] : 1;
      if (!valid) {
        memcpy (repaired + n, replacement, 3);
        n += 3;
        at++;
        continue;
      }
    }
    memcpy (repaired + n, text + at, size);
    n += size;
    at += size;
  }
  g_free (self->owned);
  self->owned = repaired;
  self->text = repaired;
  self->length = n;
  return TRUE;
}

static gboolean
decode_windows_1252 (EklCsvText *self, const Context *context, gsize start)
{
  const guchar *bytes = (const guchar *) self->owned + start;
  gsize n_high = 0, n = 0;
  char *text;

  for (gsize i = 0; i < self->length; i++)
    n_high += bytes[i] >= 128;
  text = allocate (context, self->length + 2 * n_high);
  if (text == NULL)
    return FALSE;
  for (gsize i = 0; i < self->length; i++) {
    if (i % EKL_CSV_BLOCK_SIZE == 0 && !look_up (context, self->length / 2 + i / 2, self->length)) {
      g_free (text);
      return FALSE;
    }
    if (bytes[i] < 128)
      text[n++] = (char) bytes[i];
    else
      n += g_unichar_to_utf8 (bytes[i] < 0xa0 ? windows_1252[bytes[i] - 0x80] : bytes[i], text + n);
  }
  g_free (self->owned);
  self->owned = text;
  self->text = text;
  self->length = n;
  return TRUE;
}

static guint
get_unit (const guchar *bytes, gsize i, gboolean big)
{
  return big ? (guint) bytes[2 * i] << 8 | bytes[2 * i + 1]
             : (guint) bytes[2 * i + 1] << 8 | bytes[2 * i];
}

/* Appends one character of one or two units; half a pair is replaced. */
static gsize
decode_unit (
  EklCsvText *self, const guchar *bytes, gsize i, gsize n_units, gboolean big, char *text, gsize *n)
{
  gunichar c = get_unit (bytes, i, big);
  guint next = i + 1 < n_units ? get_unit (bytes, i + 1, big) : 0;
  gsize used = 1;

  if (c >= 0xd800 && c < 0xdc00 && next >= 0xdc00 && next < 0xe000) {
    c = 0x10000 + ((c - 0xd800) << 10) + (next - 0xdc00);
    used = 2;
  } else if (c >= 0xd800 && c < 0xe000) {
    if (self->n_replaced++ == 0)
      self->first_replaced = *n;
    c = 0xfffd;
  }
  *n += g_unichar_to_utf8 (c, text + *n);
  return used;
}

static gboolean
decode_utf_16 (EklCsvText *self, const Context *context, gsize start, gboolean big)
{
  const guchar *bytes = (const guchar *) self->owned + start;
  gsize n_units = self->length / 2, size = 0, n = 0;
  char *text;

  for (gsize i = 0; i < n_units; i++) {
    guint unit = get_unit (bytes, i, big);
    size += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
  }
  text = allocate (context, size);
  if (text == NULL)
    return FALSE;
  for (gsize i = 0, stop = 0; i < n_units;) {
    if (i >= stop) {
      if (!look_up (context, i, n_units)) {
        g_free (text);
        return FALSE;
      }
      stop = i + EKL_CSV_BLOCK_SIZE;
    }
    i += decode_unit (self, bytes, i, n_units, big, text, &n);
  }
  g_free (self->owned);
  self->owned = text;
  self->text = text;
  self->length = n;
  return TRUE;
}

static gsize
get_mark_length (const char *bytes, gsize length, EklCsvEncoding encoding)
{
  switch (encoding) {
  case EKL_CSV_ENCODING_UTF_8:
    return length >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  case EKL_CSV_ENCODING_UTF_16LE:
    return length >= 2 && memcmp (bytes, "\xff\xfe", 2) == 0 ? 2 : 0;
  case EKL_CSV_ENCODING_UTF_16BE:
    return length >= 2 && memcmp (bytes, "\xfe\xff", 2) == 0 ? 2 : 0;
  case EKL_CSV_ENCODING_WINDOWS_1252:
  case EKL_CSV_ENCODING_AUTOMATIC:
  default:
    return 0;
  }
}

static EklCsvEncoding
guess_utf_16 (const char *bytes, gsize length)
{
  gsize n_pairs = MIN (length, SAMPLE_SIZE) / 2, n_zeros[2] = { 0 };

  for (gsize i = 0; i < 2 * n_pairs; i++)
    n_zeros[i % 2] += bytes[i] == '\0';
  if (n_zeros[1] * 4 > n_pairs && n_zeros[0] * 50 <= n_pairs)
    return EKL_CSV_ENCODING_UTF_16LE;
  if (n_zeros[0] * 4 > n_pairs && n_zeros[1] * 50 <= n_pairs)
    return EKL_CSV_ENCODING_UTF_16BE;
  return EKL_CSV_ENCODING_AUTOMATIC;
}

static EklCsvEncoding
guess_encoding (EklCsvText *self, const Utf8Count *count, gboolean cut)
{
  if (count->n_invalid == 0 || (cut && count->n_invalid < 4 && count->n_sequences > 0))
    return EKL_CSV_ENCODING_UTF_8;
  if (count->n_sequences > 2 * count->n_invalid) {
    self->doubt = g_strdup ("some bytes are not UTF-8, but most characters are");
    return EKL_CSV_ENCODING_UTF_8;
  }
  self->doubt = g_strdup ("the text is not UTF-8; Windows-1252 (Western European) is taken for it, "
                          "and other encodings of one byte a character look the same");
  return EKL_CSV_ENCODING_WINDOWS_1252;
}

static gboolean
decode_eight_bits (EklCsvText *self, const Context *context, EklCsvEncoding encoding)
{
  gsize start = get_mark_length (self->owned, self->length, EKL_CSV_ENCODING_UTF_8);
  Utf8Count count;

  if (encoding == EKL_CSV_ENCODING_WINDOWS_1252)
    start = 0;
  self->text = self->owned + start;
  self->length -= start;
  if (encoding != EKL_CSV_ENCODING_WINDOWS_1252 &&
      !count_utf8 (context, self->text, self->length, &count))
    return FALSE;
  if (encoding == EKL_CSV_ENCODING_AUTOMATIC)
    encoding = start > 0 ? EKL_CSV_ENCODING_UTF_8
                         : guess_encoding (self, &count,
                                           ends_in_sequence (self->text, self->length, &count));
  self->encoding = encoding;
  if (encoding == EKL_CSV_ENCODING_WINDOWS_1252)
    return decode_windows_1252 (self, context, start);
  return count.n_invalid == 0 || repair_utf8 (self, context, start, &count);
}

static gboolean
refuse_zeros (const EklCsvText *self, const Context *context)
{
  const char *zero = memchr (self->text, '\0', self->length);
  gsize line = 1;

  if (zero == NULL)
    return TRUE;
  for (const char *at = self->text; at < zero; at++)
    line += *at == '\n';
  g_set_error (context->error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT,
               "%s: not a text file (a zero byte near row %" G_GSIZE_FORMAT
               "); a table as text is needed, such as a CSV file",
               context->name, line);
  return FALSE;
}

/* Control characters that a text has: line ends and the like. */
static gboolean
is_control (guchar c)
{
  return c < 32 && strchr ("\t\n\v\f\r\x1a\x1b", c) == NULL;
}

/* Bytes at random look like Windows-1252, but for those that no text has. A few may be damage, and many
 * of one kind somebody's delimiter. */
static gboolean
refuse_controls (const EklCsvText *self, const Context *context)
{
  const gsize length = MIN (self->length, SAMPLE_SIZE);
  guint32 seen = 0;
  gsize n = 0, line = 1, first_line = 0;

  for (gsize i = 0; i < length; i++) {
    line += self->text[i] == '\n';
    if (!is_control ((guchar) self->text[i]))
      continue;
    seen |= 1u << self->text[i];
    if (n++ == 0)
      first_line = line;
  }
  if (n * MAX_CONTROLS < length || __builtin_popcount (seen) < 3)
    return TRUE;
  g_set_error (context->error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT,
               "%s: not a text file (%" G_GSIZE_FORMAT
               " characters that no text has, the first near "
               "row %" G_GSIZE_FORMAT "); a table as text is needed, such as a CSV file",
               context->name, n, first_line);
  return FALSE;
}

/* What people open for a CSV file, by its first bytes. */
static const struct {
  const char *begin;
  const char *what;
} others[] = {
  { "PK\x03\x04", "a spreadsheet or another packed file; save the table as a CSV file" },
  { "\xd0\xcf\x11\xe0", "a spreadsheet of Excel; save the table as a CSV file" },
  { "\x1f\x8b", "packed by gzip; unpack it first" },
  { "%PDF-", "a PDF file; a table as text is needed, such as a CSV file" },
  { "\x89PNG", "a picture; a table as text is needed, such as a CSV file" },
  { "\xff\xd8\xff", "a picture; a table as text is needed, such as a CSV file" },
  { "\x93NUMPY", "an array of NumPy; save it as a CSV file, by numpy.savetxt" },
  { "<!doctype", "a web page; save the table as a CSV file" },
  { "<html", "a web page; save the table as a CSV file" },
  { "<?xml", "an XML file; save the table as a CSV file" },
  { "@relation", "an ARFF file; keep only the lines below @DATA, as a CSV file" },
  { "[{\"", "a JSON file; save the table as a CSV file" },
  { "{\"", "a JSON file; save the table as a CSV file" },
};

static gboolean
refuse_others (const EklCsvText *self, const Context *context)
{
  gsize blank;

  if (self->length > 4 && memcmp (self->text, "\0\0\x08", 3) == 0 &&
      (self->text[3] == 1 || self->text[3] == 3)) {
    g_set_error (context->error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT,
                 "%s: not a table as text but an IDX file; open the folder that it is in",
                 context->name);
    return FALSE;
  }
  blank = get_mark_length (self->text, self->length, EKL_CSV_ENCODING_UTF_8);
  while (blank < self->length && g_ascii_isspace (self->text[blank]))
    blank++;
  for (guint k = 0; k < G_N_ELEMENTS (others); k++) {
    gsize length = strlen (others[k].begin);
    if (self->length - blank < length ||
        g_ascii_strncasecmp (self->text + blank, others[k].begin, length) != 0)
      continue;
    g_set_error (context->error, EKL_DATA_ERROR, EKL_DATA_ERROR_FORMAT,
                 "%s: not a table as text but %s", context->name, others[k].what);
    return FALSE;
  }
  return TRUE;
}

/**
 * ekl_csv_text_init:
 * @self: to be filled, and to be cleared in any case
 * @bytes: what a file holds; taken, and empty afterwards
 * @wanted: its encoding, or automatic
 * @name: what to call the file in messages
 * @watch: who waits
 * @error: return location for %EKL_DATA_ERROR_FORMAT, %EKL_DATA_ERROR_READ, %G_IO_ERROR_CANCELLED
 *
 * Makes valid UTF-8 of the bytes. What means nothing in the encoding becomes U+FFFD and is counted.
 *
 * Returns: %FALSE where the file is not text
 */
gboolean
ekl_csv_text_init (EklCsvText *self,
                   EklCsvBytes *bytes,
                   EklCsvEncoding wanted,
                   const char *name,
                   const EklCsvWatch *watch,
                   GError **error)
{
  const Context context = { watch, name, error };
  EklCsvEncoding encoding = wanted;
  gboolean ok;

  *self = (EklCsvText){ .owned = bytes->bytes, .text = bytes->bytes, .length = bytes->length };
  *bytes = (EklCsvBytes){ 0 };
  if (!refuse_others (self, &context))
    return FALSE;
  if (encoding == EKL_CSV_ENCODING_AUTOMATIC) {
    if (get_mark_length (self->text, self->length, EKL_CSV_ENCODING_UTF_16LE) > 0)
      encoding = EKL_CSV_ENCODING_UTF_16LE;
    else if (get_mark_length (self->text, self->length, EKL_CSV_ENCODING_UTF_16BE) > 0)
      encoding = EKL_CSV_ENCODING_UTF_16BE;
    else
      encoding = guess_utf_16 (self->text, self->length);
  }
  if (encoding == EKL_CSV_ENCODING_UTF_16LE || encoding == EKL_CSV_ENCODING_UTF_16BE) {
    gsize start = get_mark_length (self->text, self->length, encoding);
    self->encoding = encoding;
    self->length -= start;
    ok = decode_utf_16 (self, &context, start, encoding == EKL_CSV_ENCODING_UTF_16BE);
  } else {
    ok = decode_eight_bits (self, &context, encoding);
  }
  if (!ok || !refuse_zeros (self, &context) || !refuse_controls (self, &context))
    return FALSE;
  /* the mark that DOS wrote behind a text */
  while (self->length > 0 && self->text[self->length - 1] == '\x1a')
    self->length--;
  ((char *) self->text)[self->length] = '\0';
  return TRUE;
}

/**
 * ekl_csv_text_clear:
 * @self: a text
 *
 * Frees what it holds.
 */
void
ekl_csv_text_clear (EklCsvText *self)
{
  g_clear_pointer (&self->owned, g_free);
  g_clear_pointer (&self->doubt, g_free);
}
