import { pruneModules } from './prune';

// Runs while an image is built, on the image's own platform, right after its packages are installed. AWS's base image has Node.js, not `find`.
pruneModules('node_modules', process);
