import {
  acknowledge,
  answerReached,
  drillTimes,
  passOn,
  reassign,
  repeat,
  report,
  resolve,
  settlePage,
  snooze,
} from '../../src/escalation/life';
import { PureNight, START, clinicOf } from './pure-night';

const ANA = { by: 'ana', via: 'sms' } as const;
const BEN = { by: 'ben', via: 'link' } as const;
const failed = { kind: 'failed', permanent: true, code: '21614' } as const;

describe('an urgent escalation', () => {
  it('pages step 1 at once, its second contact after 2 minutes, step 2 after 5, then step 1 again', () => {
    const night = new PureNight(clinicOf());
    night.pass(12);
    expect(night.sent).toEqual([
      { at: '0:00', page: 'ana sms' },
      { at: '2:00', page: 'ana voice' },
      { at: '5:00', page: 'ben sms' },
      { at: '10:00', page: 'ana sms' },
      { at: '12:00', page: 'ana voice' },
    ]);
    expect(night.escalation.status).toBe('notified');
    expect(night.escalation.pages.map((page) => page.isFirst)).toEqual([true, false, false, false, false]);
  });

  it('tells the patient after 30 minutes to go to urgent care, once, and keeps paging all night', () => {
    const night = new PureNight(clinicOf());
    night.pass(8 * 60);
    expect(night.told).toEqual([{ at: '30:00', phrase: 'nobodyAnswered' }]);
    expect(night.escalation.status).toBe('notified');
    expect(night.escalation.nextAt).not.toBeNull();
    expect(night.sent.length).toBeGreaterThan(96);
  });

  it('goes through an empty step at no cost and says so in the history', () => {
    const clinic = clinicOf({
      onCall: {
        layers: [{ id: 'nights', shifts: [{ person: 'ana', from: '2020-01-01T00:00', until: '2020-01-02T00:00' }] }],
        steps: [{ targets: ['nights'] }, { targets: ['ben'] }],
        fallback: 'cho',
      },
    });
    const night = new PureNight(clinic);
    expect(night.sent).toEqual([{ at: '0:00', page: 'ben sms' }]);
    expect(night.events.map((event) => event.kind)).toContain('step_empty');
  });

  it('pages the fallback when nobody is on any step', () => {
    const night = new PureNight(clinicOf({ onCall: { steps: [], fallback: 'cho' } }));
    expect(night.sent).toEqual([{ at: '0:00', page: 'cho sms' }]);
    expect(night.events.map((event) => event.kind)).toContain('fallback');
  });

  it('tells the patient at once when there is nobody at all, and raises an alarm', () => {
    const night = new PureNight(clinicOf({ onCall: { steps: [] } }));
    expect(night.told).toEqual([{ at: '0:00', phrase: 'nobodyAnswered' }]);
    expect(night.events.map((event) => event.kind)).toContain('alarm');
    night.pass(60);
    expect(night.escalation.nextAt).not.toBeNull();
    expect(night.told).toHaveLength(1);
  });

  it('tries the next contact at once when one fails for good, then the next step', () => {
    const night = new PureNight(clinicOf(), {}, (pageId) => (pageId.includes('.ana.') ? failed : { kind: 'sent', providerId: null }));
    expect(night.sent.map(({ at, page }) => `${at} ${page}`)).toEqual(['0:00 ana sms', '0:00 ana voice', '0:00 ben sms']);
  });

  it('waits its turn when every way has failed, and does not call dead numbers without a pause', () => {
    const night = new PureNight(clinicOf(), {}, () => failed);
    expect(night.sent.length).toBeLessThanOrEqual(7);
    const first = night.sent.length;
    night.pass(4);
    expect(night.sent).toHaveLength(first);
    night.pass(2);
    expect(night.sent.length).toBeGreaterThan(first);
  });

  it('pages a second person after 10 minutes even where every step names the same one', () => {
    const night = new PureNight(clinicOf({ onCall: { steps: [{ targets: ['ana'] }], fallback: 'cho' } }));
    night.pass(10);
    expect(night.sent.map(({ at, page }) => `${at} ${page}`)).toContain('10:00 cho sms');
  });
});

