import { newId } from '../tools/ids';
import type { Chart } from '../model/charts';
import type { Escalation } from '../model/escalation';
import type { ConsoleDeps, Talk, TalkRow } from './console-deps';
import { writeChart } from './enrol-page';
import { buttonForm, liveRegion, writeTable } from './frame';
import { seesSeveral, writeTier } from './list-page';
import type { Markup } from './markup';
import { markup } from './markup';
import { nameOf } from './names';
import { sayMoment } from './say-time';
import type { Viewer } from './sessions';
import { writeReplyForm, writeTakeOver, writeTalk } from './talk-parts';
import { CHANNEL_WORDS } from './words';

/** Writes a conversation's page: what was said, reply, take over, and raising an escalation by hand. */
export function writeConversation(
  of: {
    readonly talk: Talk;
    readonly chart: Chart | null;
    readonly open: readonly Escalation[];
    readonly viewer: Viewer;
    readonly draft: string;
  },
  deps: ConsoleDeps,
): Markup {
  const { talk, open, viewer } = of;
  const now = deps.clock();
  const clinic = deps.clinics.get(talk.clinicId);
  const links = open.map(
    (entry) =>
      markup`<li><a href="/console/escalations/${encodeURIComponent(entry.id)}">Ref ${entry.ref}</a> ${writeTier(entry)}</li>
`,
  );
  return markup`<h1>Conversation</h1>
<p>${clinic.name}. Began ${sayMoment(talk.startedAt, now, clinic.zone)}.</p>
${liveRegion('open', links.length > 0 ? markup`<h2>Waiting for a person</h2><ul>${links}</ul>` : markup`<p>No escalation of it is open.</p>`, `${talk.messages.length} messages.`)}
<h2>Patient</h2>
${writeChart(of.chart, talk.id, { clinic, now })}
<h2>What was said</h2>
${liveRegion('talk', [writeTalk(talk, clinic, now), writeTakeOver(talk, viewer, null)])}
${writeReplyForm({ talk, viewer, backTo: null, canClose: false, draft: of.draft, messageId: newId('staff', now) })}
<h2>Raise it by hand</h2>
${buttonForm(
  viewer,
  `/console/conversations/${encodeURIComponent(talk.id)}/escalate`,
  markup`<button name="tier" value="emergency">Emergency: page everybody now</button>
<button name="tier" value="urgent">Urgent: page who is on call now</button>
<button name="tier" value="ask_clinic">Question: put it in the queue</button>`,
)}`;
}

/** Lists conversations, the last spoken in first; no words of them. */
export function writeConversations(
  of: { readonly rows: readonly TalkRow[]; readonly waiting: readonly Escalation[]; readonly viewer: Viewer },
  deps: ConsoleDeps,
): Markup {
  const now = deps.clock();
  const several = seesSeveral(of.viewer, deps);
  const lines = of.rows.map((row) => {
    const clinic = deps.clinics.get(row.clinicId);
    const open = of.waiting.filter(({ conversationId }) => conversationId === row.id);
    return [
      markup`<a href="/console/conversations/${encodeURIComponent(row.id)}">${sayMoment(row.lastAt, now, clinic.zone)}</a>${several && ` ${clinic.name}`}`,
      sayMoment(row.startedAt, now, clinic.zone),
      CHANNEL_WORDS[row.channel],
      row.takenOverBy === null ? 'The bot' : nameOf(row.takenOverBy, clinic),
      open.length === 0 ? 'Nothing' : open.map((entry) => markup`Ref ${entry.ref} ${writeTier(entry)} `),
    ];
  });
  return markup`<h1>Conversations</h1>
${lines.length === 0 ? markup`<p>No conversations yet.</p>` : writeTable('The last spoken in first', ['Last message', 'Began', 'By', 'Who answers', 'Waiting'], lines)}`;
}
