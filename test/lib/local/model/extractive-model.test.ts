import type { ContentBlock, ConverseRequest, Message } from '../../../../lib/local/model/converse';
import { ExtractiveModel, NO_ANSWER } from '../../../../lib/local/model/extractive-model';
import type { Scorer } from '../../../../lib/local/model/scorer';
import { ANSWERED, FACTS, UNANSWERED } from './invented-facts';
import { NOTE_ANSWERS, NOTE_UNANSWERED, NOTES } from './office-notes';
import { STORIES, STORY_ANSWERS, STORY_UNANSWERED } from './told-stories';

const block = (name: string, text: string) => `<document name="${name}">\n${text}\n</document>`;
const blocks = (documents: Readonly<Record<string, string>>) =>
  Object.entries(documents)
    .map(([name, text]) => block(name, text))
    .join('\n');

function request(content: string | ContentBlock[], more: Partial<ConverseRequest> = {}): ConverseRequest {
  const messages: Message[] = [{ role: 'user', content: typeof content === 'string' ? [{ text: content }] : content }];
  return { modelId: 'any', messages, system: [], stopSequences: [], tools: [], ...more };
}

async function whole(given: ConverseRequest, model = new ExtractiveModel()) {
  let text = '';
  for await (const piece of model.converse(given)) {
    if (piece.type === 'text') text += piece.text;
    if (piece.type === 'end') return { text, end: piece };
  }
  throw new Error('no end');
}

const ask = async (documents: Readonly<Record<string, string>>, question: string) =>
  (await whole(request(`${blocks(documents)}\n\nQuestion: ${question}`))).text;

describe('invented facts, one to a file', () => {
  test.each(ANSWERED)('%s', async (question, file) => {
    expect(await ask(FACTS, question)).toBe(`${FACTS[file]} [${file}]`);
  });

  test.each(UNANSWERED)('not answered: %s', async (question) => {
    expect(await ask(FACTS, question)).toBe(NO_ANSWER);
  });
});

describe('stories, several facts to a file', () => {
  test.each(STORY_ANSWERS)('%s', async (question, sentence, file) => {
    expect(await ask(STORIES, question)).toBe(`${sentence} [${file}]`);
  });

  test.each(STORY_UNANSWERED)('not answered: %s', async (question) => {
    expect(await ask(STORIES, question)).toBe(NO_ANSWER);
  });
});

describe('office notes, paraphrased', () => {
  const documents = Object.fromEntries(NOTES.map((text, index) => [`note-${index}.md`, text]));

  test.each(NOTE_ANSWERS)('%s', async (question, note) => {
    expect(await ask(documents, question)).toBe(`${NOTES[note]} [note-${note}.md]`);
  });

  test.each(NOTE_UNANSWERED)('not answered: %s', async (question) => {
    expect(await ask(documents, question)).toBe(NO_ANSWER);
  });
});

test('several questions at once are answered one by one, and what is open is said', async () => {
  const text = await ask(FACTS, 'How high is Mount Ebba? Who founded the bakery of Tolm and when did Aurel Vint die?');
  expect(text.split('\n')).toEqual([
    'Mount Ebba is 3,187 metres high. [mountain.md]',
    'The bakery of Tolm was founded in 1911 by Irma Kess. [bakery.md]',
    '',
    'The documents do not answer: when did Aurel Vint die?',
  ]);
});

test('every sentence that answers equally well is given', async () => {
  const documents = {
    'a.md': 'The chapel of Lind has a red roof.',
    'b.md': 'The mill of Lind has a red roof.',
    'c.md': 'The inn has a blue door.',
  };
  expect(await ask(documents, 'What has a red roof in Lind?')).toBe(
    'The chapel of Lind has a red roof. [a.md]\nThe mill of Lind has a red roof. [b.md]',
  );
});

test('documents are found as attributes, nested tags, content blocks and plain text', async () => {
  const fact = 'The gate of Ulm is made of oak.';
  const question = 'What is the gate of Ulm made of?';
  const named = `<documents><document index="1"><source>gate.txt</source><document_content>${fact}</document_content></document></documents>\n${question}`;
  expect((await whole(request(named))).text).toBe(`${fact} [gate.txt]`);
  const attached = [
    { document: { name: 'gate', format: 'md', source: { bytes: Buffer.from(fact).toString('base64') } } },
    { text: question },
  ];
  expect((await whole(request(attached))).text).toBe(`${fact} [gate.md]`);
  const system = { system: [{ text: block('s.md', fact) }] };
  expect((await whole(request(question, system))).text).toBe(`${fact} [s.md]`);
  const plain = `${'The town has many towers and each of them was counted twice by the watch. '.repeat(3)}${fact}\n\n${question}`;
  expect((await whole(request(plain))).text).toBe(`${fact} [the message]`);
});

