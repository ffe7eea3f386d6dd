import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { readAreas } from '#lib/area/importAreas.ts';
import { readImportTable } from '#lib/area/importTable.ts';

const ring = (x: number, y: number) =>
	[
		[x, y],
		[x + 0.01, y],
		[x + 0.01, y + 0.01],
		[x, y + 0.01],
		[x, y]
	]
		.map((corner) => `${corner.join(',')},0`)
		.join(' ');
const polygon = (x: number, y: number) =>
	`<Polygon><tessellate>1</tessellate><outerBoundaryIs><LinearRing><coordinates>${ring(x, y)}</coordinates></LinearRing></outerBoundaryIs></Polygon>`;
const placemark = (name: string, shape: string) =>
	`<Placemark><name>${name}</name><styleUrl>#s</styleUrl><ExtendedData><Data name="上级"><value>示例街道</value></Data></ExtendedData>${shape}</Placemark>`;
const document = `<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Style id="s"/><Folder>
${placemark('示例北社区', polygon(121, 31))}
${placemark('示例南社区', `<MultiGeometry>${polygon(121, 30)}${polygon(121.1, 30)}</MultiGeometry>`)}
</Folder></Document></kml>`;

const read = async (bytes: Uint8Array) => {
	const table = await readImportTable(bytes);
	if (!table.ok) return table.problem;
	const areas = readAreas(table.value, { crs: 'wgs84', level: 'community' });
	return areas.ok
		? areas.value.areas.map(({ name, parentName, geometry }) => [
				name,
				parentName,
				geometry?.coordinates.length
			])
		: areas.problem;
};

test('placemarks are areas: name, what is written beside it, one part or several, no heights', async () => {
	const expected = [
		['示例北社区', '示例街道', 1],
		['示例南社区', '示例街道', 2]
	];
	expect(await read(strToU8(document))).toEqual(expected);
	expect(await read(zipSync({ 'files/a.png': new Uint8Array(3), 'doc.kml': strToU8(document) }))).toEqual(
		expected
	);
	const table = await readImportTable(strToU8(document));
	expect(table).toMatchObject({ ok: true, value: { format: 'kml', columns: ['name', '上级'] } });
});

test.each([
	['no XML', '<kml><Document>', /kml|Document|unclosed|end/i],
	['another XML', '<gpx></gpx>', /gpx/]
])('%s is refused, with what was found', async (_, text, got) => {
	expect(await read(strToU8(text))).toMatchObject({
		code: 'import.unreadable',
		details: { got: expect.stringMatching(got) as string }
	});
});
