import type { AnswerRow } from '../guide/answer-row';
import type { Flag, FlagRule, Knowledge } from '../model/knowledge';
import type { Channel, ConversationState } from '../model/turn';
import type { BuiltInSign, Question, Understanding } from '../model/understanding';
import { NO_DANGER_HEARD } from '../model/understanding';
import type { Clinic } from '../model/clinic';
import type { Escalation } from '../model/escalation';
import { NO_REPLY } from '../model/escalation';
import type { Disposition, HoursInterval, TimeSpan } from '../model/words';
import type { RowSituation } from './answer-row';
import { answerKey, makeRow } from './answer-row';
import { CHANNELS } from './list-topic-answers';
import { newEscalation } from '../escalation/life';
import type { Situation, SpeakParts } from './speak';
import { speak, speakNoReply, treatedBefore } from './speak';

const HOUR = 3_600_000;

/** What a danger sign makes the bot say: every rule of a flag that pages somebody or asks the clinic. */
export async function listFlagAnswers(parts: SpeakParts, flag: Flag): Promise<AnswerRow[]> {
  const rows = new Map<string, AnswerRow>();
  const rules = flag.tier === 'self_care' ? [] : flag.rules;
  for (const rule of rules) {
    const hours = hoursOf(rule);
    for (const channel of CHANNELS) {
      const spoken = await speak(parts, channel, {
        understanding: saidSigns(flag, rule),
        state: { treatedAt: treatedBefore(parts.now, hours) },
      });
      const row = makeRow(
        {
          ...{ kind: 'flag', topic: flag.id, variant: null, from: rule.hours?.from ?? null, until: rule.hours?.until ?? null },
          ...{ isExact: true, intent: 'report', qualifiers: [], channel, say: null, sources: flag.sources },
        },
        spoken,
      );
      const key = `${channel}\n${answerKey(row)}`;
      if (!rows.has(key)) rows.set(key, row);
    }
  }
  return [...rows.values()];
}

/** What the bot says beside answers and danger: greetings, offers, questions of its own, hand-overs, failures. */
export async function listTalk(parts: SpeakParts): Promise<AnswerRow[]> {
  const rows: AnswerRow[] = [];
  const talk = (name: string, intent: string, channel: Channel): RowSituation => ({
    ...{ kind: 'talk', topic: name, variant: null, from: null, until: null, isExact: true },
    ...{ intent, qualifiers: [], channel, say: null, sources: [] },
  });
  for (const channel of CHANNELS) {
    for (const [name, situation] of Object.entries(talkSituations(parts)))
      rows.push(makeRow(talk(name, situation.understanding?.act?.id ?? 'any', channel), await speak(parts, channel, situation)));
    for (const flag of suspectedFlags(parts.knowledge))
      rows.push(makeRow(talk(`no reply to a question about ${flag}`, NO_REPLY, channel), await speakNoReply(parts, channel, flag)));
  }
  return rows;
}

/** What safety questions without a reply count as. */
function suspectedFlags({ topics, flags }: Knowledge): string[] {
  const questions = [...topics.values(), ...flags.values()].flatMap(({ safety }) => (safety?.suspected === undefined ? [] : [safety]));
  return [...new Set(questions.flatMap(({ flag }) => flag ?? []))];
}

function saidSigns(flag: Flag, rule: FlagRule): Partial<Understanding> {
  const signs = rule.all.filter((sign) => !sign.startsWith('@'));
  return {
    signs: signs.map((sign) => ({ flag: flag.id, sign, assertion: 'present', clause: 0, intent: 'report' })),
    builtIn: rule.all.filter((sign): sign is BuiltInSign => sign.startsWith('@')),
    intent: { id: 'report', confidence: 1 },
  };
}

/** An hour at which the rule counts; null where any does. */
function hoursOf({ hours }: FlagRule): HoursInterval | null {
  if (!hours) return null;
  const hour = hours.from ?? Math.max(0, (hours.until ?? 1) - 1);
  return { min: hour, max: hour };
}

function talkSituations(parts: SpeakParts): Record<string, Situation> {
  const { now, knowledge } = parts;
  const acts = [...knowledge.intents.values()].filter((intent) => intent.kind === 'act' && intent.id !== 'treatment_time');
  const treatedAt = treatedBefore(now, { min: 30, max: 30 });
  const clarifying: Situation = { understanding: { guesses: [] } };
  const phrase = (name: string): string => knowledge.language.phrases[name] ?? '';
  const asked: Partial<ConversationState> = { lastQuestions: [questionOn('swimming')], awaiting: 'ask_clinic' };
  return {
    'the chat is opened': { state: { welcomed: false }, input: { isStart: true } },
    'first message': { state: { welcomed: false, treatedAt }, understanding: { questions: [questionOn('makeup')] } },
    'first message is a greeting': { state: { welcomed: false }, understanding: acting('greeting') },
    ...Object.fromEntries(acts.map((act) => [act.id, { understanding: acting(act.id) }])),
    'no words': { understanding: { isEmpty: true } },
    'a photo': { input: { attachments: 1, text: '' }, understanding: { isEmpty: true } },
    'not understood': clarifying,
    'not understood, with guesses': { understanding: { guesses: longestNames(parts).map((topic) => ({ topic, probability: 0.3 })) } },
    'not understood twice': { before: clarifying, state: { misunderstood: 1 } },
    'about the skin': { before: clarifying, input: { text: phrase('clarifySkin') } },
    'about use': { before: clarifying, input: { text: phrase('clarifyUse') } },
    'the clinic is to be asked': { state: asked, input: { text: '1' } },
    'yes after an answer': { state: { lastQuestions: [questionOn('makeup')] }, understanding: acting('yes') },
    ...times(now, treatedAt),
    ...several(now),
    ...danger(parts.clinic, treatedAt),
  };
}

