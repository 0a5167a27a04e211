import { stem } from './stem';

/** Words of everyday English that state the same thing of a subject. */
const GROUPS = `
build construct erect
found establish start
begin start commence launch
end finish conclude stop
buy purchase acquire
write author compose
invent devise
make produce manufacture create
live reside dwell inhabit
die perish
lead head direct manage run
own belong possess
repair mend fix restore
paint color
limit maximum quota most
cost price charge pay
delete remove erase
allow permit let
fail error break
retry again repeat
keep store save retain
near close beside
big large huge
speak talk
grow cultivate
eat feed
job occupation profession work
teach instruct
carry transport haul
wait suspend pause
resume continue
show display
send deliver
begin open
long last take
year annual
quick fast
sink wreck
win award
discover find
give gift donate present grant
change alter modify
happen occur
help assist
need require
name call
increase rise raise grow
decrease fall drop reduce
cross span
`;

const BY_STEM = new Map<string, Set<string>>();
for (const line of GROUPS.trim().split('\n')) {
  const stems = line.split(' ').map(stem);
  for (const one of stems) BY_STEM.set(one, new Set([...(BY_STEM.get(one) ?? []), ...stems]));
}

export function synonymsOf(word: string): ReadonlySet<string> {
  return BY_STEM.get(word) ?? new Set([word]);
}
