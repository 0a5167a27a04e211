#!/usr/bin/env node
import { main, reportDefect } from '../lib/cli/main';

const argv = process.argv.slice(2);

// What is thrown outside of the command, by a timer or a socket, is a defect as well and said as one.
process.on('uncaughtException', (error) => {
  reportDefect(error, argv);
  process.exit(2);
});

// Whoever reads the output may have seen enough, such as `head`: that is a request to end, and no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.emit('SIGTERM');
  });
}

main(argv).then((code) => {
  process.exitCode = code;
});
