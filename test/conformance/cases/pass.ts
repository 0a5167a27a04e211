import { ASL, type ConformanceCase, GUIDE, jsonata } from '../conformance-case';

export const CASES: readonly ConformanceCase[] = [
  {
    title: 'without fields the input is the output',
    section: `${ASL}#pass-state`,
    definition: jsonata({ P: { Type: 'Pass', End: true } }),
    input: { a: [1, null] },
    expect: {
      output: { a: [1, null] },
      events: ['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'ExecutionSucceeded'],
    },
  },
  {
    title: 'Output of JSONata shapes what goes on',
    section: `${GUIDE}/state-pass.html`,
    definition: jsonata({ P: { Type: 'Pass', Output: { doubled: '{% $states.input.n * 2 %}', kept: 'text' }, End: true } }),
    input: { n: 21 },
    expect: { output: { doubled: 42, kept: 'text' } },
  },
];
