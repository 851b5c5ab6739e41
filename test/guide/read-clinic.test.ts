import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseClinic, readClinic } from '../../src/guide/read-clinic';
import { AftercareError } from '../../src/tools/errors';

const DEMO = join(__dirname, '..', '..', 'knowledge', 'clinics', 'demo.yaml');
const demo = readFileSync(DEMO, 'utf8');

/** The faults of the demo clinic with some of its text replaced, without the first line. */
function faultsWith(...replaced: readonly (readonly [string, string])[]): string[] {
  const yaml = replaced.reduce((text, [before, after]) => {
    if (!text.includes(before)) throw new Error(`Changing the demo clinic failed: expected ${before} in it.`);
    return text.replace(before, after);
  }, demo);
  return faultsOf(yaml);
}

function faultsOf(yaml: string): string[] {
  try {
    parseClinic(yaml, 'my.yaml');
    return [];
  } catch (error) {
    if (!(error instanceof AftercareError) || error.code !== 'CLINIC_INVALID') throw error;
    const [first, ...faults] = error.message.split('\n').map((line) => line.trim());
    expect(first).toBe('Reading the clinic file my.yaml failed:');
    return faults;
  }
}

/** Where the demo clinic writes something. */
function lineOf(text: string): number {
  return demo.slice(0, demo.indexOf(text)).split('\n').length;
}

