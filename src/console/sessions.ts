import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Person } from '../model/clinic';
import type { Actor } from '../model/escalation';
import type { ConsoleDeps } from './console-deps';
import { isSame, makeSigner } from './make-signer';

const COOKIE = 'aftercare_console';
const FLASH_COOKIE = 'aftercare_said';
const SESSION_MS = 8 * 3_600_000;
const FLASH_SECONDS = 60;

/** Who looks at the console. */
export interface Viewer {
  /** As events name them: a person's id, or "console" for whoever holds the start-up link. */
  readonly id: string;
  readonly name: string;
  /** The one clinic they may see; null sees all. */
  readonly clinicId: string | null;
  readonly actor: Actor;
  /** Goes into each form and must come back with it. */
  readonly csrf: string;
  /** Epoch milliseconds. */
  readonly endsAt: number;
}

/** Who is signed in where, kept in the browser alone: a signed cookie that every replica reads. */
export interface Sessions {
  /** Signs a browser in; `clinicId` null is the holder of the start-up link. */
  begin(response: Response, who: { readonly personId: string; readonly clinicId: string | null }): void;
  end(response: Response): void;
  /** Who is signed in; null when nobody is, the session has ended or the person is no longer staff. */
  read(request: Request): Viewer | null;
  /** Keeps one sentence for the next page, e.g. "Ref 12 is yours." */
  say(response: Response, sentence: string): void;
  /** The sentence kept for this page, which is then gone. */
  takeSaid(request: Request, response: Response): string | null;
}

const claimsSchema = z.strictObject({ p: z.string(), c: z.string().nullable(), e: z.number() });

/** Makes the session desk. */
export function makeSessions(deps: Pick<ConsoleDeps, 'secret' | 'clock' | 'clinics' | 'publicUrl'>): Sessions {
  const signer = makeSigner(deps.secret, 'session');
  const forms = makeSigner(deps.secret, 'form');
  const flashes = makeSigner(deps.secret, 'said');
  const options = {
    httpOnly: true,
    sameSite: 'strict',
    secure: deps.publicUrl?.startsWith('https:') ?? false,
    path: '/',
  } as const;
  return {
    begin(response, { personId, clinicId }) {
      const endsAt = deps.clock() + SESSION_MS;
      response.cookie(COOKIE, signer.sign(JSON.stringify({ p: personId, c: clinicId, e: endsAt })), { ...options, maxAge: SESSION_MS });
    },
    end: (response) => void response.clearCookie(COOKIE, options),
    read(request) {
      const cookie = readCookie(request, COOKIE);
      const text = cookie === null ? null : signer.read(cookie);
      if (cookie === null || text === null) return null;
      const { p: id, c: clinicId, e: endsAt } = claimsSchema.parse(JSON.parse(text));
      if (endsAt <= deps.clock()) return null;
      const person = clinicId === null ? null : findPerson(deps, clinicId, id);
      if (clinicId !== null && person === null) return null;
      return {
        id,
        name: person?.name ?? 'Owner',
        clinicId,
        actor: { by: id, via: 'console' },
        csrf: forms.mark(cookie),
        endsAt,
      };
    },
    say: (response, sentence) =>
      void response.cookie(FLASH_COOKIE, flashes.sign(sentence), { ...options, path: '/console', maxAge: FLASH_SECONDS * 1000 }),
    takeSaid(request, response) {
      const cookie = readCookie(request, FLASH_COOKIE);
      if (cookie === null) return null;
      response.clearCookie(FLASH_COOKIE, { ...options, path: '/console' });
      return flashes.read(cookie);
    },
  };
}

/** Whether a form was made for this viewer, so that no foreign page can press a button in their name. */
export function isOwnForm(viewer: Viewer, csrf: string): boolean {
  return isSame(csrf, viewer.csrf);
}

/** A member of staff; null when the clinic or the person is gone. */
export function findPerson({ clinics }: Pick<ConsoleDeps, 'clinics'>, clinicId: string, personId: string): Person | null {
  const clinic = clinics.all().find(({ id }) => id === clinicId);
  return clinic?.staff.find(({ id }) => id === personId) ?? null;
}

function readCookie(request: Request, name: string): string | null {
  return new RegExp(`(?:^|; )${name}=([\\w.-]+)`).exec(request.headers.cookie ?? '')?.[1] ?? null;
}
