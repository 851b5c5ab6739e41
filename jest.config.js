/** Plain CommonJS through swc: types are checked by `npm run types`, so tests start at once. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }],
  },
  globalSetup: '<rootDir>/test/build-widget.ts',
  // Much of a run is waiting for browsers, children and disks: a machine of two cores needs both workers, and jest by itself starts one.
  maxWorkers: '100%',
  // A worker keeps some of what each file loaded; two that have grown do not fit beside a browser on a machine of 4 GB.
  workerIdleMemoryLimit: '1GB',
  testTimeout: 60000,
  // A test that fails may leave a server open; the run ends all the same, with its failure.
  forceExit: true,
};
