import type { Risk } from '../target-definition';

/** What holds for every provider beside AWS. */
export const OTHER_PROVIDER_RISKS: readonly Risk[] = [
  {
    when: () => true,
    says: () => 'stands here to compare: another account, bill and network; models and data on AWS are reached over the internet',
  },
  {
    when: ({ euOnly }) => euOnly,
    says: () => 'whether data stays in the European Union depends on the plan and the region that is chosen there',
  },
];
