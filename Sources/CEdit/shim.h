#ifndef NEPHO_EDIT_SHIM_H
#define NEPHO_EDIT_SHIM_H
#include <errno.h>
#include <fcntl.h>
#include <histedit.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <wchar.h>
#include <wctype.h>
#if defined(__APPLE__)
#include <util.h>
#else
#include <pty.h>
#endif

/* el_set, el_get and history_w are variadic, which Swift cannot call: one typed wrapper for each use. */
typedef char *(*cedit_prompt)(EditLine *);
typedef unsigned char (*cedit_command)(EditLine *, int);

static inline void cedit_set_owner(EditLine *e, void *owner) { el_set(e, EL_CLIENTDATA, owner); }
static inline void *cedit_owner(EditLine *e) {
  void *owner = NULL;
  el_get(e, EL_CLIENTDATA, &owner);
  return owner;
}
static inline void cedit_set_prompt(EditLine *e, cedit_prompt f) { el_set(e, EL_PROMPT, f); }
static inline void cedit_set_getc(EditLine *e, el_rfunc_t f) { el_set(e, EL_GETCFN, f); }
static inline void cedit_set_emacs(EditLine *e) { el_set(e, EL_EDITOR, "emacs"); }
static inline int cedit_is_vi(EditLine *e) {
  const char *name = NULL;
  el_get(e, EL_EDITOR, &name);
  return name && name[0] == 'v';
}
/* Whether editing is on and the terminal is known to move its cursor up. */
static inline int cedit_can_edit(EditLine *e) {
  int on = 0;
  char *up = NULL;
  el_get(e, EL_EDITMODE, &on);
  el_get(e, EL_GETTC, "up", &up);
  return on && up && *up;
}
static inline void cedit_add(EditLine *e, const char *name, const char *help, cedit_command f) {
  el_set(e, EL_ADDFN, name, help, f);
}
static inline void cedit_bind(EditLine *e, const char *key, const char *name) {
  el_set(e, EL_BIND, key, name, NULL);
}
static inline void cedit_bind_vi(EditLine *e, const char *key, const char *name) {
  el_set(e, EL_BIND, "-a", key, name, NULL);
}
static inline void cedit_setty(EditLine *e, const char *mode) { el_set(e, EL_SETTY, "-d", mode, NULL); }
static inline void cedit_refresh(EditLine *e) { el_set(e, EL_REFRESH); }
static inline void cedit_prepare_terminal(EditLine *e, int on) { el_set(e, EL_PREP_TERM, on); }

static inline void cedit_use_history(EditLine *e, HistoryW *h, int limit) {
  HistEventW event;
  history_w(h, &event, H_SETSIZE, limit);
  history_w(h, &event, H_SETUNIQUE, 1);
  el_wset(e, EL_HIST, history_w, h);
}
static inline void cedit_remember(HistoryW *h, const wchar_t *entry) {
  HistEventW event;
  history_w(h, &event, H_ENTER, entry);
}

/* The member names of struct sigaction, the type of ioctl's second argument, CODESET and errno differ
   between systems. */
static inline void cedit_watch(int number, void (*handler)(int)) {
  struct sigaction action;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  action.sa_handler = handler;
  sigaction(number, &action, NULL);
}
static inline void cedit_ignore(int number) { signal(number, SIG_IGN); }
static inline int cedit_size(int terminal, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(terminal, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return -1;
  *columns = size.ws_col;
  *rows = size.ws_row;
  return 0;
}
static inline int cedit_set_size(int terminal, int columns, int rows) {
  struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
  return ioctl(terminal, TIOCSWINSZ, &size);
}
/* What the tests type into: the two ends of a pseudo-terminal, closed in programs that are started, since a
   terminal is hung up only when nobody holds the keyboard any more. */
static inline int cedit_open_terminal(int *keyboard, int *terminal) {
  if (openpty(keyboard, terminal, NULL, NULL, NULL) != 0) return -1;
  fcntl(*keyboard, F_SETFD, FD_CLOEXEC);
  fcntl(*terminal, F_SETFD, FD_CLOEXEC);
  return 0;
}
static inline const char *cedit_codeset(void) { return nl_langinfo(CODESET); }

/* <wchar.h> hides wcwidth unless the X/Open interfaces are asked for. */
extern int wcwidth(wchar_t);
static inline int cedit_width(wchar_t c) { return wcwidth(c); }
#endif
