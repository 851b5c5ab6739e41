import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { doorRefusals } from '../src/channels/refuse';
import { refusalStatus } from '../src/channels/web/refusal';
import { readConfig } from '../src/config';
import { ERROR_CODES } from '../src/tools/errors';

const root = join(__dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const readme = read('README.md');
const example = read('.env.example');

const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts);
/** npm's own words that are no scripts, and scripts that npm runs without "run". */
const NPM_COMMANDS = new Set(['ci', 'install']);
const SHORT_SCRIPTS = new Set(['start', 'test']);

/** The settings of config.ts: the keys of its schema. */
const settings = [...read('src/config.ts').matchAll(/^ {2}([A-Z][A-Za-z0-9_]+):/gm)].map(([, name]) => name!);
const exampleLines = [...example.matchAll(/^([A-Za-z_]+)=(.*)$/gm)].map(([, name, value]) => [name!, value!] as const);

/** Every table row of README that begins with this word in backticks. */
const rowOf = (name: string): string | undefined => readme.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));

function scriptsNamed(text: string): string[] {
  return [...text.matchAll(/npm (?:(run) (?:--silent )?)?([a-z][a-z:-]*)/g)]
    .filter(([, run, name]) => run !== undefined || SHORT_SCRIPTS.has(name!))
    .map(([, , name]) => name!);
}

/** Paths of the repository that a text names: in backticks, or at the start of a line of the map. */
function pathsNamed(text: string): string[] {
  const isRepoPath = (word: string): boolean =>
    /^(?:src|dialogs|knowledge|test|\.ci)\//.test(word) || /^\.?[a-z][\w.-]*\.(?:json|js|md|example)$/i.test(word);
  const blocks = [...text.matchAll(/^```\n([\s\S]*?)^```$/gm)].flatMap(([, block]) =>
    block!.split('\n').map((line) => line.split(' ')[0]!),
  );
  const spans = [...text.replace(/^```[\s\S]*?^```$/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, span]) => span!);
  return [...blocks, ...spans.filter((span) => !span.includes(' '))].filter(isRepoPath);
}

/** "knowledge/intents/<intent>/en.yaml" stands for any intent; its folder must be there. */
function withoutPlaceholder(path: string): string {
  const at = path.indexOf('<');
  return at < 0 ? path : path.slice(0, path.lastIndexOf('/', at));
}

describe('README', () => {
  it('names npm scripts that exist', () => {
    const named = scriptsNamed(readme).filter((name) => !NPM_COMMANDS.has(name));
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
  });

  it('names every npm script', () => {
    const named = new Set(scriptsNamed(readme));
    expect(scripts.filter((name) => !named.has(name))).toEqual([]);
  });

  it.each(Object.entries(ERROR_CODES))('explains the error %s with its status', (code, { status }) => {
    expect(rowOf(code)).toContain(`| ${status} |`);
  });

  it.each(Object.entries({ ...refusalStatus, ...doorRefusals }))('explains the refusal %s with its status', (code, status) => {
    expect(rowOf(code)).toContain(`| ${status} |`);
  });

  it('explains every setting', () => {
    expect(settings).toEqual(expect.arrayContaining(['PORT', 'DATA_DIR', 'LOG_LEVEL']));
    expect(settings.filter((name) => rowOf(name) === undefined)).toEqual([]);
  });

  it.each(['README.md', 'knowledge/README.md', 'CHANGELOG.md'])('and its neighbours name paths that exist (%s)', (file) => {
    const missing = pathsNamed(read(file)).filter((path) => !existsSync(join(root, withoutPlaceholder(path))));
    expect(missing).toEqual([]);
  });

  it('maps every room', () => {
    const rooms = readdirSync(join(root, 'src'), { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() || readdirSync(join(root, 'src', entry.name)).length > 0)
      .map((entry) => `src/${entry.name}${entry.isDirectory() ? '/' : ''}`);
    const mapped = new Set(pathsNamed(readme));
    expect(rooms.filter((room) => !mapped.has(room))).toEqual([]);
  });

  it('links to headings it has', () => {
    const headings = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
      heading!
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replace(/ /g, '-'),
    );
    const links = [...readme.matchAll(/\]\(#([^)]+)\)/g)].map(([, link]) => link!);
    expect(links.filter((link) => !headings.includes(link))).toEqual([]);
  });
});

describe('.env.example', () => {
  it('lists exactly the settings that config.ts reads', () => {
    expect(exampleLines.map(([name]) => name).toSorted()).toEqual(settings.toSorted());
  });

  it('shows the defaults', () => {
    expect(readConfig(Object.fromEntries(exampleLines))).toEqual(readConfig({}));
  });
});
