import fc from 'fast-check';
import type { DryRunCase, DryRunLine } from '../../src/escalation/dry-run';
import { dryRun } from '../../src/escalation/dry-run';
import { raise } from '../../src/escalation/life';
import { makeWatch } from '../../src/escalation/watch';
import { noFigures } from '../../src/escalation/watch-figures';
import type { Clinic } from '../../src/model/clinic';
import { PAGE_METHODS } from '../../src/model/clinic';
import type { AddedMessage, Notifier } from '../../src/model/escalation';
import { silentLog } from '../../src/tools/log';
import { MemoryStore } from './memory-store';
import { START, clinicOf } from './pure-night';
import { anySchedule } from './schedules/any-schedule';

const MINUTE = 60_000;

/** The same as a dry run, but from the loop itself: a store, an outbox, notifiers that write down what they are given. */
async function liveRun(clinic: Clinic, { tier, at, forMs, isMarked = false }: DryRunCase): Promise<string[]> {
  let now = at;
  const seen: string[] = [];
  const store = new MemoryStore();
  const notifiers = PAGE_METHODS.map((method): [typeof method, Notifier] => [
    method,
    {
      method,
      async send({ person, to, what }) {
        seen.push(`${now} ${what.kind === 'page' ? 'page' : `notice ${what.notice}`} ${person.id} ${method} ${to}`);
        return { kind: 'sent', providerId: null, delivered: true };
      },
    },
  ]);
  const wordNotice = ({ id, phrase }: { id: string; phrase: string }): AddedMessage => ({
    ...{ conversationId: 'dry', id, at: now, text: phrase, actions: [], author: null, escalation: null },
  });
  const watch = makeWatch({
    ...{ store, wordNotice, log: silentLog, figures: noFigures, notifiers: new Map(notifiers) },
    clinics: { get: () => clinic, all: () => [clinic] },
    clock: () => now,
    linkOf: () => null,
    endWait: () => Promise.reject(new Error('no question was asked')),
    pushPatient: () => Promise.reject(new Error('Pushing failed: the web needs no push.')),
  });
  const facts = {
    id: 'dry',
    clinicId: clinic.id,
    conversationId: 'dry',
    channel: 'web',
    flags: [],
    tier,
    reason: 'dry_run',
    isDrill: false,
  } as const;
  const change = raise({ ...facts, isMarked }, clinic, now);
  await store.save(
    change,
    change.tell.map((notice) => wordNotice(notice)),
  );
  for (let next = await watch.tick(); next !== null && next <= at + forMs; next = await watch.tick()) now = Math.max(now, next);
  const notes = (await store.events('dry')).filter(({ kind }) => !/^page_|^patient_told/.test(kind));
  return [
    ...seen,
    ...store.messages.map((message) => `${message.at} patient ${message.text}`),
    ...notes.map(({ at: when, kind, actor, detail }) => `${when} note ${kind} ${actor} ${detail}`),
  ].sort();
}

function say(line: DryRunLine): string {
  switch (line.kind) {
    case 'page':
      return `${line.at} page ${line.personId} ${line.method} ${line.to}`;
    case 'notice':
      return `${line.at} notice ${line.notice} ${line.personId} ${line.method} ${line.to}`;
    case 'patient':
      return `${line.at} patient ${line.notice.phrase}`;
    case 'note':
      return `${line.at} note ${line.event} ${line.actor} ${line.detail}`;
  }
}

/** "5:00 ben sms": minutes since the beginning. */
function pagesOf(lines: readonly DryRunLine[]): string[] {
  return lines.flatMap((line) => (line.kind === 'page' ? [`${(line.at - START) / MINUTE} ${line.personId} ${line.method}`] : []));
}

