/**
 * A city in a native PostgreSQL, for load: made by the database itself, set by set, because a million enterprises with ten
 * million hazards are no rows to carry through a program. Places, sites, checks, hazards, their steps and counters agree with
 * each other; there are no records, documents, facts or events, so it is for reading and nothing in it can be proved.
 * Everything in it is a sample (示例). The same plan makes the same city.
 */
export interface CityPlan {
	enterprises: number;
	/** About so many, over all. */
	hazards: number;
	/** ISO day, the last of the history. */
	until: string;
}

/** What is made, and the statements that make it. */
export interface CityStep {
	makes: string;
	sql: string;
}

// Districts of 4 × 5 streets of 5 × 5 communities, each community 570 m × 550 m.
const districts = 10;
const streetsOfDistrict = 20;
const communitiesOfStreet = 25;
export const cityCommunities = districts * streetsOfDistrict * communitiesOfStreet;
const west = 121.0;
const south = 30.9;
const widthDegrees = 0.006;
const heightDegrees = 0.005;

const checksOfSite = 5;
const daysBetweenChecks = 146;
export const cityHistoryDays = checksOfSite * daysBetweenChecks;
const inspectedShare = 0.7;

/** Codes of the shipped dictionary, the frequent ones first. */
const siteTypes = [
	'restaurant',
	'convenience_store',
	'workshop',
	'office',
	'warehouse',
	'auto_repair',
	'machining',
	'lodging',
	'clinic',
	'entertainment',
	'school',
	'elderly_care',
	'mall',
	'hazmat_trade',
	'fuel_station',
	'construction'
];

/** From 0 up to 1, always the same for a row and a purpose. */
const chance = (row: string, purpose: number) =>
	`((hashint8extended((${row})::bigint, ${purpose}) & 1073741823) / 1073741824.0::float8)`;
const below = (limit: number, row: string, purpose: number) =>
	`floor(${chance(row, purpose)} * ${limit})::int`;
/** In the order of the rows, so that an index grows at its end. */
const id = (kind: number, row: string) =>
	`('0000000${kind}-0000-4000-8000-' || lpad(to_hex((${row})::bigint), 12, '0'))::uuid`;
const kinds = { area: 1, enterprise: 2, inspection: 3, hazard: 4, agency: 5, inspector: 6 };
const four = (number: string) => `lpad((${number})::text, 4, '0')`;

// Of a community numbered c.
const district = `(c / ${streetsOfDistrict * communitiesOfStreet})`;
const street = `(c / ${communitiesOfStreet} % ${streetsOfDistrict})`;
const place = `(c % ${communitiesOfStreet})`;
const column = `(${district} % 5 * 25 + ${street} % 5 * 5 + ${place} % 5)`;
const row = `(${district} / 5 * 20 + ${street} / 5 * 5 + ${place} / 5)`;
const square = `extensions.st_makeenvelope(${west} + ${column} * ${widthDegrees}, ${south} + ${row} * ${heightDegrees},
	${west} + (${column} + 1) * ${widthDegrees}, ${south} + (${row} + 1) * ${heightDegrees}, 4326)`;

const areas = (day: string) => `
	create temp table city_communities as
	select c, ${four(`${district} + 1`)} as d, ${four(`${street} + 1`)} as s, ${four(`${place} + 1`)} as k, ${square} as shape
	from generate_series(0, ${cityCommunities - 1}) c;
	create temp table city_areas as
	select row_number() over (order by scope) as n, * from (
		select d as scope, 'district' as level, extensions.st_union(shape) as shape from city_communities group by d
		union all select d || s, 'street', extensions.st_union(shape) from city_communities group by d, s
		union all select d || s || k, 'community', shape from city_communities) x;
	insert into public.areas (id, parent_id, scope, level)
	select ${id(kinds.area, 'a.n')}, ${id(kinds.area, 'p.n')}, a.scope, a.level
	from city_areas a left join city_areas p on p.scope = left(a.scope, -4) and p.scope <> '';
	insert into public.area_versions (area_id, scope, name, boundary, valid_from)
	select ${id(kinds.area, 'n')}, scope, '示例' || case level when 'district' then '区' when 'street' then '街道' else '社区' end
		|| right(scope, 4)::int, extensions.st_multi(shape), ${day} - ${cityHistoryDays} from city_areas;
	insert into public.agencies (id, scope, name, short_name, is_sample)
	select ${id(kinds.agency, 'n')}, scope, '示例区' || scope::int || '应急管理局', '示例' || scope::int, true
	from city_areas where level = 'district';
	create temp table city_places as
	select row_number() over (order by a.scope) - 1 as p, a.scope, ${id(kinds.area, 'a.n')} as area_id,
		(select ${id(kinds.agency, 'g.n')} from city_areas g where g.scope = left(a.scope, 4)) as agency_id,
		extensions.st_xmin(a.shape) as west, extensions.st_ymin(a.shape) as south
	from city_areas a where a.level = 'community';
	create unique index on city_places (p); analyze city_places`;

