import type { Response, Router } from 'express';
import express from 'express';
import { z } from 'zod';
import type { Acted, Actor, StaffDesk } from '../../model/escalation';
import { REASON_CODES } from '../../model/escalation';
import type { Clock } from '../../tools/clock';
import type { WebhookKeys } from '../../tools/webhook-keys';
import { WEBHOOK_TOLERANCE_MS, checkWebhook } from '../../tools/webhook-signature';
import { refuse, refuseUnreadable } from '../refuse';
import { makeTakeOnce } from '../take-once';

/** What the door for signed webhooks needs. */
export interface HookDeps {
  readonly desk: StaffDesk;
  readonly keysOf: WebhookKeys;
  readonly clock: Clock;
}

const hookSchema = z.union([
  z.strictObject({ action: z.enum(['acknowledge', 'pass_on']) }),
  z.strictObject({ action: z.literal('resolve'), reason: z.enum(REASON_CODES).default('handled') }),
]);
type Hook = z.infer<typeof hookSchema>;

/**
 * Opens `POST /hooks/:pageId`, where a clinic's own system acknowledges, passes on or closes: a JSON body signed with the key of the
 * person who was paged, at most five minutes old, and each id once.
 */
export function mountHooks(app: Router, deps: HookDeps): void {
  const takeOnce = makeTakeOnce(2 * WEBHOOK_TOLERANCE_MS, deps.clock);
  const door = express.Router();
  door.post('/hooks/:pageId', express.raw({ type: () => true, limit: '64kb' }), async (request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    const found = await deps.desk.findPage(request.params['pageId']);
    const body = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
    const id = request.header('webhook-id') ?? '';
    const headers = { 'webhook-id': id, ...signatureOf((name) => request.header(name)) };
    const keys = found ? deps.keysOf(found.escalation.clinicId, found.page.personId) : [];
    const check = checkWebhook(keys, headers, body, deps.clock());
    // without the signature nobody learns whether there is such a page
    if (!found || check === 'bad')
      return refuse(response, 'signature_refused', 'Check signature: it does not fit; expected one with the key of the person paged');
    if (check === 'stale') return refuse(response, 'stale', 'Check signature: its time is too far off; expected at most 5 minutes');
    const hook = readHook(body);
    if (!hook)
      return refuse(response, 'unreadable', 'Read webhook: expected {"action":"acknowledge"|"pass_on"|"resolve","reason"?} as JSON');
    const actor = { by: found.page.personId, via: 'webhook' } as const;
    const taken = await takeOnce(id, async () => answer(response, await act(deps.desk, found.escalation.id, actor, hook)));
    if (taken === 'repeated') refuse(response, 'replayed', 'Take webhook: its id was used before; expected a new one for each');
  });
  door.use(refuseUnreadable);
  app.use(door);
}

function signatureOf(header: (name: string) => string | undefined): { 'webhook-timestamp': string; 'webhook-signature': string } {
  return { 'webhook-timestamp': header('webhook-timestamp') ?? '', 'webhook-signature': header('webhook-signature') ?? '' };
}

function readHook(body: string): Hook | null {
  try {
    return hookSchema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}

function act(desk: StaffDesk, escalationId: string, actor: Actor, hook: Hook): Promise<Acted> {
  switch (hook.action) {
    case 'acknowledge':
      return desk.acknowledge(escalationId, actor);
    case 'pass_on':
      return desk.passOn(escalationId, actor);
    case 'resolve':
      return desk.resolve(escalationId, actor, hook.reason);
  }
}

function answer(response: Response, acted: Acted): void {
  switch (acted.kind) {
    case 'not_found':
      return refuse(response, 'page_unknown', 'Find page: its escalation is gone; expected one that is kept');
    case 'refused':
      return refuse(response, 'not_possible', acted.why);
    case 'taken_already':
      return void response.json({
        result: acted.kind,
        ref: acted.escalation.ref,
        status: acted.escalation.status,
        by: acted.by,
        at: acted.at,
      });
    default:
      response.json({ result: acted.kind, ref: acted.escalation.ref, status: acted.escalation.status });
  }
}
