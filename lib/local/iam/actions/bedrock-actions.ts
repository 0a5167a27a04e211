import type { Check } from '../access-control';
import { type ActionCall, type ActionTable, arnOf } from './action-call';

/** Geographies of inference profiles; behind the dot stands the model. */
const GEOGRAPHY = /^(us-gov|us|eu|apac|jp|au|ca|global)\.(.+)$/;

/** One Region of each geography to which its profiles may route, besides the one that calls. */
const OTHER_REGION: Readonly<Record<string, string>> = {
  us: 'us-west-2',
  'us-gov': 'us-gov-west-1',
  eu: 'eu-west-1',
  apac: 'ap-northeast-1',
  jp: 'ap-northeast-1',
  au: 'ap-southeast-2',
  ca: 'ca-central-1',
};

function modelIn(url: string): string {
  return decodeURIComponent(/^\/model\/([^/?]+)\//.exec(url)?.[1] ?? '');
}

/**
 * A profile needs the profile itself and the model wherever it may be called: in the Region of the caller and in the others of the geography; a
 * global one needs the ARN without a Region.
 * Source: https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html, and global-cross-region-inference.html beside it
 */
function profileChecks(call: ActionCall, action: string, profileArn: string, geography: string, model: string): Check[] {
  const { partition, region } = call.directory;
  const modelArn = (where: string) => `arn:${partition}:bedrock:${where}::foundation-model/${model}`;
  const through = (where: string, requested: string): Check => ({
    action,
    resource: modelArn(where),
    context: { 'bedrock:InferenceProfileArn': profileArn, 'aws:RequestedRegion': requested },
  });
  const other = geography === 'global' ? through('', 'unspecified') : through(OTHER_REGION[geography]!, OTHER_REGION[geography]!);
  return [{ action, resource: profileArn }, through(region, region), other];
}

function invoking(action: string) {
  return (call: ActionCall): Check[] => {
    const id = modelIn(call.url);
    const named = /^arn:/.test(id) ? id.slice(id.indexOf('/') + 1) : id;
    const [, geography, model] = GEOGRAPHY.exec(named) ?? [];
    const isProfile = /^arn:/.test(id) ? /:inference-profile\//.test(id) : geography !== undefined;
    if (isProfile && geography !== undefined && model !== undefined) {
      const profileArn = /^arn:/.test(id) ? id : arnOf(call, 'bedrock', `inference-profile/${id}`);
      return profileChecks(call, action, profileArn, geography, model);
    }
    const { partition, region } = call.directory;
    return [{ action, resource: /^arn:/.test(id) ? id : `arn:${partition}:bedrock:${region}::foundation-model/${id}` }];
  };
}

/** Converse has no action of its own. Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
export const BEDROCK_ACTIONS: ActionTable = {
  Converse: invoking('bedrock:InvokeModel'),
  InvokeModel: invoking('bedrock:InvokeModel'),
  ConverseStream: invoking('bedrock:InvokeModelWithResponseStream'),
  InvokeModelWithResponseStream: invoking('bedrock:InvokeModelWithResponseStream'),
  CountTokens: invoking('bedrock:CountTokens'),
};
