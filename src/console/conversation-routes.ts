import type { Router } from 'express';
import { z } from 'zod';
import type { Chart } from '../model/charts';
import type { Escalation, Tier } from '../model/escalation';
import type { Talk } from './console-deps';
import { writeConversation, writeConversations } from './conversation-page';
import { isLiveFetch, showEscalation } from './escalation-routes';
import { writePage } from './frame';
import type { ConsoleParts, Visit } from './guard';
import { findOwnEscalation, findOwnTalk, posted, readField, readParameter, showNotFound, signedIn } from './guard';
import { nameOf } from './names';
import { sayActed } from './say-acted';
import { MOST_CHARACTERS } from './talk-parts';
import { REASON_WORDS, TIER_WORDS } from './words';

const MOST_ROWS = 200;
const TIERS = ['ask_clinic', 'urgent', 'emergency'] as const satisfies readonly Tier[];

/** What an action came to. */
type Outcome = { readonly said: string } | { readonly fault: string; readonly draft: string };

/** Adds the list of conversations, the page of one, and what can be done on it. */
export function addConversationRoutes(router: Router, parts: ConsoleParts): void {
  router.get(
    '/conversations',
    signedIn(parts, async ({ response, viewer }) => {
      const [rows, waiting] = await Promise.all([
        parts.deps.conversations(viewer.clinicId, MOST_ROWS),
        parts.deps.listUnresolved(viewer.clinicId),
      ]);
      const content = writeConversations({ rows, waiting, viewer }, parts.deps);
      response.type('html').send(writePage({ title: 'Conversations', content, viewer, live: null, said: null, fault: null }));
    }),
  );
  router.get(
    '/conversations/:id',
    signedIn(parts, async (visit) => {
      const talk = await findOwnTalk(parts, visit.viewer, readParameter(visit.request, 'id'));
      if (talk === null) return showNotFound(visit.response, visit.viewer);
      await showConversation(visit, talk, parts, { status: 200, fault: null, draft: '' });
    }),
  );
  const acts = { reply, 'take-over': takeOver, 'hand-back': handBack, escalate };
  for (const [name, act] of Object.entries(acts))
    router.post(
      `/conversations/:id/${name}`,
      posted(parts, async (visit) => {
        const talk = await findOwnTalk(parts, visit.viewer, readParameter(visit.request, 'id'));
        if (talk === null) return showNotFound(visit.response, visit.viewer);
        const escalation = await findOwnEscalation(parts, visit.viewer, readField(visit.request, 'back'));
        const chart = escalation ? await parts.deps.chart(talk.id) : null;
        const own = escalation && isOfPatient(talk, chart, escalation.conversationId) ? escalation : null;
        await goBack(visit, { talk, own }, parts, await act(visit, { talk, own }, parts));
      }),
    );
}

/** Whether another conversation is the same patient's. */
function isOfPatient(talk: Talk, chart: Chart | null, conversationId: string): boolean {
  return conversationId === talk.id || (chart?.conversations.some(({ id }) => id === conversationId) ?? false);
}

/** What a form is about: a conversation, and the escalation on whose page it stood. */
interface Subject {
  readonly talk: Talk;
  readonly own: Escalation | null;
}

/** Goes back to the page that the form stood on: the escalation's, or the conversation's. */
async function goBack(visit: Visit, { talk, own }: Subject, parts: ConsoleParts, outcome: Outcome): Promise<void> {
  if ('fault' in outcome) {
    const { fault, draft } = outcome;
    if (own) return showEscalation(visit, own, parts, { status: 422, fault, draft: { reply: draft } });
    return showConversation(visit, talk, parts, { status: 422, fault, draft });
  }
  parts.sessions.say(visit.response, outcome.said);
  const address = own ? `escalations/${encodeURIComponent(own.id)}` : `conversations/${encodeURIComponent(talk.id)}`;
  visit.response.redirect(303, `/console/${address}`);
}

