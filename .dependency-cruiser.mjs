// The layers of ARCHITECTURE.md, kept by a machine. Each rule's comment says what to do instead.
const inside = (...rooms) => `^src/(${rooms.join('|')})(/|\\.ts$)`;
const only = (from, to, comment) => ({
  name: `${from}-reaches-only`,
  comment,
  severity: 'error',
  from: { path: inside(from) },
  to: { path: '^src/', pathNot: inside(from, ...to) },
});

export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Move what both need into model/, or hand it over as a function.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'Delete it, or use it.',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: ['^src/model/', '\\.d\\.ts$', '^src/sandbox/page/'] },
      to: {},
    },
    {
      name: 'ui-knows-shapes-only',
      comment: 'The pages talk to /api: they take the types of its schemas and the words of states, and no other code.',
      severity: 'error',
      from: { path: '^ui/' },
      to: { path: '^src/', pathNot: '^src/model/state-words\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    only('model', [], 'The nouns import nothing of ours: move the rest of it to the room that does the work.'),
    only('base', ['model'], 'base/ knows nothing of Feishu or of jobs: pass what it needs as an argument.'),
    only('card', ['model', 'base'], 'Cards are made of values: fetch elsewhere and pass the data in.'),
    only('config', ['model', 'base', 'schedule'], 'config/ turns text into model values and stops.'),
    only('feishu', ['model', 'base'], 'The client knows nothing of jobs, runs or ledgers: its stores are ports.'),
    only('channel', ['model', 'base', 'feishu'], 'A channel sends one message and returns an outcome.'),
    only(
      'browser',
      ['model', 'base'],
      'The browser is started, spoken to and ended here; what it is for stands elsewhere.',
    ),
    only(
      'source',
      ['model', 'base', 'browser'],
      'A source gives a dataset; templates are filled in by functions handed over.',
    ),
    only('ledger', ['model', 'base'], 'The ledger records; decisions inside its transactions stand in model/.'),
    only(
      'schedule',
      ['model', 'base', 'ledger'],
      'The scheduler leaves runs in the ledger; others take them from there.',
    ),
    only(
      'delivery',
      ['model', 'base', 'ledger', 'channel'],
      'The dispatcher takes deliveries from the ledger and never renders.',
    ),
    only(
      'run',
      ['model', 'base', 'ledger', 'card', 'source', 'shaping'],
      'The runner leaves deliveries in the ledger; it sends nothing.',
    ),
    only(
      'incident',
      ['model', 'base', 'ledger', 'feishu', 'run'],
      'A notice is a run like any other: leave it in the ledger.',
    ),
    only(
      'doctor',
      ['model', 'base', 'feishu'],
      'doctor/ asks and says what it found; what is to be sent is opened by its command.',
    ),
    only(
      'report',
      ['app', 'model', 'base', 'ledger', 'feishu', 'incident', 'run', 'run-name', 'schedule', 'config'],
      'What happened, as programs read it: what is done about it stands in acts/, how it is printed in cli/.',
    ),
    only(
      'acts',
      ['app', 'model', 'base', 'ledger', 'config', 'schedule', 'run', 'feishu', 'doctor', 'report'],
      'What a person asks for, by whichever way: how it is asked and answered stands in cli/ and web/.',
    ),
    only('trace', ['model', 'base'], 'A trace is made of what the log is made of: events.'),
    only(
      'web',
      [
        ...['app', 'model', 'base', 'ledger', 'config', 'check', 'schedule', 'run', 'run-name', 'card'],
        ...['picture', 'feishu', 'doctor', 'report', 'acts', 'version'],
      ],
      'The console shows what report/ says and does what acts/ can: put what the command line needs too there.',
    ),
    {
      name: 'the-console-is-loaded-by-start',
      comment: 'A push started by cron must not pay for it: import web/ with `await import` in cli/commands/start.ts.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/web/'] },
      to: { path: ['node_modules/(hono|@hono|zod|@asteasolutions|prom-client)/'] },
    },
    only('typescript', ['model'], 'What job files import is types and marks, no machinery.'),
    only('shaping', ['model', 'card'], 'Shaping is arithmetic over datasets: fetch elsewhere and pass them in.'),
    only(
      'index',
      ['card', 'model', 'typescript', 'library'],
      'What programs import stays light: library.ts is loaded when it is used.',
    ),
    {
      name: 'index-is-for-programs',
      comment: 'Import the module itself: src/index.ts is for those who install the package.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/index\\.ts$' },
    },
    only('picture', ['model', 'base', 'card', 'browser'], 'A picture is drawn from card JSON alone.'),
    only('sandbox', ['model', 'base', 'card', 'picture'], 'The stand-in must not know the client it answers.'),
    only('wake', ['model', 'base'], 'wake/ writes lines for cron; what they start is none of its business.'),
    {
      name: 'implementations-are-named-in-app',
      comment: 'Ask for the contract (ledger/ledger.ts, channel/channel.ts); app.ts and connections.ts wire the rest.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: ['^src/(app|connections|copy-ledger)\\.ts$', '^src/ledger/(sql|sqlite|postgres)/', '^src/channel/'],
      },
      to: { path: ['^src/ledger/(sql|sqlite|postgres)/', '^src/channel/(?!channel\\.ts)'] },
    },
    {
      name: 'sqlite-is-the-ledgers',
      comment: 'Use the ledger, or the sql source.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/ledger/sqlite/', '^src/source/sql-sqlite\\.ts$'] },
      to: { path: '^node:sqlite$' },
    },
    {
      name: 'the-official-sdk-is-for-tests',
      comment: 'It costs 415 ms at start (docs/decisions/0003): use feishu/.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: 'node_modules/@larksuiteoapi' },
    },
    {
      name: 'product-does-not-know-tests',
      comment: 'Pass in a clock, a ledger, a channel.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs', '.json'] },
    builtInModules: { add: ['node:sqlite'] },
  },
};
