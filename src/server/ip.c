#include "server/ip.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

static void set6(struct ip *ip, const void *bytes)
{
    *ip = (struct ip){.is6 = true};
    memcpy(ip->bytes, bytes, 16);
    if (memcmp(ip->bytes, mapped, sizeof mapped) == 0) {
        ip->is6 = false;
        memmove(ip->bytes, ip->bytes + sizeof mapped, 4);
        memset(ip->bytes + 4, 0, 12);
    }
}

static void set4(struct ip *ip, const void *bytes)
{
    *ip = (struct ip){0};
    memcpy(ip->bytes, bytes, 4);
}

/* "[2001:db8::1]:80" and "192.0.2.1:80" without what is not the address. */
static struct view bare(struct view text)
{
    if (text.len && text.ptr[0] == '[') {
        const char *end = memchr(text.ptr, ']', text.len);

        return end ? (struct view){text.ptr + 1, (size_t)(end - text.ptr) - 1}
                   : (struct view){0};
    }
    const char *colon = text.len ? memchr(text.ptr, ':', text.len) : NULL;

    if (colon && !memchr(colon + 1, ':', text.len - (size_t)(colon + 1 - text.ptr))) {
        text.len = (size_t)(colon - text.ptr);
    }
    return text;
}

bool ip_parse(struct view text, struct ip *out)
{
    struct view host = bare(view_trim(text));
    unsigned char bytes[16];
    char copy[INET6_ADDRSTRLEN];

    if (!host.len || host.len >= sizeof copy) {
        return false;
    }
    memcpy(copy, host.ptr, host.len);
    copy[host.len] = '\0';
    if (strlen(copy) != host.len) {
        return false;
    }
    if (inet_pton(AF_INET, copy, bytes) == 1) {
        set4(out, bytes);
        return true;
    }
    if (inet_pton(AF_INET6, copy, bytes) == 1) {
        set6(out, bytes);
        return true;
    }
    return false;
}

bool ip_from_socket(const struct sockaddr *address, struct ip *out)
{
    if (address->sa_family == AF_INET) {
        set4(out, &((const struct sockaddr_in *)(const void *)address)->sin_addr);
        return true;
    }
    if (address->sa_family == AF_INET6) {
        set6(out, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr);
        return true;
    }
    return false;
}

bool ip_equal(const struct ip *a, const struct ip *b)
{
    return a->is6 == b->is6 && memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

bool ip_is_loopback(const struct ip *ip)
{
    static const unsigned char one[16] = {[15] = 1};

    return ip->is6 ? memcmp(ip->bytes, one, sizeof one) == 0 : ip->bytes[0] == 127;
}

void ip_write_limited(const struct ip *ip, char out[IP_TEXT_SIZE])
{
    char text[INET6_ADDRSTRLEN];
    unsigned char network[16] = {0};

    out[0] = '\0';
    if (ip_is_loopback(ip)) {
        return;
    }
    if (!ip->is6) {
        inet_ntop(AF_INET, ip->bytes, out, IP_TEXT_SIZE);
        return;
    }
    memcpy(network, ip->bytes, 8);
    inet_ntop(AF_INET6, network, text, sizeof text);
    snprintf(out, IP_TEXT_SIZE, "%s/64", text);
}
