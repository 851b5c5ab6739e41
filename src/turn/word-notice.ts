import { fillText } from '../guide/word-answer';
import type { Clinic } from '../model/clinic';
import type { AddedMessage, Escalation, PatientNotice } from '../model/escalation';
import type { Knowledge } from '../model/knowledge';
import type { SuggestedAction } from '../model/turn';
import { sayClock } from '../tools/say-clock';

/** Notices that a patient answers with a button. */
const BUTTONS: Readonly<Record<string, readonly SuggestedAction[]>> = {
  askReached: [
    { kind: 'say', title: 'Yes', value: 'Yes' },
    { kind: 'say', title: 'No', value: 'No' },
  ],
};

/** One of the bot's phrases, outside a turn; numbers among the values are moments and are said as clock times. */
export function wordPhrase(
  knowledge: Knowledge,
  name: string,
  at: { readonly clinic: Clinic; readonly now: number; readonly values?: PatientNotice['values'] },
): string {
  const text = knowledge.language.phrases[name];
  if (text === undefined) throw new Error(`Saying a phrase failed: language/en.yaml has no phrase "${name}".`);
  const values = Object.entries(at.values ?? {}).map(([key, value]) => [
    key,
    typeof value === 'number' ? sayClock(value, at.clinic.zone) : value,
  ]);
  return fillText(text, { clinic: at.clinic, now: at.now, treatedAt: null }, Object.fromEntries(values) as Record<string, string>);
}

/** Words a notice of an escalation ("seen by the on-call team") as a message of the bot. */
export function makeNoticeWording(
  knowledge: Knowledge,
): (notice: PatientNotice, escalation: Escalation, at: { readonly clinic: Clinic; readonly now: number }) => AddedMessage {
  return (notice, escalation, { clinic, now }) => ({
    ...{ conversationId: escalation.conversationId, id: notice.id, at: now },
    text: wordPhrase(knowledge, notice.phrase, { clinic, now, values: notice.values }),
    actions: BUTTONS[notice.phrase] ?? [],
    author: null,
    escalation: { id: escalation.id, status: escalation.status },
  });
}
