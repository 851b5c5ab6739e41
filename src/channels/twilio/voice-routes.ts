import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Clinic } from '../../model/clinic';
import type { PageCall } from './call-words';
import { NOT_KNOWN, wordActed, wordDetails, wordMenu, wordOver } from './call-words';
import { askTwiml, sayTwiml } from './twiml';
import type { TwilioDeps } from './twilio-deps';

/** How often the words are said before the call hangs up; voice mail listens to all of them. */
const ROUNDS = 3;
const PIN_TRIES = 3;

/** Where a call stands. It travels in the address, which Twilio's signature covers. */
interface Stand {
  readonly round: number;
  readonly tries: number;
}

interface At extends Stand {
  readonly call: PageCall;
  readonly clinic: Clinic;
}

type Step = (at: At, request: Request) => string | Promise<string>;

/** The three addresses of a page's call: what it says, what its keys do, and the PIN before any detail. */
export function voiceRoutes(deps: TwilioDeps): {
  readonly page: RequestHandler;
  readonly keys: RequestHandler;
  readonly pin: RequestHandler;
} {
  const addressOf = (at: At, step: '' | '/keys' | '/pin', stand: Partial<Stand> = {}): string => {
    const { round, tries } = { ...at, ...stand };
    return `${deps.publicUrl}/voice/page/${encodeURIComponent(at.call.page.id)}${step}?round=${round}&tries=${tries}`;
  };
  const menu = (at: At, before = ''): string => {
    const round = at.round + 1;
    const say = `${before} ${wordMenu(at.call, at.tries < PIN_TRIES)}`.trim();
    return askTwiml({ say, action: addressOf(at, '/keys', { round }), keys: 'one' }, round < ROUNDS ? addressOf(at, '', { round }) : null);
  };
  const askPin = (at: At, before = ''): string =>
    askTwiml(
      { say: `${before} Enter your PIN, then the pound key.`.trim(), action: addressOf(at, '/pin'), keys: 'until_pound' },
      addressOf(at, ''),
    );

  const page: Step = (at) => menu(at);
  const keys: Step = async (at, request) => {
    const actor = { by: at.call.page.personId, via: 'voice' } as const;
    switch (digitsOf(request)) {
      case '1':
        return sayTwiml(wordActed(await deps.desk.acknowledge(at.call.escalation.id, actor), 'acknowledge', at.clinic));
      case '2':
        return sayTwiml(wordActed(await deps.desk.passOn(at.call.escalation.id, actor), 'pass_on', at.clinic));
      case '3':
        if (at.tries >= PIN_TRIES) return again(at, 'Details stay in the console.');
        return pinOf(at) === undefined
          ? again({ ...at, tries: PIN_TRIES }, 'You have no PIN, so details stay in the console.')
          : askPin(at);
      default:
        return again(at, 'That key does nothing.');
    }
  };
  const pin: Step = (at, request) => {
    const expected = pinOf(at);
    if (expected !== undefined && at.tries < PIN_TRIES && isSame(digitsOf(request), expected))
      return menu(at, wordDetails(at.call, at.clinic));
    const tries = at.tries + 1;
    return tries < PIN_TRIES
      ? askPin({ ...at, tries }, 'That is not your PIN.')
      : again({ ...at, tries }, 'Too many tries. Details stay in the console.');
  };
  /** A key that led nowhere uses up a round, so that a call ends some time. */
  const again = (at: At, why: string): string => (at.round >= ROUNDS * 2 ? sayTwiml(`${why} Goodbye.`) : menu(at, why));

  const answer =
    (step: Step): RequestHandler =>
    async (request: Request, response: Response) => {
      const call = await deps.desk.findPage(String(request.params['pageId']));
      const clinic = call && deps.clinics.get(call.escalation.clinicId);
      const over = call && clinic ? wordOver(call, clinic) : NOT_KNOWN;
      const twiml =
        call && clinic && over === null ? await step({ call, clinic, ...standOf(request) }, request) : sayTwiml(over ?? NOT_KNOWN);
      response.type('text/xml').send(twiml);
    };
  return { page: answer(page), keys: answer(keys), pin: answer(pin) };
}

function pinOf({ call, clinic }: At): string | undefined {
  return clinic.staff.find(({ id }) => id === call.page.personId)?.pin;
}

function digitsOf(request: Request): string {
  const { Digits } = request.body as { readonly Digits?: unknown };
  return typeof Digits === 'string' ? Digits : '';
}

function standOf(request: Request): Stand {
  const count = (name: string): number => {
    const given = request.query[name];
    return typeof given === 'string' && /^\d{1,2}$/.test(given) ? Number(given) : 0;
  };
  return { round: count('round'), tries: count('tries') };
}

function isSame(one: string, other: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
