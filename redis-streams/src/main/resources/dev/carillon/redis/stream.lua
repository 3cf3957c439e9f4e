-- What the scripts of one stream have in common; it stands before each of them.
-- KEYS: 1 the state of the stream, 2 its publications, 3 the idempotency keys, 4 their order,
--       5 the state of the change log of its part, 6 the channels in that log
-- ARGV: 1 era, 2 and 3 epochs that were never used, 4 "1" when the stream may be created,
--       5 life of an unpublished stream in ms, 6 a log identity that was never used,
--       7 channels in a change log at most, 8 the channel
local state, publications, known, order, log, logged = unpack(KEYS)
local era, unpublished, channel = ARGV[1], ARGV[5], ARGV[8]

local function text(number)
  return string.format('%.0f', number)
end

-- One clock for all nodes, in milliseconds.
local function clock()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

-- Remembers that the stream has another position than before.
local function changed()
  if redis.call('HGET', log, 'era') ~= era then
    redis.call('DEL', log, logged)
    redis.call('HSET', log, 'era', era, 'id', ARGV[6], 'floor', 0)
  end
  local version = redis.call('HINCRBY', log, 'version', 1)
  redis.call('ZADD', logged, version, channel)
  local over = version % 16 == 0 and redis.call('ZCARD', logged) - tonumber(ARGV[7]) or 0
  if over > 0 then
    local last = redis.call('ZRANGE', logged, over - 1, over - 1, 'WITHSCORES')
    redis.call('HSET', log, 'floor', last[2])
    redis.call('ZREMRANGEBYRANK', logged, 0, over - 1)
  end
end

local function create(epoch)
  redis.call('DEL', state, publications, known, order)
  redis.call('HSET', state, 'epoch', epoch, 'top', 0, 'bytes', 0, 'era', era)
  redis.call('PEXPIRE', state, unpublished)
  changed()
  return epoch, 0, 0
end

-- Epoch, top and bytes of the stream; nothing when it does not exist and may not be created.
-- A stream of another era was written to a Redis that may have lost what it acknowledged later.
local function open()
  local has = redis.call('HMGET', state, 'epoch', 'top', 'bytes', 'era')
  if has[1] and has[4] == era then
    return has[1], tonumber(has[2]), tonumber(has[3])
  end
  if has[1] or ARGV[4] == '1' then
    return create(ARGV[2])
  end
end

-- Who wants an unpublished stream renews it, but not each time: that would be a write.
local function want(top)
  if top == 0 and redis.call('PTTL', state) < unpublished * 5 / 6 then
    redis.call('PEXPIRE', state, unpublished)
  end
end

-- Drops the oldest publications until the limits hold, and gives the bytes that are left.
local function trim(bytes, least, most, room, oldest)
  local length = redis.call('XLEN', publications)
  if length == 0 then
    return 0
  end
  while length > least do
    local first = redis.call('XRANGE', publications, '-', '+', 'COUNT', 1)[1]
    local entry = first[2]
    if length <= most and bytes <= room and tonumber(entry[2]) >= oldest then
      break
    end
    redis.call('XDEL', publications, first[1])
    length = length - 1
    bytes = bytes - #entry[4] - 64
  end
  return bytes
end
