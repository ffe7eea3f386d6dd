import { randomUUID } from 'node:crypto';
import type { ImportFile } from '#lib/area/importFiles.server.ts';
import { failure, success, type Result } from '#lib/problem.ts';

/**
 * Files between being checked and being loaded, so that nobody chooses them twice. Kept in memory, one upload a
 * person, for half an hour: a restart forgets them, and the page then asks for the file again.
 */
export interface Upload {
	id: string;
	userId: string;
	files: ImportFile[];
}

const keptMilliseconds = 30 * 60_000;
/** All files of one import together; a county's list of sites with positions has some 5 MB. */
const limitMegabytes = 20;

const uploads = new Map<string, Upload & { until: number }>();

export async function keepUpload(userId: string, sent: readonly File[]): Promise<Result<Upload>> {
	const bytes = sent.reduce((sum, { size }) => sum + size, 0);
	if (bytes > limitMegabytes * 1e6) return failure('request.too_large', { limitMegabytes });
	const files = await Promise.all(
		sent.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }))
	);
	for (const [id, upload] of uploads)
		if (upload.userId === userId || upload.until < Date.now()) uploads.delete(id);
	const upload = { id: randomUUID(), userId, files, until: Date.now() + keptMilliseconds };
	uploads.set(upload.id, upload);
	return success(upload);
}

/** @returns `import.uploaded_gone` for what is no longer there, or is another person's. */
export function readUpload(userId: string, id: string): Result<Upload> {
	const upload = uploads.get(id);
	if (!upload || upload.userId !== userId || upload.until < Date.now())
		return failure('import.uploaded_gone');
	return success(upload);
}
