import type { Clinic } from '../model/clinic';
import type { Talk } from './console-deps';
import { buttonForm, csrfField } from './frame';
import type { Markup } from './markup';
import { markup } from './markup';
import { nameOf } from './names';
import { sayMoment } from './say-time';
import type { Viewer } from './sessions';
import { CHANNEL_WORDS } from './words';

/** The most characters of a reply. */
export const MOST_CHARACTERS = 2000;

const WRITERS = { patient: 'Patient', bot: 'Bot', staff: 'Staff' } as const;

/** Everything said, oldest first; who wrote it stands before each message. */
export function writeTalk(talk: Talk, clinic: Clinic, now: number): Markup {
  const messages = talk.messages.map(
    ({
      from,
      name,
      at,
      text,
      seq,
    }) => markup`<li class="message ${from}" id="message-${seq}"><p class="who"><strong>${WRITERS[from]}${name !== null && ` (${name})`}</strong>
<time datetime="${new Date(at).toISOString()}">${sayMoment(at, now, clinic.zone)}</time></p><p class="text">${text}</p></li>
`,
  );
  const silence = talk.takenOverBy === null ? 'The bot answers.' : `${nameOf(talk.takenOverBy, clinic)} has taken over: the bot is silent.`;
  return markup`<p>${CHANNEL_WORDS[talk.channel]}. ${silence} Danger signs page all the same.</p>
${messages.length === 0 ? markup`<p>Nothing was said yet.</p>` : markup`<ol class="talk">${messages}</ol>`}`;
}

/** Take over, or hand back. */
export function writeTakeOver(talk: Talk, viewer: Viewer, backTo: string | null): Markup {
  const action = `/console/conversations/${encodeURIComponent(talk.id)}`;
  const back = backField(backTo);
  return talk.takenOverBy === null
    ? buttonForm(viewer, `${action}/take-over`, markup`${back}<button id="take-over">Take over: silence the bot</button>`)
    : buttonForm(viewer, `${action}/hand-back`, markup`${back}<button id="hand-back">Hand back to the bot</button>`);
}

/** The box for a reply; its message id makes a form that is sent twice one reply. */
export function writeReplyForm(of: {
  readonly talk: Talk;
  readonly viewer: Viewer;
  readonly backTo: string | null;
  /** A question of the clinic's queue: answering it mostly ends it. */
  readonly canClose: boolean;
  readonly draft: string;
  readonly messageId: string;
}): Markup {
  return markup`<form method="post" action="/console/conversations/${encodeURIComponent(of.talk.id)}/reply">${csrfField(of.viewer)}${backField(of.backTo)}
<input type="hidden" name="messageId" value="${of.messageId}"><label for="reply">Reply to the patient</label>
<p id="reply-help">At most ${MOST_CHARACTERS} characters. The patient gets it the way they wrote (${CHANNEL_WORDS[of.talk.channel]}).</p>
<textarea id="reply" name="text" rows="4" maxlength="${MOST_CHARACTERS}" aria-describedby="reply-help" required>${of.draft}</textarea>
<div class="buttons"><button>Send reply</button>${of.canClose && markup`<button name="close" value="yes">Send and close</button>`}</div></form>`;
}

function backField(backTo: string | null): Markup | null {
  return backTo === null ? null : markup`<input type="hidden" name="back" value="${backTo}">`;
}