// Most stand near the middle of their community.
const enterprises = (count: number) => `
	insert into public.enterprises (id, ordinal, scope, area_id, name, name_initials, credit_code_absence, address, site_type, risk_level, tags,
		contact_name, contact_phone, location, location_source, supervising_department, is_sample)
	overriding system value
	select ${id(kinds.enterprise, 'n')}, n, p.scope, p.area_id, '示例单位' || n, 'sldw' || n, '示例数据', '示例路' || n % 400 + 1 || '号',
		(array[${siteTypes.map((code) => `'${code}'`).join(', ')}])[1 + floor(${chance('n', 1)} ^ 1.4 * ${siteTypes.length})::int],
		(array['low', 'general', 'considerable', 'major'])[1 + floor(${chance('n', 2)} ^ 3 * 4)::int],
		case when ${chance('n', 3)} < 0.1 then array['gas'] else '{}' end, '示例', null,
		extensions.st_setsrid(extensions.st_makepoint(
			p.west + (${chance('n', 4)} + ${chance('n', 5)}) / 2 * ${widthDegrees},
			p.south + (${chance('n', 6)} + ${chance('n', 7)}) / 2 * ${heightDegrees}), 4326), 'import',
		case when ${chance('n', 8)} < 0.9 then (array['示例应急管理部门', '示例消防部门', '示例市场监管部门'])[1 + ${below(3, 'n', 9)}] end, true
	from generate_series(1, ${count}) n join city_places p on p.p = (n - 1)::bigint * ${cityCommunities} / ${count};
	select setval(pg_get_serial_sequence('public.enterprises', 'ordinal'), ${count})`;

const inspections = (count: number, day: string) => `
	create temp table city_checks as
	select n * ${checksOfSite} + k as i, n, k, ${day} - ((${checksOfSite - 1} - k) * ${daysBetweenChecks} + ${below(daysBetweenChecks - 6, `n * ${checksOfSite} + k`, 11)}) as day
	from generate_series(1, ${count}) n, generate_series(0, ${checksOfSite - 1}) k where ${chance('n', 10)} < ${inspectedShare};
	insert into public.inspections (id, scope, enterprise_id, agency_id, site_type, kind, outcome, track, inspector_id, inspector_name,
		inspected_on, checked_in_at, ended_at, on_site_outcome, nth_of_year, sealed_at)
	select ${id(kinds.inspection, 'c.i')}, e.scope, e.id, p.agency_id, e.site_type, 'planned', 'checked', 'B', ${id(kinds.inspector, 'e.ordinal % 500')}, '示例',
		c.day, c.day + time '01:00', c.day + time '01:40', 'signed', 1, c.day + time '01:41'
	from city_checks c join public.enterprises e on e.ordinal = c.n join city_places p on p.scope = e.scope order by c.i`;

// Three in ten are corrected on the spot, one in fifty is never closed; what the last check found is still being rectified.
const hazards = (perCheck: number, day: string) => `
	insert into public.hazards (id, scope, enterprise_id, inspection_id, site_type, position, item_code, part, severity, cause, description,
		measure, state, deadline, found_on, closed_on, in_time)
	select id, scope, enterprise_id, inspection_id, site_type, position, item_code, part, severity, cause, '示例隐患', measure,
		case when closed_on is null then 'open' else 'closed' end, deadline, found_on, closed_on,
		coalesce(closed_on <= deadline, false)
	from (select ${id(kinds.hazard, 'h.h')} as id, e.scope, e.id as enterprise_id, ${id(kinds.inspection, 'h.i')} as inspection_id, e.site_type, h.position,
			'city-' || ${below(60, 'h.h', 13)} as item_code, (array['消防', '用电', '现场', '管理'])[1 + ${below(4, 'h.h', 14)}] as part,
			case when h.is_major then 'major' else 'general' end as severity,
			(array['object', 'behaviour', 'management'])[1 + floor(${chance('h.h', 15)} ^ 2 * 3)::int] as cause,
			case when h.is_on_spot then 'on_spot' else 'deadline' end as measure,
			case when not h.is_on_spot then h.day + case when h.is_major then 30 else 15 end end as deadline, h.day as found_on,
			case when h.is_on_spot then h.day when ${chance('h.h', 18)} < 0.02 then null when h.day + h.days <= ${day} then h.day + h.days end as closed_on
		from (select c.i, c.n, c.day, position, c.i * 16 + position as h, ${chance('c.i * 16 + position', 16)} < 0.004 as is_major,
				${chance('c.i * 16 + position', 16)} > 0.7 as is_on_spot, 3 + ${below(16, 'c.i * 16 + position', 17)} as days
			from city_checks c, generate_series(1, floor(${chance('c.i', 12)} * ${2 * perCheck} + 0.5)::int) position) h
		join public.enterprises e on e.ordinal = h.n) x`;

