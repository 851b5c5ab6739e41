/** Who may import whom: words < medicine < conversation < edges < main (see README, "The house"). */
const words = '^src/(model|tools)/';
const medicine = ['guide', 'understand', 'triage', 'escalation'];
const edges = ['channels', 'notify', 'storage', 'console', 'cli'];

const forbid = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    forbid('no-rings', {}, { circular: true }, 'Import rings hide who depends on whom.'),
    forbid('words-import-nothing-above', { path: words }, { path: '^(src|dialogs)/', pathNot: words }, 'Words know nobody.'),
    ...medicine.map((room) =>
      forbid(
        `${room}-stays-in-its-room`,
        { path: `^src/${room}/` },
        { path: '^(src|dialogs)/', pathNot: [words, `^src/${room}/`] },
        'Medicine rooms do not import one another, nor anything above them.',
      ),
    ),
    forbid(
      'conversation-below-edges',
      { path: ['^src/turn/', '^dialogs/'] },
      { path: [`^src/(${edges.join('|')})/`, '^src/(main|server|config)\\.ts'] },
      'Dialogs and turns never see channels or storage.',
    ),
    forbid(
      'dialogs-only-through-main',
      { path: '^src/', pathNot: '^src/main\\.ts' },
      { path: '^dialogs/' },
      'src imports dialogs nowhere but in main.',
    ),
    ...edges.map((room) =>
      forbid(
        `${room}-imports-no-other-edge`,
        { path: `^src/${room}/` },
        { path: [`^src/(${edges.filter((other) => other !== room).join('|')})/`, '^src/main\\.ts'] },
        'Edges do not import one another.',
      ),
    ),
    forbid(
      'widget-knows-only-words',
      { path: '^src/widget/' },
      { path: '^(src|dialogs)/', pathNot: ['^src/widget/', '^src/model/'] },
      'Browser code shares types with the server, nothing else.',
    ),
    forbid(
      'nobody-imports-the-widget',
      { path: '^(src|dialogs)/', pathNot: '^src/widget/' },
      { path: '^src/widget/' },
      'The server reads the built widget as files.',
    ),
    forbid(
      'botframework-in-its-rooms',
      { path: '^(src|dialogs)/', pathNot: ['^src/(channels|turn)/', '^dialogs/', '^src/main\\.ts'] },
      { path: 'node_modules/botbuilder' },
      'The Bot Framework stays where a later move can reach it.',
    ),
    forbid(
      'recognizers-in-understand',
      { path: '^(src|dialogs)/', pathNot: '^src/understand/' },
      { path: 'node_modules/(@microsoft/recognizers|natural/)' },
      'Language libraries stay in understand/.',
    ),
    forbid(
      'natural-by-sub-path',
      {},
      { path: 'node_modules/natural/lib/natural/index' },
      "natural's main entry loads database drivers and reads .env.",
    ),
    forbid(
      'pure-rooms-touch-no-network',
      { path: '^src/(triage|escalation|model)/' },
      { dependencyTypes: ['core'] },
      'Pure rooms use no Node modules.',
    ),
  ],
  options: { tsConfig: { fileName: 'tsconfig.json' }, tsPreCompilationDeps: true, doNotFollow: { path: 'node_modules' } },
};
