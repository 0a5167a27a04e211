import { imageProcessor, processorOfPlatform } from '../../../lib/images/image-processor';

const of = (lines: string, args: Record<string, string> = {}, target?: string) => imageProcessor(lines, args, target);

test.each([
  ['FROM python:3.13', 'open'],
  ['FROM --platform=linux/arm64 python:3.13', 'arm64'],
  ['FROM --platform=linux/amd64 python:3.13', 'x86_64'],
  ['FROM --platform=$BUILDPLATFORM python:3.13', 'open'],
  [`FROM --platform=\${TARGETPLATFORM} python:3.13`, 'open'],
  ['FROM --platform=linux/s390x python:3.13', 'unknown'],
  ['FROM public.ecr.aws/lambda/python:3.13-arm64', 'arm64'],
  ['FROM public.ecr.aws/lambda/python:3.13-x86_64', 'x86_64'],
  ['FROM arm64v8/python:3.13', 'arm64'],
  ['FROM python@sha256:0123456789', 'unknown'],
  [`FROM \${BASE}`, 'unknown'],
  ['from python:3.13', 'open'],
  ['# FROM --platform=linux/arm64 python:3.13\nFROM python:3.13', 'open'],
  ['FROM \\\n  --platform=linux/arm64 \\\n  python:3.13', 'arm64'],
  ['RUN true', 'unknown'],
])('%j is built for: %s', (text, architecture) => {
  expect(of(text)).toBe(architecture);
});

test('arguments are filled in: what the build gives, else the default of the file', () => {
  const text = `ARG ARCH=arm64\nARG BASE="python:3.13"\nFROM --platform=linux/\${ARCH} $BASE`;
  expect(of(text)).toBe('arm64');
  expect(of(text, { ARCH: 'amd64' })).toBe('x86_64');
});

test('a stage has the platform of the stage it starts from', () => {
  const text = 'FROM --platform=linux/arm64 python:3.13 AS base\nFROM node:24 AS assets\nFROM base';
  expect(of(text)).toBe('arm64');
  expect(of(text, {}, 'assets')).toBe('open');
  expect(of(text, {}, 'missing')).toBe('unknown');
});

test('a stage that is named as its own base starts from the image of that name', () => {
  expect(of('FROM python AS python')).toBe('open');
});

test.each([
  ['linux/arm64', 'arm64'],
  ['linux/arm64/v8', 'arm64'],
  ['linux/amd64', 'x86_64'],
  ['windows', undefined],
])('%s is %s', (platform, architecture) => {
  expect(processorOfPlatform(platform)).toBe(architecture);
});
