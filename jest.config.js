/** Plain CommonJS through swc: types are checked by `npm run types`, so tests start at once. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }],
  },
  globalSetup: '<rootDir>/test/build-widget.ts',
  testTimeout: 60000,
  // A test that fails may leave a server open; the run ends all the same, with its failure.
  forceExit: true,
};
