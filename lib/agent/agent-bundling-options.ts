import type { Charset, LogLevel, OutputFormat, SourceMapMode } from 'aws-cdk-lib/aws-lambda-nodejs';

/**
 * How a TypeScript entry is bundled, in the words of NodejsFunction's bundling options.
 * There is nothing about Docker: esbuild runs in this process or not at all.
 */
export interface AgentBundlingOptions {
  /**
   * Shorten the code.
   * @default false
   */
  readonly minify?: boolean;
  /**
   * Write a source map; set `NODE_OPTIONS: --enable-source-maps` in the environment to use it.
   * @default false
   */
  readonly sourceMap?: boolean;
  /**
   * Where the source map goes.
   * @default SourceMapMode.DEFAULT
   */
  readonly sourceMapMode?: SourceMapMode;
  /**
   * Keep the sources inside the source map.
   * @default true
   */
  readonly sourcesContent?: boolean;
  /**
   * Language level.
   * @default - that of the function's Node.js runtime
   */
  readonly target?: string;
  /**
   * Loader for a file extension: `{ '.md': 'text' }`.
   * @default - esbuild's own
   */
  readonly loader?: { [extension: string]: string };
  /**
   * What esbuild prints.
   * @default LogLevel.WARNING
   */
  readonly logLevel?: LogLevel;
  /**
   * Keep function and class names when minifying.
   * @default false
   */
  readonly keepNames?: boolean;
  /**
   * Path of a tsconfig.json.
   * @default - the nearest one above each file
   */
  readonly tsconfig?: string;
  /**
   * Text in front of the code.
   * @default - none
   */
  readonly banner?: string;
  /**
   * Text behind the code.
   * @default - none
   */
  readonly footer?: string;
  /**
   * Character set of the output.
   * @default Charset.ASCII
   */
  readonly charset?: Charset;
  /**
   * Constants that replace identifiers: `{ 'process.env.STAGE': '"prod"' }`.
   * @default - none
   */
  readonly define?: { [identifier: string]: string };
  /**
   * Modules left out of the bundle; they must come with a layer or the runtime.
   * @default - none
   */
  readonly externalModules?: string[];
  /**
   * Bundle the AWS SDK rather than use the runtime's: what was tested is what runs, here and in the local run.
   * @default true
   */
  readonly bundleAwsSDK?: boolean;
  /**
   * Module format of the output.
   * @default OutputFormat.CJS
   */
  readonly format?: OutputFormat;
  /**
   * Fields of a package.json that name its entry, best first.
   * @default - `module`, `main`: ES modules let esbuild leave out what is not used
   */
  readonly mainFields?: string[];
  /**
   * Files that every file of the bundle imports.
   * @default - none
   */
  readonly inject?: string[];
}
