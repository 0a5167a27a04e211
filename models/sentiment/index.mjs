// An ES module, so that the model is loaded before the init phase ends: CommonJS cannot wait.
import { handler, preload } from './inference.cjs';

await preload();

export { handler };
