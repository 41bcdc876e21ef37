-- Writes a board's scores and tallies, unless the node has no lease or a later version stands:
-- then 0 and nothing is written.
-- KEYS: lease, meta, score, tally, heads.
-- ARGV: node, version, last, head, pool, pending, round, summary,
--       count of ideas, (idea, score or '', tally) each, (version, head) of each chain head.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then
    return 0
end
local stands = redis.call('HGET', KEYS[2], 'version')
if stands and tonumber(stands) > tonumber(ARGV[2]) then
    return 0
end

local at = 10
for _ = 1, tonumber(ARGV[9]) do
    local idea, score, tally = ARGV[at], ARGV[at + 1], ARGV[at + 2]
    if score == '' then
        redis.call('ZREM', KEYS[3], idea)
    else
        redis.call('ZADD', KEYS[3], score, idea)
    end
    redis.call('HSET', KEYS[4], idea, tally)
    at = at + 3
end
while ARGV[at] do
    redis.call('HSETNX', KEYS[5], ARGV[at], ARGV[at + 1])
    at = at + 2
end
redis.call('HSET', KEYS[2], 'version', ARGV[2], 'last', ARGV[3], 'head', ARGV[4],
    'pool', ARGV[5], 'pending', ARGV[6], 'round', ARGV[7], 'summary', ARGV[8])
return 1
