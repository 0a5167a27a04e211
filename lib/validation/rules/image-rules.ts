import { IMAGE_CHECKS } from '../../images/image-checks';
import type { Rule } from '../rule';
import { imageRule } from './image/image-rule';

/** Rules of images: their Dockerfile and what is copied into them, without Docker. */
export const IMAGE_RULES: readonly Rule[] = IMAGE_CHECKS.map(imageRule);
