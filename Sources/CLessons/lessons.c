#include "lessons.h"

// The course travels inside the program, so that it is there wherever the program is moved to.
// A new lesson is two lines: its bytes, and its place in the list.

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char first_server[] = {
#embed "../../lessons/01-your-first-server.md"
};
static const unsigned char more_machines[] = {
#embed "../../lessons/04-more-machines-or-a-bigger-one.md"
};
static const unsigned char by_turns[] = {
#embed "../../lessons/07-by-turns-and-its-blind-spot.md"
};
static const unsigned char two_choices[] = {
#embed "../../lessons/08-two-choices.md"
};
static const unsigned char keys_stay[] = {
#embed "../../lessons/09-keys-that-stay.md"
};
static const unsigned char servers_lie[] = {
#embed "../../lessons/10-servers-that-lie.md"
};
static const unsigned char never_stops[] = {
#embed "../../lessons/13-the-rule-that-never-stops.md"
};
static const unsigned char by_demand[] = {
#embed "../../lessons/15-by-demand-by-resources.md"
};
static const unsigned char kubernetes[] = {
#embed "../../lessons/16-how-kubernetes-does-it.md"
};
static const unsigned char a_sale[] = {
#embed "../../lessons/19-a-sale.md"
};
static const unsigned char the_storm[] = {
#embed "../../lessons/22-the-storm-that-outlives-its-cause.md"
};

#define LESSON(name, bytes) {name, bytes, (long)sizeof(bytes)}

static const nepho_lesson lessons[] = {
    LESSON("01-your-first-server.md", first_server),
    LESSON("04-more-machines-or-a-bigger-one.md", more_machines),
    LESSON("07-by-turns-and-its-blind-spot.md", by_turns),
    LESSON("08-two-choices.md", two_choices),
    LESSON("09-keys-that-stay.md", keys_stay),
    LESSON("10-servers-that-lie.md", servers_lie),
    LESSON("13-the-rule-that-never-stops.md", never_stops),
    LESSON("15-by-demand-by-resources.md", by_demand),
    LESSON("16-how-kubernetes-does-it.md", kubernetes),
    LESSON("19-a-sale.md", a_sale),
    LESSON("22-the-storm-that-outlives-its-cause.md", the_storm),
};

const long nepho_lesson_count = sizeof(lessons) / sizeof(lessons[0]);

nepho_lesson nepho_lesson_at(long place) { return lessons[place]; }
