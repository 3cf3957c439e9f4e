-- Gives the stream a new epoch when it stands before a position that somebody saw. ARGV after
-- those of the stream: 9 offset and 10 epoch that were seen. Answers epoch and top.
local epoch, top = open()
if not epoch then
  return false
end
if epoch == ARGV[10] and tonumber(ARGV[9]) > top then
  epoch, top = create(ARGV[3])
end
return {epoch, text(top)}
