#ifndef NEPHO_LESSONS_H
#define NEPHO_LESSONS_H

/// A lesson that is part of the program: its file's name and its bytes.
typedef struct {
  const char *name;
  const unsigned char *bytes;
  long count;
} nepho_lesson;

/// How many lessons there are.
extern const long nepho_lesson_count;

/// A lesson by its place, from 0, in the order of their numbers.
nepho_lesson nepho_lesson_at(long place);

#endif
