import { cellDetail } from '#lib/enterprise/mapIndex/mapIndex.ts';
import { measureNames, type MeasureName } from '#lib/enterprise/mapIndex/mapMeasures.ts';
import { bandCodes, riskCodes } from '#lib/enterprise/mapIndex/mapTable.ts';

/** Columns of `sites` are those of the map table; `wx`, `wy` are world units, so that cells are the same to the bit. */
const worldBits = 30;

const countWhere = (condition: string) => `nullif(count(*) filter (where ${condition}), 0)`;
const measureSql: Record<MeasureName, string> = {
	...(Object.fromEntries(bandCodes.map((name, code) => [name, countWhere(`band = ${code}`)])) as Record<
		(typeof bandCodes)[number],
		string
	>),
	all: 'count(*)',
	pending: countWhere('pending > 0'),
	open: 'nullif(sum(open), 0)',
	overdue: 'nullif(sum(overdue), 0)',
	overdueSites: countWhere('overdue > 0'),
	major: 'nullif(sum(major), 0)',
	...(Object.fromEntries(
		riskCodes.map((name, code) => [
			`risk${name[0]!.toUpperCase()}${name.slice(1)}`,
			countWhere(`risk = ${code}`)
		])
	) as Record<'riskNone' | 'riskLow' | 'riskGeneral' | 'riskConsiderable' | 'riskMajor', string>),
	heat: 'nullif(sum(heat), 0)',
	today: countWhere('today = 1'),
	key: countWhere('key = 1'),
	seen: countWhere('seen = 1')
};

const cell = `floor(wx / 2 ^ (${worldBits} - $1::int - ${cellDetail}))::int`;
const row = `floor(wy / 2 ^ (${worldBits} - $1::int - ${cellDetail}))::int`;
const side = 2 ** cellDetail;

/** Counts per cell. Parameters: zoom, x, y. */
export const cellSql = `
	select coalesce(ST_AsMVT(t, 'cells', 4096, 'geom'), '') as tile from (
		select ST_MakePoint((c.cx - $2::int * ${side} + 0.5) * ${4096 / side}, (c.cy - $3::int * ${side} + 0.5) * ${4096 / side}) as geom,
			${measureNames.map((name) => `"${name}"`).join(', ')}
		from (
			select ${cell} as cx, ${row} as cy,
				${measureNames.map((name) => `${measureSql[name]}::int as "${name}"`).join(',\n\t\t\t\t')}
			from sites
			where geom && ST_TileEnvelope($1::int, $2::int, $3::int)
				and wx >> (${worldBits} - $1::int) = $2::int and wy >> (${worldBits} - $1::int) = $3::int
			group by 1, 2
		) c
	) t`;

/** The points themselves. */
export const pointSql = `
	select coalesce(ST_AsMVT(t, 'points', 4096, 'geom', 'ordinal'), '') as tile from (
		select ST_MakePoint(floor((wx & ((1 << (${worldBits} - $1::int)) - 1)) * 4096.0 / (1 << (${worldBits} - $1::int))),
			floor((wy & ((1 << (${worldBits} - $1::int)) - 1)) * 4096.0 / (1 << (${worldBits} - $1::int)))) as geom, ordinal,
			nullif(band, 0) as band, nullif(pending, 0) as pending, nullif(risk, 0) as risk, type, nullif(open, 0) as open,
			nullif(major, 0) as major, nullif(overdue, 0) as overdue, nullif(heat, 0) as heat, nullif(attention, 0) as attention,
			nullif(today, 0) as today, nullif(key, 0) as key
		from sites
		where geom && ST_TileEnvelope($1::int, $2::int, $3::int)
			and wx >> (${worldBits} - $1::int) = $2::int and wy >> (${worldBits} - $1::int) = $3::int
	) t`;
