import type { ImageCheck } from '../../../images/image-check';
import type { Rule, Violation } from '../../rule';
import { imageUsers } from './image-users';

/** The rule that holds every image of an assembly against a check. */
export function imageRule({ judge, ...described }: ImageCheck): Rule {
  return {
    ...described,
    *check(graph, { today = new Date().toISOString().slice(0, 10) }): Iterable<Violation> {
      for (const { resource, image, use } of imageUsers(graph)) {
        for (const problem of judge(image, { ...use, today })) yield { resource, ...defined(problem) };
      }
    },
  };
}

/** A fix or severity that is undefined would hide that of the rule. */
function defined<T extends object>(problem: T): T {
  return Object.fromEntries(Object.entries(problem).filter(([, value]) => value !== undefined)) as T;
}
