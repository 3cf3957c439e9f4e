-- Tells in which era the streams of this Redis are. A new era begins when it was started anew or
-- became the primary, unless that is known to lose nothing. Whoever comes first decides for all.
-- KEYS: 1 the era. ARGV: 1 which run of Redis this is, 2 "1" when it lost nothing that an earlier
-- run acknowledged, 3 the era that this connection knows, empty for none, 4 one never used.
-- Answers the era, whether what it was kept in is gone, and with it everything else, and the time
-- in ms.
local has = redis.call('HMGET', KEYS[1], 'era', 'run')
local era = has[1]
if not era then
  era = ARGV[3] == '' and ARGV[4] or ARGV[3]
elseif has[2] ~= ARGV[1] and ARGV[2] ~= '1' then
  era = ARGV[4]
end
if has[1] ~= era or has[2] ~= ARGV[1] then
  redis.call('HSET', KEYS[1], 'era', era, 'run', ARGV[1])
end
local time = redis.call('TIME')
return {era, has[1] and 0 or 1, time[1] * 1000 + math.floor(time[2] / 1000)}
