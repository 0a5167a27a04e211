import { describeResearchSweep } from './swept-research';

jest.setTimeout(400_000);

describeResearchSweep('after');
