/* listen — addresses to listen on, and those under which others then reach the machine. */
#ifndef CLI_LISTEN_H
#define CLI_LISTEN_H

#include "base/buf.h"

#include <stdbool.h>

struct listen_address {
    char host[256]; /* "" is every address */
    int port;
};

/* HOST:PORT, :PORT or [ADDRESS]:PORT. */
bool listen_address_parse(const char *text, struct listen_address *out);
/* Listens on every address of the machine. */
bool listen_is_any(const char *host);
/* A port that is free there now: links need its number before it is listened on. 0: none. */
int listen_free_port(const char *host);
/* Appends the first of these: http://ADDRESS:PORT; nothing when there is none. */
void listen_add_lan(int port, struct buf *to);
/* Prints http://ADDRESS:PORT for every IPv4 address that others may reach. */
void listen_print_lan(int port);

#endif
