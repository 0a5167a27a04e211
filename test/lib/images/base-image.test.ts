import { baseImage } from '../../../lib/images/base-image';
import { imageReference } from '../../../lib/images/image-reference';
import { LANGUAGE_RELEASES } from '../../../lib/quotas/language-releases';

test.each([
  ['public.ecr.aws/lambda/python:3.9', '2025-12-15'],
  ['public.ecr.aws/lambda/python:3.9.2025.05.01.10-x86_64', '2025-12-15'],
  ['amazon/aws-lambda-nodejs:18', '2025-09-01'],
  ['public.ecr.aws/lambda/nodejs:24-arm64', '2028-04-30'],
  ['public.ecr.aws/lambda/java:8.al2', '2027-06-30'],
  ['public.ecr.aws/lambda/provided:al2', '2026-07-31'],
  ['python:3.9', '2025-10-31'],
  ['library/python:3.9-slim', '2025-10-31'],
  ['docker.io/library/python:3.10.14-alpine3.20', '2026-10-31'],
  ['public.ecr.aws/docker/library/node:20.11.1-bookworm-slim', '2026-04-30'],
  ['mirror.gcr.io/library/node:iron', '2026-04-30'],
  ['arm64v8/python:3.8', '2024-10-07'],
  [`python:3.9@sha256:${'0'.repeat(64)}`, '2025-10-31'],
])('%s is out of support from %s', (image, date) => {
  expect(baseImage(image)?.endOfLife).toBe(date);
});

test.each([
  'python',
  'python:3',
  'python:latest',
  'node:lts-slim',
  'debian:12',
  'me/python:3.9',
  'registry:5000/python:3.9',
  'scratch',
  'public.ecr.aws/lambda/python:latest',
])('of %s nothing is known', (image) => {
  expect(baseImage(image)).toBeUndefined();
});

test('a successor is a tag of the same image', () => {
  expect(baseImage('public.ecr.aws/lambda/python:3.9')?.successor).toBe('public.ecr.aws/lambda/python:3.14');
  expect(baseImage('public.ecr.aws/lambda/nodejs:18')?.successor).toBe('public.ecr.aws/lambda/nodejs:24');
  expect(baseImage('public.ecr.aws/lambda/provided:al2')?.successor).toBe('public.ecr.aws/lambda/provided:al2023');
  expect(baseImage('node:18')?.successor).toBe('node:24');
});

test('references are taken apart: ports are no tags', () => {
  expect(imageReference('registry:5000/a/b')).toEqual({ repository: 'registry:5000/a/b' });
  expect(imageReference('registry:5000/a/b:1@sha256:0')).toEqual({ repository: 'registry:5000/a/b', tag: '1', digest: 'sha256:0' });
});

test('every release has a date, a source and the day of its reading', () => {
  for (const { endOfLife, source, checkedOn } of LANGUAGE_RELEASES) {
    expect([endOfLife, checkedOn]).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\d$/), expect.stringMatching(/^\d{4}-\d\d-\d\d$/)]);
    expect(new URL(source).protocol).toBe('https:');
  }
});