test('a document in a format that needs a parser is named', async () => {
  const attached = [{ document: { name: 'scan', format: 'pdf', source: { bytes: 'JVBERi0=' } } }, { text: 'Can you read pdf documents?' }];
  expect((await whole(request(attached))).text).toBe('The local model cannot read pdf documents. [scan.pdf]');
});

test('headings, code, rulers and table heads are no answers; a table row is', async () => {
  const text =
    '# What is the timeout of Bex?\n\n```\nthe timeout of Bex is 1\n```\n\n---\n\n| Thing | Value |\n|---|---|\n| timeout of Bex | 17 s |\n';
  expect(await ask({ 'x.md': text }, 'What is the timeout of Bex?')).toBe('timeout of Bex | 17 s [x.md]');
});

test('a summary has as many sentences as asked for, from the document, in its order', async () => {
  const story = STORIES['expedition.txt']!;
  const { text } = await whole(request(`${block('expedition.txt', story)}\n\nSummarise the document in two sentences.`));
  const sentences = text.split('\n');
  expect(sentences).toHaveLength(2);
  const flat = story.replaceAll(/\s+/g, ' ');
  const places = sentences.map((sentence) => flat.indexOf(sentence.replace(' [expedition.txt]', '')));
  expect(places.every((place) => place >= 0)).toBe(true);
  expect([...places].sort((a, b) => a - b)).toEqual(places);
});

test('an empty document answers nothing', async () => {
  expect(await ask({ 'empty.md': '' }, 'What is in it?')).toBe(NO_ANSWER);
  expect((await whole(request(`${block('empty.md', ' ')}\nSummarise it.`))).text).toBe(NO_ANSWER);
});

test('without documents it says what it is and quotes what was said', async () => {
  const { text } = await whole(request('Hello, what can you do for me?'));
  expect(text).toMatch(/^I am the local model of cdk-serverless-ai\. I quote the sentences of given documents/);
  expect(text).toContain('You said: "Hello, what can you do for me?"');
  const messages: Message[] = [
    { role: 'user', content: [{ text: 'The budget of project Teal is 900 euros. It starts in May.' }] },
    { role: 'assistant', content: [{ text: 'Noted.' }] },
    { role: 'user', content: [{ text: 'What is the budget of project Teal?' }] },
  ];
  expect((await whole(request('', { messages }))).text).toContain('Earlier you said: "The budget of project Teal is 900 euros."');
});

test('it stops at the token limit and at a stop sequence, and counts what it said', async () => {
  const documents = blocks({ 'a.md': 'The chapel of Lind has a red roof.' });
  const question = `${documents}\nQuestion: What colour is the roof of the chapel of Lind?`;
  const full = await whole(request(question));
  expect(full.end).toMatchObject({ stopReason: 'end_turn', usage: { outputTokens: Math.ceil(full.text.length / 4) } });
  expect(full.end.usage.inputTokens).toBeGreaterThan(question.length / 4);
  const cut = await whole(request(question, { maxTokens: 3 }));
  expect(cut).toMatchObject({ text: full.text.slice(0, 12), end: { stopReason: 'max_tokens', usage: { outputTokens: 3 } } });
  const stopped = await whole(request(question, { stopSequences: [' has'] }));
  expect(stopped).toMatchObject({ text: 'The chapel of Lind', end: { stopReason: 'stop_sequence' } });
});

test('another scorer can take the place of shared words', async () => {
  const scorer: Scorer = {
    description: 'length',
    threshold: 0.5,
    rank: async (_question, sentences) => sentences.map(({ text }) => (text.length > 20 ? 1 : 0)),
  };
  const given = request(`${block('a.md', 'Short one. This sentence is rather longer.')}\nQuestion: anything?`);
  const { text, end } = await whole(given, new ExtractiveModel(scorer));
  expect(text).toBe('This sentence is rather longer. [a.md]');
  expect(end.notes).toMatchObject({ method: 'length' });
});
