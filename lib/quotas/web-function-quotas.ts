import type { Quota, QuotaPage } from './quota';

const API: QuotaPage = {
  platform: 'Lambda Web Functions',
  source: 'https://pypi.org/project/botocore/1.43.107/',
  checkedOn: '2026-11-24',
  confidence: 'confirmed',
};

export const WEB_FUNCTION_TIMEOUT: Quota = {
  ...API,
  id: 'webfn.timeout',
  quantity: 'timeoutSeconds',
  min: 3,
  max: 900,
  default: 30,
  unit: 's',
  kind: 'configurable',
};

export const WEB_FUNCTION_CONCURRENCY: Quota = {
  ...API,
  id: 'webfn.conc',
  quantity: 'maxConcurrencyPerEnvironment',
  min: 1,
  max: 128,
  default: 64,
  unit: 'requests',
  kind: 'configurable',
};

export const WEB_FUNCTION_ENVIRONMENTS: Quota = {
  ...API,
  id: 'webfn.env',
  quantity: 'maxEnvironments of an endpoint',
  min: 2,
  max: 10_000,
  unit: 'environments',
  kind: 'configurable',
  note: 'functions that are HTTP servers, with revisions and endpoints; Regions and prices are not confirmed',
};
