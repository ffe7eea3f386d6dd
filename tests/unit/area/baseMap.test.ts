import { describe, expect, test } from 'vitest';
import {
	baseMapCredit,
	baseMapHosts,
	readBaseMap,
	referrerPolicy,
	withBaseMap,
	type BaseMap
} from '#lib/area/baseMap.ts';
import { loadBaseMap } from '#lib/area/loadBaseMap.ts';

const key = '0123456789abcdef0123456789abcdef';
const policy =
	"default-src 'self'; img-src 'self' data: blob:; connect-src 'self'; script-src 'self' 'nonce-x'";
const read = (value: object): BaseMap => {
	const result = readBaseMap(JSON.stringify(value));
	if (!result.ok) throw new Error(JSON.stringify(result.problem));
	return result.value;
};
const tianditu = { kind: 'tianditu', key, approvalNumber: 'GS（0000）示例号' };
const amap = {
	kind: 'xyz',
	url: 'https://tiles.example.cn/{z}/{x}/{y}.png',
	crs: 'gcj02',
	attribution: '示例底图'
};

describe('what the browser may ask', () => {
	test.each([
		['none', { kind: 'none' }, []],
		['天地图', tianditu, ['https://t0.tianditu.gov.cn']],
		['tiles', amap, ['https://tiles.example.cn']],
		[
			'a style with its tiles elsewhere',
			{
				kind: 'style',
				url: 'https://a.example.cn/style.json',
				hosts: ['https://b.example.cn/x'],
				crs: 'wgs84',
				attribution: '示例'
			},
			['https://a.example.cn', 'https://b.example.cn']
		],
		['a file of our own', { kind: 'pmtiles', file: 'base.pmtiles', crs: 'wgs84', attribution: '示例' }, []]
	])('%s', (_, setting, hosts) => {
		const base = read(setting);
		expect(baseMapHosts(base)).toEqual(hosts);
		const allowed = withBaseMap(policy, base);
		for (const directive of policy.split('; ')) {
			const may = /^(img|connect)-src/.test(directive);
			expect(allowed.split('; ')).toContain(
				may && hosts.length > 0 ? `${directive} ${hosts.join(' ')}` : directive
			);
		}
		expect(allowed).not.toContain('*');
		expect(referrerPolicy(base)).toBe(hosts.length > 0 ? 'strict-origin-when-cross-origin' : 'same-origin');
	});
});

describe('a setting that cannot be right is refused, with where', () => {
	test.each([
		['no JSON', 'tianditu', 'BASE_MAP'],
		['天地图 without its 审图号', JSON.stringify({ kind: 'tianditu', key }), 'BASE_MAP.approvalNumber'],
		['天地图 with half a key', JSON.stringify({ ...tianditu, key: 'abc' }), 'BASE_MAP.key'],
		['tiles without a system', JSON.stringify({ ...amap, crs: undefined }), 'BASE_MAP.crs'],
		['tiles without a place', JSON.stringify({ ...amap, url: 'https://tiles.example.cn/' }), 'BASE_MAP.url'],
		['a script as address', JSON.stringify({ ...amap, url: 'javascript:{z}{x}{y}' }), 'BASE_MAP.url'],
		[
			'a vector style in GCJ-02',
			JSON.stringify({ kind: 'style', url: 'https://a.example.cn/s', crs: 'gcj02', attribution: 'x' }),
			'BASE_MAP.crs'
		],
		[
			'a file elsewhere',
			JSON.stringify({ kind: 'pmtiles', file: '../x.pmtiles', crs: 'wgs84', attribution: 'x' }),
			'BASE_MAP.file'
		]
	])('%s', (_, text, path) => {
		expect(readBaseMap(text)).toMatchObject({ ok: false, problem: { code: 'request.invalid', path } });
	});
});

test('nothing is set, nothing is shown and nobody is asked', async () => {
	expect(readBaseMap(undefined)).toEqual({ ok: true, value: { kind: 'none' } });
	expect(await loadBaseMap({ kind: 'none' })()).toBeNull();
});

test('天地图: the operator’s key, names over the ground, 审图号 in the credit', async () => {
	const base = (await loadBaseMap(read({ ...tianditu, layer: 'img' }))())!;
	expect(base.layers.map(({ id }) => id)).toEqual(['base-0', 'base-1']);
	const [ground, names] = Object.values(base.sources) as { tiles: string[] }[];
	expect(ground!.tiles[0]).toMatch(
		/img_w\/wmts\?.*LAYER=img.*tk=0123456789abcdef.*TILEMATRIX=\{z\}&TILEROW=\{y\}&TILECOL=\{x\}$/
	);
	expect(names!.tiles[0]).toContain('LAYER=cia');
	expect(base.credit).toBe('天地图 · GS（0000）示例号');
	expect(baseMapCredit(read(amap))).toBe('示例底图');
});

test('a GCJ-02 base is fetched through the cut, any other as it is', async () => {
	const cut = (await loadBaseMap(read(amap))())!;
	expect(Object.keys(cut.protocols!)).toEqual(['gcj02']);
	expect(cut.sources['base-0']).toMatchObject({ tiles: ['gcj02://{z}/{x}/{y}'] });
	const plain = (await loadBaseMap(read({ ...amap, crs: 'cgcs2000' }))())!;
	expect(plain.protocols).toBeUndefined();
	expect(plain.sources['base-0']).toMatchObject({ tiles: [amap.url] });
});
