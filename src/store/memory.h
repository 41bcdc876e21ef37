/* memory — the store in this process' memory, with the contract of store.h. For tests. */
#ifndef STORE_MEMORY_H
#define STORE_MEMORY_H

#include "store/store.h"

struct store *memory_store_create(struct uv_loop_s *loop);

#endif
