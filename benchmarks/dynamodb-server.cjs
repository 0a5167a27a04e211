// A table on loopback in a process of its own, so that its work is not counted as the client's. Answers any message with the number of requests.
const dynalite = require('dynalite');

const server = dynalite({ createTableMs: 0 });
let requests = 0;
server.on('request', () => {
  requests += 1;
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('message', () => process.send({ requests }));
process.on('disconnect', () => process.exit(0));
