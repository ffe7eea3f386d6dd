import { Readable } from 'node:stream';
import { siteTypeNames } from '#lib/enterprise/enterprise.server.ts';
import { boundsFrom } from '#lib/enterprise/mapIndex/mapFilter.ts';
import { exportFormats, exportMap } from '#lib/enterprise/mapIndex/mapExport.server.ts';
import { loadTranslate } from '#lib/messages/index.ts';
import { mapRequest } from '../../../mapRequest.ts';
import type { RequestHandler } from './$types';

const contentTypes = { csv: 'text/csv; charset=utf-8', geojson: 'application/geo+json' };

/** Everything that a view of the map finds, as a file: `?format=csv|geojson` beside its filter, `bbox` and `on`. */
export const GET: RequestHandler = async (event) => {
	const { index, ...request } = await mapRequest(event);
	const { client, locale } = event.locals;
	const query = event.url.searchParams;
	const format = exportFormats.find((each) => each === query.get('format')) ?? 'csv';
	const [t, names] = await Promise.all([loadTranslate(locale), siteTypeNames(client, locale)]);
	const question = { ...request, bounds: boundsFrom(query.get('bbox')) };
	const parts = exportMap(client, index, question, format, { t, siteTypeNames: names });
	const name = `${t('enterprise.title')} ${index.today} WGS-84.${format}`;
	return new Response(Readable.toWeb(Readable.from(parts, { objectMode: false })) as ReadableStream, {
		headers: {
			'content-type': contentTypes[format],
			'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
			'cache-control': 'private, no-store'
		}
	});
};
