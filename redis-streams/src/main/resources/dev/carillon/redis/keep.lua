-- Keeps a stream that nobody published to. Creates none.
if redis.call('HGET', state, 'top') == '0' then
  want(0)
end
return true
