import { asText, isObject, type JsonObject, type Protocol } from './wire';
import { child, parseXml, xmlValue } from './xml';

export interface QueryProtocolOptions {
  readonly version: string;
  readonly texts?: readonly string[];
  /** Parameters that are maps, with the names that their keys and values have on the wire. */
  readonly maps?: Readonly<Record<string, readonly [key: string, value: string]>>;
}

/** The query protocol: parameters as a form, answers in XML. */
export function queryProtocol({ version, texts = [], maps = {} }: QueryProtocolOptions): Protocol {
  return {
    request: (operation, parameters) => {
      const form = new URLSearchParams({ Action: operation, Version: version });
      for (const [name, value] of Object.entries(parameters)) flatten(form, name, texts.includes(name) ? asText(value) : value, maps[name]);
      return {
        method: 'POST',
        path: '/',
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
        body: form.toString(),
      };
    },
    result: (operation, { body }) => {
      const result = child(parseXml(body.toString('utf8')), `${operation}Result`);
      const value = result === undefined ? {} : xmlValue(result);
      return isObject(value) ? value : {};
    },
  };
}

function flatten(form: URLSearchParams, name: string, value: unknown, map?: readonly [string, string]): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) flatten(form, `${name}.member.${index + 1}`, item);
  } else if (!isObject(value)) {
    form.append(name, String(value));
  } else if (map === undefined) {
    for (const [key, inner] of Object.entries(value as JsonObject)) flatten(form, `${name}.${key}`, inner);
  } else {
    Object.entries(value).forEach(([key, inner], index) => {
      form.append(`${name}.entry.${index + 1}.${map[0]}`, key);
      flatten(form, `${name}.entry.${index + 1}.${map[1]}`, inner);
    });
  }
}
