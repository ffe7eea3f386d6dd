import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { App } from '@supabase/lite';

type StorageAdapter = NonNullable<App['_storageAdapter']>;

/** The files behind the storage API of the served Supabase: one a key, in a folder a bucket. */
export function fileStorage(folder: string): StorageAdapter {
	const pathOf = (bucket: string, key: string) => join(folder, bucket, key);
	const describe = async (path: string) => {
		const { size, mtime } = await stat(path);
		const eTag = createHash('sha256')
			.update(await readFile(path))
			.digest('hex');
		return {
			cacheControl: 'no-cache',
			contentLength: size,
			size,
			mimetype: 'application/octet-stream',
			lastModified: mtime,
			eTag: `"${eTag}"`,
			httpStatusCode: 200
		};
	};
	return {
		driver: null,
		async getObject(bucket, key) {
			const path = pathOf(bucket, key);
			return { metadata: await describe(path), httpStatusCode: 200, body: await readFile(path) };
		},
		async uploadObject(bucket, key, _version, body, contentType) {
			const path = pathOf(bucket, key);
			await mkdir(dirname(path), { recursive: true });
			const bytes = new Uint8Array(await new Response(body as BodyInit).arrayBuffer());
			await writeFile(`${path}.tmp`, bytes);
			await rename(`${path}.tmp`, path);
			return { ...(await describe(path)), mimetype: contentType };
		},
		deleteObject: (bucket, key) => rm(pathOf(bucket, key), { force: true }),
		async deleteObjects(bucket, keys) {
			for (const key of keys) await rm(pathOf(bucket, key), { force: true });
		},
		async copyObject(bucket, key, _version, toBucket, toKey) {
			const path = pathOf(toBucket, toKey);
			await mkdir(dirname(path), { recursive: true });
			await copyFile(pathOf(bucket, key), path);
			return describe(path);
		},
		headObject: (bucket, key) => describe(pathOf(bucket, key)),
		privateAssetUrl: async (bucket, key) => `file://${pathOf(bucket, key)}`
	};
}
