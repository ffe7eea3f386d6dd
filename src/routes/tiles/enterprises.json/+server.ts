import { json } from '@sveltejs/kit';
import { filterText } from '#lib/enterprise/mapIndex/mapFilter.ts';
import { cellFields } from '#lib/enterprise/mapIndex/mapTile.ts';
import { deepestTile, pointFields } from '#lib/enterprise/mapIndex/pointFields.ts';
import { mapRequest } from '../../mapRequest.ts';
import type { RequestHandler } from './$types';

const aboutPoints = Object.fromEntries(Object.entries(pointFields).map(([name, { about }]) => [name, about]));

/** TileJSON 3.0.0 of the enterprises that the asker may see; a filter in the address goes into that of the tiles. */
export const GET: RequestHandler = async (event) => {
	const { index, visible, filter, found } = await mapRequest(event);
	const query = filterText(filter);
	return json({
		tilejson: '3.0.0',
		name: 'Mingcha enterprises',
		scheme: 'xyz',
		tiles: [`${event.url.origin}/tiles/enterprises/{z}/{x}/{y}.mvt${query && `?${query}`}`],
		minzoom: 0,
		maxzoom: deepestTile,
		vector_layers: [
			{ id: 'cells', description: 'Counts of enterprises, far out', fields: cellFields },
			{ id: 'points', description: 'Enterprises, near by', fields: aboutPoints }
		],
		pointsFrom: index.select(visible, filter, found).pointsFrom
	});
};