describe('a clinic file', () => {
  it('is read when nothing is wrong', () => {
    expect(readClinic(DEMO).onCall.layers[0]?.rotation).toEqual({
      people: ['ana', 'ben'],
      every: 'week',
      length: 1,
      at: '09:00',
      from: '2026-01-05',
    });
  });

  it('is what the example of knowledge/README.md is', () => {
    const readme = readFileSync(join(__dirname, '..', '..', 'knowledge', 'README.md'), 'utf8');
    const [, example] = /```yaml\n(# clinics\/my-clinic\.yaml\n[^]*?)```/.exec(readme)!;
    expect(parseClinic(example!, 'example').onCall.steps).toHaveLength(2);
  });

  const span = '{ person: ana, layer: nurses, from: "2026-02-01T08:00", until: "2026-02-01T07:00" }';
  test.each([
    ['a field of the wrong kind', ['state: NY', 'state: 5'], 'state: NY', 'state', /expected string/],
    ['an unknown field', ['state: NY', 'sate: NY'], 'state: NY', 'sate', /no field of a clinic file/],
    ['an unknown zone', ['zone: America/New_York', 'zone: America/Newyork'], 'zone:', 'zone', /IANA zone.*got "America\/Newyork"/],
    [
      'a text number that cannot be dialled',
      ['smsNumber: "+1', 'smsNumber: "'],
      'smsNumber',
      'smsNumber',
      /\+15550100101, got "5550100199"/,
    ],
    [
      'a national number',
      ['sms, to: "+15550100101"', 'sms, to: "(555) 010-0101"'],
      '- { method: sms',
      'staff[0].contacts[0].to',
      /telephone number/,
    ],
    [
      'a number that cannot be called',
      ['voice, to: "+15550100101"', 'voice, to: "911"'],
      '- { method: voice',
      'staff[0].contacts[1].to',
      /telephone number/,
    ],
    [
      'no e-mail address',
      ['ben@clinic.example', 'ben at clinic'],
      'ben@clinic',
      'staff[1].contacts[1].to',
      /e-mail address, got "ben at clinic"/,
    ],
    [
      'a webhook without encryption',
      ['email, to: "ben@clinic.example"', 'webhook, to: "http://a.example"'],
      'ben@clinic',
      'staff[1].contacts[1].to',
      /https/,
    ],
    [
      'the same method twice',
      ['method: voice, to: "+15550100101"', 'method: sms, to: "+15550100109"'],
      '- { method: voice',
      'staff[0].contacts[1].method',
      /once/,
    ],
    [
      'an id that two people have',
      ['- id: ben', '- { id: ana, name: A, contacts: [] }\n  - id: ben'],
      '- id: ben',
      'staff[1].id',
      /"ana" is there already/,
    ],
    [
      'an id that a layer and a person have',
      ['- id: nurses', '- { id: ana, shifts: [] }\n    - id: nurses'],
      '- id: nurses',
      'onCall.layers[0].id',
      /"ana" is there already/,
    ],
    [
      'a rotation with a stranger',
      ['people: [ana, ben]', 'people: [ana, bob]'],
      'rotation:',
      'onCall.layers[0].rotation.people[1]',
      /person of staff, got "bob"/,
    ],
    [
      'a step that names nobody',
      ['targets: [cho]', 'targets: [doctors]'],
      '- targets: [cho]',
      'onCall.steps[1].targets[0]',
      /layer or a person, got "doctors"/,
    ],
    ['a step without targets', ['targets: [cho]', 'targets: []'], '- targets: [cho]', 'onCall.steps[1].targets', /./],
    ['a fallback who is nobody', ['fallback: cho', 'fallback: nurses'], 'fallback: cho', 'onCall.fallback', /person of staff/],
    ['a digest for nobody', ['fallback: cho', 'digest: [dan]'], 'fallback: cho', 'onCall.digest[0]', /got "dan"/],
    [
      'a rotation from a day that does not exist',
      ['from: "2026-01-05"', 'from: "2026-02-30"'],
      'rotation:',
      'onCall.layers[0].rotation.from',
      /calendar/,
    ],
    [
      'an override that ends before it begins',
      ['fallback: cho', `overrides: [${span}]`],
      'fallback: cho',
      'onCall.overrides[0].until',
      /after the beginning/,
    ],
    [
      'an override of nobody',
      ['fallback: cho', `overrides: [${span.replace('nurses', 'doctors').replace('07:00', '09:00')}]`],
      'fallback: cho',
      'onCall.overrides[0].layer',
      /id of a layer/,
    ],
    ['a holiday that does not exist', ['"2026-12-25"', '"2026-02-29"'], 'holidays', 'holidays[1]', /calendar/],
    [
      'an exception on no day',
      ['origins: []', 'exceptions: { tomorrow: [] }'],
      'origins',
      'exceptions.tomorrow',
      /expected a date such as/,
    ],
    [
      'an exception on a day that does not exist',
      ['origins: []', 'exceptions: { "2026-04-31": ["09:00-10:00"] }'],
      'origins',
      'exceptions.2026-04-31',
      /calendar/,
    ],
    ['hours that end before they begin', ['mon: ["09:00-18:00"]', 'mon: ["18:00-09:00"]'], '  mon', 'hours.mon[0]', /under the next day/],
    [
      'hours that overlap',
      ['mon: ["09:00-18:00"]', 'mon: ["09:00-12:00", "11:59-13:00"]'],
      '  mon',
      'hours.mon[1]',
      /11:59-13:00 overlaps 09:00-12:00/,
    ],
    [
      'active hours that overlap',
      ['from: "2026-01-05" }', 'from: "2026-01-05" }\n      active: { mon: ["00:00-08:00", "07:00-24:00"] }'],
      '  steps',
      'onCall.layers[0].active.mon[1]',
      /overlaps/,
    ],
    ['a clock without time', ['origins: []', 'clocks: { urgentNextStep: 0s }'], 'origins', 'clocks.urgentNextStep', /more than no time/],
  ] as const)('with %s is refused, naming line and field', (_, replaced, written, field, message) => {
    const faults = faultsWith(replaced);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^line ${lineOf(written)}, ${field.replace(/[[\].]/g, '\\$&')}: `));
    expect(faults[0]).toMatch(message);
  });

  it('names the line around a field that is missing', () => {
    expect(faultsWith(['    name: Ben (demo nurse)\n', ''])[0]).toMatch(
      new RegExp(`^line ${lineOf('- id: ben')}, staff\\[1\\]\\.name: expected string, but it is missing$`),
    );
    expect(faultsWith(['name: Glow Clinic\n', ''])[0]).toMatch(/^line \d, name: /);
  });

  it('names all faults at once, from top to bottom', () => {
    const faults = faultsWith(['zone: America/New_York', 'zone: Mars'], ['fallback: cho', 'fallback: dan'], ['ben@clinic.example', 'ben']);
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      `line ${lineOf('zone:')}, zone`,
      `line ${lineOf('ben@')}, staff[1].contacts[1].to`,
      `line ${lineOf('fallback')}, onCall.fallback`,
    ]);
  });

  it('with an empty ladder is refused, one without any on-call is not', () => {
    const head = 'id: a\nname: A\nphone: "5550100"\nzone: UTC\nhours: {}\n';
    expect(faultsOf(`${head}onCall:\n  steps: []\n`)).toEqual(['line 7, onCall.steps: expected at least one step']);
    expect(faultsOf(head)).toEqual([]);
  });

  it('that is no YAML is refused, naming the line', () => {
    expect(faultsOf('id: demo\nname: [a\nphone: b\n')[0]).toMatch(/^line [23]: /);
    expect(faultsOf('id: a\nid: b\n')[0]).toMatch(/^line 2: Map keys must be unique/);
    expect(faultsOf('')[0]).toMatch(/^line 1, \(whole file\): /);
    expect(faultsOf('id: a\nname: *b\n')).toEqual(['line 2: expected an anchor &b before *b']);
    const doubled = 'abcdefgh'.split('').map(
      (name, index, all) =>
        `${name}: &${name} [${Array(9)
          .fill(index > 0 ? `*${all[index - 1]}` : 'x')
          .join(', ')}]`,
    );
    expect(faultsOf(doubled.join('\n'))[0]).toMatch(/^line 1: Excessive alias count/);
  });

  it('with anything at all in it is read or refused with lines, never half read', () => {
    const scrap = fc.oneof(
      fc.constantFrom(
        '- ',
        ': ',
        '{',
        '}',
        '[',
        ']',
        '"',
        "'",
        '#',
        '&a ',
        '*a',
        '!!int ',
        '|\n',
        '\n',
        '\t',
        '---\n',
        '? ',
        '~',
        '2026-02-30',
        '24:00-25:00',
        '0s',
      ),
      fc.string({ maxLength: 8 }),
    );
    const cut = fc.record({ at: fc.nat({ max: demo.length }), length: fc.nat({ max: 40 }), scrap });
    fc.assert(
      fc.property(fc.array(cut, { minLength: 1, maxLength: 3 }), (cuts) => {
        const yaml = cuts.reduce((text, { at, length, scrap }) => text.slice(0, at) + scrap + text.slice(at + length), demo);
        for (const fault of faultsOf(yaml)) expect(fault).toMatch(/^line \d+[:,] /);
      }),
      { seed: 3, numRuns: 400 },
    );
  });

  it('that is not there is named', () => {
    const folder = mkdtempSync(join(tmpdir(), 'clinic-'));
    try {
      expect(() => readClinic(join(folder, 'none.yaml'))).toThrow(/none\.yaml failed \(.*ENOENT/);
      writeFileSync(join(folder, 'bad.yaml'), 'zone: Mars\n');
      expect(() => readClinic(join(folder, 'bad.yaml'))).toThrow(/bad\.yaml failed:\n {2}line 1, /);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
