const NUMBER = '\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten';
const UNIT = 'minutes|hours|days?|weeks|months|nights?';
const OPENING = `(?<![\\w.])(?:${NUMBER}) (${UNIT})`;
const CLOSING = `(${NUMBER})(?: \\1)?(?= *(?:$|[,.!?;]| (?:now|so|ago|and|can|is|in|out|post)\\b))`;
const ITS = '(?:its|it was|it is|its been|it has been|im at|im on|thats|was)';
const STEADY = '(?: only| actually| really| more like| just| like| about| now| probably)*';

/** "3 days ago i think? no 4": the second number takes the place of the first. */
const CORRECTED = new RegExp(
  `${OPENING}(?:( ago| post| in| out)?(?:\\.{2,4})?[^.!;]{0,16}?)(?:\\bno|\\bactually|\\bi mean|\\bi meant|\\bsorry|\\bscratch that|\\boops|\\bcorrection|\\bmy bad|\\bnope|\\bmake (?:it|that)|\\bor rather|\\bwait)[ ,-]+(?:wait,? )?(?:${ITS} |more like |i mean )?${CLOSING}`,
  'g',
);
/** "i thought it was 5 days but its only 4" */
const MISTAKEN = new RegExp(
  `\\b(?:thought|said|told|wrote)\\b[^.!?;\\d]{0,24}${OPENING}( ago)?[^.!?;\\d]{0,12}? (?:but ${ITS}${STEADY}|no wait) ${CLOSING}`,
  'g',
);
/** "they said wait 48 hours and its been 40" */
const UNIT_LEFT_OUT = new RegExp(
  `${OPENING}([^!;\\d]{0,24}?\\b(?:its been|it has been|im at|im on hour|im(?= \\d{1,3} (?:in|out|post)\\b)|its only been|been|its(?= [a-z ]{0,12}\\d{1,3} (?:now|already|so far)\\b))${STEADY}) ${CLOSING}`,
  'g',
);
/** "3 days ago idk maybe 4" */
const DOUBTED = new RegExp(
  `(?<![\\w.])(${NUMBER}) (${UNIT}) ago[,?]* (?:(?:i think|i guess|idk|not sure|or so),? )?(?:or )?(?:maybe|or|possibly|perhaps) (?:like )?(${NUMBER})(?= *(?:$|[,.!?;]))`,
  'g',
);

/** Puts a corrected count in the place of the wrong one, and a unit behind a count that leaves it out. */
export function correctCounts(text: string): string {
  return text
    .replace(MISTAKEN, (_all, unit: string, _ago: string | undefined, count: string) => `${count} ${unit} ago`)
    .replace(CORRECTED, (_all, unit: string, way: string | undefined, count: string) => `${count} ${unit}${way ?? ' ago'}`)
    .replace(UNIT_LEFT_OUT, (all, unit: string, _between: string, count: string) =>
      all.endsWith(` ${unit}`) ? all : `${all.slice(0, all.length - count.length)}${count} ${unit}`,
    )
    .replace(
      DOUBTED,
      (_all, first: string, unit: string, second: string) => `${first} or ${second} ${unit.endsWith('s') ? unit : `${unit}s`} ago`,
    );
}
