import { lambdaRuntime } from '../quotas/lambda-runtimes';
import { languageRelease, NODE_CODENAMES } from '../quotas/language-releases';
import { imageReference } from './image-reference';

/** What is known of a base image by its name. */
export interface BaseImage {
  /** `python 3.9`, as a message says it. */
  readonly name: string;
  /** ISO date from which it gets no patches; undefined where none is stated. */
  readonly endOfLife?: string;
  /** A tag of the same image that is supported. */
  readonly successor?: string;
  readonly source: string;
}

const LAMBDA = 'public.ecr.aws/lambda/';

/** Undefined for an image of which nothing is known: another registry, a moving tag, a variable without a value. */
export function baseImage(image: string): BaseImage | undefined {
  const { repository, tag = '' } = imageReference(image);
  if (repository.startsWith(LAMBDA)) return lambdaImage(repository.slice(LAMBDA.length), tag);
  if (repository === 'python') return official('python', /^\d+\.\d+/.exec(tag)?.[0]);
  if (repository === 'node') return official('nodejs', /^\d+/.exec(tag)?.[0] ?? NODE_CODENAMES[tag.split('-')[0]!]);
  return undefined;
}

/** AWS's base images end with the runtime of their name. */
function lambdaImage(language: string, tag: string): BaseImage | undefined {
  const version = /^(\d+(\.\d+)?|al2023|al2|alami)(?=$|[.-])/.exec(tag)?.[0];
  if (version === undefined) return undefined;
  const major = version.split('.')[0]!;
  const ids: Readonly<Record<string, string>> = {
    python: `python${version}`,
    nodejs: `nodejs${major}.x`,
    java: tag.startsWith('8.al2') ? 'java8.al2' : `java${major}`,
    ruby: `ruby${version}`,
    dotnet: `dotnet${major}`,
    provided: `provided.${version}`,
  };
  const runtime = lambdaRuntime(ids[language] ?? '');
  if (runtime === undefined) return undefined;
  return {
    name: `the base image of ${runtime.id}`,
    endOfLife: runtime.deprecatedOn,
    successor: `${LAMBDA}${language}:${runtime.successor.replace(/^[a-z]+\.?/, '').replace(/\.x$/, '')}`,
    source: runtime.source,
  };
}

const NEWEST: Readonly<Record<string, string>> = { python: 'python:3.14', nodejs: 'node:24' };

function official(language: 'python' | 'nodejs', version: string | undefined): BaseImage | undefined {
  const release = version === undefined ? undefined : languageRelease(language, version);
  if (release === undefined) return undefined;
  const name = `${language === 'nodejs' ? 'Node.js' : 'Python'} ${release.version}`;
  return { name, endOfLife: release.endOfLife, successor: NEWEST[language], source: release.source };
}
