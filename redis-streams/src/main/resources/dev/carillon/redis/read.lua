-- Reads a part of the stream. ARGV after those of the stream: 9 the life of publications in ms,
-- 10 offset and 11 epoch to read after (empty: none, any), 12 publications at most, 13 "1" for the
-- newest first. Answers epoch and top; for each publication its offset, its time and its body.
local epoch, top, bytes = open()
if not epoch then
  return false
end
want(top)
local answer = {epoch, text(top)}
local since, limit = ARGV[10], tonumber(ARGV[12])
if limit == 0 or ARGV[11] ~= '' and ARGV[11] ~= epoch then
  return answer
end
local left = trim(bytes, 0, math.huge, math.huge, clock() - ARGV[9])
if left ~= bytes then
  redis.call('HSET', state, 'bytes', text(left))
end
local entries
if ARGV[13] == '1' then
  local from = since == '' and '+' or text(math.max(0, since - 1)) .. '-0'
  entries = redis.call('XREVRANGE', publications, from, '-', 'COUNT', limit)
else
  local from = since == '' and '-' or text(since + 1) .. '-0'
  entries = redis.call('XRANGE', publications, from, '+', 'COUNT', limit)
end
for _, entry in ipairs(entries) do
  answer[#answer + 1] = string.match(entry[1], '%d+')
  answer[#answer + 1] = entry[2][2]
  answer[#answer + 1] = entry[2][4]
end
return answer
