import { makeMemoryEscalationStore } from '../../src/storage/memory-escalations';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClinicCommandDeps } from '../../src/cli/clinic';
import { runClinic } from '../../src/cli/clinic';
import type { Enrolled, EnrolmentDesk } from '../../src/model/enrolment';
import { readClinicFiles } from '../../src/clinic-book';
import { openStore } from '../../src/storage/open-store';
import { realKnowledge } from '../guide/real-knowledge';
import { runMain } from '../run-main';

const DEMO = join(__dirname, '..', '..', 'knowledge', 'clinics', 'demo.yaml');
const demo = readFileSync(DEMO, 'utf8');
const NOW = Date.parse('2026-03-02T17:00:00Z');
const folder = mkdtempSync(join(tmpdir(), 'clinic-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The demo clinic with some of its text replaced, as a file. */
function fileWith(name: string, before: string, after: string): string {
  if (!demo.includes(before)) throw new Error(`Changing the demo clinic failed: expected ${before} in it.`);
  const file = join(folder, name);
  writeFileSync(file, demo.replace(before, after));
  return file;
}

/** Ben is nobody's deputy, and can be reached in one way only. */
const holed = fileWith('holed.yaml', '    - targets: [cho]\n', '');
writeFileSync(holed, readFileSync(holed, 'utf8').replace('      - { method: email, to: "ben@clinic.example", verified: true }\n', ''));

interface Ran {
  readonly code: number;
  readonly lines: readonly string[];
  readonly stored: readonly unknown[][];
}

async function run(args: readonly string[], changed: Partial<ClinicCommandDeps> = {}): Promise<Ran> {
  const lines: string[] = [];
  const stored: unknown[][] = [];
  const deps: ClinicCommandDeps = {
    knowledge: realKnowledge,
    withStore: (use) => use({ ...makeMemoryEscalationStore(), saveClinic: (...clinic) => Promise.resolve(stored.push(clinic)) }),
    withEnrolment: () => Promise.reject(new Error('Enroll: expected a desk.')),
    publicUrl: () => 'https://chat.clinic.example',
    isLive: () => false,
    clock: () => NOW,
    print: (line) => lines.push(line),
    ...changed,
  };
  return { code: await runClinic(deps, args), lines, stored };
}

describe('clinic check', () => {
  it('says that a file has no faults, and what live mode makes of it', async () => {
    expect(await run(['check', DEMO])).toMatchObject({
      code: 0,
      lines: ['demo (Glow Clinic): 3 staff, 2 steps, no faults', 'live mode takes it'],
    });
    const { code, lines } = await run(['check', holed]);
    expect(code).toBe(0);
    expect(lines[1]).toMatch(
      /^live mode refuses it:\n {2}ben: expected 2 verified contact methods, got only sms\n {2}2026-03-09T09:00 to /,
    );
  });

  it('refuses a faulty file, naming the line', async () => {
    await expect(run(['check', fileWith('mars.yaml', 'America/New_York', 'Mars')])).rejects.toThrow(
      /mars\.yaml failed:\n {2}line 5, zone: /,
    );
  });
});

describe('clinic coverage', () => {
  it('finds no hole in the demo clinic', async () => {
    expect(await run(['coverage', DEMO])).toMatchObject({
      code: 0,
      lines: ['no hole in 52 weeks: somebody with two verified contact methods is always on call'],
    });
  });

  it('ends with 1 on a hole and lists each', async () => {
    const why = 'nobody on call has 2 verified contact methods: ben has only sms verified';
    expect(await run(['coverage', holed, '--weeks', '2'])).toMatchObject({
      code: 1,
      lines: [`2026-03-09T09:00 to 2026-03-16T09:00 ${why}`, '1 hole in 2 weeks'],
    });
    const { code, lines } = await run(['coverage', holed, '--weeks', '2', '--json']);
    expect([code, lines.map((line) => JSON.parse(line) as unknown)]).toEqual([
      1,
      [{ from: '2026-03-09T13:00:00.000Z', until: '2026-03-16T13:00:00.000Z', kind: 'unproven', why, people: ['ben'] }],
    ]);
  });

  it.each(['0', '1.5', 'ten', '521'])('refuses %s weeks', async (weeks) => {
    await expect(run(['coverage', DEMO, '--weeks', weeks])).rejects.toThrow(`--weeks from 1 to 520, got "${weeks}"`);
  });
});

describe('clinic enroll', () => {
  const link = 'https://chat.clinic.example/chat?clinic=demo#link=abc';
  const enrolled = { kind: 'enrolled', chartId: 'chart_1', isNew: true, link, expiresAt: NOW, isTexted: true } as const;
  const desk = (done: Enrolled): { changed: Partial<ClinicCommandDeps>; forms: unknown[] } => {
    const forms: unknown[] = [];
    const enrol: EnrolmentDesk['enrol'] = (form, by) => (forms.push({ form, by }), Promise.resolve(done));
    return { forms, changed: { withEnrolment: (use) => use({ enrol, consentText: () => '' }) } };
  };
  const treated = ['--treated', '2026-03-02T09:00'];

  it('hands what was written to the desk and prints the link', async () => {
    const { changed, forms } = desk(enrolled);
    const given = [...treated, '--phone', '555-010-0150', '--reference', 'A-17', '--agrees-to-texts', '--text-link'];
    const { code, lines } = await run(['enroll', DEMO, ...given], changed);
    expect([code, lines]).toEqual([
      0,
      [
        'the patient is enrolled',
        'personal link, for the patient alone, opens once until 2026-03-02T17:00:00.000Z:',
        link,
        'it leaves as a text, in the night in the morning',
      ],
    ]);
    expect(forms).toMatchObject([
      {
        form: { phone: '555-010-0150', teamsId: '', treatedAt: '2026-03-02T09:00', kind: 'microneedling', reference: 'A-17' },
        by: { clinic: { id: 'demo' }, by: 'command', baseUrl: 'https://chat.clinic.example' },
      },
    ]);
    const { lines: json } = await run(['enroll', DEMO, ...treated, '--json'], changed);
    expect(JSON.parse(json[0]!)).toMatchObject({ chart: 'chart_1', isNew: true, link, isTexted: true });
  });

  it('names the option of each fault, and needs the address that the link leads to', async () => {
    const { changed } = desk({ kind: 'refused', faults: [{ field: 'teamsId', why: 'An id looks otherwise.' }] });
    await expect(run(['enroll', DEMO, ...treated], changed)).rejects.toThrow(/nothing is kept:\n {2}--teams-id: An id looks otherwise\./);
    await expect(run(['enroll', DEMO, ...treated], { ...changed, publicUrl: () => null })).rejects.toThrow(/expected PUBLIC_URL/);
  });
});

describe('clinic import', () => {
  it('stores the file as it is written', async () => {
    const { code, lines, stored } = await run(['import', DEMO]);
    expect([code, stored]).toEqual([0, [['demo', demo, NOW]]]);
    expect(lines).toEqual(['demo (Glow Clinic) is stored, version 1', 'live mode takes it']);
  });

  it('stores nothing that is faulty, nor what live mode refuses when it is live', async () => {
    const stored = { withStore: () => Promise.reject(new Error('stored')) };
    await expect(run(['import', fileWith('mars.yaml', 'America/New_York', 'Mars')], stored)).rejects.toThrow(/line 5, zone/);
    await expect(run(['import', holed], { ...stored, isLive: () => true })).rejects.toThrow(
      /nothing is stored:\n {2}ben: expected 2 verified/,
    );
    expect((await run(['import', holed])).stored).toHaveLength(1);
  });
});

describe('the program itself', () => {
  it('imports into the database of its settings, ends with 2 on a fault and stores nothing then', async () => {
    const data = join(folder, 'data');
    const secret = 'a secret of at least thirty-two characters';
    const settings = { DATA_DIR: data, AFTERCARE_SECRET: secret };
    expect(runMain(['clinic', 'import', DEMO], settings)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^demo .* version 1\n/) });
    const refused = runMain(['clinic', 'import', fileWith('mars.yaml', 'America/New_York', 'Mars')], settings);
    expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(/\n {2}line 5, zone: /) });
    const store = await openStore({ path: join(data, 'aftercare.db'), secret: Buffer.from(secret), now: NOW });
    const stored = await store.listClinics();
    await store.close();
    expect(stored).toMatchObject([{ id: 'demo', yaml: demo, version: 1 }]);
  }, 120_000);
});

