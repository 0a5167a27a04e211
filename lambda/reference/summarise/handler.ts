import { converse } from '../../runtime/model/converse';
import { workflowStep } from '../../runtime/workflow-step';
import { documents } from '../document-store';

const SYSTEM_PROMPT = 'Summarise the document in at most five sentences, using only what it says.';
/** Characters of a document that go to the model; the rest is left out and the summary says so. */
const MAX_CHARACTERS = 40_000;

export const handler = workflowStep(async (ctx, { file, text }: { readonly file: string; readonly text: string }) => {
  const part = text.slice(0, MAX_CHARACTERS);
  const answer = await ctx.run('summarise', ({ signal }) =>
    converse({
      system: SYSTEM_PROMPT,
      messages: [
        { role: 'user', content: `<document name="${file.replaceAll('"', "'")}">\n${part}\n</document>\n\nSummarise the document.` },
      ],
      maxTokens: 600,
      signal,
    }),
  );
  const note = part.length < text.length ? `\n\n(Summary of the first ${MAX_CHARACTERS} of ${text.length} characters.)` : '';
  const summary = `${answer.text.trim()}${note}`;
  const location = await ctx.run('shelve', () =>
    documents.write(`summaries/${file.replace(/\.[^./]+$/, '')}.md`, `# ${file}\n\n${summary}\n`),
  );
  return { file, summary, location };
});