const transitions = `
	insert into public.hazard_transitions (hazard_id, scope, enterprise_id, at, day, from_state, to_state, cause_kind, cause_id, deadline)
	select h.id, h.scope, h.enterprise_id, h.found_on + time '01:41', h.found_on, null, case h.measure when 'on_spot' then 'closed' else 'open' end,
		'inspection', h.inspection_id, h.deadline from public.hazards h;
	insert into public.hazard_transitions (hazard_id, scope, enterprise_id, at, day, from_state, to_state, cause_kind, cause_id)
	select h.id, h.scope, h.enterprise_id, h.closed_on + time '06:00', h.closed_on, 'open', 'closed', 'inspection', h.inspection_id
	from public.hazards h where h.measure = 'deadline' and h.closed_on is not null`;

const counters = `
	insert into public.tally_flows select * from app.recounted_flows();
	insert into public.tally_deadlines select * from app.recounted_deadlines();
	insert into public.tally_visits select * from app.recounted_visits();
	insert into public.enterprise_tallies (enterprise_id, scope, open_hazards, open_major, inspections, last_inspected_on, next_deadline)
	select e.id, e.scope, coalesce(h.n, 0), coalesce(h.major, 0), coalesce(i.n, 0), i.last_on, h.next_deadline
	from public.enterprises e
	left join (select enterprise_id, count(*) as n, count(*) filter (where severity = 'major') as major, min(deadline) as next_deadline
		from public.hazards where state = 'open' group by 1) h on h.enterprise_id = e.id
	left join (select enterprise_id, count(*) as n, max(inspected_on) as last_on from public.inspections group by 1) i on i.enterprise_id = e.id`;

// No pack made these: a sample of how bands are shared out, with 示例 in the name of the pack.
const accounts = (day: string) => `
	insert into public.score_accounts (enterprise_id, scope, pack_id, pack_sha256, points, pending_points, band, band_level, band_name, as_of, facts_seen)
	select t.enterprise_id, t.scope, '示例', repeat('0', 64), t.points, t.points, l.band, l.band, l.name, ${day}, 0
	from (select *, least(1200, open_hazards * 50 + open_major * 600 + ${below(150, "('x' || right(enterprise_id::text, 12))::bit(48)::bigint", 19)}) as points
		from public.enterprise_tallies where inspections > 0) t
	join lateral (values ('normal', '示例：正常', 0), ('warning', '示例：警示', 300), ('focus', '示例：重点', 600), ('highest', '示例：最高', 900)) l (band, name, points_from)
		on t.points >= l.points_from and t.points < l.points_from + case l.band when 'highest' then 100000 else 300 end`;

// The months of a history that nobody lived through are not frozen one by one: they count as frozen, with nothing in them.
const frozenMonths = (day: string) => `
	insert into public.frozen_months (month, known_until, attributes)
	select m::date, app.now(), '{}' from generate_series(date_trunc('month', ${day} - ${cityHistoryDays}::int), ${day} - interval '1 month', interval '1 month') m
	on conflict do nothing`;

/** Tables that are filled first and indexed then; keys stay, they grow in order. */
const indexed = [
	'enterprises',
	'inspections',
	'hazards',
	'hazard_transitions',
	'enterprise_tallies',
	'score_accounts'
];

const dropIndexes = `
	create temp table city_indexes as
	select i.schemaname, i.indexname, i.indexdef from pg_indexes i
	where i.schemaname = 'public' and i.tablename in (${indexed.map((table) => `'${table}'`).join(', ')})
		and not exists (select 1 from pg_constraint c where c.conname = i.indexname);
	do $$ declare x record; begin
		for x in select * from city_indexes loop execute format('drop index %I.%I', x.schemaname, x.indexname); end loop;
	end $$`;
const createIndexes = `
	do $$ declare x record; begin
		for x in select * from city_indexes loop execute x.indexdef; end loop;
	end $$;
	analyze`;

/**
 * The making of a city in a migrated database without enterprises, step by step on one connection with the rights of the owner.
 * Rows that agree by their making need no check of references, row by row.
 */
export function citySteps({ enterprises: count, hazards: all, until }: CityPlan): CityStep[] {
	const day = `date '${until}'`;
	const perCheck = all / (count * inspectedShare * checksOfSite);
	if (perCheck > 7)
		throw new RangeError(
			`hazards: got ${all}, expected at most ${7 * count * inspectedShare * checksOfSite}`
		);
	return [
		{
			makes: 'session',
			sql: `set session_replication_role = replica; set synchronous_commit = off; set work_mem = '512MB'; set maintenance_work_mem = '1GB';
				set statement_timeout = 0; set jit = off; ${dropIndexes}`
		},
		{ makes: 'areas', sql: areas(day) },
		{ makes: 'enterprises', sql: enterprises(count) },
		{ makes: 'inspections', sql: inspections(count, day) },
		{ makes: 'hazards', sql: hazards(perCheck, day) },
		{ makes: 'steps of hazards', sql: transitions },
		{ makes: 'indexes', sql: createIndexes },
		{ makes: 'counters', sql: counters },
		{
			makes: 'accounts',
			sql: `${accounts(day)}; ${frozenMonths(day)}; analyze; reset session_replication_role`
		}
	];
}
