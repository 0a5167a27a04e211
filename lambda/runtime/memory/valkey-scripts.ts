/**
 * Appends the messages of one turn at once.
 *
 * KEYS: the conversation. ARGV: time to live in ms, token budget, '1' if the turn may be stored already, the turn, then one
 * entry per message: JSON without its opening brace.
 *
 * The script puts two numbers in front of each entry: its sequence and the tokens of the conversation up to and
 * including it. They make the list describe itself: numbering and trimming need neither a second key, which could be
 * evicted alone, nor cjson, which not every server has. An entry that is no longer readable keeps its number.
 */
export const APPEND_SCRIPT = `
local key = KEYS[1]
local function numbers(entry)
  local s, c = string.match(entry, '^{"s":(%d+),"c":(%d+),"v":%d+,"t":%d+,')
  return tonumber(s), tonumber(c)
end
if ARGV[3] == '1' then
  local recent = redis.call('LRANGE', key, -200, -1)
  for i = #recent, 1, -1 do
    if string.find(recent[i], '"turn":"' .. ARGV[4] .. '"', 1, true) then
      redis.call('PEXPIRE', key, ARGV[1])
      local s = numbers(recent[i])
      return s
    end
  end
end
local length = redis.call('LLEN', key)
local seq, total = length, 0
for i = 1, length do
  local s, c = numbers(redis.call('LINDEX', key, -i))
  if s then
    seq, total = s + i - 1, c
    break
  end
end
for i = 5, #ARGV do
  seq = seq + 1
  total = total + tonumber(string.match(ARGV[i], '^"v":%d+,"t":(%d+),'))
  redis.call('RPUSH', key, string.format('{"s":%.0f,"c":%.0f,%s', seq, total, ARGV[i]))
end
local budget = tonumber(ARGV[2])
while true do
  local s, c = numbers(redis.call('LINDEX', key, 0))
  if s and total - c < budget then break end
  redis.call('LPOP', key)
end
redis.call('PEXPIRE', key, ARGV[1])
return seq
`;

/** Reads a conversation and slides its time to live. ARGV: time to live in ms. */
export const READ_SCRIPT = `
local entries = redis.call('LRANGE', KEYS[1], 0, -1)
if #entries > 0 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return entries
`;
