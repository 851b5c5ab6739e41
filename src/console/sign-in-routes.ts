import type { Request, Response, Router } from 'express';
import type { ConsoleParts } from './guard';
import { isForeign, readField, readNext, readParameter, showPlain, showSignIn } from './guard';
import type { Markup } from './markup';
import { markup } from './markup';
import type { PinAnswer } from './pin-tries';
import { sayMoment } from './say-time';
import type { SignInClaim } from './sign-in-links';

/** Adds signing in by a link to one's telephone or e-mail, with a PIN where one is set, and signing out. */
export function addSignInRoutes(router: Router, parts: ConsoleParts): void {
  router.get('/sign-in', (_request, response) => showSignIn(response, { status: 200 }));
  router.post('/sign-in', (request, response) => {
    const contact = readField(request, 'contact');
    const next = readNext(readField(request, 'next'));
    const base = baseUrl(request, parts);
    if (isForeign(request) || contact === '')
      return showSignIn(response, { fault: 'Enter your telephone number or e-mail address.', status: 422, next });
    if (base === null) return showSignIn(response, { fault: NO_ADDRESS, status: 503, next });
    parts.links.sendTo(contact, { baseUrl: base, next });
    showPlain(response, 200, { title: 'Look at your messages', viewer: null, content: SENT });
  });
  // A preview that follows the link signs nobody in: only the button does.
  router.get('/sign-in/:token', (request, response) => {
    const claim = parts.links.read(readParameter(request, 'token'));
    if (claim === null) return showSignIn(response, { fault: LINK_ENDED, status: 410 });
    showPlain(response, 200, { title: 'Sign in', viewer: null, content: writeSignIn(claim) });
  });
  router.post('/sign-in/:token', (request, response) => {
    const token = readParameter(request, 'token');
    const claim = isForeign(request) ? null : parts.links.read(token);
    if (claim === null) return showSignIn(response, { fault: LINK_ENDED, status: 410 });
    const fault = checkPin(parts, claim, readField(request, 'pin'));
    if (fault !== null)
      return showPlain(response, 403, {
        title: 'Sign in',
        viewer: null,
        content: markup`<p class="fault" role="alert">${fault}</p>${writeSignIn(claim)}`,
      });
    parts.links.spend(token);
    parts.sessions.begin(response, { personId: claim.person.id, clinicId: claim.clinic.id });
    response.redirect(303, readNext(claim.next));
  });
  router.post('/sign-out', (request, response) => {
    if (isForeign(request)) return showSignIn(response);
    parts.sessions.end(response);
    showSignIn(response, { status: 200 });
  });
}

/** Why no link can be sent. */
export const NO_ADDRESS = 'Links cannot be sent: set PUBLIC_URL to the address that staff use.';
const LINK_ENDED = 'This link has ended: it works once, for 10 minutes. Ask for a new one.';

/** The same whether or not there is such a person. */
const SENT = markup`<h1>Look at your messages</h1>
<p>If this number or address belongs to a member of staff, a link is on its way. It works once, for 10 minutes.</p>
<p>Nothing came? Wait a minute, then <a href="/console/sign-in">try again</a>.</p>`;

function writeSignIn({ person, clinic }: SignInClaim): Markup {
  return markup`<h1>Sign in as ${person.name}</h1><p>${clinic.name}</p>
<form method="post">${person.pin !== undefined && PIN_FIELD}<button class="big">Sign in</button></form>`;
}

/** Where a PIN is typed. */
export const PIN_FIELD = markup`<label for="pin">Your PIN</label>
<input id="pin" name="pin" type="password" inputmode="numeric" autocomplete="current-password" maxlength="8" required>`;

/** What is wrong with a PIN, in words; null when it is right or the person has none. */
export function checkPin(
  { pins, deps }: ConsoleParts,
  { person, clinic }: Pick<SignInClaim, 'person' | 'clinic'>,
  given: string,
): string | null {
  if (person.pin === undefined) return null;
  const answer: PinAnswer = pins.check({ clinicId: clinic.id, personId: person.id, pin: person.pin }, given);
  switch (answer.kind) {
    case 'right':
      return null;
    case 'wrong':
      return `That PIN is wrong. ${answer.left} ${answer.left === 1 ? 'try is' : 'tries are'} left.`;
    case 'locked':
      return `Too many wrong PINs. Try again after ${sayMoment(answer.until, deps.clock(), clinic.zone)}.`;
  }
}

/** Shows that a link was sent. */
export function showLinkSent(response: Response): void {
  showPlain(response, 200, { title: 'Look at your messages', viewer: null, content: SENT });
}

/**
 * Where links lead. Without PUBLIC_URL only the machine's own names are believed: a made-up Host header must not send a nurse's
 * one-time link to somebody else.
 */
export function baseUrl(request: Request, { deps }: ConsoleParts): string | null {
  if (deps.publicUrl !== null) return deps.publicUrl;
  const host = request.headers.host ?? '';
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host) ? `http://${host}` : null;
}
