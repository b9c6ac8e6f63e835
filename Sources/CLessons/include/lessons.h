#ifndef NEPHO_LESSONS_H
#define NEPHO_LESSONS_H

/// A lesson that is part of the program: its file's name and its bytes.
typedef struct {
  const char *name;
  const unsigned char *bytes;
  long count;
} nepho_lesson;

/// The lessons in the order of their numbers.
extern const nepho_lesson nepho_lessons[];
extern const long nepho_lesson_count;

#endif
