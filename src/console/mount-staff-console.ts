import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorRequestHandler, RequestHandler, Router } from 'express';
import express from 'express';
import { AftercareError } from '../tools/errors';
import { addAckRoutes } from './ack-routes';
import type { ConsoleDeps } from './console-deps';
import { addConversationRoutes } from './conversation-routes';
import { addEnrolRoutes } from './enrol-routes';
import { writeCoverage } from './coverage-page';
import { addEscalationRoutes, isLiveFetch } from './escalation-routes';
import { writePage } from './frame';
import type { ConsoleParts } from './guard';
import { showPlain, showSignIn, signedIn } from './guard';
import { writeHistory, writeWaiting } from './list-page';
import type { Pace } from './live-routes';
import { addLiveRoutes, usualPace } from './live-routes';
import { isSame } from './make-signer';
import { markup } from './markup';
import { makePinTries } from './pin-tries';
import { writeReview } from './review-page';
import { makeSessions } from './sessions';
import { makeSignInLinks } from './sign-in-links';
import { addSignInRoutes } from './sign-in-routes';

const MOST_ROWS = 200;
/** A reply of 2,000 characters, each written with twelve, and the fields around it. */
const FORM_LIMIT = '64kb';

/**
 * Mounts the staff console at /console and the acknowledge links at /ack, and returns the one-time token of the start-up link: the first
 * browser that brings it is signed in as the owner, for all clinics.
 */
export function mountStaffConsole(app: Router, deps: ConsoleDeps, pace: Pace = usualPace): string {
  const parts = { deps, sessions: makeSessions(deps), links: makeSignInLinks(deps), pins: makePinTries(deps.secret, deps.clock) };
  const token = randomBytes(24).toString('base64url');
  app.use(['/console', '/ack'], protect, express.urlencoded({ extended: false, limit: FORM_LIMIT }));
  const router = express.Router();
  addFiles(router);
  addListRoutes(router, parts, token);
  addSignInRoutes(router, parts);
  addLiveRoutes(router, parts, pace);
  addEscalationRoutes(router, parts);
  addConversationRoutes(router, parts);
  addEnrolRoutes(router, parts);
  app.use('/console', router);
  addAckRoutes(app, parts);
  app.use(['/console', '/ack'], answerFault(deps));
  return token;
}

const protect: RequestHandler = (_request, response, next) => {
  response.set({
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
    'Content-Security-Policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  });
  next();
};

/** Built code runs from dist/, where only scripts are; style and live script stay in src/. */
function addFiles(router: Router): void {
  const beside = join(__dirname, 'assets');
  const folder = existsSync(beside) ? beside : join(__dirname, '../../../src/console/assets');
  const style = readFileSync(join(folder, 'style.css'), 'utf8');
  const script = readFileSync(join(folder, 'live.js'), 'utf8');
  router.get('/style.css', (_request, response) => void response.type('css').send(style));
  router.get('/live.js', (_request, response) => void response.type('js').send(script));
}

function addListRoutes(router: Router, parts: ConsoleParts, token: string): void {
  const { deps, sessions } = parts;
  let startUpHash: string | null = hash(token);
  router.get('/', (request, response, next) => {
    const given = request.query['token'];
    if (typeof given !== 'string' || request.method !== 'GET') return next(); // HEAD is a preview, and spends nothing
    if (startUpHash === null || !isSame(hash(given), startUpHash))
      return showSignIn(response, { fault: 'This link has ended: it works once.' });
    startUpHash = null;
    sessions.begin(response, { personId: 'console', clinicId: null });
    response.redirect(303, '/console');
  });
  router.get(
    '/',
    signedIn(parts, async ({ request, response, viewer }) => {
      const { title, content } = writeWaiting(await deps.listUnresolved(viewer.clinicId), { deps, viewer });
      const said = isLiveFetch(request) ? null : sessions.takeSaid(request, response);
      response.type('html').send(writePage({ title, content, viewer, live: { page: '/console', of: 'list' }, said, fault: null }));
    }),
  );
  router.get(
    '/escalations',
    signedIn(parts, async ({ response, viewer }) => {
      const content = writeHistory(await deps.listEscalations(viewer.clinicId, MOST_ROWS), { deps, viewer });
      showPlain(response, 200, { title: 'History', content, viewer });
    }),
  );
  router.get(
    '/review',
    signedIn(parts, async ({ response, viewer }) => {
      const [notUnderstood, reviews] = await Promise.all([
        deps.notUnderstood(viewer.clinicId, MOST_ROWS),
        deps.reviews(viewer.clinicId, MOST_ROWS),
      ]);
      showPlain(response, 200, { title: 'Review', content: writeReview(notUnderstood, reviews, deps), viewer });
    }),
  );
  router.get(
    '/coverage',
    signedIn(parts, ({ response, viewer }) => {
      const clinics = deps.clinics.all().filter(({ id }) => viewer.clinicId === null || viewer.clinicId === id);
      showPlain(response, 200, { title: 'Coverage', content: writeCoverage(clinics, deps), viewer });
      return Promise.resolve();
    }),
  );
}

/** Faults as a page that says what to do; an address that nobody can read is answered by the server. */
function answerFault(deps: ConsoleDeps): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const isOurs = error instanceof AftercareError;
    const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
    if (response.headersSent || (!isOurs && status < 500 && status !== 413)) return next(error);
    if (status !== 413) deps.onFault(isOurs ? error.code : 'INTERNAL', error);
    showPlain(response, status, { title: 'Not done', viewer: null, content: status === 413 ? TOO_LARGE : FAILED });
  };
}

const TOO_LARGE = markup`<h1>Too long</h1><p>The form was far too long. Nothing was changed. Go back and shorten it.</p>`;
const FAILED = markup`<h1>Something failed on our side</h1>
<p>What you did may not have been kept. Go back, reload the page and look before you try again. If it fails again, call the patient and the clinic yourself.</p>`;

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
