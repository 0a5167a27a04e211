import fc from 'fast-check';
import { estimateTokens } from '../../../lambda/shared/estimate-tokens';

/** Texts with their length in tokens of o200k_base, counted once with gpt-tokenizer 4. */
const SAMPLES: readonly { readonly kind: string; readonly within: number; readonly tokens: number; readonly text: string }[] = [
  {
    kind: 'english',
    within: 0.15,
    tokens: 127,
    text: 'A function that answers slowly is not always a slow function. Often the time goes into starting the environment: the platform downloads the code, starts the runtime, and runs everything at the top of the module before the first request is looked at. Teams notice it when traffic grows, because each new concurrent request may need a new environment. The remedy depends on the pattern of use. A steady load is served by provisioned concurrency, a spiky one by keeping a few environments warm, and a rare one by making the package smaller. Whatever you choose, measure the share of requests that meet a cold start, since an average hides them.',
  },
  {
    kind: 'dialogue',
    within: 0.15,
    tokens: 76,
    text: "Hi there! I booked a room for two nights (12-14 March), but the confirmation e-mail says three. Could you check that for me, please? My booking number is 48213-XK. Also, I'd like a late check-out if that's possible; we don't land until 9:45 p.m., so we'll be tired. Thanks a lot - Maria",
  },
  {
    kind: 'german',
    within: 0.15,
    tokens: 55,
    text: 'Die Zustellung einer Nachricht ist erst dann abgeschlossen, wenn der Empfänger sie bestätigt hat. Bleibt die Bestätigung aus, wird die Nachricht nach Ablauf der Sichtbarkeitsfrist erneut zugestellt; der Verarbeiter muss deshalb damit rechnen, denselben Auftrag mehrfach zu sehen.',
  },
  {
    kind: 'spanish',
    within: 0.15,
    tokens: 45,
    text: 'El servicio guarda el historial de cada conversación durante una hora después del último mensaje. Si el almacén no responde, el asistente sigue contestando, pero avisa al usuario de que no recuerda lo que se dijo antes.',
  },
  {
    kind: 'french',
    within: 0.15,
    tokens: 55,
    text: "Lorsqu'une tâche échoue, le moteur attend quelques secondes avant de réessayer, puis double le délai à chaque tentative. Après cinq échecs, le message est placé dans une file d'attente séparée afin qu'un opérateur puisse l'examiner.",
  },
  {
    kind: 'russian',
    within: 0.15,
    tokens: 49,
    text: 'Если хранилище не отвечает, помощник продолжает разговор, но честно предупреждает пользователя, что не помнит предыдущих сообщений. История хранится один час после последнего обращения и ограничена по числу токенов.',
  },
  {
    kind: 'chinese',
    within: 0.15,
    tokens: 85,
    text: '当存储服务不可用时，助手会继续回答问题，但会提醒用户它不记得之前的对话内容。每个会话的历史记录在最后一次访问之后保留一小时，并且按照令牌数量进行限制，因此不会无限增长。如果同一个用户同时发送多条消息，系统会按照到达的顺序保存它们，不会丢失任何一条。',
  },
  {
    kind: 'japanese',
    within: 0.15,
    tokens: 77,
    text: 'ストレージが応答しない場合でも、アシスタントは会話を続けますが、以前の内容を覚えていないことを利用者に伝えます。会話の履歴は最後のアクセスから一時間保存され、トークン数によって制限されるため、際限なく増えることはありません。',
  },
  {
    kind: 'korean',
    within: 0.15,
    tokens: 54,
    text: '저장소가 응답하지 않더라도 도우미는 대화를 계속하지만 이전 내용을 기억하지 못한다는 사실을 사용자에게 알립니다. 대화 기록은 마지막 접근 이후 한 시간 동안 보관되며 토큰 수에 따라 제한됩니다.',
  },
  {
    kind: 'typescript',
    within: 0.15,
    tokens: 202,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the sample is the source of a program
    text: 'export async function retry<T>(work: () => Promise<T>, attempts = 3): Promise<T> {\n  let lastError: unknown;\n  for (let attempt = 1; attempt <= attempts; attempt += 1) {\n    try {\n      return await work();\n    } catch (error) {\n      lastError = error;\n      const delay = Math.min(1000 * 2 ** attempt, 30_000) * Math.random();\n      await new Promise((resolve) => setTimeout(resolve, delay));\n    }\n  }\n  throw new Error(`failed after ${attempts} attempts`, { cause: lastError });\n}\n\ninterface Invoice {\n  readonly id: string;\n  readonly customerId: string;\n  readonly lines: readonly { sku: string; quantity: number; unitPrice: number }[];\n}\n\nexport const totalOf = (invoice: Invoice): number =>\n  invoice.lines.reduce((sum, line) => sum + line.quantity * line.unitPrice, 0);\n',
  },
  {
    kind: 'python',
    within: 0.15,
    tokens: 168,
    text: 'import json\nfrom dataclasses import dataclass, field\n\n\n@dataclass\nclass Window:\n    limit: int\n    items: list = field(default_factory=list)\n\n    def push(self, value, weight):\n        """Keep the newest values whose weights fit the limit."""\n        self.items.append((value, weight))\n        while sum(w for _, w in self.items) > self.limit and len(self.items) > 1:\n            self.items.pop(0)\n        return len(self.items)\n\n\ndef load(path):\n    with open(path, encoding="utf-8") as handle:\n        for number, line in enumerate(handle, start=1):\n            if not line.strip():\n                continue\n            try:\n                yield json.loads(line)\n            except ValueError as error:\n                raise SystemExit(f"{path}:{number}: {error}")\n',
  },
  {
    kind: 'json',
    within: 0.2,
    tokens: 131,
    text: '{"orderId":"A-20931","status":"shipped","customer":{"id":8812,"name":"Ines Duarte","email":"ines@example.com","tags":["priority","eu"]},"lines":[{"sku":"LMP-0042","quantity":2,"unitPrice":19.95,"taxRate":0.21},{"sku":"CBL-1180","quantity":1,"unitPrice":4.5,"taxRate":0.21}],"shippedAt":"2026-03-14T09:26:53.589Z","tracking":null,"gift":false,"notes":"leave at the door"}',
  },
  {
    kind: 'jsonPretty',
    within: 0.2,
    tokens: 158,
    text: '{\n  "metrics": [\n    {\n      "name": "Duration",\n      "unit": "Milliseconds",\n      "values": [\n        12.4,\n        18.9,\n        7.25,\n        101.03\n      ]\n    },\n    {\n      "name": "Errors",\n      "unit": "Count",\n      "values": [\n        0,\n        0,\n        1,\n        0\n      ]\n    }\n  ],\n  "dimensions": {\n    "FunctionName": "agent-live",\n    "Region": "eu-west-1"\n  },\n  "period": 60,\n  "startTime": "2026-11-02T00:00:00Z",\n  "complete": true\n}',
  },
];

test.each(SAMPLES)('$kind: within $within of a real tokenizer', ({ text, tokens, within }) => {
  expect(Math.abs(estimateTokens(text) / tokens - 1)).toBeLessThanOrEqual(within);
});

test('no text is no token', () => {
  expect(estimateTokens('')).toBe(0);
});

test('any text: a whole, finite number that is at most the number of its characters and no less than its share of words', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const tokens = estimateTokens(text);
      expect(Number.isInteger(tokens)).toBe(true);
      expect(tokens).toBeGreaterThanOrEqual(0);
      expect(tokens).toBeLessThanOrEqual(2 * text.length);
    }),
  );
});

test('more text is never fewer tokens, but for the joint', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
      expect(estimateTokens(a + b)).toBeGreaterThanOrEqual(Math.max(estimateTokens(a), estimateTokens(b)) - 1);
    }),
  );
});
