/* protocol — names that a client and the server must agree on. */
#ifndef PINSON_PROTOCOL_H
#define PINSON_PROTOCOL_H

#define PINSON_PROTOCOL "pinson.v1"
#define PINSON_VERSION  "0.1.0"

/* JSON-RPC 2.0, section 5.1; every other error is RPC_REFUSED with data.error. */
enum rpc_code {
    RPC_PARSE = -32700,
    RPC_REQUEST = -32600,
    RPC_METHOD = -32601,
    RPC_PARAMS = -32602,
    RPC_REFUSED = -32000
};

#endif
