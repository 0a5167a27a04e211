import { render } from '../../../template/value';
import type { Rule } from '../../rule';
import { allowsInvocation, isProfileId, resourceName } from './iam/model-arn';
import { allowingStatements } from './iam/statements';

export const BEDROCK_PROFILE_AS_MODEL: Rule = {
  id: 'bedrock-profile-as-model',
  title: 'Grant on an inference profile as if it were a foundation model',
  why: 'Every call is denied: no foundation model has such an ARN, a profile is a resource of the account and needs its models granted beside it.',
  severity: 'error',
  fix: 'grant arn:aws:bedrock:<region>:<account>:inference-profile/<id>, and the foundation model in each destination Region',
  source: 'https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html',
  check: (graph) =>
    allowingStatements(graph)
      .filter(allowsInvocation)
      .flatMap((statement) =>
        statement.resources.flatMap((value) => {
          const arn = render(value);
          const name = resourceName(arn, 'foundation-model');
          if (name === undefined || !isProfileId(name)) return [];
          return [{ resource: statement.in, message: `grants ${arn}, but ${name} is an inference profile` }];
        }),
      ),
};
