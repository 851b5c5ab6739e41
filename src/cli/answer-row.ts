import type { AnswerRow } from '../guide/answer-row';
import { sentencesPart } from '../guide/answer-row';
import { countSms } from '../guide/sms-text';
import { gradeOf } from '../guide/text-faults';
import type { Spoken } from './speak';

/** A row with what is wrong with it. */
export interface CheckedRow extends AnswerRow {
  readonly faults: readonly string[];
}

/** The situation of a row: everything that the words themselves do not tell. */
export type RowSituation = Pick<
  AnswerRow,
  'kind' | 'topic' | 'variant' | 'from' | 'until' | 'isExact' | 'intent' | 'qualifiers' | 'channel' | 'say' | 'sources'
>;

/** A row from what was said in a situation. */
export function makeRow(situation: RowSituation, spoken: Spoken): AnswerRow {
  const { messages, outcome } = spoken;
  const isSms = situation.channel === 'sms';
  const text = messages.join('\n');
  return {
    ...situation,
    verdict: outcome.verdict,
    disposition: outcome.disposition,
    ...{ text, messages, choices: spoken.choices, failure: spoken.failure },
    citations: [...new Set(outcome.citations.map((citation) => citation.section))],
    grade: gradeOfTurn(spoken),
    chars: text.length,
    smsSegments: isSms ? Math.max(...messages.map((message) => countSms(message).segments)) : null,
    isCut: isSms && messages.length > spoken.replies.length,
  };
}

/** Turns that stand in many rows are measured once. */
const grades = new WeakMap<Spoken, number>();

function gradeOfTurn(spoken: Spoken): number {
  const grade = grades.get(spoken) ?? Math.max(...spoken.messages.map((message) => gradeOf(sentencesPart(message))));
  grades.set(spoken, grade);
  return grade;
}

const CLOCK_TIME = /\b(?:today|yesterday \(\w{3}\)|tomorrow \(\w{3}\)|\w{3}(?:, \w{3} \d+)?) at \d+(?::\d\d)? [ap]m\b/g;

/** What makes two rows the same answer: all but the hours, with clock times left open. */
export function answerKey(row: AnswerRow): string {
  return [row.topic, row.variant, row.verdict, row.disposition, row.text.replace(CLOCK_TIME, '<time>'), row.choices.join('|')].join('\n');
}
