import type { Mention } from './mention';

const FRESH = new RegExp(
  '(?<!\\w)(?:' +
    [
      'just (?:got|had|did|finished|completed|wrapped|ended)(?: up| done with)?(?: with)? (?:it|mine|(?:you|yall|u|ya)(?: guys)?|done|needled|treated|(?:my |the |a |some )?(?:first |second |third |\\d(?:st|nd|rd|th) )?(?:micro ?-?needl\\w*|treatment|procedure|session|appointment|one|prp|derma ?pen|face done|vampire facial))',
      '(?:just|literally just|im just) (?:got(?:ten)?|came|walked|stepped|gotten) (?:home|back|out)(?: (?:from|of))?(?: (?:my|the|your|a|getting))?(?! (?:work|gym|school|store|beach|pool|dinner|vacation|trip|run|walk|pharmacy|cvs|shower|hike|yoga|class|the (?:gym|store|beach|pool)|bed|a run))',
      'just (?:got |now |come )?(?:out|back) (?:of|from) (?:my |the |your |an? )?(?:micro\\w*|needl\\w*|treatment|appointment|session|procedure|chair)',
      'just (?:hopped|got|climbed|jumped|came|rolled) (?:off|down from) (?:of )?(?:the|your|that) (?:table|chair|bed)',
      'just (?:finished|got done|wrapped up)(?: up)?(?= *(?:[.!,]|$))',
      '(?:walking|stepping|coming) out of (?:the|your|yalls) (?:clinic|office|spa|med ?spa|building|door|appointment)',
      'just left(?! (?:a|me|my (?:house|job|kid|husband)|work|the (?:gym|store|beach|pool)))',
      '(?:fresh|straight) (?:out of|from|outta|off)(?! (?:the )?(?:shower|sauna|pool|gym|bath))',
      '(?:driving|heading|on my way|omw) home (?:now )?from(?= (?:my |the |your |a )?(?:micro|treatment|appointment|session|procedure|clinic|spa|med ?spa|office))',
      'just (?:now )?(?:got|been) microneedled',
      '(?<=^(?:it was |like |ended |it ended |literally )?)just now(?= *[.!]? *$)',
    ].join('|') +
    ')(?!\\w)',
  'g',
);

/** Finds treatments that ended moments ago: "just got home from my microneedling", "fresh out of the chair". */
export function findFresh(text: string, limit: number): readonly Mention[] {
  const found: Mention[] = [];
  for (const match of text.matchAll(FRESH)) {
    if (found.length >= limit) break;
    found.push({ kind: 'fresh', start: match.index, end: match.index + match[0].length, direction: 'past' });
  }
  return found;
}
