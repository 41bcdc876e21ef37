-- Takes or prolongs the lease of a board: 1 when it is the node's now, 0 when another has it.
-- KEYS: lease.  ARGV: node, milliseconds.
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then
    return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
