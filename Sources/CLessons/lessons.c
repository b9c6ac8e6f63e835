#include "lessons.h"

// The course travels inside the program, so that it is there wherever the program is moved to.
// A new lesson is two lines: its bytes, and its place in the list.

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char first_server[] = {
#embed "../../lessons/01-your-first-server.md"
};

#define LESSON(name, bytes) {name, bytes, (long)sizeof(bytes)}

static const nepho_lesson lessons[] = {
    LESSON("01-your-first-server.md", first_server),
};

const long nepho_lesson_count = sizeof(lessons) / sizeof(lessons[0]);

nepho_lesson nepho_lesson_at(long place) { return lessons[place]; }
