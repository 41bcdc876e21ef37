/*
 * background — work beside the loop gives way to it: on few processors, a thread that has
 * much to do would otherwise take the very time in which people wait for their answer.
 * Private to app/.
 */
#ifndef APP_BACKGROUND_H
#define APP_BACKGROUND_H

/* Called by a thread of the pool before it works; it gives way from then on. Without effect
   where the system has no priorities of threads. */
void background_give_way(void);

#endif