describe('clinic dry-run', () => {
  it('prints each moment in the clinic’s time, in the night in which the clocks are moved', async () => {
    const { code, lines } = await run(['dry-run', DEMO, '--at', '2026-03-08T02:30', '--for', '31m']);
    expect(code).toBe(0);
    expect(lines.slice(0, 5)).toEqual([
      'The clocks of America/New_York leave 2026-03-08T02:30 out; this is the moment at which they are moved.',
      'Glow Clinic, urgent, Sun 2026-03-08 03:00:00 EDT, if nobody ever answers and every message is delivered:',
      'on call: step 1 ana; step 2 cho; fallback cho',
      '+00:00:00  Sun 2026-03-08 03:00:00 EDT  note     raised: urgent',
      '+00:00:00  Sun 2026-03-08 03:00:00 EDT  page     ana (Ana (demo nurse)) by sms, step 1, round 1',
    ]);
    expect(lines.filter((line) => line.includes('patient'))).toEqual([
      `+00:30:00  Sun 2026-03-08 03:30:00 EDT  patient  "${realKnowledge().language.phrases['nobodyAnswered']}"`,
    ]);
    expect(lines).toHaveLength(3 + 1 + 13 + 1);
  });

  it('shows a safety question without a reply, and why that pages', async () => {
    const { code, lines } = await run(['dry-run', DEMO, '--at', '2026-03-09T23:40', '--unanswered', 'U08', '--for', '5m']);
    expect(code).toBe(0);
    const title = realKnowledge().flags.get('U08')!.title;
    expect(lines.slice(2)).toEqual([
      `+00:00:00  Mon 2026-03-09 23:40:00 EDT  question the patient is asked a safety question about U08 (${title}), waits 5 minutes`,
      expect.stringMatching(
        /^\+00:05:00 {2}Mon 2026-03-09 23:45:00 EDT {2}patient {2}"Please talk .*as urgent at 11:45 pm\. .*not hear back/,
      ),
      '+00:05:00  Mon 2026-03-09 23:45:00 EDT  note     raised: urgent U08 (no reply to the safety question)',
      '+00:05:00  Mon 2026-03-09 23:45:00 EDT  page     ben (Ben (demo nurse)) by sms, step 1, round 1',
    ]);
    const { lines: early } = await run(['dry-run', DEMO, '--at', '2026-03-09T23:40', '--unanswered', 'E07', '--for', '4m', '--json']);
    expect(early.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { afterSeconds: 0, kind: 'question', flag: 'E07', waitMinutes: 5 },
    ]);
  });

  it('begins now without --at', async () => {
    expect((await run(['dry-run', DEMO, '--for', '1m'])).lines[0]).toMatch(/^Glow Clinic, urgent, Mon 2026-03-02 12:00:00 EST/);
  });

  it('prints one object a line with --json', async () => {
    const { lines } = await run(['dry-run', DEMO, '--at', '2026-11-01T01:30', '--tier', 'emergency', '--for', '30m', '--json']);
    const said = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(said.slice(1, 3)).toEqual(
      ['sms', 'voice'].map((method) => ({
        ...{ afterSeconds: 0, at: '2026-11-01T01:30:00.000-04:00', kind: 'page', personId: 'ana', method, to: '+15550100101' },
        ...{ step: 1, round: 1, isFirst: true },
      })),
    );
    expect(said.find(({ kind }) => kind === 'patient')).toEqual({
      ...{ afterSeconds: 1800, at: '2026-11-01T01:00:00.000-05:00', kind: 'patient', phrase: 'nobodyAnsweredEmergency' },
      text: realKnowledge().language.phrases['nobodyAnsweredEmergency'],
    });
  });

  it.each([
    [['--at', '02:30'], /--at a local time such as 2026-03-08T02:30, got "02:30"/],
    [['--at', '2026-02-30T02:30'], /--at a local time/],
    [['--tier', 'red'], /--tier urgent, emergency, ask_clinic, got "red"/],
    [['--for', 'long'], /--for a duration such as 2h, at most 96h, got "long"/],
    [['--for', '8d'], /at most 96h/],
    [['--unanswered', 'C01'], /--unanswered with an urgent or emergency flag, got "C01"/],
    [['--unanswered', 'U08', '--tier', 'urgent'], /--tier or --unanswered, not both, got "urgent"/],
  ])('refuses %j', async (options, message) => {
    await expect(run(['dry-run', DEMO, ...options])).rejects.toThrow(message);
  });
});

