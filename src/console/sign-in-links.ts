import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Clinic, Person } from '../model/clinic';
import type { ConsoleDeps } from './console-deps';
import { makeSigner } from './make-signer';
import { findPerson } from './sessions';

const LINK_MS = 10 * 60_000;
const MOST_LINKS = 3;

/** Whom a sign-in link lets in. */
export interface SignInClaim {
  readonly person: Person;
  readonly clinic: Clinic;
  /** The page of the console to go on to. */
  readonly next: string;
}

/** Where a link leads: the public address, and the page to go on to. */
export interface LinkPlace {
  readonly baseUrl: string;
  readonly next: string;
}

/** One-time links that sign staff in, sent to a contact of theirs. */
export interface SignInLinks {
  /** Sends a link to everyone who has this telephone number or e-mail address. Nobody learns whether there is such a person. */
  sendTo(contact: string, place: LinkPlace): void;
  /** Sends a link to one person. */
  sendToPerson(person: Person, clinic: Clinic, place: LinkPlace): void;
  /** Whom a link would let in; null when it has ended, was used or is foreign. */
  read(token: string): SignInClaim | null;
  /** Marks a link as used. */
  spend(token: string): void;
}

const claimsSchema = z.strictObject({ p: z.string(), c: z.string(), e: z.number(), n: z.string(), t: z.string() });

/** Makes the link desk. Links are signed; which were used, and how many were sent, is kept in memory. */
export function makeSignInLinks(deps: ConsoleDeps): SignInLinks {
  const signer = makeSigner(deps.secret, 'sign-in');
  const used = new Map<string, number>();
  const sent = new Map<string, number[]>();

  const sendToPerson = (person: Person, clinic: Clinic, { baseUrl, next }: LinkPlace): void => {
    const now = deps.clock();
    const key = `${clinic.id}/${person.id}`;
    const recent = (sent.get(key) ?? []).filter((at) => at > now - LINK_MS);
    if (recent.length >= MOST_LINKS) return; // a stranger must not be able to flood a nurse's telephone
    sent.set(key, [...recent, now]);
    const claims = { p: person.id, c: clinic.id, e: now + LINK_MS, n: randomBytes(9).toString('base64url'), t: next };
    const link = `${baseUrl}/console/sign-in/${signer.sign(JSON.stringify(claims))}`;
    // not awaited: how long the answer takes would tell whether the person exists
    deps.sendSignIn(person, clinic, link).catch((error: unknown) => deps.onFault('SIGN_IN_NOT_SENT', error));
  };

  const readClaims = (token: string): z.infer<typeof claimsSchema> | null => {
    const text = signer.read(token);
    if (text === null) return null;
    const claims = claimsSchema.parse(JSON.parse(text));
    return claims.e > deps.clock() ? claims : null;
  };

  return {
    sendToPerson,
    sendTo(contact, place) {
      const wanted = normalizeContact(contact);
      for (const clinic of deps.clinics.all())
        for (const person of clinic.staff)
          if (person.contacts.some(({ method, to }) => REACHED_BY_LINK.has(method) && normalizeContact(to) === wanted))
            sendToPerson(person, clinic, place);
    },
    read(token) {
      const claims = readClaims(token);
      if (claims === null || used.has(claims.n)) return null;
      const person = findPerson(deps, claims.c, claims.p);
      return person && { person, clinic: deps.clinics.get(claims.c), next: claims.t };
    },
    spend(token) {
      const claims = readClaims(token);
      if (claims === null) return;
      for (const [nonce, endsAt] of used) if (endsAt <= deps.clock()) used.delete(nonce);
      used.set(claims.n, claims.e);
    },
  };
}

const REACHED_BY_LINK: ReadonlySet<string> = new Set(['sms', 'voice', 'email']);

/** "(555) 010-0101" and "+1 555 010 0101" are one number; e-mail addresses differ in no capital. */
function normalizeContact(contact: string): string {
  const text = contact.trim().toLowerCase();
  if (text.includes('@')) return text;
  const digits = text.replace(/\D/g, '');
  return digits.length === 10 ? `1${digits}` : digits;
}