describe('an emergency', () => {
  it('pages the first person of every step at once, by every way, and a step each 2 minutes', () => {
    const night = new PureNight(clinicOf(), { tier: 'emergency', flags: ['E01'] });
    night.pass(4);
    expect(night.sent.map(({ at, page }) => `${at} ${page}`)).toEqual([
      '0:00 ana sms',
      '0:00 ana voice',
      '0:00 ben sms',
      '2:00 ana sms',
      '2:00 ana voice',
      '4:00 ben sms',
    ]);
    expect(night.escalation.pages.slice(0, 3).every((page) => page.isFirst)).toBe(true);
  });

  it('rings nobody twice at once who is on several steps, but takes the next person there', () => {
    const steps = [{ targets: ['ana'] }, { targets: ['ana', 'ben'] }, { targets: ['ana'] }];
    const night = new PureNight(clinicOf({ onCall: { steps, fallback: 'cho' } }), { tier: 'emergency' });
    expect(night.sent.map(({ page }) => page)).toEqual(['ana sms', 'ana voice', 'ben sms']);
  });
});

describe('an acknowledgement', () => {
  it('ends paging, tells the patient, and tells the others who were paged', () => {
    const night = new PureNight(clinicOf());
    night.pass(6);
    expect(night.does(acknowledge(night.escalation, ANA, night.clinic, night.now))).toBe('done');
    expect(night.escalation.status).toBe('acknowledged');
    expect(night.told).toEqual([{ at: '6:00', phrase: 'seenByTeam' }]);
    expect(night.notices).toEqual([{ at: '6:00', notice: 'taken_by_other', to: 'ben' }]);
    night.pass(5);
    expect(night.sent).toHaveLength(3);
  });

  it('is the first one that counts; the second one hears who was first', () => {
    const night = new PureNight(clinicOf());
    night.does(acknowledge(night.escalation, ANA, night.clinic, night.now));
    expect(acknowledge(night.escalation, BEN, night.clinic, night.now + 1)).toMatchObject({ kind: 'taken_already', by: 'ana', at: START });
    expect(night.does(acknowledge(night.escalation, ANA, night.clinic, night.now + 1))).toBe('done');
    expect(night.events.filter((event) => event.kind === 'acknowledged')).toHaveLength(1);
  });

  it('is followed by "did you reach someone" after 10 minutes, and by a staff task after 10 more without an answer', () => {
    const night = new PureNight(clinicOf());
    night.does(acknowledge(night.escalation, ANA, night.clinic, night.now));
    night.pass(21);
    expect(night.told.map(({ at, phrase }) => `${at} ${phrase}`)).toEqual(['0:00 seenByTeam', '10:00 askReached']);
    expect(night.notices).toEqual([{ at: '20:00', notice: 'patient_silent', to: 'ana' }]);
  });

  it('without an outcome is asked for after 30 minutes, and paged again after 60 with the next person', () => {
    const night = new PureNight(clinicOf());
    night.does(acknowledge(night.escalation, ANA, night.clinic, night.now));
    night.does({ change: answerReached(night.escalation, 'yes', night.clinic, night.now) });
    night.pass(59);
    expect(night.notices).toEqual([{ at: '30:00', notice: 'outcome', to: 'ana' }]);
    expect(night.sent).toHaveLength(1);
    night.pass(1);
    expect(night.sent.slice(1).map(({ page }) => page)).toEqual(['ana sms', 'ben sms']);
    expect(night.escalation.status).toBe('notified');
  });

  it('that reached nobody is paged again at once, with the next person', () => {
    const night = new PureNight(clinicOf());
    night.does(acknowledge(night.escalation, ANA, night.clinic, night.now));
    night.pass(11);
    night.does({ change: answerReached(night.escalation, 'no', night.clinic, night.now) });
    expect(night.sent.slice(1).map(({ at, page }) => `${at} ${page}`)).toEqual(['11:00 ana sms', '11:00 ben sms']);
  });

  it('can put off the question for the outcome, but not past the moment of paging again', () => {
    const night = new PureNight(clinicOf());
    night.does(acknowledge(night.escalation, ANA, night.clinic, night.now));
    expect(snooze(night.escalation, ANA, night.now + 61 * 60_000, night.clinic, night.now)).toMatchObject({ kind: 'refused' });
    expect(night.does(snooze(night.escalation, ANA, night.now + 45 * 60_000, night.clinic, night.now))).toBe('done');
    night.pass(50);
    expect(night.notices.filter(({ notice }) => notice === 'outcome')).toEqual([{ at: '45:00', notice: 'outcome', to: 'ana' }]);
  });
});