async function showConversation(
  { request, response, viewer }: Visit,
  talk: Talk,
  { deps, sessions }: ConsoleParts,
  shown: { readonly status: number; readonly fault: string | null; readonly draft: string },
): Promise<void> {
  const [waiting, chart] = await Promise.all([deps.listUnresolved(talk.clinicId), deps.chart(talk.id)]);
  const open = waiting.filter(({ conversationId }) => isOfPatient(talk, chart, conversationId));
  const page = `/console/conversations/${encodeURIComponent(talk.id)}`;
  response
    .status(shown.status)
    .type('html')
    .send(
      writePage({
        title: 'Conversation',
        content: writeConversation({ talk, chart, open, viewer, draft: shown.draft }, deps),
        viewer,
        live: { page, of: `conversation:${talk.id}` },
        said: isLiveFetch(request) ? null : sessions.takeSaid(request, response),
        fault: shown.fault,
      }),
    );
}

async function reply(visit: Visit, { talk, own }: Subject, { deps }: ConsoleParts): Promise<Outcome> {
  const text = readField(visit.request, 'text').replaceAll('\r\n', '\n').trim();
  const messageId = z
    .string()
    .regex(/^[\w-]{8,80}$/)
    .safeParse(readField(visit.request, 'messageId'));
  if (text === '') return { fault: 'Write something before you send the reply. Nothing was sent.', draft: '' };
  if (text.length > MOST_CHARACTERS)
    return { fault: `The reply has ${text.length} characters, at most ${MOST_CHARACTERS} fit. Nothing was sent.`, draft: text };
  if (!messageId.success) return { fault: 'The form was incomplete. Nothing was sent; send it again.', draft: text };
  const done = await deps.desk.reply(talk.id, visit.viewer.actor, text, messageId.data);
  if (done.kind === 'refused') return { fault: done.why, draft: text };
  if (done.kind === 'not_found') return { fault: 'This conversation is gone. Nothing was sent.', draft: text };
  const sent = 'Your reply is on its way to the patient.';
  if (own === null || readField(visit.request, 'close') !== 'yes') return { said: sent };
  const acted = await deps.desk.resolve(own.id, visit.viewer.actor, 'advice_by_message');
  const closed = sayActed(acted, ({ ref }) => `Ref ${ref} is closed: ${REASON_WORDS.advice_by_message}.`, {
    clinics: deps.clinics,
    now: deps.clock(),
  });
  return { said: `${sent} ${closed}` };
}

/** What was open in the conversation goes with it; where somebody else has that, the conversation is taken over all the same. */
async function takeOver(visit: Visit, { talk }: Subject, { deps }: ConsoleParts): Promise<Outcome> {
  const acted = await deps.desk.takeOver(talk.id, visit.viewer.actor);
  const yours = 'You have taken over: the bot is silent, danger signs still page.';
  const context = { clinics: deps.clinics, now: deps.clock() };
  switch (acted.kind) {
    case 'done_without_escalation':
    case 'resolved_already':
      return { said: yours };
    case 'done':
      return { said: `${yours} Ref ${acted.escalation.ref} is yours.` };
    case 'taken_already':
      return { said: `${yours} Ref ${acted.escalation.ref} stays with ${nameOf(acted.by, deps.clinics.get(talk.clinicId))}.` };
    case 'refused':
    case 'not_found':
      return { said: sayActed(acted, () => yours, context) };
  }
}

async function handBack(visit: Visit, { talk }: Subject, { deps }: ConsoleParts): Promise<Outcome> {
  const { kind } = await deps.desk.handBack(talk.id, visit.viewer.actor);
  return { said: kind === 'done' ? 'The bot answers again, and the patient is told.' : 'The bot answers already, nothing changed.' };
}

async function escalate(visit: Visit, { talk }: Subject, { deps }: ConsoleParts): Promise<Outcome> {
  const tier = z.enum(TIERS).safeParse(readField(visit.request, 'tier'));
  if (!tier.success) return { fault: 'Choose how urgent it is. Nothing was raised.', draft: '' };
  const acted = await deps.desk.escalate(talk.id, visit.viewer.actor, tier.data);
  return {
    said: sayActed(acted, ({ ref }) => `Raised as Ref ${ref}: ${TIER_WORDS[tier.data]}.`, { clinics: deps.clinics, now: deps.clock() }),
  };
}
