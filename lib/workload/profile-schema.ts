import type { Field, Fields, Shape } from './field';
import { PROFILE_FIELDS, TIME_RANGE_FIELDS } from './profile-fields';
import { DURATION_KIND, SIZE_KIND } from './quantity';

type Schema = Readonly<Record<string, unknown>>;

/** In either case of each letter, for JSON Schema's expressions have no flags. */
const anyCase = (word: string) =>
  [...word].map((letter) => (/[a-z]/.test(letter) ? `[${letter}${letter.toUpperCase()}]` : letter)).join('');

function quantitySchema(kind: typeof DURATION_KIND): Schema {
  const units = Object.keys(kind.units).map(anyCase).join('|');
  return {
    description: `a ${kind.noun}: text such as "${kind.example}" (${kind.symbols.join(', ')}) or an object with one unit`,
    anyOf: [
      { type: 'string', pattern: `^\\s*\\d+(\\.\\d+)?([eE][+-]?\\d+)?\\s*(${units})\\s*$` },
      {
        type: 'object',
        properties: Object.fromEntries(Object.keys(kind.keys).map((key) => [key, { type: 'number', minimum: 0 }])),
        additionalProperties: false,
        minProperties: 1,
        maxProperties: 1,
      },
    ],
  };
}

function objectSchema(fields: Fields): Schema {
  const required = Object.keys(fields).filter((name) => fields[name]!.required);
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldSchema(field)])),
    additionalProperties: false,
    ...(required.length > 0 ? { required } : {}),
  };
}

function shapeSchema(shape: Shape): Schema {
  switch (shape.kind) {
    case 'text':
      return { type: 'string', pattern: '\\S' };
    case 'flag':
      return { type: 'boolean' };
    case 'number':
      return { type: 'number', ...(shape.positive ? { exclusiveMinimum: 0 } : { minimum: 0 }), maximum: shape.max };
    case 'duration':
      return { $ref: '#/$defs/duration' };
    case 'size':
      return { $ref: '#/$defs/size' };
    case 'choice':
      return { enum: shape.values };
    case 'timeRange':
      return { $ref: '#/$defs/timeRange' };
    case 'object':
      return objectSchema(shape.fields);
    case 'list':
      return { type: 'array', minItems: 1, items: objectSchema(shape.fields) };
  }
}

function fieldSchema({ shape, about }: Field): Schema {
  return { description: about, ...shapeSchema(shape) };
}

/** The JSON schema of a workload profile, draft 2020-12, from the table that the reader reads by. */
export function profileSchema(): Schema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://raw.githubusercontent.com/cdk-serverless-ai/cdk-serverless-ai/main/docs/workload-profile.schema.json',
    title: 'Workload profile',
    description: 'What is known about a workload. A fact that is not known is left out; it is asked for, never guessed.',
    ...objectSchema(PROFILE_FIELDS),
    $defs: {
      duration: quantitySchema(DURATION_KIND),
      size: quantitySchema(SIZE_KIND),
      timeRange: {
        description: 'a typical and a worst time; one time alone is both',
        anyOf: [{ $ref: '#/$defs/duration' }, objectSchema(TIME_RANGE_FIELDS)],
      },
    },
  };
}

/** As it stands in docs/workload-profile.schema.json. */
export const profileSchemaText = (): string => `${JSON.stringify(profileSchema(), undefined, 2)}\n`;