describe('a change of duty', () => {
  it('tells whoever comes on that somebody off duty holds an open one, once', () => {
    const shifts = [
      { person: 'ana', from: '2026-03-09T18:00', until: '2026-03-09T23:50' },
      { person: 'ben', from: '2026-03-09T23:50', until: '2026-03-10T09:00' },
    ];
    const night = new PureNight(
      clinicOf({ onCall: { layers: [{ id: 'nights', shifts }], steps: [{ targets: ['nights'] }], fallback: 'cho' } }),
    );
    night.does(acknowledge(night.escalation, ANA, night.clinic, night.now));
    night.pass(9);
    expect(night.notices).toEqual([]);
    night.pass(20);
    expect(night.notices.filter(({ notice }) => notice === 'duty_changed')).toEqual([{ at: '10:00', notice: 'duty_changed', to: 'ben' }]);
  });
});

describe('what people do', () => {
  it('passing on pages the next step at once without the one who passes on', () => {
    const night = new PureNight(clinicOf());
    night.pass(1);
    night.does(passOn(night.escalation, ANA, night.clinic, night.now));
    expect(night.sent.at(-1)).toEqual({ at: '1:00', page: 'ben sms' });
    night.pass(4);
    expect(night.escalation.acknowledged).toBeNull();
  });

  it('closing ends it for good; nothing is due any more', () => {
    const night = new PureNight(clinicOf());
    night.does(resolve(night.escalation, ANA, 'spoke_with_patient', night.clinic, night.now));
    expect(night.escalation).toMatchObject({ status: 'resolved', nextAt: null, resolved: { by: 'ana', reason: 'spoke_with_patient' } });
    expect(resolve(night.escalation, BEN, 'handled', night.clinic, night.now)).toMatchObject({ kind: 'resolved_already' });
    expect(acknowledge(night.escalation, BEN, night.clinic, night.now)).toMatchObject({ kind: 'resolved_already' });
  });

  it('giving it to a colleague pages that person, and the ladder when they do not act', () => {
    const night = new PureNight(clinicOf());
    night.does(acknowledge(night.escalation, ANA, night.clinic, night.now));
    night.does(reassign(night.escalation, ANA, 'cho', night.clinic, night.now));
    expect(night.sent.at(-1)).toEqual({ at: '0:00', page: 'cho sms' });
    night.pass(5);
    expect(night.sent.at(-1)).toEqual({ at: '5:00', page: 'ana sms' });
    expect(reassign(night.escalation, ANA, 'nobody', night.clinic, night.now)).toMatchObject({ kind: 'refused' });
  });

  it('a patient who writes again tells the holder, and after half an hour pages anew', () => {
    const night = new PureNight(clinicOf());
    night.does(acknowledge(night.escalation, ANA, night.clinic, night.now));
    night.does({ change: repeat(night.escalation, ['U02'], night.clinic, night.now) });
    expect(night.notices).toEqual([{ at: '0:00', notice: 'wrote_again', to: 'ana' }]);
    night.pass(31);
    night.does({ change: repeat(night.escalation, ['U02'], night.clinic, night.now) });
    expect(night.sent.slice(-2).map(({ at, page }) => `${at} ${page}`)).toEqual(['31:00 ana sms', '31:00 ben sms']);
  });
});

