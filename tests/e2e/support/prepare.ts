import { packageRoot } from '#lib/backend/packageRoot.server.ts';
import { buildIfStale } from '../../../src/commands/server/build.ts';
import { sampleTemplate } from './sampleFolder.ts';

/** Before the first browser test: what is served is what is built, and the sample street is there to be copied. */
export default async function prepare(): Promise<void> {
	buildIfStale(packageRoot());
	await sampleTemplate();
}