describe('a clinic command', () => {
  it.each([[[]], [['check']], [['check', DEMO, DEMO]], [['mend', DEMO]], [['check', DEMO, '--colour']]])(
    '%j is no command',
    async (args) => {
      await expect(run(args)).rejects.toThrow(/^Running a clinic command failed: expected check FILE, /);
    },
  );
});

describe('CLINIC_FILES', () => {
  it('are read in their order, and the demo clinic where there are none', () => {
    const second = fileWith('second.yaml', 'id: demo', 'id: second');
    expect(readClinicFiles([second, DEMO], 'none.yaml').map(({ id }) => id)).toEqual(['second', 'demo']);
    expect(readClinicFiles([], DEMO).map(({ id }) => id)).toEqual(['demo']);
  });

  it('with two of one id are refused', () => {
    const second = fileWith('copy.yaml', 'name: Glow Clinic', 'name: Copy');
    expect(() => readClinicFiles([DEMO, second], DEMO)).toThrow(/expected an id of its own in .*copy\.yaml, got "demo" as in .*demo\.yaml/);
  });
});

it('a drill is raised for the running server, and says when nobody acknowledges', async () => {
  const ran = await run(['drill', DEMO, '--wait', '1s'], { clock: Date.now });
  expect(ran.code).toBe(1);
  expect(ran.lines).toEqual([expect.stringMatching(/the drill is raised/), 'nobody acknowledged within 1s']);
});
