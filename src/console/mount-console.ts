import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Response, Router } from 'express';
import express from 'express';
import { DateTime } from 'luxon';
import type { Escalation } from '../model/escalation';
import { escapeHtml, page } from './page';

/** What the console shows and from where. */
export interface ConsoleDeps {
  readonly listEscalations: (limit: number) => Promise<Escalation[]>;
  readonly flagTitle: (flag: string) => string;
  readonly unsignedEntries: number;
  readonly clinicName: string;
  readonly zone: string;
  readonly isHttps: boolean;
  /** Epoch milliseconds. */
  readonly clock: () => number;
}

const COOKIE = 'aftercare_console';
const MOST_ROWS = 200;
const SESSION_SECONDS = 8 * 3600;

/**
 * Mounts the read-only list of escalations at /console and returns the one-time token of its start-up link. The first browser that
 * brings the token gets a session; the token is spent. No patient words are shown.
 */
export function mountConsole(app: Router, deps: ConsoleDeps): string {
  const token = randomBytes(24).toString('base64url');
  let tokenHash: Buffer | null = hash(token);
  const sessions = new Map<string, number>();
  const console_ = express.Router();
  console_.use((_request, response, next) => {
    response.set({
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Content-Security-Policy': "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    });
    next();
  });
  console_.get('/style.css', (_request, response) => void response.type('css').send(STYLE));
  console_.get('/', async (request, response) => {
    const given = request.query['token'];
    if (typeof given === 'string' && request.method === 'GET') {
      if (!tokenHash || !timingSafeEqual(hash(given), tokenHash)) return refuse(response);
      tokenHash = null;
      const session = randomBytes(24).toString('base64url');
      sessions.set(hash(session).toString('hex'), deps.clock() + SESSION_SECONDS * 1000);
      response.cookie(COOKIE, session, {
        httpOnly: true,
        sameSite: 'strict',
        secure: deps.isHttps,
        path: '/console',
        maxAge: SESSION_SECONDS * 1000,
      });
      response.redirect(303, '/console');
      return;
    }
    const session = new RegExp(`(?:^|; )${COOKIE}=([\\w-]+)`).exec(request.headers.cookie ?? '')?.[1];
    const endsAt = session === undefined ? undefined : sessions.get(hash(session).toString('hex'));
    if (endsAt === undefined || endsAt <= deps.clock()) return refuse(response);
    response.type('html').send(renderList(await deps.listEscalations(MOST_ROWS), deps));
  });
  app.use('/console', console_);
  return token;
}

function refuse(response: Response): void {
  response
    .status(403)
    .type('html')
    .send(
      page('Sign in', '<h1>Sign in</h1><p>Open the console with the link that the server prints when it starts. Each link works once.</p>'),
    );
}

function renderList(escalations: readonly Escalation[], deps: ConsoleDeps): string {
  const rows = escalations.map((entry) => {
    const raised = DateTime.fromMillis(entry.raisedAt, { zone: deps.zone }).toFormat('ccc, LLL d, h:mm:ss a');
    const signs = entry.flags.map((flag) => deps.flagTitle(flag)).join('; ') || reasonText(entry.reason);
    return `<tr class="${entry.tier}"><td>${escapeHtml(raised)}</td><td>${escapeHtml(TIERS[entry.tier])}</td><td>${escapeHtml(signs)}</td><td>${escapeHtml(entry.status)}</td><td><code>${escapeHtml(entry.id.slice(-8))}</code></td></tr>`;
  });
  const open = escalations.filter((entry) => entry.status !== 'resolved').length;
  const unsigned =
    deps.unsignedEntries > 0
      ? `<p role="status" class="notice">${deps.unsignedEntries} entries are not signed by a medical director. This is a demo.</p>`
      : '';
  const body =
    rows.length > 0
      ? `<table><thead><tr><th scope="col">Raised</th><th scope="col">Level</th><th scope="col">Why</th><th scope="col">State</th><th scope="col">Ref</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
      : '<p>No escalations yet.</p>';
  return page(
    `Escalations (${open})`,
    `<h1>Escalations of ${escapeHtml(deps.clinicName)}</h1>${unsigned}<p>${open} open. Times are in ${escapeHtml(deps.zone)}.</p>${body}`,
  );
}

const TIERS: Record<Escalation['tier'], string> = { emergency: 'Emergency', urgent: 'Urgent', ask_clinic: 'Clinic, next working day' };

function reasonText(reason: string): string {
  const [kind = '', detail = ''] = reason.split(':');
  const texts: Record<string, string> = {
    watch: 'A sign beyond its window',
    question: 'Question for the clinic',
    failure: 'The bot failed; read this one',
    statistics: 'Heard danger without a known sign',
    not_understood: 'Not understood twice',
    sign: 'A sign that is new or worse',
  };
  return `${texts[kind] ?? kind}${detail ? `: ${detail.replaceAll('_', ' ')}` : ''}`;
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b1b1f;background:#fff}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.5rem;border-bottom:1px solid #ccc;vertical-align:top}
tr.emergency td:nth-child(2){font-weight:700;color:#a4001d}tr.urgent td:nth-child(2){font-weight:700;color:#8a4b00}
.notice{background:#fff4d6;border-left:4px solid #8a4b00;padding:.5rem 1rem}
@media(prefers-color-scheme:dark){body{background:#17171a;color:#eee}th,td{border-color:#444}tr.emergency td:nth-child(2){color:#ff8a9a}tr.urgent td:nth-child(2){color:#ffc46b}.notice{background:#3a2f12}}`;
