import { writeSync } from 'node:fs';
import { dialogs } from '../../dialogs';
import { assembleMinds } from '../../src/assemble-minds';
import { openStore } from '../../src/storage/open-store';
import { silentLog } from '../../src/tools/log';
import { takeTurn } from '../../src/turn/take-turn';

/** Takes turns in four conversations, two of them of one enrolled patient, until it is killed; a line on standard output acknowledges a turn, as a channel would. */
const texts = ['can i wear makeup', 'there is yellow pus coming out', 'is peeling normal', 'thanks', 'can i swim', 'Ask the clinic'];

async function run([path = '', databaseUrl = '', round = '']: readonly string[]): Promise<void> {
  const minds = await assembleMinds({ dialogs, log: silentLog, onTraining: () => undefined });
  const store = await openStore({ path, databaseUrl: databaseUrl || null, secret: Buffer.alloc(32, 9), now: 1 });
  const facts = { treatedAt: { from: 0, to: 0 }, kind: 'microneedling', reference: '' } as const;
  const link = { token: `round-${round}`, expiresAt: 1 };
  await store.charts.enrol({ clinicId: minds.clinic.id, facts, patientIds: ['enrolled'], link, by: 'ana', at: 1 });
  for (let turn = 0; ; turn++) {
    const conversationId = `c${turn % 4}`;
    const messageId = `r${round}-${turn}`;
    const text = texts[turn % texts.length] ?? '';
    const input = {
      channel: turn % 4 < 2 ? 'web' : 'teams',
      conversationId,
      patientId: turn % 4 < 2 ? 'p' : 'enrolled',
      messageId,
      text,
      attachments: 0,
      isStart: false,
      at: 1_000 * turn,
      echo: { text },
    } as const;
    const { replies } = await takeTurn({ ...minds, store }, input);
    writeSync(1, `${JSON.stringify({ conversationId, messageId, replies: replies.map((reply) => reply.text) })}\n`);
  }
}

void run(process.argv.slice(2));
