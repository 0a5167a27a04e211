/** Words of a language that say nothing about a text's subject. */
const STOP_WORDS = new Set(
  `a about above after again all also am an and any are as at be because been before being below between both but by can cannot could did do does doing done down during each else even ever
  few for from further get give given gives go had has have having he her here hers him his how however i if in into is it its itself just let like made make may me might more most much must my no nor not
  now of off on once one only or other our out over own per please said same say shall she should since so some such tell than that the their them then there these they this those through to too under until up us
  upon use used very via was we well were what when where whether which while who whom whose why will with within without would you your according answer describe document documents exact exactly explain
  file files following list mention mentioned question report state stated text`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

/** Words of a text in lower case, with numbers and identifiers kept whole: `3.5`, `ctx.run`, `gpt-4`. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .replaceAll(/[’‘]/g, "'")
      .match(/[\p{L}\p{N}]+(?:[.,'_-][\p{L}\p{N}]+)*/gu) ?? []
  );
}

/** A word without its inflection; English. Different forms of one word meet, different words rarely do. */
export function stem(word: string): string {
  let text = word
    .toLowerCase()
    .replace(/'s$|'$/, '')
    .replaceAll(/(?<=\p{L})-(?=\p{L})/gu, '');
  if (text.length <= 3 || /\d/.test(text)) return text;
  const irregular = IRREGULAR[text];
  if (irregular) return irregular;
  text = text
    .replace(/ies$/, 'y')
    .replace(/(ss|sh|ch|x|z)es$/, '$1')
    .replace(/([^su])s$/, '$1');
  text = inflected(text);
  for (const [ending, to] of DERIVATIONS) {
    if (text.endsWith(ending) && text.length - ending.length >= 3) {
      text = text.slice(0, -ending.length) + to;
      break;
    }
  }
  return text.length > 3 ? text.replace(/([^aeiou])y$/, '$1i').replace(/e$/, '') : text;
}

function inflected(text: string): string {
  for (const ending of ['ingly', 'edly', 'ing', 'ed']) {
    const root = text.slice(0, -ending.length);
    if (!text.endsWith(ending) || root.length < 3 || !/[aeiouy]/.test(root)) continue;
    if (/i$/.test(root) && ending === 'ed') return `${root.slice(0, -1)}y`;
    return root.replace(/([bdfgmnprt])\1$/, '$1');
  }
  return text;
}

const DERIVATIONS: readonly (readonly [string, string])[] = [
  ['ization', 'iz'],
  ['isation', 'iz'],
  ['ational', 'at'],
  ['ation', 'at'],
  ['ition', 'it'],
  ['iveness', 'iv'],
  ['fulness', 'ful'],
  ['ment', ''],
  ['ness', ''],
  ['ator', 'at'],
  ['tion', 't'],
  ['ally', 'al'],
  ['ly', ''],
];

const IRREGULAR: Readonly<Record<string, string>> = Object.fromEntries(
  `built:build held:hold kept:keep sold:sell told:tell bought:buy brought:bring caught:catch taught:teach thought:think found:find founded:found founder:found grew:grow grown:grow knew:know known:know
  threw:throw thrown:throw flew:fly flown:fly drew:draw drawn:draw wrote:writ written:writ writer:writ writes:writ writing:writ write:writ rode:rid drove:driv driven:driv broke:break broken:break spoke:speak spoken:speak
  chose:choos chosen:choos froze:freez frozen:freez stole:steal wore:wear worn:wear tore:tear born:born began:begin begun:begin sang:sing sung:sing rang:ring sank:sink swam:swim ran:run won:win lost:los led:lead
  fed:feed met:meet left:leav lent:lend sent:send spent:spend bent:bend burnt:burn burned:burn lit:light ate:eat eaten:eat gave:give took:tak taken:tak fell:fall fallen:fall rose:ris risen:ris sat:sit stood:stand
  paid:pay laid:lay lay:lie saw:see seen:see wed:wed dug:dig hung:hang died:die dies:die dying:die death:die tied:tie men:man women:woman children:child feet:foot teeth:tooth geese:goose mice:mouse people:people
  wolves:wolf leaves:leaf knives:knife lives:liv living:liv lived:liv live:liv colour:color colours:color coloured:color metre:meter metres:meter centre:center height:high heights:high tall:high length:long depth:deep width:wide
  weight:weigh weighs:weigh speed:fast forbade:forbid forbidden:forbid bit:bit bitten:bit blew:blow blown:blow bred:breed clung:cling crept:creep dealt:deal fled:flee fought:fight forgot:forget forgotten:forget
  heard:hear hid:hid hidden:hid hide:hid knelt:kneel meant:mean shook:shak shaken:shak shone:shin shot:shoot shown:show shrank:shrink shrunk:shrink slept:sleep slid:slid spun:spin sprang:spring stuck:stick stung:sting
  struck:strik sworn:swear swore:swear swept:sweep swung:swing understood:understand wept:weep woke:wak woken:wak withdrew:withdraw became:becom came:com sought:seek bound:bind lain:lie overtook:overtak
  ground:grind sewn:sew sown:sow mown:mow proven:prov wove:weav woven:weav arose:aris arisen:aris undertook:undertak`
    .split(/\s+/)
    .filter((pair) => pair.includes(':'))
    .map((pair) => pair.split(':') as [string, string]),
);
