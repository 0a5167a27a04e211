import { type FreeNames, lowerFirst, renamed } from './names';
import { headerMembers, type RestOperation, refuseRest, restParts } from './rest-members';
import { asText, isObject, type JsonObject, type Protocol, UnknownParameter } from './wire';

export interface RestProtocolOptions {
  readonly operations: Readonly<Record<string, RestOperation>>;
  /** Members that answers carry in headers. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly camelCase?: boolean;
  readonly free?: FreeNames;
  readonly texts?: readonly string[];
  /** Member that is the whole body of an answer, and the one that is its status. */
  readonly bodyMember?: Readonly<Record<string, string>>;
  readonly statusMember?: string;
}

/** REST with JSON bodies, as Lambda, Scheduler and the Bedrock runtime speak it. */
export function restProtocol(options: RestProtocolOptions): Protocol {
  const { operations, headers: members = {}, camelCase = false, free = {}, texts = [], bodyMember = {}, statusMember } = options;
  const wireName = camelCase ? lowerFirst : (name: string) => name;
  return {
    operations: Object.keys(operations),
    request: (name, parameters) => {
      const operation = operations[name];
      if (operation === undefined) throw new UnknownParameter(`there is no operation ${name}`);
      const { body: bodyName } = operation;
      const { [bodyName ?? '']: content, ...others } = parameters;
      const { path, headers, rest } = restParts(operation, others);
      const { method } = operation;
      if (bodyName !== undefined || method === 'GET' || method === 'DELETE') {
        refuseRest(rest);
        return { method, path, headers, body: content === undefined ? '' : asText(content) };
      }
      return {
        method,
        path,
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(renamed(withTexts(rest, texts), wireName, free)),
      };
    },
    result: (name, { status, headers, body }) => {
      const text = body.toString('utf8');
      const whole = bodyMember[name];
      const parsed: unknown = whole !== undefined ? { [whole]: text } : text === '' ? {} : JSON.parse(text);
      return {
        ...headerMembers(headers, members),
        ...(isObject(parsed) ? parsed : {}),
        ...(statusMember !== undefined && { [statusMember]: status }),
      };
    },
  };
}

function withTexts(value: JsonObject, texts: readonly string[]): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (texts.includes(name)) return [name, asText(inner)];
      return [name, isObject(inner) ? withTexts(inner, texts) : inner];
    }),
  );
}
