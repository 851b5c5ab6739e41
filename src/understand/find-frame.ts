import type { Hearing } from './hear';
import type { Message } from './read-message';

/** What kind of question a clause is. */
export interface ClauseFrame {
  readonly intent: string;
  /** Something in its sentence asks: a question mark or a word that asks. Terse reports are often taken for a kind of question. */
  readonly isAsked: boolean;
  /** It only asks to learn ("is infection common", "what counts as a fever"): signs named in it are not there. */
  readonly isLesson: boolean;
}

const QUESTION_STARTS = new Set(
  'what whats how hows why when where who which do does did can could would will is are has have should was'.split(' '),
);
const OPENERS = new Set(
  'so ok hi hey hello just also and but wait quick question curious wondering btw um please pls anyway honestly well'.split(' '),
);
/** Words that tie a sentence to the patient's own body or day. */
const PERSONAL = new Set(
  'my mine mines ive im me now today tonight yesterday tomorrow started keeps woke theres our his her hers their she he since morning overnight'.split(
    ' ',
  ),
);
const REASSURANCE_SOUGHT = /\b(normal|ok|okay|bad|fine|expected|supposed|serious|emergency|wrong)\b/;
/** What is asked of a thing in general: how often it is, how one gets it. */
const IN_GENERAL =
  /\bwho (gets|develops|is prone|is likely|is at risk)\b|\b(do|does|will|would|should) (that many|so many|this many|all the|the|most|tiny|little|small) (\w+ )?(pokes?|needles?|holes|punctures|pricks|pins|sessions?|treatments?|injections|places|spas|faces|people|patients|folks) (\w+ )?(bleed|hurt|swell|scar|burn|sting|blister|ooze|peel|itch)\b.*|\b(do|does|can|could) \w+( \w+)? (happen|occur|develop|form)\b.*|\bhow (common|often|likely|rare|frequent|frequently|many people)\b.*|\b(which|what) \w+ (cause|causes|trigger|triggers)\b.*|\b(how|what|where|why) (is|are|do|does|would|can|could)\b.*\b(caught|reported|passed on|transmitted|happen|happens|occur|occurs|develop|develops|form|forms|caused|cause|causes|avoided|prevented|prevent)\b/;
/** "odds of infection": asks to learn without a word that asks. */
const RISK_WORDS = new Set(
  'risk risks risky odds chance chances likelihood likely common rate rates effects danger dangers complication complications possible should'.split(
    ' ',
  ),
);
/** People in general: a question about them is no report. */
const ANYBODY = new Set('people patients folks everyone everybody anyone anybody somebody clients'.split(' '));
/** "can i", "if i": asked, not told; and "i should", "i read", "i want to know" tell nothing of the patient's skin. */
const ASKS_OF_I = /^(can|could|should|do|does|did|will|would|may|might|shall|if|when|am|how|what|before|until|so|that)$/;
const WISHES_OF_I =
  /^(should|would|could|can|will|might|may|expect|hear|heard|read|saw|want|wanna|know|ask|avoid|prevent|ever|go|need|wonder|hope|look|watch|call|just|was|use|do|get|work|live|love|like)$/;
/** Question kinds that ask to learn; the second set only where the clause is plainly a question. */
const LESSONS = new Set(['risk', 'what']);
const LESSONS_WHEN_ASKED = new Set(['risk', 'what', 'why', 'how_long']);
const LESSON_PROBABILITY = 0.5;
/** Words that ask wherever they stand; those of QUESTION_STARTS ask at the beginning of a sentence. */
const ASKING_WORDS = new Set(
  'how what whats why which does do did help helps treat treats cause causes fix fixes reduce reduces remove removes improve improves okay ok safe allowed wondering wonder curious question advice tips best tell hope worth'.split(
    ' ',
  ),
);
/** "is it a scar, this raised thing": the question is what the sign is called, the sign is told. */
const NAMES = /^(is|are) (it|this|that|these|those) (a|an|my|some) /;
/** They ask unless their subject stands before them: "can dark spots go", but "a dent you could see". */
const MODALS = new Set('can could would will may'.split(' '));
const SUBJECTS = new Set('i you it they we he she that this which who'.split(' '));
/** "whats the worst that can happen? blisters?": so few words go on with the question before them. */
const FRAGMENT_WORDS = 2;
/** "which cream can i use? no pus but unconscious". */
const SETS_APART = new Set(['but', 'no', 'however', 'though']);

