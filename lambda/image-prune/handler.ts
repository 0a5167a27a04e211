import { pruneModules } from './prune';

// Runs while an image is built, on the image's own platform, right after its packages are installed. AWS's base image has Node.js, not `find`.
// Only as the program: whoever merely loads this file, as tests load every handler, keeps the modules of its own directory.
if (require.main === module) pruneModules('node_modules', process);