/** Treatment times that are told, changed, or still to come. */
function times(now: number, treatedAt: TimeSpan | null): Record<string, Situation> {
  const told = (from: number): Partial<Understanding> => ({
    ...acting('treatment_time'),
    times: { treatment: { from, to: from }, asked: null },
  });
  return {
    'a treatment time is told': { understanding: told(now - 30 * HOUR) },
    'a treatment time is changed': { state: { treatedAt }, understanding: told(now - 54 * HOUR) },
    'a treatment time still to come': { understanding: told(now + 30 * HOUR) },
  };
}

/** Questions about another moment, and several at once: these may take several SMS. */
function several(now: number): Record<string, Situation> {
  const at = (hour: number): Partial<ConversationState> => ({ treatedAt: treatedBefore(now, { min: hour, max: hour }) });
  const tomorrow = { from: now + 20 * HOUR, to: now + 20 * HOUR };
  return {
    'about tomorrow': {
      state: at(30),
      understanding: { questions: [questionOn('exercise')], times: { treatment: null, asked: tomorrow } },
    },
    'two questions, one silent': { state: at(30), understanding: { questions: [questionOn('exercise'), questionOn('drinking_alcohol')] } },
    'three permissions': {
      state: at(3),
      understanding: { questions: [questionOn('makeup'), questionOn('retinoids'), questionOn('sun_exposure')] },
    },
    'a sign and a permission': {
      state: at(30),
      understanding: { questions: [questionOn('redness', 'is_normal'), questionOn('makeup')] },
      input: { text: 'is this normal' },
    },
    'a slip': {
      state: at(5),
      understanding: { questions: [questionOn('makeup', 'did_it'), questionOn('missed_instruction_did_it_anyway', 'did_it')] },
    },
  };
}

/** An escalation of an earlier message that no human has closed yet. */
function openCase(clinic: Clinic, tier: 'urgent' | 'emergency', changed: Partial<Escalation> = {}): Escalation {
  const facts = {
    id: 'esc',
    clinicId: clinic.id,
    conversationId: 'answers',
    channel: 'web',
    flags: ['U02'],
    tier,
    reason: 'red_flag',
  } as const;
  return { ...newEscalation({ ...facts, isDrill: false, isMarked: false }, clinic, 0), ...changed };
}

/** Danger without a flag of its own: another language, the statistical detector, a failure, an open case, a closed question answered. */
function danger(clinic: Clinic, treatedAt: TimeSpan | null): Record<string, Situation> {
  const open = (tier: 'urgent' | 'emergency'): Situation => ({
    state: { treatedAt },
    open: [openCase(clinic, tier)],
  });
  const seen = openCase(clinic, 'urgent', { status: 'acknowledged', acknowledged: { by: 'ana', at: 0, via: 'sms' } });
  const asked = { ...seen, course: { ...seen.course, reachedAskedAt: 0 } };
  const foreign = (level: 'none' | 'urgent' | 'emergency'): Situation => ({
    understanding: { foreign: { language: 'es', danger: level } },
  });
  const heard = (tier: Disposition): Situation => ({
    understanding: {
      danger: {
        ...NO_DANGER_HEARD,
        told: [{ part: 'whole', emergency: tier === 'emergency' ? 0.99 : 0, urgent: tier === 'urgent' ? 0.99 : 0 }],
      },
    },
  });
  return {
    'another language': foreign('none'),
    'another language, urgent': foreign('urgent'),
    'another language, emergency': foreign('emergency'),
    'danger heard, urgent': heard('urgent'),
    'danger heard, emergency': heard('emergency'),
    'an urgent case is open': open('urgent'),
    'an emergency is open': open('emergency'),
    'an urgent case is open and seen': { state: { treatedAt }, open: [seen] },
    'reached someone: yes': { open: [asked], understanding: { answer: 'yes' } },
    'reached someone: no': { open: [asked], understanding: { answer: 'no' } },
    'yes to a question about danger': { state: { safetyQuestion: { danger: 'yes', flag: 'U08' } }, understanding: { answer: 'yes' } },
    'yes to a question about symptoms': { state: { safetyQuestion: { danger: 'yes' } }, understanding: { answer: 'yes' } },
    'the turn fails': { fails: true },
  };
}

function questionOn(topic: string, intent = 'may_i'): Question {
  return { topic, variant: null, intent, qualifiers: [], clause: 0, source: 'named', confidence: 1 };
}

function acting(id: string): Partial<Understanding> {
  return { act: { id, confidence: 1 }, intent: { id, confidence: 1 } };
}

/** The topics with the longest names, which make the longest list of choices. */
function longestNames({ knowledge }: SpeakParts): string[] {
  return [...knowledge.topics.values()]
    .sort((a, b) => b.words.name.length - a.words.name.length)
    .slice(0, 3)
    .map((topic) => topic.id);
}
