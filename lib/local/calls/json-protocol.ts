import { type FreeNames, lowerFirst, renamed } from './names';
import { asText, isObject, type JsonObject, type Protocol } from './wire';

export interface JsonProtocolOptions {
  /** Prefix of X-Amz-Target: `DynamoDB_20120810`. */
  readonly target: string;
  readonly version: '1.0' | '1.1';
  /** The service's own names begin with a small letter. */
  readonly camelCase?: boolean;
  readonly free?: FreeNames;
  /** Parameters that are text, by name, wherever they stand. */
  readonly texts?: readonly string[];
  /** Names of the SDK that differ from those of the service by more than their first letter. */
  readonly aliases?: Readonly<Record<string, string>>;
}

/** AWS JSON 1.0 and 1.1: one path, the operation in a header, parameters as they are. */
export function jsonProtocol(options: JsonProtocolOptions): Protocol {
  const { target, version, camelCase = false, free = {}, texts = [], aliases = {} } = options;
  const wireName = (name: string) => aliases[name] ?? (camelCase ? lowerFirst(name) : name);
  return {
    request: (operation, parameters) => ({
      method: 'POST',
      path: '/',
      headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': `${target}.${operation}` },
      body: JSON.stringify(renamed(withTexts(parameters, texts), wireName, free)),
    }),
    result: (_operation, { body }) => {
      const value: unknown = body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
      return isObject(value) ? value : {};
    },
  };
}

function withTexts(value: JsonObject, texts: readonly string[]): JsonObject {
  if (texts.length === 0) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (texts.includes(name)) return [name, asText(inner)];
      if (Array.isArray(inner)) return [name, inner.map((item: unknown) => (isObject(item) ? withTexts(item, texts) : item))];
      return [name, isObject(inner) && !texts.includes(name) ? withTexts(inner, texts) : inner];
    }),
  );
}
