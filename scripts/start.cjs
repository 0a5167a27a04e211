// The first thing a newcomer runs: install, build, synthesize, then the research workflow on this machine.
const json = process.argv.includes('--json');
require('./install.cjs').install({ quiet: json });

async function start() {
  await require('./build-handlers.cjs').buildHandlers({ quiet: true });
  await require('./build-local-services.cjs').buildLocalServices({ quiet: true });
  require('tsx/cjs');
  await require('./model/build-images.ts').buildImages({ quiet: true });
  await require('./build-testing.ts').buildTesting({ quiet: true });
  require('./link-command.cjs').linkCommand();
  await require('./synth.cjs').synth();
  const { main } = require('../lib/cli/main.ts');
  process.exitCode = await main(['research', '--assembly', 'cdk.out', ...process.argv.slice(2)]);
}

start().catch((error) => {
  console.error(error.stack ?? error.message);
  process.exit(2);
});
