import { converse } from '../../runtime/model/converse';
import { runWorker } from '../../runtime/worker';
import { type LongText, summariseLong } from './summarise-long';

const SYSTEM_PROMPT = 'Summarise the document in at most five sentences, using only what it says.';

// A container's main program: it takes jobs until it is told to stop.
runWorker((input: LongText, { signal }) =>
  summariseLong(input, async (text) => {
    const content = `<document name="text">\n${text}\n</document>\n\nSummarise the document.`;
    const answer = await converse({ system: SYSTEM_PROMPT, messages: [{ role: 'user', content }], maxTokens: 600, signal });
    return answer.text.trim();
  }),
).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
