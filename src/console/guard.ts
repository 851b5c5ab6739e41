import type { Request, RequestHandler, Response } from 'express';
import type { Escalation } from '../model/escalation';
import type { ConsoleDeps, Talk } from './console-deps';
import type { Frame } from './frame';
import { writePage } from './frame';
import type { Part } from './markup';
import { markup } from './markup';
import type { PinTries } from './pin-tries';
import type { Sessions, Viewer } from './sessions';
import { isOwnForm } from './sessions';
import type { SignInLinks } from './sign-in-links';

/** What the console's routes share. */
export interface ConsoleParts {
  readonly deps: ConsoleDeps;
  readonly sessions: Sessions;
  readonly links: SignInLinks;
  readonly pins: PinTries;
}

/** A request of somebody who is signed in. */
export interface Visit {
  readonly request: Request;
  readonly response: Response;
  readonly viewer: Viewer;
}

/** A route for those who are signed in; everybody else is asked to sign in. */
export function signedIn(parts: ConsoleParts, handle: (visit: Visit) => Promise<void>): RequestHandler {
  return async (request, response) => {
    const viewer = parts.sessions.read(request);
    if (viewer === null) return showSignIn(response, { next: request.originalUrl });
    await handle({ request, response, viewer });
  };
}

/** A form of those who are signed in: made by us for them, and sent from our own page. */
export function posted(parts: ConsoleParts, handle: (visit: Visit) => Promise<void>): RequestHandler {
  return async (request, response) => {
    const viewer = parts.sessions.read(request);
    if (viewer === null) return showSignIn(response, { fault: 'Your session has ended. Nothing was changed.' });
    if (isForeign(request) || !isOwnForm(viewer, readField(request, 'csrf')))
      return showPlain(response, 403, {
        title: 'Not done',
        content: markup`<h1>Nothing was changed</h1><p>This form was too old or came from another page. Go back, reload the page and try again.</p>`,
        viewer,
      });
    await handle({ request, response, viewer });
  };
}

/** Whether a browser says that another site sent the form. */
export function isForeign(request: Request): boolean {
  const site = request.headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

/** One field of a form; '' when it is missing or given twice. */
export function readField(request: Request, name: string): string {
  const value = (request.body as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof value === 'string' ? value : '';
}

/** Part of an address. */
export function readParameter(request: Request, name: string): string {
  const value = request.params[name];
  return typeof value === 'string' ? value : '';
}

/** Sends a page that takes no part in live updates. */
export function showPlain(response: Response, status: number, page: Pick<Frame, 'title' | 'viewer'> & { readonly content: Part }): void {
  response
    .status(status)
    .type('html')
    .send(writePage({ live: null, said: null, fault: null, ...page }));
}

/** Asks whoever comes to sign in; `next` is the page that they came for. */
export function showSignIn(
  response: Response,
  { fault = null, status = 403, next = '' }: { readonly fault?: string | null; readonly status?: number; readonly next?: string } = {},
): void {
  const page = readNext(next);
  const content = markup`<h1>Sign in</h1>
<p>Enter your telephone number or e-mail address as the clinic knows it. You get a link that works once, for 10 minutes.</p>
<form method="post" action="/console/sign-in"><input type="hidden" name="next" value="${page}"><label for="contact">Telephone or e-mail</label>
<input id="contact" name="contact" autocomplete="username" maxlength="200" required><button class="big">Send me a link</button></form>
<p>Signed in already? <a href="${page}">Open the page</a>. Who starts the server gets a link in its first lines; it works once.</p>`;
  response
    .status(status)
    .type('html')
    .send(writePage({ title: 'Sign in', content, viewer: null, live: null, said: null, fault }));
}

/** A page of the console to go on to; the list for anything else, so that nobody is led away. */
export function readNext(address: string): string {
  return /^\/console\/(escalations|conversations)\/[\w.%~-]+$/.test(address) ? address : '/console';
}

/** Says that there is no such thing, also to whom it does not belong. */
export function showNotFound(response: Response, viewer: Viewer): void {
  showPlain(response, 404, {
    title: 'Not found',
    viewer,
    content: markup`<h1>Not found</h1><p>There is nothing under this address that you may see.</p><p><a href="/console">What waits for a person</a></p>`,
  });
}

/** An escalation, if it is there and belongs to the viewer's clinic. */
export async function findOwnEscalation({ deps }: ConsoleParts, viewer: Viewer, id: string): Promise<Escalation | null> {
  const escalation = await deps.find(id);
  return escalation && maySee(viewer, escalation.clinicId) ? escalation : null;
}

/** A conversation, if it is there and belongs to the viewer's clinic. */
export async function findOwnTalk({ deps }: ConsoleParts, viewer: Viewer, conversationId: string): Promise<Talk | null> {
  const talk = await deps.transcript(conversationId);
  return talk && maySee(viewer, talk.clinicId) ? talk : null;
}

function maySee(viewer: Viewer, clinicId: string): boolean {
  return viewer.clinicId === null || viewer.clinicId === clinicId;
}
