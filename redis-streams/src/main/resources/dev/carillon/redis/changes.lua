-- Tells what changed in a part after a version. KEYS: 1 the state of its change log, 2 the channels
-- in it. ARGV: 1 era, 2 a log identity that was never used, 3 identity and 4 version that were seen
-- last, 5 what stands before a channel in the name of its state.
-- Answers identity and version of the log, 1 when it does not reach back to what was seen, and
-- for each changed channel its name, epoch and top.
local has = redis.call('HMGET', KEYS[1], 'era', 'id', 'version', 'floor')
if has[1] ~= ARGV[1] then
  redis.call('DEL', KEYS[1], KEYS[2])
  redis.call('HSET', KEYS[1], 'era', ARGV[1], 'id', ARGV[2], 'version', 0, 'floor', 0)
  return {ARGV[2], '0', 1}
end
local version = has[3] or '0'
if has[2] ~= ARGV[3] or tonumber(ARGV[4]) < tonumber(has[4]) then
  return {has[2], version, 1}
end
local answer = {has[2], version, 0}
if version == ARGV[4] then
  return answer
end
for _, channel in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. ARGV[4], '+inf')) do
  local state = redis.call('HMGET', ARGV[5] .. channel, 'epoch', 'top', 'era')
  if state[3] == ARGV[1] then
    answer[#answer + 1] = channel
    answer[#answer + 1] = state[1]
    answer[#answer + 1] = state[2]
  end
end
return answer