/** Finds the question kind of a clause and whether it speaks in general. When in doubt it does not: the sign then counts. */
export function findFrame(hear: Hearing, message: Message, clause: number): ClauseFrame {
  const at = message.clauseOf.indexOf(clause);
  const words = message.tokens
    .filter((token, index) => token.kind !== 'mark' && message.clauseOf[index] === clause)
    .map((token) => token.text);
  const sentence = message.tokens
    .filter((token, index) => token.kind !== 'mark' && message.sentenceOf[index] === message.sentenceOf[at])
    .map((token) => token.text);
  const best = hear.intents(words.join(' ')).labels[0];
  const asks = startsAQuestion(words);
  const intent = best?.label ?? 'report';
  const hasMark = message.tokens.some((token, index) => token.text === '?' && message.sentenceOf[index] === message.sentenceOf[at]);
  // "fast spreading infection" resembles a question about risks, and asks nothing
  const isPut = hasMark || asks || hasAskingWord(sentence) || sentence.some((word) => RISK_WORDS.has(word));
  const learns = isPut && best !== undefined && LESSONS.has(best.label) && best.probability >= LESSON_PROBABILITY;
  const seeksReassurance = intent !== 'why' && REASSURANCE_SOUGHT.test(words.join(' '));
  const inGeneral = IN_GENERAL.exec(words.join(' '))?.[0].split(' ');
  const isLesson = inGeneral
    ? !isPersonal(inGeneral)
    : (learns || (asks && (LESSONS_WHEN_ASKED.has(intent) || sentence.some((word) => ANYBODY.has(word))))) &&
      !isPersonal(sentence) &&
      !seeksReassurance;
  const isAsked = !NAMES.test(sentence.join(' ')) && (hasMark || asks || startsAQuestion(sentence) || hasAskingWord(sentence));
  if (isLesson || clause === 0 || words.length > FRAGMENT_WORDS || SETS_APART.has(words[0] ?? '') || isPersonal(sentence))
    return { intent, isAsked, isLesson };
  return { intent, isAsked, isLesson: findFrame(hear, message, clause - 1).isLesson };
}

function hasAskingWord(words: readonly string[]): boolean {
  return words.some((word, at) => ASKING_WORDS.has(word) || (MODALS.has(word) && !SUBJECTS.has(words[at - 1] ?? '')));
}

/** "where you treated, the skin went dark" tells; "where do you treat" asks. */
const TELLS_WHERE = /^(where (i|you|it|they|we|he|she)|when (i|they|we|he|she)) /;

function startsAQuestion(words: readonly string[]): boolean {
  const rest = words.slice(words.findIndex((word) => !OPENERS.has(word)));
  return QUESTION_STARTS.has(rest[0] ?? '') && !TELLS_WHERE.test(rest.join(' '));
}

/** Whether a sentence speaks of the patient: "my", "since", "it is oozing", "i have"; "from this" and "is it common" do not. */
function isPersonal(sentence: readonly string[]): boolean {
  return sentence.some((word, index) => {
    const before = sentence[index - 1] ?? '';
    const after = sentence[index + 1] ?? '';
    if (PERSONAL.has(word)) return true;
    if (word === 'i')
      return (
        (!ASKS_OF_I.test(before) && !WISHES_OF_I.test(after)) ||
        (before === 'if' && after === 'have' && sentence[index - 2] !== 'what') ||
        (before === 'am' && !/^(going|allowed|supposed|able|meant)$/.test(after))
      );
    if (word === 'it' || word === 'its') return !/^(to|true|common|possible|rare|likely|that|contagious|catching|safe)$/.test(after);
    if (word === 'this' || word === 'that')
      return (
        !/^(from|after|to|with|of|for|before|about|by|is|rare)$/.test(before) &&
        !/^(treatment|procedure|stuff|can|could|might|would|will|happens|people|many|much)$/.test(after)
      );
    if (word === 'these' || word === 'those') return !/^(can|could|do|treatments)$/.test(after);
    if (word === 'is' || word === 'are')
      return (
        sentence
          .slice(index + 1, index + 4)
          .some(
            (next) =>
              next.endsWith('ing') &&
              !/^(needling|microneedling|going|thing|anything|something|swelling|bleeding|peeling|scarring|bruising)$/.test(next),
          ) || /^(there)$/.test(after)
      );
    return false;
  });
}