const seconds = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max }).map((count) => count * 1000);
const anyCase = fc
  .record({
    schedule: anySchedule,
    tier: fc.constantFrom('urgent', 'emergency', 'ask_clinic'),
    secondsFromChange: fc.integer({ min: -10_800, max: 10_800 }),
    minutes: fc.integer({ min: 1, max: 120 }),
    isMarked: fc.boolean(),
    fallback: fc.option(fc.constantFrom('ana', 'ben', 'cho')),
    clocks: fc.record({
      emergencyNextStep: seconds(120, 300),
      urgentNextStep: seconds(60, 900),
      urgentSecondPerson: seconds(60, 1200),
      tellPatientNobody: seconds(60, 3600),
    }),
    after: fc.array(fc.option(seconds(0, 600), { nil: undefined }), { minLength: 4, maxLength: 4 }),
  })
  .map(({ schedule, tier, secondsFromChange, minutes, isMarked, fallback, clocks, after }) => {
    const { clinic, anchor } = schedule;
    const staff = clinic.staff.map((person) => ({
      ...person,
      contacts: person.contacts.map((contact, index) => ({ ...contact, after: after[index] })),
    }));
    const onCall = { ...clinic.onCall, ...(fallback === null ? {} : { fallback }) };
    const run: DryRunCase = {
      tier,
      at: anchor.at + secondsFromChange * 1000,
      forMs: (tier === 'ask_clinic' ? 60 : 1) * minutes * MINUTE,
      isMarked,
    };
    return { clinic: { ...clinic, staff, onCall, clocks: { ...clinic.clocks, ...clocks } }, run };
  });

describe('a dry run', () => {
  it('shows the ladder as nurses would live it', () => {
    const lines = dryRun(clinicOf(), { tier: 'urgent', at: START, forMs: 31 * MINUTE });
    expect(pagesOf(lines).slice(0, 5)).toEqual(['0 ana sms', '2 ana voice', '5 ben sms', '10 ana sms', '12 ana voice']);
    expect(lines.filter(({ kind }) => kind === 'patient').map(say)).toEqual([`${START + 30 * MINUTE} patient nobodyAnswered`]);
  });

  it('alarms everybody at once in an emergency', () => {
    expect(pagesOf(dryRun(clinicOf(), { tier: 'emergency', at: START, forMs: MINUTE }))).toEqual(['0 ana sms', '0 ana voice', '0 ben sms']);
  });

  it('notes empty steps, the fallback, and that nobody is there at all', () => {
    const notes = (onCall: object): string[] =>
      dryRun(clinicOf({ onCall }), { tier: 'urgent', at: START, forMs: 0 }).flatMap((line) => (line.kind === 'note' ? [line.event] : []));
    const empty = { layers: [{ id: 'nights', shifts: [] }], steps: [{ targets: ['nights'] }] };
    expect(notes({ ...empty, fallback: 'cho' })).toEqual(['raised', 'step_empty', 'fallback']);
    expect(notes(empty)).toEqual(['raised', 'step_empty', 'alarm']);
  });

  it('leaves a question to the clinic until it opens', () => {
    const lines = dryRun(clinicOf(), { tier: 'ask_clinic', at: START, forMs: 24 * 60 * MINUTE });
    expect(lines.map(say)).toEqual([
      `${START} note raised bot ask_clinic`,
      `${Date.parse('2026-03-10T09:00:00-04:00')} note digest clock `,
      `${Date.parse('2026-03-10T09:00:00-04:00')} notice digest ana sms +15550100101`,
      `${Date.parse('2026-03-10T18:00:00-04:00')} note overdue clock `,
      `${Date.parse('2026-03-10T18:00:00-04:00')} notice overdue ana sms +15550100101`,
    ]);
  });

  it('equals the live loop to the second, for 200 random schedules around changes of the clocks', async () => {
    let pages = 0;
    await fc.assert(
      fc.asyncProperty(anyCase, async ({ clinic, run }) => {
        const expected = dryRun(clinic, run).map(say).sort();
        expect(await liveRun(clinic, run)).toEqual(expected);
        pages += expected.filter((line) => line.includes(' page ')).length;
      }),
      { seed: 11, numRuns: 200 },
    );
    expect(pages).toBeGreaterThan(2000);
  }, 120_000);
});
