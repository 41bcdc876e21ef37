/*
 * ip — addresses of the network as values that can be compared and counted by.
 *
 * Pure. An IPv4 address that is written inside IPv6 is the IPv4 address.
 */
#ifndef SERVER_IP_H
#define SERVER_IP_H

#include "base/text.h"

#include <stdbool.h>

enum {
    IP_TEXT_SIZE = 64
};

struct ip {
    bool is6;
    unsigned char bytes[16]; /* network order; the first four of IPv4 */
};

struct sockaddr;

/* "192.0.2.1", "2001:db8::1"; as in headers also "[2001:db8::1]", with or without a port. */
bool ip_parse(struct view text, struct ip *out);
bool ip_from_socket(const struct sockaddr *address, struct ip *out);
bool ip_equal(const struct ip *a, const struct ip *b);
bool ip_is_loopback(const struct ip *ip);

/* Under which name its limits are counted: IPv6 by /64, which is one household; "" for
   loopback, which has none. */
void ip_write_limited(const struct ip *ip, char out[IP_TEXT_SIZE]);

#endif
