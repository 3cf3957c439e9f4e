-- Appends publications, in one step. ARGV after those of the stream: 9 publications, 10 bytes at
-- most, 11 their life in ms, 12 the life of the state in ms, 13 keys that are kept whatever their
-- age, 14 age in ms up to which more are kept, 15 keys at most, 16 when the call began, by the clock
-- of Redis, and 17 the era in which that was its time; then a key and a body for each, an empty key
-- for none.
-- Answers the epoch; for each publication its offset, its time, and what was stored under its
-- key before: the body, "" when only the key is remembered, nothing when it is new. Fails with
-- FORGOTTEN, and appends nothing, when a key may have been stored by an earlier try and has left the
-- window since.
local epoch, top, bytes = open()
if not epoch then
  return false
end
-- When they have all expired at once, nobody has counted them off.
if bytes > 0 and redis.call('EXISTS', publications) == 0 then
  bytes = 0
end
local now = clock()
local answer = {epoch}
local before = top

local function remembered(key)
  local found = key ~= '' and redis.call('HGET', known, key)
  if found then
    return string.match(found, '(%d+):(%d+)')
  end
end

-- Whether a key that was remembered after the call began may have been dropped already: for its
-- age, or because the window is full of later ones. Only another try of the call can have stored it.
local function overrun()
  local began, count = tonumber(ARGV[16]), redis.call('LLEN', order)
  if ARGV[17] == era and count >= tonumber(ARGV[13]) and now - began > tonumber(ARGV[14]) then
    return true
  end
  if count < tonumber(ARGV[15]) then
    return false
  end
  local _, oldest = remembered(redis.call('LINDEX', order, 0))
  return ARGV[17] ~= era or not oldest or tonumber(oldest) >= began
end

if overrun() then
  for i = 18, #ARGV, 2 do
    if ARGV[i] ~= '' and not remembered(ARGV[i]) then
      return redis.error_reply('FORGOTTEN too late to know whether it was stored before')
    end
  end
end

for i = 18, #ARGV, 2 do
  local key, body = ARGV[i], ARGV[i + 1]
  local offset, time = remembered(key)
  local stored = false
  if offset then
    local entry = redis.call('XRANGE', publications, offset .. '-0', offset .. '-0')[1]
    stored = entry and entry[2][4] or ''
  else
    top = top + 1
    offset, time = text(top), text(now)
    redis.call('XADD', publications, offset .. '-0', 't', time, 'p', body)
    bytes = bytes + #body + 64
    if key ~= '' then
      redis.call('HSET', known, key, offset .. ':' .. time)
      redis.call('RPUSH', order, key)
    end
  end
  answer[#answer + 1] = offset
  answer[#answer + 1] = time
  answer[#answer + 1] = stored
end

local function forget()
  local count = redis.call('LLEN', order)
  while count > tonumber(ARGV[13]) do
    local key = redis.call('LINDEX', order, 0)
    local _, time = remembered(key)
    if count <= tonumber(ARGV[15]) and time and now - time <= tonumber(ARGV[14]) then
      return
    end
    redis.call('LPOP', order)
    redis.call('HDEL', known, key)
    count = count - 1
  end
end

if top > before then
  bytes = trim(bytes, 1, tonumber(ARGV[9]), tonumber(ARGV[10]), now - ARGV[11])
  forget()
  redis.call('HSET', state, 'top', text(top), 'bytes', text(bytes))
  redis.call('PEXPIRE', state, ARGV[12])
  redis.call('PEXPIRE', publications, ARGV[11])
  redis.call('PEXPIRE', known, ARGV[12])
  redis.call('PEXPIRE', order, ARGV[12])
  changed()
end
return answer
