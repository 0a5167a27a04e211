import { renamed, withTimes } from '../../calls/names';
import { SDK_SERVICES } from '../../calls/services';
import { sdkError } from './error-names';
import type { Integration } from './task-call';

const iso = (milliseconds: number) => new Date(milliseconds).toISOString();

/** `aws-sdk:<service>:<action>`: the API itself, with the names and errors of the AWS SDK for Java 2. */
export function sdkCall(service: string): Integration {
  return async ({ calls, context, operation, parameters }) => {
    const { value } = await calls.call(service, operation, parameters, context).catch((error: unknown) => {
      throw sdkError(service, error);
    });
    const { memberName, free = {} } = SDK_SERVICES[service]!;
    return renamed(withTimes(value, iso), memberName, free);
  };
}
