-- Takes an account's person key away, unless it is another by now.
-- KEYS: people.  ARGV: account, key.
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then
    return 0
end
return redis.call('HDEL', KEYS[1], ARGV[1])
