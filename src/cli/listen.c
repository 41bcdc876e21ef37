#include "cli/listen.h"

#include "base/text.h"

#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

enum {
    ADDRESS_BYTES = 64,
    PORTS = 65535
};

bool listen_address_parse(const char *text, struct listen_address *out)
{
    const char *colon = strrchr(text, ':');
    uint64_t port = 0;

    if (!colon || !view_to_uint(view_of(colon + 1), PORTS, &port)) {
        return false;
    }
    struct view host = {text, (size_t)(colon - text)};

    if (host.len >= 2 && host.ptr[0] == '[' && host.ptr[host.len - 1] == ']') {
        host.ptr++;
        host.len -= 2;
    } else if (host.len && memchr(host.ptr, ':', host.len)) {
        return false; /* an IPv6 address without brackets: which colon is the last? */
    }
    if (host.len >= sizeof out->host) {
        return false;
    }
    memcpy(out->host, host.ptr, host.len);
    out->host[host.len] = '\0';
    out->port = (int)port;
    return true;
}

bool listen_is_any(const char *host)
{
    return strcmp(host, "") == 0 || strcmp(host, "0.0.0.0") == 0 || strcmp(host, "::") == 0;
}

static int bind_any_port(const char *host)
{
    struct sockaddr_storage address = {0};
    socklen_t len = sizeof address;
    int handle = -1;

    if (uv_ip4_addr(host, 0, (struct sockaddr_in *)&address) != 0 &&
        uv_ip6_addr(host, 0, (struct sockaddr_in6 *)&address) != 0) {
        return 0;
    }
    handle = socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (handle < 0) {
        return 0;
    }
    bool ok = bind(handle, (struct sockaddr *)&address, len) == 0 &&
              getsockname(handle, (struct sockaddr *)&address, &len) == 0;

    (void)close(handle);
    /* The port is at the same place in both kinds of address. */
    return ok ? ntohs(((struct sockaddr_in *)&address)->sin_port) : 0;
}

int listen_free_port(const char *host)
{
    return bind_any_port(listen_is_any(host) || strcmp(host, "localhost") == 0 ? "127.0.0.1"
                                                                               : host);
}

/* The next IPv4 address that others may reach, from *at on; false: there is no more. */
static bool next_address(const uv_interface_address_t *interfaces, int count, int *at,
                         char out[ADDRESS_BYTES])
{
    for (; *at < count; ++*at) {
        const uv_interface_address_t *interface = &interfaces[*at];

        if (!interface->is_internal && interface->address.address4.sin_family == AF_INET &&
            uv_ip4_name(&interface->address.address4, out, ADDRESS_BYTES) == 0) {
            ++*at;
            return true;
        }
    }
    return false;
}

void listen_add_lan(int port, struct buf *to)
{
    uv_interface_address_t *interfaces = NULL;
    int count = 0;
    int at = 0;
    char address[ADDRESS_BYTES];

    if (uv_interface_addresses(&interfaces, &count) != 0) {
        return;
    }
    if (next_address(interfaces, count, &at, address)) {
        buf_printf(to, "http://%s:%d", address, port);
    }
    uv_free_interface_addresses(interfaces, count);
}

void listen_print_lan(int port)
{
    uv_interface_address_t *interfaces = NULL;
    int count = 0;
    int at = 0;
    char address[ADDRESS_BYTES];

    if (uv_interface_addresses(&interfaces, &count) != 0) {
        return;
    }
    while (next_address(interfaces, count, &at, address)) {
        printf("On this network: http://%s:%d\n", address, port);
    }
    uv_free_interface_addresses(interfaces, count);
}
