/** Names whose value is a secret; `MAX_TOKENS`, `TOKEN_URL` and `SECRET_ARN` are none. */
const NAMES =
  /(^|_)(SECRET_ACCESS_KEY|SECRET_KEY|PRIVATE_KEY|API_?KEY|ACCESS_TOKEN|AUTH_?TOKEN|TOKEN|PASSWORD|PASSWD|PGPASSWORD|CLIENT_SECRET|SECRET)$/i;
/** Words that sit before such an ending and make it something else. */
const OTHER_NAMES = /^(MAX|NUM|PAD|EOS|BOS|UNK|MASK|SEP|CLS|PUBLIC|NEXT_PUBLIC|START|END|STOP)_|_PUBLIC_/i;
/** Values that are no secret: numbers, switches, addresses, paths, references, and what stands in until something real comes. */
const PLAIN =
  /^(|-?\d{1,12}|true|false|yes|no|on|off|none|null|undefined|https?:\/\/.*|arn:.*|\/.*|\.\/.*|[$<{%].*|\*+|x+|<.*>|(your|my|change|dummy|example|sample|test|fake|placeholder|replace|insert|todo|secret|password|token|default|local|dev|unused|none)[\w .-]*)$/i;

/** Forms that issuers give their keys; true under any name. */
const ISSUED = [
  /^(AKIA|ASIA)[A-Z0-9]{16}$/,
  /^sk-ant-[\w-]{20,}$/,
  /^AIza[\w-]{35}$/,
  /^hf_[A-Za-z0-9]{30,}$/,
  /^gh[pousr]_[A-Za-z0-9]{36,}$/,
  /^github_pat_\w{22,}$/,
  /^npm_[A-Za-z0-9]{36}$/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
];

export function isSecretName(name: string): boolean {
  return NAMES.test(name) && !OTHER_NAMES.test(name);
}

/** Whether a value that is written out is a secret. */
export function isSecretValue(name: string, value: string): boolean {
  if (ISSUED.some((form) => form.test(value))) return true;
  return isSecretName(name) && value.length >= 6 && !PLAIN.test(value);
}
