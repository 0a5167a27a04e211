import type { Clock } from '../../clock';
import { type EngineResponse, errorName, type Item, type TableEngine } from './engine';

const OPERATIONS = { Put: 'PutItem', Update: 'UpdateItem', Delete: 'DeleteItem', ConditionCheck: 'UpdateItem' } as const;
type ActionKind = keyof typeof OPERATIONS;

interface Action {
  readonly kind: ActionKind;
  readonly table: string;
  readonly key: Item;
  readonly input: Record<string, unknown>;
  readonly returnOld: boolean;
}

interface Reason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: Item;
}

/** A token names one transaction for ten minutes, as DynamoDB documents it. */
const TOKEN_LIFETIME_MS = 10 * 60_000;
const MAX_ACTIONS = 100;

export function failure(type: string, message: string, more: Record<string, unknown> = {}): EngineResponse {
  return { status: 400, body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message, Message: message, ...more } };
}

/**
 * All-or-nothing writes over an engine that has only single-item ones: the actions run one by one and the done ones are undone when one fails.
 * The caller lets nothing else run meanwhile, so nobody sees the steps in between.
 */
export class Transactions {
  private readonly tokens = new Map<string, { readonly input: string; readonly at: number }>();

  constructor(
    private readonly engine: TableEngine,
    private readonly clock: Clock,
  ) {}

  async write(input: Record<string, unknown>): Promise<EngineResponse> {
    const items = input['TransactItems'];
    if (!Array.isArray(items) || items.length === 0 || items.length > MAX_ACTIONS) {
      return failure('ValidationException', `TransactItems must hold 1 to ${MAX_ACTIONS} actions`);
    }
    const repeated = this.repeated(input, items);
    if (repeated) return repeated;

    const actions: Action[] = [];
    for (const item of items) {
      const action = await this.parse(item);
      if ('status' in action) return action;
      actions.push(action);
    }
    const targets = actions.map(({ table, key }) => JSON.stringify([table, Object.entries(key).sort()]));
    if (new Set(targets).size < targets.length) {
      return failure('ValidationException', 'Transaction request cannot include multiple operations on one item');
    }
    const answer = await this.run(actions);
    if (answer.status === 200) this.remember(input, items);
    return answer;
  }

  async read(input: Record<string, unknown>): Promise<EngineResponse> {
    const items = input['TransactItems'];
    if (!Array.isArray(items) || items.length === 0 || items.length > MAX_ACTIONS) {
      return failure('ValidationException', `TransactItems must hold 1 to ${MAX_ACTIONS} actions`);
    }
    const responses: unknown[] = [];
    for (const item of items as { Get?: Record<string, unknown> }[]) {
      if (!item.Get) return failure('ValidationException', 'each of TransactItems must be a Get');
      const answer = await this.engine.call('GetItem', { ...item.Get, ConsistentRead: true });
      if (answer.status !== 200) return answer;
      responses.push(answer.body['Item'] ? { Item: answer.body['Item'] } : {});
    }
    return { status: 200, body: { Responses: responses } };
  }

  private async parse(item: unknown): Promise<Action | EngineResponse> {
    const [kind, ...more] = Object.keys(item as object);
    if (kind === undefined || more.length > 0 || !(kind in OPERATIONS)) {
      return failure('ValidationException', 'TransactItems can only contain one of Check, Put, Update or Delete');
    }
    const { ReturnValuesOnConditionCheckFailure: returned, ...input } = (item as Record<string, Record<string, unknown>>)[kind]!;
    const table = String(input['TableName']);
    const names = await this.engine.keyNames(table);
    if (!names) return failure('ResourceNotFoundException', 'Requested resource not found');
    const source = (kind === 'Put' ? input['Item'] : input['Key']) as Item | undefined;
    const key = Object.fromEntries(names.filter((name) => source?.[name]).map((name) => [name, source![name]!]));
    return { kind: kind as ActionKind, table, key, input, returnOld: returned === 'ALL_OLD' };
  }

  private async run(actions: readonly Action[]): Promise<EngineResponse> {
    const reasons: Reason[] = [];
    const done: { readonly action: Action; readonly before: Item | undefined }[] = [];
    for (const action of actions) {
      const before = await this.engine.read(action.table, action.key);
      const answer = await this.engine.call(OPERATIONS[action.kind], action.input);
      if (answer.status === 200) {
        done.push({ action, before });
        reasons.push({ Code: 'None' });
      } else {
        reasons.push(reasonOf(answer, action.returnOld ? before : undefined));
      }
    }
    const failed = reasons.some(({ Code }) => Code !== 'None');
    // A check of an absent item leaves an empty one behind, whether the transaction holds or not.
    for (const { action, before } of done.reverse()) {
      if (failed || action.kind === 'ConditionCheck') await this.restore(action, before);
    }
    if (!failed) return { status: 200, body: {} };
    const codes = reasons.map(({ Code }) => Code).join(', ');
    return failure(
      'TransactionCanceledException',
      `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
      {
        CancellationReasons: reasons,
      },
    );
  }

  private async restore({ table, key }: Action, before: Item | undefined): Promise<void> {
    if (before) await this.engine.call('PutItem', { TableName: table, Item: before });
    else await this.engine.call('DeleteItem', { TableName: table, Key: key });
  }

  private repeated(input: Record<string, unknown>, items: unknown): EngineResponse | undefined {
    const now = this.clock.now();
    for (const [token, { at }] of this.tokens) {
      if (at + TOKEN_LIFETIME_MS > now) break;
      this.tokens.delete(token);
    }
    const known = this.tokens.get(String(input['ClientRequestToken']));
    if (!known) return undefined;
    if (known.input === JSON.stringify(items)) return { status: 200, body: {} };
    return failure('IdempotentParameterMismatchException', 'The provided client token was already used with other parameters');
  }

  private remember(input: Record<string, unknown>, items: unknown): void {
    const token = input['ClientRequestToken'];
    if (typeof token === 'string') this.tokens.set(token, { input: JSON.stringify(items), at: this.clock.now() });
  }
}

function reasonOf(answer: EngineResponse, old: Item | undefined): Reason {
  const name = errorName(answer);
  const Code = name === 'ConditionalCheckFailedException' ? 'ConditionalCheckFailed' : name.replace(/Exception$/, 'Error');
  return { Code, Message: String(answer.body['message'] ?? answer.body['Message'] ?? ''), ...(old && { Item: old }) };
}
