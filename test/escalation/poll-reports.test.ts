import { pollReports } from '../../src/escalation/poll-reports';
import type { DeliveryReport, Escalation, Notifier, Page } from '../../src/model/escalation';
import { makeFakeDesk } from '../channels/twilio/fake-desk';

const NOW = 100 * 60_000;
const page = (id: string, more: Partial<Page> = {}): Page => ({
  ...{
    id,
    personId: 'ana',
    method: 'sms',
    to: '+1',
    step: 1,
    round: 1,
    isFirst: false,
    status: 'sent',
    queuedAt: 0,
    dueAt: 0,
    attempts: 1,
  },
  ...{ sentAt: NOW - 3 * 60_000, deliveredAt: null, failure: null, providerId: `SM-${id}`, ...more },
});

/** Asks after these pages at a provider that knows these statuses. */
async function ask(
  pages: readonly Page[],
  known: Readonly<Record<string, 'sent' | 'delivered' | 'failed' | null>>,
  more: Partial<Escalation> = {},
) {
  const asked: string[] = [];
  const reports: DeliveryReport[] = [];
  const notifier: Notifier = {
    method: 'sms',
    send: () => Promise.reject(new Error('Send: expected nothing to be sent.')),
    poll: (providerId) => {
      asked.push(providerId);
      return Promise.resolve(known[providerId] ?? null);
    },
  };
  await pollReports({
    store: { listUnresolved: () => Promise.resolve([{ ...makeFakeDesk().escalation, pages, ...more }]) },
    notifiers: new Map([['sms', notifier]]),
    desk: { takeReport: (report) => Promise.resolve(void reports.push(report)) },
    clock: () => NOW,
  });
  return { asked, reports };
}

describe('pages that nobody reported on', () => {
  it('are asked after, and the desk hears what became of them', async () => {
    const { reports } = await ask([page('a'), page('b'), page('c'), page('d')], {
      'SM-a': 'delivered',
      'SM-b': 'failed',
      'SM-c': 'sent',
      'SM-d': null,
    });
    expect(reports).toEqual([
      { providerId: 'SM-a', pageId: 'a', status: 'delivered', permanent: false, code: null, at: NOW },
      { providerId: 'SM-b', pageId: 'b', status: 'failed', permanent: false, code: 'polled', at: NOW },
    ]);
  });

  it.each([
    ['was sent just now', page('a', { sentAt: NOW - 60_000 })],
    ['was sent long ago', page('a', { sentAt: NOW - 31 * 60_000 })],
    ['was delivered', page('a', { status: 'delivered' })],
    ['was never sent', page('a', { status: 'queued', sentAt: null, providerId: null })],
    ['went another way, which cannot be asked', page('a', { method: 'email' })],
  ])('are left alone when the page %s', async (_name, one) => {
    expect((await ask([one], { 'SM-a': 'delivered' })).reports).toEqual([]);
  });

  it('are left alone once somebody has acknowledged', async () => {
    expect((await ask([page('a')], { 'SM-a': 'failed' }, { acknowledged: { by: 'ana', at: 0, via: 'sms' } })).asked).toEqual([]);
  });

  it('are asked after a few at a time', async () => {
    expect(
      (
        await ask(
          Array.from({ length: 50 }, (_, index) => page(`p${index}`)),
          {},
        )
      ).asked,
    ).toHaveLength(20);
  });
});
