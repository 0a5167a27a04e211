import { getEventListeners } from 'node:events';
import { PassThrough } from 'node:stream';
import { EventWriter } from '../../../lambda/agent/event-writer';

const LARGE = 'x'.repeat(2_000);

/** A reader that takes less than an event at a time. */
const slowStream = () => new PassThrough({ highWaterMark: 100 });

test('a reader that is waited for again and again leaves no listener behind', async () => {
  const stream = slowStream();
  const writer = new EventWriter(stream);
  const before = stream.listenerCount('drain');
  for (let count = 0; count < 20; count += 1) {
    const sent = writer.send('text', LARGE);
    expect(getEventListeners(writer.gone, 'abort')).toHaveLength(1);
    stream.read();
    await sent;
  }
  expect(getEventListeners(writer.gone, 'abort')).toHaveLength(0);
  expect(stream.listenerCount('drain')).toBe(before);
});

test('a client that goes ends the wait for it', async () => {
  const stream = slowStream();
  const writer = new EventWriter(stream);
  const before = stream.listenerCount('drain');
  const sent = writer.send('text', LARGE);
  stream.destroy();
  await sent;
  expect(writer.gone.aborted).toBe(true);
  expect(stream.listenerCount('drain')).toBe(before);
});