describe('reports of providers', () => {
  it('never take a page back, however late, twice or out of order they come', () => {
    const night = new PureNight(clinicOf(), {}, () => ({ kind: 'sent', providerId: 'SM1' }));
    const page = night.escalation.pages[0]!;
    const told = (status: 'sent' | 'delivered' | 'failed') => ({
      providerId: 'SM1',
      status,
      permanent: true,
      code: '30003',
      at: night.now,
    });
    night.does({ change: report(night.escalation, page.id, told('delivered'), night.clinic, night.now)! });
    expect(night.escalation.pages[0]).toMatchObject({ status: 'delivered' });
    expect(report(night.escalation, page.id, told('sent'), night.clinic, night.now)).toBeNull();
    expect(report(night.escalation, page.id, told('failed'), night.clinic, night.now)).toBeNull();
    expect(report(night.escalation, page.id, told('delivered'), night.clinic, night.now)).toBeNull();
  });

  it('of a failure try the next way at once', () => {
    const night = new PureNight(clinicOf(), {}, () => ({ kind: 'sent', providerId: 'SM1' }));
    const told = { providerId: 'SM1', status: 'failed', permanent: true, code: '30003', at: night.now } as const;
    night.does({ change: report(night.escalation, night.escalation.pages[0]!.id, told, night.clinic, night.now)! });
    expect(night.sent.map(({ page }) => page)).toEqual(['ana sms', 'ana voice']);
  });
});

describe('a drill', () => {
  it('pages like an urgent one, tells no patient anything, and is over with its acknowledgement', () => {
    const night = new PureNight(clinicOf(), { isDrill: true });
    night.pass(6);
    expect(night.sent.map(({ page }) => page)).toEqual(['ana sms', 'ana voice', 'ben sms']);
    night.does(acknowledge(night.escalation, ANA, night.clinic, night.now));
    expect(night.escalation).toMatchObject({ status: 'resolved', resolved: { by: 'ana' }, nextAt: null });
    expect(drillTimes(night.escalation)).toEqual({ firstPageMs: 0, ackMs: 6 * 60_000 });
    expect(night.told).toEqual([]);
  });

  it('that nobody answers ends after half an hour with an alarm in its history', () => {
    const night = new PureNight(clinicOf(), { isDrill: true });
    night.pass(31);
    expect(night.escalation).toMatchObject({ status: 'resolved', resolved: { by: 'clock' } });
    expect(night.events.at(-1)).toMatchObject({ kind: 'alarm' });
  });
});

describe('a question to the clinic', () => {
  it('waits for the opening, is shown in one digest, comes back each morning, and is named overdue once', () => {
    const night = new PureNight(clinicOf(), { tier: 'ask_clinic', flags: [], reason: 'question:sex' });
    expect(night.sent).toEqual([]);
    const reader = { to: 'ana' };
    night.pass(3 * 24 * 60);
    expect(night.notices.map(({ at, notice }) => ({ hours: Number(at.split(':')[0]) / 60, notice, to: 'ana' }))).toEqual([
      { ...reader, hours: (9 * 60 + 20) / 60, notice: 'digest' },
      { ...reader, hours: (18 * 60 + 20) / 60, notice: 'overdue' },
      { ...reader, hours: (33 * 60 + 20) / 60, notice: 'digest' },
      { ...reader, hours: (57 * 60 + 20) / 60, notice: 'digest' },
    ]);
    expect(night.escalation.nextAt).not.toBeNull();
  });

  it('that is marked is due after four working hours', () => {
    const night = new PureNight(clinicOf(), { tier: 'ask_clinic', isMarked: true });
    expect(new Date(night.escalation.course.dueAt!).toISOString()).toBe('2026-03-10T17:00:00.000Z');
  });
});

describe('a provider that fails for the moment', () => {
  it('is tried again, and meanwhile a first page goes out through another provider', () => {
    const withMail = clinicOf({
      staff: [
        {
          ...{ id: 'ana', name: 'Ana' },
          contacts: [
            { method: 'sms', to: '+15550100101' },
            { method: 'voice', to: '+15550100101' },
            { method: 'email', to: 'ana@clinic.example' },
          ],
        },
      ],
      onCall: { steps: [{ targets: ['ana'] }], fallback: 'ana' },
    });
    const night = new PureNight(withMail);
    const page = night.escalation.pages[0]!;
    const fresh = { ...night.escalation, pages: [{ ...page, status: 'queued', sentAt: null }] } as const;
    const down = { kind: 'failed', permanent: false, code: 'timeout' } as const;
    const change = settlePage(fresh, page.id, down, withMail, { now: night.now, isFinal: false });
    expect(change.after.pages.map(({ method, status }) => `${method} ${status}`)).toEqual(['sms failed_temporarily', 'email queued']);
  });
});
