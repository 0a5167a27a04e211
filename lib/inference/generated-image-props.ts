import type { Runtime } from 'aws-cdk-lib/aws-lambda';
import type { ModelSource } from './model-source';

/** What an image is written from: the handler, what it needs, and the weights. */
export interface GeneratedImageProps {
  /**
   * Runtime of the handler, whose base image of AWS the image starts from: a Node.js or Python runtime that AWS still supports.
   * Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
   */
  readonly runtime: Runtime;
  /**
   * Directory with the handler's code, ready to run; or, for Node.js, a TypeScript or JavaScript file that is bundled to `index.js` with the
   * esbuild of your project. Packages, caches, version control and files that usually hold secrets stay out.
   */
  readonly code: string;
  /**
   * File and function, as Lambda names them.
   * @default 'index.handler' for Node.js, 'app.handler' for Python
   */
  readonly handler?: string;
  /**
   * What is installed: a `package.json` with its `package-lock.json`, or a `requirements.txt`, best with hashes.
   * @default - `package.json` or `requirements.txt` in the directory of the code, where there is one
   */
  readonly requirements?: string;
  /**
   * Directories with weights, as `ModelSource.bakedIn(directory)`; they lie at `/opt/model` unless `directoryInImage` says otherwise. The handler
   * finds the first in `MODEL_DIR`. A model in S3 belongs to the function instead: `model`.
   * @default - none
   */
  readonly models?: ModelSource[];
  /**
   * Patterns of files in the directory of the code that stay out, as in `.dockerignore`.
   * @default - only what always stays out
   */
  readonly exclude?: string[];
}
