/* x-source.c - another program of the desktop: holds a clipboard, or drags a file onto a window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: x-source paste TYPE FILE   holds FILE's bytes as TYPE, says "ready", and stays until it is ended
 *        x-source drop URI          drags URI onto the window that takes drops; exits when it was taken
 *
 * Both are protocols between X clients (ICCCM 2.2 and XDND 5), spoken by hand, so that the toolkit that is
 * under test is not on both sides.
 */
#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <glib.h>
#include <string.h>

#define XDND_VERSION 5
#define PATIENCE_US  (60 * G_USEC_PER_SEC)
#define POLL_US      20000

typedef struct {
  Display *display;
  Window own, target;
  const char *type; /* what it is: a media type */
  char *bytes;
  gsize length;
  gboolean accepts, finished; /* what the target has said */
  guint n_answers;
} Source;

static Atom
atom (Source *self, const char *name)
{
  return XInternAtom (self->display, name, False);
}

/* ---- what is held is handed over ---- */

static Atom
put_answer (Source *self, const XSelectionRequestEvent *request, Atom property)
{
  const Atom targets[] = { atom (self, "TARGETS"), atom (self, self->type) };

  if (request->target == targets[0])
    XChangeProperty (self->display, request->requestor, property, XA_ATOM, 32, PropModeReplace,
                     (const unsigned char *) targets, G_N_ELEMENTS (targets));
  else if (request->target == targets[1])
    XChangeProperty (self->display, request->requestor, property, request->target, 8,
                     PropModeReplace, (const unsigned char *) self->bytes, (int) self->length);
  else
    return None;
  return property;
}

static void
answer_request (Source *self, const XSelectionRequestEvent *request)
{
  const Atom property = request->property != None ? request->property : request->target;
  XSelectionEvent answer = { .type = SelectionNotify,
                             .requestor = request->requestor,
                             .selection = request->selection,
                             .target = request->target,
                             .time = request->time };

  answer.property = put_answer (self, request, property);
  XSendEvent (self->display, request->requestor, False, 0, (XEvent *) &answer);
}

static void
take_event (Source *self)
{
  XEvent event;

  XNextEvent (self->display, &event);
  if (event.type == SelectionRequest)
    answer_request (self, &event.xselectionrequest);
  if (event.type != ClientMessage)
    return;
  if (event.xclient.message_type == atom (self, "XdndStatus")) {
    self->accepts = (event.xclient.data.l[1] & 1) != 0;
    self->n_answers++;
  }
  self->finished = self->finished || event.xclient.message_type == atom (self, "XdndFinished");
}

static gboolean
take_events (Source *self)
{
  while (XPending (self->display) > 0)
    take_event (self);
  XFlush (self->display);
  g_usleep (POLL_US);
  return TRUE;
}

/* ---- dragging ---- */

static gboolean
takes_drops (Source *self, Window window)
{
  XWindowAttributes attributes;
  Atom type;
  int format;
  unsigned long n = 0, left;
  unsigned char *data = NULL;

  if (XGetWindowAttributes (self->display, window, &attributes) == 0 ||
      attributes.map_state != IsViewable ||
      XGetWindowProperty (self->display, window, atom (self, "XdndAware"), 0, 1, False, XA_ATOM,
                          &type, &format, &n, &left, &data) != Success)
    return FALSE;
  if (data != NULL)
    XFree (data);
  return n > 0;
}

/* Without a window manager, windows are the screen's children. */
static Window
find_target (Source *self)
{
  Window root, parent, *windows = NULL, found = None;
  unsigned int n = 0;

  if (XQueryTree (self->display, DefaultRootWindow (self->display), &root, &parent, &windows, &n) ==
      0)
    return None;
  for (unsigned int i = 0; i < n && found == None; i++)
    if (takes_drops (self, windows[i]))
      found = windows[i];
  if (windows != NULL)
    XFree (windows);
  return found;
}

static void
tell (Source *self, const char *message, long a, long b, long c, long d)
{
  XEvent event = { 0 };

  event.xclient.type = ClientMessage;
  event.xclient.window = self->target;
  event.xclient.message_type = atom (self, message);
  event.xclient.format = 32;
  event.xclient.data.l[0] = (long) self->own;
  event.xclient.data.l[1] = a;
  event.xclient.data.l[2] = b;
  event.xclient.data.l[3] = c;
  event.xclient.data.l[4] = d;
  XSendEvent (self->display, self->target, False, 0, &event);
  XFlush (self->display);
}

/* The pointer moves until the window says that it would take it. */
static gboolean
hover (Source *self, gint64 end)
{
  guint n_asked = 0;

  for (long x = 300; !self->accepts && g_get_monotonic_time () < end; x = x < 400 ? x + 1 : 300) {
    tell (self, "XdndPosition", 0, x << 16 | 300, CurrentTime,
          (long) atom (self, "XdndActionCopy"));
    n_asked++;
    while (self->n_answers < n_asked && g_get_monotonic_time () < end)
      take_events (self);
  }
  return self->accepts;
}

static int
drop (Source *self)
{
  const gint64 end = g_get_monotonic_time () + PATIENCE_US;

  XSetSelectionOwner (self->display, atom (self, "XdndSelection"), self->own, CurrentTime);
  while ((self->target = find_target (self)) == None && g_get_monotonic_time () < end)
    take_events (self);
  if (self->target == None)
    g_error ("no window takes drops");
  tell (self, "XdndEnter", (long) XDND_VERSION << 24, (long) atom (self, self->type), None, None);
  if (!hover (self, end))
    g_error ("the window does not take the file");
  tell (self, "XdndDrop", 0, CurrentTime, 0, 0);
  while (!self->finished && g_get_monotonic_time () < end)
    take_events (self);
  return self->finished ? 0 : 1;
}

/* ---- holding ---- */

static int
hold (Source *self)
{
  const Atom clipboard = atom (self, "CLIPBOARD");

  XSetSelectionOwner (self->display, clipboard, self->own, CurrentTime);
  if (XGetSelectionOwner (self->display, clipboard) != self->own)
    return 1;
  g_print ("ready\n");
  while (take_events (self))
    ;
  return 0;
}

int
main (int argc, char *argv[])
{
  Source self = { .display = XOpenDisplay (NULL) };
  int status = 2;

  g_assert_nonnull (self.display);
  self.own =
    XCreateSimpleWindow (self.display, DefaultRootWindow (self.display), 0, 0, 1, 1, 0, 0, 0);
  if (argc == 3 && g_str_equal (argv[1], "drop")) {
    self.type = "text/uri-list";
    self.bytes = g_strconcat (argv[2], "\r\n", NULL);
    self.length = strlen (self.bytes);
    status = drop (&self);
  } else if (argc == 4 && g_str_equal (argv[1], "paste") &&
             g_file_get_contents (argv[3], &self.bytes, &self.length, NULL)) {
    self.type = argv[2];
    status = hold (&self);
  }
  g_free (self.bytes);
  XCloseDisplay (self.display);
  return status;
}
