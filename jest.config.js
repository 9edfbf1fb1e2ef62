/** Tests are TypeScript, stripped by SWC; `tsc` checks their types in a step of its own (see build/test.mjs). */
const transform = {
  '^.+\\.(m?[jt]sx?)$': [
    '@swc/jest',
    {
      jsc: { parser: { syntax: 'typescript', tsx: true }, target: 'es2022' },
      module: { type: 'commonjs' },
      sourceMaps: 'inline',
    },
  ],
};
const project = (name, folders) => ({
  displayName: name,
  testEnvironment: 'node',
  testMatch: folders.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
  transform,
  // These two ship ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!(postal-mime)/)'],
});
module.exports = {
  projects: [
    project('unit', ['src', 'emulator', 'build']),
    project('whole', ['whole', 'contract']),
    project('browser', ['browser']),
  ],
};
