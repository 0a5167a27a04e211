const { testPathIgnorePatterns, ...config } = require('./jest.config.cjs');

module.exports = {
  ...config,
  testMatch: ['**/e2e/crash-sweep/*.test.ts'],
  testPathIgnorePatterns: testPathIgnorePatterns.slice(0, -1),
};
