/** `registry/repository:tag@digest`, taken apart. */
export interface ImageReference {
  /** Without a registry that mirrors Docker Hub, and without `library/`: `python`, `public.ecr.aws/lambda/python`. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Registries that carry the official images of Docker Hub under the same names. */
const HUB = /^((docker\.io|index\.docker\.io|registry-1\.docker\.io|public\.ecr\.aws\/docker|mirror\.gcr\.io)\/)?(library\/)?/;
/** Official images by the processor in their repository. */
const BY_PROCESSOR = /^(amd64|arm64v8)\/(?=[\w.-]+$)/;
/** The same base images stand on Docker Hub. */
const LAMBDA_ON_HUB = /^amazon\/aws-lambda-/;

export function imageReference(image: string): ImageReference {
  const [, name = '', digest] = /^([^@]*)(?:@(.*))?$/.exec(image) ?? [];
  const [, repository = name, tag] = /^(.*?)(?::([^/:]*))?$/.exec(name) ?? [];
  const plain = repository.replace(HUB, '').replace(BY_PROCESSOR, '').replace(LAMBDA_ON_HUB, 'public.ecr.aws/lambda/');
  return { repository: plain, ...(tag && { tag }), ...(digest && { digest }) };
}

const LAMBDA = /^public\.ecr\.aws\/lambda\//;

/** AWS's base images have an entry point and take the name of the handler as command. */
export function isLambdaBase(image: string): boolean {
  return LAMBDA.test(imageReference(image).repository);
}
